"""Named tuples of our own do what those of `typing` do."""

from __future__ import annotations

import pickle
import typing

import pytest

from bilint.model.record import NamedTuple


class Ours(NamedTuple):
    """A place."""

    name: str
    line: int = 1
    column: int = 1

    @property
    def shown(self) -> str:
        """As people write it."""
        return f"{self.name}:{self.line}"


class Theirs(typing.NamedTuple):
    name: str
    line: int = 1
    column: int = 1


def test_values_are_tuples_with_names() -> None:
    one = Ours("a", column=7)
    assert one == ("a", 1, 7) == Theirs("a", column=7)
    assert (one.name, one.line, one.column, one.shown) == ("a", 1, 7, "a:1")
    assert repr(one) == "Ours(name='a', line=1, column=7)"
    assert one._asdict() == {"name": "a", "line": 1, "column": 7}
    assert one._replace(line=2) == Ours("a", 2, 7)
    assert not hasattr(one, "__dict__")
    match one:
        case Ours(name, 1):
            assert name == "a"
        case _:
            pytest.fail("no match")


def test_classes_say_the_same_of_themselves() -> None:
    assert (Ours.__name__, Ours.__module__, Ours.__doc__) == ("Ours", __name__, "A place.")
    for name in ("_fields", "_field_defaults", "__match_args__", "__slots__"):
        assert getattr(Ours, name) == getattr(Theirs, name, ()), name


def test_what_was_never_made_by_its_class_can_be_changed_and_sent() -> None:
    class Late(NamedTuple):
        first: int
        second: int = 2

    raw = tuple.__new__(Late, (1, 2))
    assert raw._replace(second=3) == (1, 3)
    assert pickle.loads(pickle.dumps(Ours("a"))) == Ours("a")


@pytest.mark.parametrize(
    ("values", "named"), [((), {}), (("a", 1, 1, 1), {}), (("a",), {"width": 1})]
)
def test_wrong_arguments_are_refused(values: tuple[object, ...], named: dict[str, object]) -> None:
    for kind in (Ours, Theirs, Ours):
        with pytest.raises(TypeError, match=rf"{kind.__name__}\.__new__\(\)"):
            kind(*values, **named)  # type: ignore[arg-type]


def test_a_field_that_is_not_there_cannot_be_replaced() -> None:
    with pytest.raises(TypeError, match="width"):
        Ours("a")._replace(width=1)  # type: ignore[call-arg]
