"""Words of which nothing is known, and that are a word of the source with a letter wrong."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.terms.naming import inflected, is_near, place
from bilint.checks.terms.scan import Scan, scan
from bilint.learning.names import stands_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.segment_text import plain

_OTHER_SCRIPT = frozenset(("ja", "ko", "yue", "zh"))
"""Languages in whose pages no word of their own is like one of the source."""

_SHORTEST = 4
_CAPITALS = 6
_EDGE = 3
"""Letters at either end of a word in capitals that must be right."""

_TWICE = 2
"""How often the source has a word that is no slip of its own."""

_LOST = late(r"(?i:(?<=([b-df-gj-np-tv-z]))(?!\1)[b-df-gj-np-tv-z](?=[aeiou]))")
"""A letter that no language leaves out of a word it has from another (`SELETOR`, `COMERCIAL`)."""


def one_letter(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each such word of a segment."""
    page = scan(pair)
    if not page.new:
        return
    near = dict(_capitals(page))
    if primary_language(pair.locale) in _OTHER_SCRIPT:
        near |= dict(_others(page, pair.locale))
    if not near:
        return
    for _number, source, target in page.both(page.targets_holding(sorted(near))):
        ours, theirs = plain(source, code=False), plain(target, code=False)
        for wrong, rights in near.items():
            word = wrong.decode()
            if not stands_in(word, theirs):
                continue
            for right in rights:
                if stands_in(right, ours) and not stands_in(right, theirs):
                    yield _observation(source, target, right, word)
                    break


def _others(page: Scan, locale: str) -> Iterator[tuple[bytes, list[str]]]:
    """Capitalised words among those of another script."""
    odd = [one for one in page.new if len(one) >= _SHORTEST and one[:1].isupper() and one.isascii()]
    words = (
        [one for one in sorted(page.source) if one[:1].isupper() and one.isascii()] if odd else []
    )
    for word in odd:
        rights = [
            one.decode()
            for one in words
            if one[0] == word[0]
            and len(one) >= _SHORTEST
            and _differs_in_one(one, word)
            and page.source_data.count(one) >= _TWICE
            and not inflected(one.decode(), word.decode(), locale)
        ]
        if rights and not page.is_in_source_page(word):
            yield word, rights


def _differs_in_one(right: bytes, wrong: bytes) -> bool:
    """Whether one letter is wrong, lost or too many, or two changed places."""
    if right.lower() == wrong.lower() or not is_near(right, wrong):
        return False
    if len(right) != len(wrong):
        return abs(len(right) - len(wrong)) == 1 and _within(*sorted((right, wrong), key=len))
    places = [at for at, byte in enumerate(right) if byte != wrong[at]]
    return len(places) == 1 or _swapped(right, wrong)


def _within(shorter: bytes, longer: bytes) -> bool:
    """Whether a word is another one without a letter."""
    return any(longer[:at] + longer[at + 1 :] == shorter for at in range(len(longer)))


def _swapped(right: bytes, wrong: bytes) -> bool:
    """Whether two letters of a word changed places."""
    for at in range(1, len(right) - 2):
        if right[:at] + right[at + 1 : at + 2] + right[at : at + 1] + right[at + 2 :] == wrong:
            return True
    return False


def _capitals(page: Scan) -> Iterator[tuple[bytes, list[str]]]:
    """Words in capitals."""
    odd = [word for word in page.new if len(word) >= _CAPITALS - 1 and word.isupper()]
    if not odd:
        return
    words = [
        one
        for one in sorted(page.source - page.target)
        if len(one) >= _CAPITALS and one.isupper() and one.isascii() and one.isalpha()
    ]
    for word in odd:
        rights = [one.decode() for one in words if _is_slip(one, word)]
        if rights and word.isascii() and not page.is_in_source_page(word):
            yield word, rights


def _is_slip(right: bytes, wrong: bytes) -> bool:
    if right[:_EDGE] != wrong[:_EDGE] or right[-_EDGE:] != wrong[-_EDGE:]:
        return False
    if len(right) == len(wrong):
        return _swapped(right, wrong)
    text, made = right.decode(), wrong.decode()
    return len(right) == len(wrong) + 1 and any(
        text[: match.start()] + text[match.end() :] == made for match in _LOST.finditer(text)
    )


def _observation(source: Segment, target: Segment, right: str, wrong: str) -> Observation:
    span = place(target, wrong)
    return Observation(
        f"The word `{right}` is misspelt: `{wrong}`",
        span,
        right,
        place(source, right),
        confidence=Confidence.MEDIUM,
        suggestion=Suggestion(right, safe=True)
        if span.end - span.start == len(wrong.encode())
        else None,
    )
