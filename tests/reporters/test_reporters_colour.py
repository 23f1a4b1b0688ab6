from __future__ import annotations

import pytest

from bilint.reporters.colour import Role, Style, wants_colour


@pytest.mark.parametrize(
    ("option", "environ", "is_tty", "wanted"),
    [
        ("auto", {}, True, True),
        ("auto", {}, False, False),
        ("auto", {"TERM": "dumb"}, True, False),
        ("auto", {"NO_COLOR": "1"}, True, False),
        ("auto", {"NO_COLOR": ""}, True, True),
        ("auto", {"FORCE_COLOR": "1"}, False, True),
        ("auto", {"FORCE_COLOR": ""}, False, False),
        ("auto", {"FORCE_COLOR": "0"}, True, False),
        ("auto", {"FORCE_COLOR": "False"}, True, False),
        ("auto", {"FORCE_COLOR": "3", "TERM": "dumb"}, False, True),
        ("auto", {"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ("always", {"NO_COLOR": "1"}, False, True),
        ("never", {"FORCE_COLOR": "1"}, True, False),
    ],
)
def test_option_then_no_color_then_force_color_then_terminal(
    option: str, environ: dict[str, str], is_tty: bool, wanted: bool
) -> None:
    assert wants_colour(option, environ, is_tty) is wanted


def test_another_option_is_refused() -> None:
    with pytest.raises(ValueError, match="auto, always or never, not 'sometimes'"):
        wants_colour("sometimes", {}, True)


def test_a_style_is_a_switch() -> None:
    assert Style()("x", Role.ERROR) == "x"
    assert Style(True)("x", Role.ERROR) == "\x1b[1;31mx\x1b[0m"
    assert Style(True)("x", Role.PLAIN) == "x"
    assert Style(True)("", Role.ERROR) == ""
