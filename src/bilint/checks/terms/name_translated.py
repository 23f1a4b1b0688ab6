"""`name-translated`: a name that the locale keeps is not in the translation of its segment."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from bilint.checks.base import Check, Context, Need
from bilint.checks.terms.naming import SURE_LIKENESS, place, words_of
from bilint.learning.names import Run, runs, stands_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.evidence import Usage
from bilint.model.finding import Confidence, Family, Observation, Severity, Suggestion
from bilint.model.segment_text import plain

_TIMES = 10
_SHARE = 0.9
_NEARLY_ALWAYS = 0.95
_FIRST_WORDS = re.compile(rb"[A-Za-z]{3,}")
_WORD = re.compile(r"\w+")
_STEM = 4
_JOINED = re.compile(rb"[a-z][A-Z][a-z]")
_JOINED_WORD = re.compile(
    r"(?<![\w/.$<@\\])[A-Za-z]+[a-z][A-Z][a-z][A-Za-z]*(?![\w(=\\]|/\w|\.\w|::)"
)


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each name that is missing where the locale has it nearly always."""
    if pair.source is None:
        return
    learnt = context.evidence.names if context.evidence is not None else None
    names = _kept_names(pair, pair.source.document.data, learnt) if learnt else []
    made_up = [word.decode("utf-8", "replace") for word in words_of(pair).odd if _is_joined(word)]
    if not names and not made_up:
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < SURE_LIKENESS:
            continue
        ours, theirs = source.text, target.text
        if ours == theirs:
            continue
        for name in names:
            if name in ours and name not in theirs and f" {name}]" not in ours:
                found = _missing(name, source, target, (learnt or {})[name], pair)
                if found is not None:
                    yield found
        for word in made_up:
            if word in theirs:
                yield from _identifier(word, source, target, made_up)


def _is_joined(word: bytes) -> bool:
    return _JOINED.search(word) is not None


def _identifier(
    word: str, source: Segment, target: Segment, made_up: Sequence[str]
) -> Iterator[Observation]:
    """The joined word of the source in whose place stands another joined word."""
    ours, theirs = plain(source, code=False), plain(target, code=False)
    if not stands_in(word, theirs):
        return
    said = set(_JOINED_WORD.findall(theirs))
    lost = [one for one in _JOINED_WORD.findall(ours) if one not in said]
    others = [one for one in said if one in made_up]
    if len(lost) != 1 or len(others) != 1 or lost[0].lower() in theirs.lower():
        return
    span = place(target, word)
    exact = span.end - span.start == len(word.encode())
    yield Observation(
        f"`{lost[0]}` became `{word}`",
        span,
        lost[0],
        place(source, lost[0]),
        suggestion=Suggestion(lost[0]) if exact else None,
    )


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


def _is_sure(usage: Usage, share: float = _SHARE) -> bool:
    """Whether a name is kept so often; one of the places where it is not is the one at hand."""
    return usage.kept >= _TIMES and usage.kept >= share * (usage.kept + max(0, usage.lost - 1))


def _kept_names(pair: AlignedPair, source: bytes, learnt: Mapping[str, Usage]) -> list[str]:
    """The kept names that the source page has."""
    index = _index(learnt)
    return [
        name
        for word in sorted(words_of(pair).source.intersection(index))
        for name in index[word]
        if name.encode() in source
    ]


def _missing(
    name: str, source: Segment, target: Segment, usage: Usage, pair: AlignedPair
) -> Observation | None:
    ours = plain(source, code=False)
    if not any(_is(name, run, ours, pair) for run in runs(ours)):
        return None
    theirs = plain(target, code=False)
    lower = theirs.lower()
    if name.lower() in lower or name.lower().replace(" ", "") in lower.replace(" ", ""):
        return None
    words = _WORD.findall(name)
    there = [word for word in words if word.lower()[: max(_STEM, len(word) - 2)] in lower]
    if len(there) == len(words) or not any(map(str.isalpha, lower)):
        return None
    exact = sum(word in theirs for word in words)
    return Observation(
        f"The name `{name}` is not in the translation",
        target.span,
        name,
        place(source, name),
        severity=None
        if 2 * exact <= len(words) and _is_sure(usage, _NEARLY_ALWAYS)
        else Severity.INFO,
        evidence={"kept": usage.kept, "lost": usage.lost},
    )


def _is(name: str, run: Run, text: str, pair: AlignedPair) -> bool:
    """Whether a run is the name, and not a part of something longer."""
    if run.text != name and not (run.opens and run.text.partition(" ")[2] == name):
        return False
    start = run.start + len(run.text) - len(name)
    if text[start - 1 : start] == "/" or text[start + len(name) :][:1] in ("/", "-"):
        return False
    # A word that opens a sentence has a capital anyway.
    alone = run.opens and " " not in name
    return not (alone and name.lower().encode() in words_of(pair).source)


CHECK = Check(
    id="name-translated",
    family=Family.TERMS,
    severity=Severity.WARNING,
    confidence=Confidence.MEDIUM,
    summary="A name that stays as it is was translated or left out",
    observe=observe,
    needs=frozenset((Need.SOURCE,)),
    uses=frozenset((Need.NAMES,)),
    yields_to=frozenset(
        (
            "block-divided",
            "block-lost",
            "identifier-altered",
            "name-glued",
            "name-lost",
            "name-misspelt",
            "page-emptied",
            "page-truncated",
            "page-wrong",
            "table-damaged",
            "text-repeated",
            "third-language",
            "untranslated-segment",
        )
    ),
)
