"""Which findings of two times are the same one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from bilint.model.record import NamedTuple


class Mark(NamedTuple):
    """What a finding is recognised by, wherever it is kept.

    `locale` is None on the source. A fingerprint holds check and locale already.
    """

    fingerprint: str
    check: str
    locale: str | None
    path: str
    subject: str

    @property
    def is_alone(self) -> bool:
        """Whether it was made without the source, which makes another fingerprint."""
        return self.fingerprint.startswith("t")


def recognise(earlier: Sequence[Mark], later: Sequence[Mark]) -> dict[int, int]:
    """Which of the earlier findings each later one is, by their places in the order given.

    One is the other where fingerprint and page are the same; else by the fingerprint (the page
    moved); else, where one of the two was made without the source, by locale, check, page and
    subject. An earlier finding is at most one later one.
    """
    found: dict[int, int] = {}
    taken: set[int] = set()
    for then, now in _STAGES:
        waiting: dict[Hashable, list[int]] = {}
        # Backwards, so that the first one is the last in its list.
        for index in range(len(earlier) - 1, -1, -1):
            if index not in taken:
                waiting.setdefault(then(earlier[index]), []).append(index)
        for index, mark in enumerate(later):
            if index not in found and (same := waiting.get(now(mark))):
                found[index] = same.pop()
                taken.add(found[index])
    return found


_Key = Callable[[Mark], Hashable]


def _page(mark: Mark) -> Hashable:
    return mark.fingerprint, mark.path


def _fingerprint(mark: Mark) -> Hashable:
    return mark.fingerprint


def _alike(mark: Mark) -> Hashable:
    return mark.is_alone, *mark[1:]


def _alike_otherwise(mark: Mark) -> Hashable:
    return not mark.is_alone, *mark[1:]


_STAGES: tuple[tuple[_Key, _Key], ...] = (
    (_page, _page),
    (_fingerprint, _fingerprint),
    (_alike, _alike_otherwise),
)
