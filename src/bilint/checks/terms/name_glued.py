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
from bilint.model.pattern import late
from bilint.model.segment_text import plain

_JOINED = late(rb"[a-z][A-Z]")
_SEAM = late(r"(?<=[a-z])(?=[A-Z])")
_CODE = frozenset("_/\\$<@#=(.-")
_CODE_AFTER = frozenset("_/\\(=")
_PART = 3
"""Letters that either part has at least."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each segment and word that should be two."""
    if pair.source is None:
        return
    page = scan(pair)
    places = page.targets_holding([word for word in page.odd if _JOINED.search(word)])
    names = Names(pair, context)
    for number, source, target in page.both(places):
        for word in places[number]:
            found = _glued(word.decode("utf-8", "replace"), source, target, names)
            if found is not None:
                yield found


def _glued(word: str, source: Segment, target: Segment, names: Names) -> Observation | None:
    theirs = plain(target, code=False)
    if not stands_in(word, theirs) or _is_code(word, theirs):
        return None
    ours = plain(source, code=False)
    for seam in _SEAM.finditer(word):
        left, right = word[: seam.start()], word[seam.start() :]
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
        span = place(target, word)
        exact = span.end - span.start == len(word.encode())
        return Observation(
            f"`{left}` and `{right}` are run together",
            span,
            word,
            suggestion=Suggestion(apart, safe=apart in ours) if exact and mended else None,
        )
    return None


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
