"""What a reviewer might write: repairs, what people wrote elsewhere and before, memory, terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from bilint.desk.pages import Desk
from bilint.edits import lost_tokens
from bilint.engines.likeness import ratio
from bilint.exchange.inline import shown
from bilint.model.alignment import ChangeClass, SegmentState
from bilint.model.document import Segment
from bilint.model.record import NamedTuple
from bilint.model.report import PageResult, page_key
from bilint.model.segment_text import digest, normalise
from bilint.model.term import Term
from bilint.model.unit_text import unpack
from bilint.review.tasks import Task
from bilint.review.trial import lacking

LEAST = 0.7
"""How like a segment of a memory has to be before it is shown."""
MOST = 3
"""Matches of a kind that are shown."""
_MOST_VERSIONS = 12
"""Versions of a page that are looked through for an earlier translation."""


class Origin(StrEnum):
    """Where a suggestion comes from."""

    FIX = "fix"
    RENEWED = "renewed"
    ELSEWHERE = "elsewhere"
    EARLIER = "earlier"
    MEMORY = "memory"
    TERM = "term"


class Proposal(NamedTuple):
    """A text that could be taken, or a term to mind. `where` says where it was found.

    `percent` tells how like the source it translates is, 100 being the same. `whole` says that
    `text` is a whole segment, which can be put in place of the present one.
    """

    origin: Origin
    text: str
    where: str
    percent: int = 100
    whole: bool = True


class Known(NamedTuple):
    """A translation of a segment that stands somewhere."""

    text: str
    locale: str
    path: str
    line: int
    human: bool


class Remembered(NamedTuple):
    """A unit of a memory that was given."""

    source: str
    target: str
    locale: str
    name: str


class Suggestions:
    """All that can be suggested at one desk; what takes long is built when it is first asked."""

    def __init__(self, desk: Desk, memory: Sequence[Remembered] = ()) -> None:
        self._desk = desk
        self._memory = tuple(memory)
        self._elsewhere: Mapping[tuple[str, str], tuple[Known, ...]] | None = None
        self._earlier: dict[tuple[str, str, str], tuple[Proposal, ...]] = {}

    def of(self, task: Task) -> tuple[Proposal, ...]:
        """What there is for a task: repairs first, then translations, then terms."""
        texts = (
            *_renewed(task),
            *self._same_elsewhere(task),
            *self._before(task),
            *self._remembered(task),
        )
        return (
            *self._fixes(task),
            *(self._judged(task, one) for one in texts),
            *self._terms(task),
        )

    def _judged(self, task: Task, proposal: Proposal) -> Proposal:
        """What lacks a token of the source is shown and cannot be taken: it would be refused."""
        unit = task.unit
        if unit is None:
            return proposal
        read = self._desk.read(proposal.text.encode("utf-8", "replace"))
        tokens = [token for one in read.segments for token in one.tokens]
        lost = lacking(unit, tokens)
        if not lost:
            return proposal
        where = f"{proposal.where}, lacks {', '.join(one.text for one in lost)}"
        return proposal._replace(where=where, whole=False)

    # ---- repairs ----

    def _fixes(self, task: Task) -> Iterator[Proposal]:
        for number, finding in enumerate(task.findings, 1):
            suggestion = finding.suggestion
            if suggestion is not None:
                safe = "safe" if suggestion.safe else "may change the meaning"
                text = f"{finding.text} -> {suggestion.text}"
                yield Proposal(Origin.FIX, text, f"{finding.check}, {number}, {safe}", whole=False)

    # ---- the same source elsewhere ----

    def _same_elsewhere(self, task: Task) -> Iterator[Proposal]:
        if task.source is None:
            return
        if self._elsewhere is None:
            self._elsewhere = _index(self._desk)
        own = task.target.text if task.target is not None else None
        seen = {normalise(own)} if own is not None else set()
        for known in self._elsewhere.get((task.locale, digest(task.source.text)), ()):
            if normalise(known.text) in seen or len(seen) > MOST:
                continue
            if known.path == task.path and not self._stands(task, known.text):
                continue  # what the reviewer has just replaced
            seen.add(normalise(known.text))
            who = "translated by people" if known.human else "machine translation"
            yield Proposal(
                Origin.ELSEWHERE, normalise(known.text), f"{known.path}:{known.line}, {who}"
            )

    def _stands(self, task: Task, text: str) -> bool:
        document = self._desk.open(task.locale, task.path).document
        return any(one.text == text and one != task.target for one in document.segments)

    # ---- an earlier version ----

    def _before(self, task: Task) -> tuple[Proposal, ...]:
        source = task.source
        if source is None:
            return ()
        key = (task.locale, task.path, digest(source.text))
        if key not in self._earlier:
            self._earlier[key] = tuple(self._looked_up(task, source))
        own = normalise(task.target.text) if task.target is not None else ""
        return tuple(one for one in self._earlier[key] if one.text != own)

    def _looked_up(self, task: Task, source: Segment) -> Iterator[Proposal]:
        wanted = digest(source.text)
        own = normalise(task.target.text) if task.target is not None else ""
        for text, commit, human in self._desk.earlier(
            task.locale, task.path, wanted, most=_MOST_VERSIONS
        ):
            if normalise(text) != own:
                who = "translated by people" if human else "machine translation"
                where = f"this page in {commit[:10]}, {who}"
                yield Proposal(Origin.EARLIER, normalise(text), where)
                return

    # ---- memory ----

    def _remembered(self, task: Task) -> Iterator[Proposal]:
        if task.source is None or not self._memory:
            return
        source = normalise(task.source.text)
        found: list[tuple[float, int, Remembered]] = []
        for index, one in enumerate(self._memory):
            if _primary(one.locale) == _primary(task.locale):
                share = ratio(source, one.source, LEAST)
                if share >= LEAST:
                    found.append((-share, index, one))
        seen: set[str] = set()
        for share, _at, one in sorted(found)[: 4 * MOST]:
            if one.target not in seen and len(seen) < MOST:
                seen.add(one.target)
                # Only what is the same is a whole match.
                percent = 100 if one.source == source else min(int(-share * 100), 99)
                yield Proposal(Origin.MEMORY, one.target, one.name, percent)

    # ---- terms ----

    def _terms(self, task: Task) -> Iterator[Proposal]:
        terms = self._desk.context(task.locale).terms
        if task.source is None or not terms:
            return
        yield from _terms_in(normalise(task.source.text), terms.values())


def _renewed(task: Task) -> Iterator[Proposal]:
    """The translation as it is, with what the source changed of its addresses, names and code."""
    unit = task.unit
    if unit is None or unit.base is None or unit.head is None or unit.target is None:
        return
    if unit.change in (ChangeClass.PROSE, ChangeClass.TITLE, None):
        return  # its words are not what they ought to be
    gone = lost_tokens(unit.base.tokens, unit.head.tokens)
    come = lost_tokens(unit.head.tokens, unit.base.tokens)
    if not gone or [one.kind for one in gone] != [one.kind for one in come]:
        return
    text = shown(unit.target)
    for old, new in zip(gone, come, strict=True):
        if not old.value or text.count(old.value) != 1:
            return
        text = text.replace(old.value, new.value)
    yield Proposal(Origin.RENEWED, text, "with the new addresses and names of the source")


def _primary(locale: str) -> str:
    return locale.replace("_", "-").lower().partition("-")[0]


def _terms_in(text: str, terms: Iterable[Term]) -> Iterator[Proposal]:
    folded = text.casefold()
    for term in sorted(terms, key=lambda one: (-len(one.source), one.source)):
        name = term.source.casefold()
        if name not in folded or not re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
            continue
        wanted = " | ".join(term.renderings)
        banned = f" (not {', '.join(term.banned)})" if term.banned else ""
        yield Proposal(Origin.TERM, f"{term.source}: {wanted}{banned}", term.catalogue, whole=False)


def _index(desk: Desk) -> Mapping[tuple[str, str], tuple[Known, ...]]:
    """The translations of every source segment of the run, those by people first."""
    found: dict[tuple[str, str], list[Known]] = {}
    report = desk.report
    workflows = desk.workspace.profile.human_workflows
    for page in report.pages or ():
        packed = (report.texts or {}).get(page_key(page))
        if packed is None or page.path is None:
            continue
        human = _is_human(page, workflows)
        for unit in unpack(packed).units:
            source = unit.head if unit.answered else unit.base
            if unit.target is None or source is None:
                continue
            if unit.state not in (SegmentState.CURRENT, None) and not unit.answered:
                source = unit.base
            if source is None or len(source.text) < 2:
                continue
            known = Known(unit.target.text, page.locale, page.path, unit.target.line, human)
            found.setdefault((page.locale, digest(source.text)), []).append(known)
    return {
        key: tuple(sorted(many, key=lambda one: (not one.human, one.path, one.line)))
        for key, many in found.items()
    }


def _is_human(page: PageResult, workflows: frozenset[str]) -> bool:
    return page.ht_degree == 100 or (page.workflow or "").lower() in workflows
