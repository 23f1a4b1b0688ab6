"""`name-in-capitals`: a name that the locale keeps stands there in capitals, or otherwise cased."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.terms.naming import Names, place
from bilint.checks.terms.scan import scan
from bilint.checks.tokens.syntax import is_unspaced
from bilint.learning.names import runs, stands_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.segment_text import plain

_SHORTEST = 5
"""Letters from which a word in capitals is no acronym."""

_SET_SO = frozenset(
    (
        SegmentKind.TITLE,
        SegmentKind.HEADING,
        SegmentKind.TABLE_CELL,
        SegmentKind.TAB,
        SegmentKind.BADGE,
    )
)
"""What some style guides set in capitals."""


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each segment and name that is written in other letters."""
    if pair.source is None:
        return
    page = scan(pair)
    if not page.odd:
        return
    lower = page.source_data.lower()
    places = page.targets_holding([word for word in page.odd if word.lower() in lower])
    names = Names(pair, context)
    for number, source, target in page.both(places):
        if target.text.isupper() and _on_purpose(source, target):
            continue
        told: set[str] = set()
        for word in places[number]:
            found = _miscased(word.decode("utf-8", "replace"), source, target, names)
            if found is not None and found.subject not in told:
                told.add(found.subject)
                yield found


def _on_purpose(source: Segment, target: Segment) -> bool:
    """Whether all of a segment in capitals is set so, or is so in the source.

    Letters that have no capitals beside it tell that only the name is in capitals.
    """
    if source.text.isupper():
        return True
    return target.kind in _SET_SO and not any(map(is_unspaced, target.text))


def _miscased(word: str, source: Segment, target: Segment, names: Names) -> Observation | None:
    theirs = plain(target, code=False)
    if not stands_in(word, theirs):
        return None
    for run in runs(plain(source, code=False)):
        words = run.text.split()
        at = next((i for i, one in enumerate(words) if one.lower() == word.lower()), None)
        if at is None or words[at] == word:
            continue
        if not (word.isupper() and len(word) >= _SHORTEST) and not _camel(words[at]):
            continue
        for first, last in ((0, len(words)), (0, at + 1), (at, len(words)), (at, at + 1)):
            name = " ".join(words[first:last])
            start = theirs.lower().find(name.lower())
            standing = names.kept(name) if start >= 0 else None
            written = theirs[start : start + len(name)]
            if standing is None or word not in written or not stands_in(written, theirs):
                continue
            span = place(target, written)
            exact = span.end - span.start == len(written.encode())
            return Observation(
                f"The name is written `{name}`, not `{written}`",
                span,
                name,
                place(source, name),
                evidence={"kept": standing.kept, "lost": standing.lost},
                suggestion=Suggestion(name, safe=True) if exact else None,
            )
    return None


def _camel(word: str) -> bool:
    return any(char.isupper() for char in word[1:]) and any(char.islower() for char in word)
