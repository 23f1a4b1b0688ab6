"""The segments of a page whose numbers do not agree: found by their digits, then compared."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.changed import all_but, changed, source_signs, target_signs
from bilint.model.alignment import AlignedPair
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING

if TYPE_CHECKING:
    from bilint.checks.numbers.compare import Difference

AS_ZEROS = bytes(48 if 48 <= one <= 57 else one for one in range(256))
"""A text with a nought for each digit: what begins with a single sign is found at once."""

_MOST_FIGURES = 300
"""Figures of a text up to which they are compared, with those in addresses and code."""

_LONGEST = 60
"""Characters of a figure."""

_NO_DIGITS = all_but(b"0123456789")
_FIGURES = bytes(one if one in b"0123456789.," else 32 for one in range(256))
_APOSTROPHE = b"&#39;"
_ZEROS = late(rb"0(?<![#0x]0)[0.,]*")
_MILLIONS = late(rb"M(?<=[0-9]M)(?![\w/])")

_recent: list[tuple[AlignedPair, tuple[Difference, ...]]] = []


def differences(pair: AlignedPair, source_language: str) -> tuple[Difference, ...]:
    """The segments of a page whose numbers do not agree. Several checks ask for them in turn."""
    for known, found in _recent:
        if known is pair:
            return found
    found = tuple(_differences(pair, source_language))
    _recent[:] = [(pair, found)]
    return found


def _differences(pair: AlignedPair, source_language: str) -> Iterator[Difference]:
    if pair.source is None:
        return
    data, there = pair.source.document.data, pair.document.data
    worded, sure = _is_worded(data), False
    language, source_language = primary_language(pair.locale), primary_language(source_language)
    places: dict[int, int] = {}
    both = changed(pair)
    digits = zip(source_signs(pair, _NO_DIGITS), target_signs(pair, _NO_DIGITS), strict=True)
    for at, (said, found) in enumerate(digits):
        # Of several digits, though they are the same, the marks between them may have changed.
        if said == found and len(said) < 2 and not (said and worded):
            continue
        _, _, start, end, _, _ = both[at][0]
        _, _, first, last, _, _ = both[at][1]
        left, right = data[start:end], there[first:last]
        if said != found and _APOSTROPHE in right:
            right = right.replace(_APOSTROPHE, b"'")
            found = right.translate(None, _NO_DIGITS)
        if not (worded and said and _is_worded(left)):
            if said == found and (len(said) < 2 or _with_marks(left) == _with_marks(right)):
                continue
            # `3,10` is no version, though the figures are the same.
            if _same_figures(left, right) and not (b"ersion " in left and b"," in right):
                continue
        places = places or _places(pair)
        from bilint.checks.numbers.compare import compare

        difference = compare(pair.segments, places[first], language, source_language)
        if difference is None:
            continue
        # A figure that no segment has any more may stand beside them: in an attribute.
        sure = (
            sure
            or worded
            or bool(difference.commas)
            or sorted(_figures(data)) != sorted(_figures(there))
        )
        if not sure:
            return
        yield difference


def _places(pair: AlignedPair) -> dict[int, int]:
    """Where among the pairs of a page each segment of the target stands, by its start."""
    return {one[1].start: at for at, one in enumerate(pair.segments) if one[1] is not None}


def _with_marks(text: bytes) -> list[bytes]:
    """The runs of digits of a text with the points and commas between them."""
    marked = text.translate(_FIGURES).replace(b". ", b" ").replace(b", ", b" ")
    return marked.rstrip(b"., ").split()


def _same_figures(ours: bytes, theirs: bytes) -> bool:
    """Whether two texts have the same figures, or more or longer ones than people write."""
    said, found = _figures(ours), _figures(theirs)
    return set(said) == set(found) or not (_is_bounded(said) and _is_bounded(found))


def _is_worded(text: bytes) -> bool:
    """Whether a text may have a number with a word of scale behind it."""
    return b"illion" in text or b"housand" in text or _MILLIONS.search(text) is not None


def _is_bounded(figures: list[bytes]) -> bool:
    """Whether there are no more and no longer figures than people write."""
    return len(figures) <= _MOST_FIGURES and max(map(len, figures), default=0) <= _LONGEST


def _figures(text: bytes) -> list[bytes]:
    """The figures of a text, those with one comma as if with a point: they are read alike.

    A pattern that begins with a character of its own is found many times faster than others.
    """
    places = (match.span() for match in _ZEROS.finditer(text.translate(AS_ZEROS)))
    figures = [text[start:end].rstrip(b".,") for start, end in places]
    if b"," not in text:
        return figures
    return [
        one.replace(b",", b".") if one.count(b",") == 1 and b"." not in one else one
        for one in figures
    ]
