"""What a change of the source causes in the translations, in words."""

from __future__ import annotations

from collections.abc import Iterable

from bilint.model.gate import NEW_PAGE, PAGE_GONE, Impact
from bilint.reporters.layout import count, series


def felt(impacts: Iterable[Impact] | None) -> list[Impact]:
    """Those in which the change makes any work."""
    return [one for one in impacts or () if one.is_felt]


def effect(one: Impact) -> str:
    """What the change makes of one translation: `2 segments, 23 words`."""
    if one.reason == PAGE_GONE:
        return _with("the source page is gone", one.segments, None)
    if one.reason == NEW_PAGE:
        return _with("a new page", one.segments, one.words)
    if one.segments is None:
        most = f", at most {_size(one.source_segments, one.source_words)}"
        why = f" ({one.reason})" if one.reason else ""
        return f"not known{'' if one.source_segments is None else most}{why}"
    parts = []
    if one.segments:
        parts.append(_size(one.segments, one.words))
    if one.again:
        parts.append(f"{count(one.again, 'segment')} that waited already changed again")
    if not parts:
        kinds = [change.value for change in one.changes if change.stale]
        parts += [f"no words: {series(kinds)}"] if one.is_felt else []
    if one.settled:
        parts.append(
            f"{count(one.settled, 'segment')} need{'' if one.settled > 1 else 's'} it no longer"
        )
    return "; ".join(parts) or "nothing"


def _with(what: str, segments: int | None, words: int | None) -> str:
    size = _size(segments, words)
    return f"{what}: {size}" if size else what


def _size(segments: int | None, words: int | None) -> str:
    sizes = [] if segments is None else [count(segments, "segment")]
    sizes += [] if words is None else [count(words, "word")]
    return ", ".join(sizes)


def of_source(impacts: Iterable[Impact]) -> str:
    """The size of the change of one source page."""
    one = next(iter(impacts), None)
    return "" if one is None else _size(one.source_segments, one.source_words)


def in_short(impacts: Iterable[Impact]) -> str:
    """All of it: `this change makes 3 segments, 40 words stale in 2 locales`."""
    work = felt(impacts)
    if not work:
        return "this change makes no translation stale"
    segments = sum(one.segments or 0 for one in work)
    words = sum(one.words or 0 for one in work)
    locales = count(len({one.locale for one in work}), "locale")
    return f"this change makes {_size(segments, words)} stale in {locales}"
