"""`name-translated`: a name that the locale keeps is not in the translation of its segment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bilint.checks.base import Check, Context, Need
from bilint.checks.terms.naming import SURE_LIKENESS, words_of
from bilint.learning.names import Run, runs
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.evidence import Usage
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.segment_text import plain

_TIMES = 8
_SHARE = 0.95
_FIRST_WORDS = re.compile(rb"[A-Za-z]{3,}")
_WORD = re.compile(r"\w+")
_STEM = 4


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each name that is missing where the locale has it nearly always."""
    learnt = context.evidence.names if context.evidence is not None else None
    if pair.source is None or not learnt:
        return
    missing = _fewer(pair, pair.source.document.data, learnt)
    if not missing:
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < SURE_LIKENESS:
            continue
        ours, theirs = source.text, target.text
        if ours == theirs:
            continue
        for name in missing:
            if name in ours and name not in theirs:
                found = _missing(name, source, target, learnt[name])
                if found is not None:
                    yield found


_Index = Mapping[bytes, tuple[str, ...]]
_recent: list[tuple[Mapping[str, Usage], _Index]] = []


def _index(learnt: Mapping[str, Usage]) -> _Index:
    """The names that a locale keeps, by their first word; made once, not for every page."""
    for known, index in _recent:
        if known is learnt:
            return index
    made: dict[bytes, tuple[str, ...]] = {}
    for name, usage in learnt.items():
        if _is_sure(usage) and not (name.isupper() and " " not in name):
            first = _FIRST_WORDS.match(name.encode())
            if first:
                made[first[0]] = (*made.get(first[0], ()), name)
    _recent.insert(0, (learnt, made))
    del _recent[4:]
    return made


def _is_sure(usage: Usage) -> bool:
    return usage.kept >= _TIMES and usage.kept >= _SHARE * (usage.kept + usage.lost - 1)


def _fewer(pair: AlignedPair, source: bytes, learnt: Mapping[str, Usage]) -> list[str]:
    """The kept names that the target has less often than the source."""
    index = _index(learnt)
    target = pair.document.data
    return [
        name
        for word in sorted(words_of(pair).source.intersection(index))
        for name in index[word]
        if (said := name.encode()) in source and target.count(said) < source.count(said)
    ]


def _missing(name: str, source: Segment, target: Segment, usage: Usage) -> Observation | None:
    ours = plain(source, code=False)
    if not any(_is(name, run) for run in runs(ours)):
        return None
    theirs = plain(target, code=False).lower()
    if name.lower() in theirs or name.lower().replace(" ", "") in theirs.replace(" ", ""):
        return None
    words = [word.lower() for word in _WORD.findall(name)]
    there = [word for word in words if word[: max(_STEM, len(word) - 2)] in theirs]
    if len(there) == len(words):
        return None
    return Observation(
        f"The name `{name}` is not in the translation",
        target.span,
        name,
        severity=Severity.WARNING,
        evidence={"kept": usage.kept, "lost": usage.lost, "there": " ".join(there)},
    )


def _is(name: str, run: Run) -> bool:
    return run.text == name or (run.opens and run.text.partition(" ")[2] == name)


CHECK = Check(
    id="name-translated",
    family=Family.TERMS,
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    summary="A name that the locale keeps is missing or translated",
    observe=observe,
    needs=frozenset((Need.SOURCE, Need.NAMES)),
)
