"""`name-glued`: two words of a name, or a name and a word, have lost the blank between them."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.terms.naming import Names, place
from bilint.checks.terms.scan import scan
from bilint.learning.names import runs, stands_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.segment_text import plain

_JOINED = late(rb"[a-z][A-Z]|[A-Z]{3}[a-z]")
_SEAM = late(r"(?<=[a-z])(?=[A-Z])")
_SEAM_OF_CAPITALS = late(r"(?<=[A-Z]{2})(?=[A-Z][a-z])")
_CODE = frozenset("_/\\$<@#=(.-")
_CODE_AFTER = frozenset("_/\\(=")
_PART = 3
"""Letters that either part has at least."""

_WORD = late(r"[^\W\d_][^\W\d_A-Z]{2,}")
_SHORTEST = 6
"""Letters that a word and the beginning of a sentence have together."""

# What sentences begin with, and no name ends with.
_OPENERS = {
    "da": "Den Denne Der Det Dette Disse Du Hvis Når",
    "de": "Das Dem Den Der Des Die Diese Diesem Diesen Dieser Dieses Ein Eine Einem Einen Einer"
    " Falls Sie Wenn",
    "es": "Cada Cuando El Esta Estas Este Esto Estos La Las Los Si Un Una Usted",
    "fr": "Ce Ces Cet Cette Chaque Elle Il La Le Les Lorsque Si Un Une Vous",
    "it": "Gli Il La Le Lo Ogni Quando Questa Queste Questi Questo Se Un Una",
    "nb": "Den Denne Der Det Dette Disse Du Hvis Når",
    "nl": "Als De Deze Dit Een Het Wanneer",
    "no": "Den Denne Der Det Dette Disse Du Hvis Når",
    "pt": "Cada Essa Esse Esta Este Isso Isto Quando Se Um Uma Você",
    "sv": "Den Denna Dessa Det Detta Du När Om",
}


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each segment and word that should be two."""
    if pair.source is None:
        return
    page = scan(pair)
    openers = frozenset(_OPENERS.get(primary_language(pair.locale), "").split())
    places = page.targets_holding([word for word in page.odd if _JOINED.search(word)])
    names = Names(pair, context)
    for number, source, target in page.both(places):
        for word in places[number]:
            found = _glued(word.decode("utf-8", "replace"), source, target, names, openers)
            if found is not None:
                yield found


def _glued(
    word: str, source: Segment, target: Segment, names: Names, openers: frozenset[str]
) -> Observation | None:
    theirs = plain(target, code=False)
    if not stands_in(word, theirs) or _is_code(word, theirs):
        return None
    ours = plain(source, code=False)
    for seam in _SEAM.finditer(word):
        left, right = word[: seam.start()], word[seam.start() :]
        if right in openers and len(word) >= _SHORTEST and _WORD.fullmatch(left):
            return Observation(
                f"`{left}` and a new sentence, `{right} …`, are run together",
                place(target, word),
                word,
            )
        if len(left) < _PART or len(right) < _PART:
            continue
        apart = f"{left} {right}"
        if stands_in(apart, ours):
            # `WebSDK` for `Web SDK` may be how the product spells it elsewhere.
            surely = names.standing(word).kept == 0
        elif left == right or _is_name(right, ours, names) or _is_name(left, ours, names):
            surely = True
        else:
            continue
        if not surely:
            continue
        # Where another word is written to the name, nobody knows whether by a blank or a hyphen.
        mended = (apart in ours and left[0].isupper()) or left == right
        return _run_together(left, right, ours, target, mended=mended)
    return _behind_capitals(word, ours, target, names)


def _behind_capitals(word: str, ours: str, target: Segment, names: Names) -> Observation | None:
    """A name in capitals with the next word of the source written to it."""
    for seam in _SEAM_OF_CAPITALS.finditer(word):
        left, right = word[: seam.start()], word[seam.start() :]
        apart = f"{left} {right}"
        if len(right) < _PART or not stands_in(apart, ours) or names.standing(word).kept:
            continue
        return _run_together(left, right, ours, target)
    return None


def _run_together(
    left: str, right: str, ours: str, target: Segment, *, mended: bool = True
) -> Observation:
    word, apart = left + right, f"{left} {right}"
    span = place(target, word)
    exact = span.end - span.start == len(word.encode())
    return Observation(
        f"`{left}` and `{right}` are run together",
        span,
        word,
        suggestion=Suggestion(apart, safe=apart in ours) if exact and mended else None,
    )


def _is_code(word: str, text: str) -> bool:
    """Whether what stands right beside a word shows it to be code."""
    start = text.find(word)
    end = start + len(word)
    return (
        (start > 0 and text[start - 1] in _CODE)
        or (text[end : end + 1] or " ") in _CODE_AFTER
        or text.startswith("::", end)
    )


def _is_name(part: str, source: str, names: Names) -> bool:
    return any(part == run.text for run in runs(source)) and names.kept(part) is not None
