"""Emphasis that ends within a word, a phrase or a bracket."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate

from bilint.checks.changed import at_places, target_data
from bilint.checks.language.dangling import dangling, last_word
from bilint.checks.typography.sheet import HIDDEN, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.english import FUNCTION_WORDS
from bilint.model.finding import Observation, Severity
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_STRONG = late(r"\*\*(?![\s*])([^*]+?)(?<![\s\\])\*\*(?!\*)")
_ITALIC = late(
    r"(?<![\w*\\])\*(?![\s*])([^*]+)(?<![\s\\])\*(?![\w*])"
    r"|(?<![\w_\\])_(?![\s_])([^_]+)(?<![\s\\])_(?![\w_])"
)
_MARKS = ("**", "*", "_")
_EDGES = f" \u00a0{HIDDEN}"
_HYPHENS = "-‐‑"
_WORD_FOLLOWS = late(rf"[ \u00a0][*_`{HIDDEN}]*[^\W\d_]")
_GOES_ON = late(
    r"\s*(?:[,/、*_`(\[\x01]|[–—-]|(?:und|oder|sowie|bzw|als|en|of|och|eller|og|and|or|et|ou|e|o|y|u)\b)"
)
_WORD = late(r"[^\W\d_]{2,}")
_CLOSES = late(r"[^(（*]*[^\W_][^(（*]*[)）]")
_BRACKETS = (("(", ")"), ("（", "）"))
_SHOWN = 60
_BRACKETS_IN_DATA = ((b"(", b")"), ("（".encode(), "）".encode()))
_HYPHEN_ENDS = frozenset((b"-", b"\x90", b"\x91"))
"""The last byte of a hyphen."""

_OUTSIDE = b" \0\n.,;:)"
"""With what words begin that stand behind an emphasis, and not in it."""


class _Emphasis(NamedTuple):
    """Words in emphasis, where they stand with their marks, and what stands beside them."""

    words: str
    start: int
    end: int
    before: str
    after: str


def cut_spans(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each emphasis that is cut; those of the source must all be whole."""
    data = target_data(pair)
    if b"*" not in data and b"_" not in data:
        return
    small = _small(primary_language(pair.locale))
    places = [*_ending(data, b"*", small), *(_ending(data, b"_", small) if b"_ " in data else ())]
    for signs in _BRACKETS_IN_DATA:
        if signs[0] in data and b"**" in data:
            places += _opening(data, *signs)
    for source, target, _likeness in at_places(pair, data, sorted(places)):
        yield from _in_segment(pair, source, target)


@lru_cache(maxsize=32)
def _small(language: str) -> frozenset[bytes]:
    return frozenset(one.encode() for one in dangling(language))


def _ending(data: bytes, mark: bytes, small: frozenset[bytes]) -> list[int]:
    """The marks of a page before which a hyphen or a small word stands: of most neither does."""
    parts = data.split(mark)
    found = [
        at
        for at, part in enumerate(parts)
        if part[part.rfind(b" ") + 1 :] in small or part[-1:] in _HYPHEN_ENDS
    ]
    return _ends_of(parts, found, 1) if found else found


def _opening(data: bytes, opening: bytes, closing: bytes) -> list[int]:
    """The marks of a page before which a bracket is open that seems to stand in the emphasis."""
    parts = data.split(b"**")
    found = [
        at
        for at, part in enumerate(parts)
        if opening in part
        and part.rfind(opening) > part.rfind(closing)
        and part[:1] not in _OUTSIDE
        and part[-1:] != b" "
    ]
    return _ends_of(parts, found, 2) if found else found


def _ends_of(parts: list[bytes], found: list[int], length: int) -> list[int]:
    """Where some parts end, between which stand marks of some length."""
    ends = list(accumulate(map(len, parts)))
    return [ends[at] + length * at for at in found]


def _in_segment(pair: AlignedPair, source: Segment, target: Segment) -> Iterator[Observation]:
    if pair.source is None:
        return
    text = visible(pair.document, target)
    theirs, ours = _emphases(text), _emphases(visible(pair.source.document, source))
    if not ours:
        return
    for one in theirs:
        said = _cut(one, ours, primary_language(pair.locale))
        if said is not None:
            yield Observation(
                f"{said}: `{one.words[:_SHOWN]}`",
                span_in(target, text, one.start, one.end),
                one.words[:_SHOWN],
                Span(source.start, source.end),
                severity=Severity.WARNING,
            )


def _emphases(text: str) -> list[_Emphasis]:
    """What stands in emphasis, if all its marks are pairs: the strong first, then the others."""
    found = list(_STRONG.finditer(text))
    if text.count("**") != 2 * len(found) or "***" in text:
        return []
    rest = _STRONG.sub(lambda match: "." * len(match[0]), text)
    found += _ITALIC.finditer(rest)
    return [
        _Emphasis(words, *match.span(), text[: match.start()], text[match.end() :])
        for match in found
        if (words := match[match.lastindex or 0].strip(_EDGES)) and _WORD.search(words)
    ]


def _cut(one: _Emphasis, ours: list[_Emphasis], language: str) -> str | None:
    """How an emphasis is cut, where none of the source is."""
    words, after = one.words, one.after
    if words[-1] in _HYPHENS:
        whole = not any(other.words[-1] in _HYPHENS for other in ours)
        goes_on = not after or after[0].isalnum() or _GOES_ON.match(after)
        return "The emphasis is cut at a hyphen" if whole and not goes_on else None
    if any(_opens(words, *both) for both in _BRACKETS):
        whole = not any(_opens(other.words, *both) for other in ours for both in _BRACKETS)
        closes = _CLOSES.match(after)
        return "A bracket opens in the emphasis and closes outside" if whole and closes else None
    if last_word(words) not in dangling(language) or not _WORD_FOLLOWS.match(after):
        return None
    return "The emphasis ends within a phrase" if all(map(_is_whole, ours)) else None


def _opens(words: str, opening: str, closing: str) -> bool:
    """Whether a bracket opens in some words and does not close there."""
    return words.rfind(opening) > words.rfind(closing)


def _is_whole(one: _Emphasis) -> bool:
    """Whether words of the source are surely no verb before its object: what ends, and names."""
    if last_word(one.words) in FUNCTION_WORDS:
        return False
    if not _WORD_FOLLOWS.match(one.after):
        return True
    return one.words[0].isupper() and _WORD.search(one.before) is not None
