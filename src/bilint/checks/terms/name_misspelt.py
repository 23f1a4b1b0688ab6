"""`name-misspelt`: a name that the locale keeps stands there with a letter or two wrong."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from bilint.checks.base import Context
from bilint.checks.terms.naming import Names, inflected, is_kept, is_near, place
from bilint.checks.terms.one_letter import one_letter
from bilint.checks.terms.scan import scan
from bilint.learning.names import runs, stands_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.model.segment_text import plain

if TYPE_CHECKING:
    from bilint.model.evidence import Usage

_SHORTEST = 5
"""Letters of a word that can be told from its neighbours by all but one or two."""


class _Near(NamedTuple):
    """A word of a name, and what stands in its place."""

    right: str
    wrong: str


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each segment in which a name is misspelt."""
    if pair.source is None:
        return
    known = list(_names(pair, context))
    yield from known
    for one in one_letter(pair):
        if not any(
            other.span.start <= one.span.start and one.span.end <= other.span.end for other in known
        ):
            yield one


def _names(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """Names that the locale is known to keep."""
    learnt = context.evidence.names if context.evidence is not None else None
    near = _near_words(pair, learnt)
    if not near:
        return
    names = Names(pair, context)
    page = scan(pair)
    for _number, source, target in page.both(
        page.targets_holding([one.wrong.encode() for one in near])
    ):
        ours, theirs = source.text, target.text
        told = set()
        for right, wrong in near:
            if wrong in theirs and right in ours and stands_in(wrong, theirs):
                found = _misspelt(source, target, _Near(right, wrong), names)
                if found is not None and found.subject not in told:
                    told.add(found.subject)
                    yield found


class _Index:
    """The words of names, by how they begin and end, to be found from words like them."""

    def __init__(self, words: Iterable[bytes]) -> None:
        self._starts: dict[bytes, list[bytes]] = {}
        self._ends: dict[bytes, list[bytes]] = {}
        self._known: dict[bytes, tuple[bytes, ...]] = {}
        for word in words:
            if len(word) >= _SHORTEST:
                self._starts.setdefault(word[:3], []).append(word)
                self._ends.setdefault(word[-3:], []).append(word)
                self._known[word] = ()

    def near(self, word: bytes) -> tuple[bytes, ...]:
        """The words that differ from this one in one place and by few letters."""
        known = self._known.get(word)
        if known is None:
            others = {*self._starts.get(word[:3], ()), *self._ends.get(word[-3:], ())}
            known = tuple(sorted(other for other in others if is_near(other, word)))
            self._known[word] = known
        return known


_recent: list[tuple[Mapping[str, Usage], _Index]] = []


def _index(learnt: Mapping[str, Usage]) -> _Index:
    """The words of the names that a locale keeps; made once, not for every page."""
    for known, index in _recent:
        if known is learnt:
            return index
    kept = (name for name, usage in learnt.items() if is_kept(name, usage.kept, usage.lost))
    index = _Index({word.encode() for name in kept for word in name.split()})
    _recent.insert(0, (learnt, index))
    del _recent[4:]
    return index


def _near_words(pair: AlignedPair, learnt: Mapping[str, Usage] | None) -> list[_Near]:
    """Capitalised words that only the target has, each with the word of the source it is near."""
    page = scan(pair)
    index = _Index(page.source) if learnt is None else _index(learnt)
    near = {
        (other.decode("utf-8", "replace"), word.decode("utf-8", "replace"))
        for word in page.new
        if word[:1].isupper()
        for other in index.near(word)
        if other in page.source and other[:1].isupper() and not page.is_in_source_page(word)
    }
    return [
        _Near(right, wrong)
        for right, wrong in sorted(near)
        if right.lower() != wrong.lower() and not inflected(right, wrong, pair.locale)
    ]


def _misspelt(source: Segment, target: Segment, near: _Near, names: Names) -> Observation | None:
    theirs = plain(target, code=False)
    if not stands_in(near.wrong, theirs):
        return None
    for run in runs(plain(source, code=False)):
        words = run.text.split()
        if near.right not in words:
            continue
        at = words.index(near.right)
        whole = None
        for first, last in _windows(at, len(words)):
            name = " ".join(words[first:last])
            damaged = " ".join((*words[first:at], near.wrong, *words[at + 1 : last]))
            if not stands_in(damaged, theirs) or (last - first == 1 and run.opens and first == 0):
                continue
            standing = names.kept(name)
            if not (run.opens and first == 0) or standing is not None:
                whole = whole or (name, damaged)
            if standing is None or _translated(name, near, names):
                continue
            name, damaged = whole or (name, damaged)
            span = place(target, damaged)
            return Observation(
                f"The name `{name}` is misspelt: `{damaged}`",
                span,
                name,
                place(source, name),
                confidence=None if " " in name else Confidence.MEDIUM,
                evidence={"kept": standing.kept, "lost": standing.lost},
                suggestion=Suggestion(damaged.replace(near.wrong, near.right), safe=True)
                if span.end - span.start == len(damaged.encode())
                else None,
            )
    return None


def _translated(name: str, near: _Near, names: Names) -> bool:
    """Whether what stands in place of the word is a word like it in the target language."""
    alone = name == near.right
    if names.common(near.right if alone else "", near.wrong):
        return True
    words = name.split()
    at = words.index(near.right)
    parts = {" ".join(words[first:last]) for first, last in _windows(at, len(words))}
    return any(
        standing.lost > standing.kept
        for standing in map(names.standing, sorted(parts - {name, near.right}))
    )


def _windows(at: int, size: int) -> Iterator[tuple[int, int]]:
    """All stretches that hold a word, the longest first."""
    for length in range(size, 0, -1):
        for first in range(max(0, at - length + 1), min(at, size - length) + 1):
            yield first, first + length
