"""What a check is: a name, its defaults, what it needs, and a function that observes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from importlib import import_module

from bilint.model.alignment import AlignedPair, PageStatus
from bilint.model.document import Document, Suppression
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.pair import Pairing
from bilint.model.profile import Profile
from bilint.model.record import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from typing import Any

    from bilint.model.evidence import Evidence
    from bilint.model.label import Label
    from bilint.model.language import LanguageJudgement
    from bilint.model.term import Term


class Need(StrEnum):
    """What a check cannot do without. Where it is missing the check is skipped, not passed."""

    SOURCE = "source"
    BASE = "base"
    HISTORY = "history"
    EVIDENCE = "evidence"
    NAMES = "names"
    LABELS = "labels"
    TERMS = "terms"
    REPEATS = "repeats"
    LENGTHS = "lengths"
    QUOTES = "quotes"
    CATALOGUE = "catalogue"
    TERM_BASE = "term_base"
    SITE = "site"
    CORPUS = "corpus"


EVIDENCE_NEEDS: Mapping[Need, str] = {
    Need.NAMES: "names",
    Need.LABELS: "labels",
    Need.TERMS: "terms",
    Need.REPEATS: "repeats",
    Need.LENGTHS: "lengths",
    Need.QUOTES: "quotes",
}
"""The needs that a part of the evidence meets, and the field that holds it."""


class Site(Protocol):
    """The translated pages and files around a page, as the snapshot has them."""

    def exists(self, path: str) -> bool:
        """Whether the repository of the locale has a file or folder of this path."""

    def anchors(self, path: str) -> frozenset[str] | None:
        """The fragments that a page offers; None when it cannot be read."""


class LanguageJudge(Protocol):
    """Tells the source language from the target language; None when it cannot."""

    def judge(self, text: str, languages: tuple[str, ...]) -> LanguageJudgement | None:
        """Which of `languages` the text is in."""


class Similarity(Protocol):
    """Measures how far two texts differ."""

    def chrf(self, hypothesis: str, reference: str) -> float:
        """The chrF score, 0..100."""


class Context(NamedTuple):
    """What a check may know beside the pair itself.

    `site` is what stands around the target, `source_site` what stands around the source page
    now; the latter may lack where the former is there.
    """

    profile: Profile
    language: LanguageJudge
    similarity: Similarity
    source_language: str = "en"
    evidence: Evidence | None = None
    labels: Mapping[str, Label] | None = None
    terms: Mapping[str, Term] | None = None
    human_share_floor: float | None = None
    site: Site | None = None
    source_site: Site | None = None


_PATIENCE = 20
"""Pages on which it is worth a look whether a function is wanted, before it is loaded."""


class Late:
    """A function of a module below `bilint.checks`, which is imported when it is first called.

    A page gives few of the checks anything to look at, and a hook has no time for the others.
    """

    __slots__ = ("_function", "_waited", "name", "place")

    def __init__(self, place: str, name: str = "observe") -> None:
        self.place = place
        self.name = name
        self._function: Callable[..., Any] | None = None
        self._waited = 0

    def can_wait(self) -> bool:
        """Whether its module was not asked for yet: on the first few pages, it may stay so."""
        self._waited += 1
        return self._function is None and self._waited <= _PATIENCE

    def __call__(self, *arguments: Any) -> Any:
        """Call it."""
        if self._function is None:
            module = import_module(f"bilint.checks.{self.place}")
            self._function = getattr(module, self.name)
        return self._function(*arguments)


TEXT_LOST = frozenset(
    (
        "block-lost",
        "page-emptied",
        "page-truncated",
        "page-wrong",
        "table-damaged",
        "text-repeated",
        "third-language",
    )
)
"""Checks that tell of a text lost as a whole, or replaced: what was in it went with it."""


Doubt = Callable[["Evidence"], bool]
"""Whether evidence changes what was found without it."""


class Check(NamedTuple):
    """A check over one aligned pair; pure, so that it can run in any process.

    `needs` is what it cannot do without; `uses` what only a part of it cannot do without: it
    runs all the same, and the part is reported as skipped. `helped_by` is what makes it surer
    where it is there; nothing is said where it is not. Where it and a check named in
    `yields_to` speak of overlapping places, only the other one is heard. `marks` are bytes of
    which one stands in the page or in its source wherever it has anything to say. `doubt` tells
    what of the evidence would change what it finds on a page, which then need not be kept for it.
    """

    id: str
    family: Family
    severity: Severity
    confidence: Confidence
    summary: str
    observe: Callable[[AlignedPair, Context], Iterable[Observation]]
    needs: frozenset[Need] = frozenset()
    uses: frozenset[Need] = frozenset()
    helped_by: frozenset[Need] = frozenset()
    yields_to: frozenset[str] = frozenset()
    marks: tuple[bytes, ...] = ()
    doubt: Callable[[AlignedPair, Context], Doubt] | None = None


class PageVerdict(NamedTuple):
    """What the run found out about one target page before the corpus is looked at."""

    status: PageStatus
    reason: str | None


class Corpus(NamedTuple):
    """All pages of one locale: how they pair and what status each has, by target path."""

    locale: str
    pairing: Pairing
    verdicts: Mapping[str, PageVerdict]


class CorpusObservation(NamedTuple):
    """An observation on one target page of the locale."""

    path: str
    observation: Observation


class CorpusCheck(NamedTuple):
    """A check over all pages of one locale, run after every page has its status."""

    id: str
    family: Family
    severity: Severity
    confidence: Confidence
    summary: str
    observe: Callable[[Corpus, Context], Iterable[CorpusObservation]]
    needs: frozenset[Need] = frozenset((Need.CORPUS,))


class SourceCheck(NamedTuple):
    """A check over one source page, run once however many locales translate it.

    It bears the id of the check over targets whose defect it looks for in the source; the
    registry fills in `of`, that check itself.
    """

    id: str
    observe: Callable[[Document, Profile], Iterable[Observation]]
    of: Check | None = None


class Audit(NamedTuple):
    """What became of the suppressions of one page.

    `used` silenced something; `ran` are the checks that looked at the page (of one that did not,
    nobody can say that its suppression is idle), `complete` says that none had to be skipped;
    `known` are all checks there are.
    """

    document: Document
    used: frozenset[Suppression]
    ran: frozenset[str]
    complete: bool
    known: frozenset[str]


class AuditCheck(NamedTuple):
    """A check of what a page asks of Bilint itself, run when all others have spoken."""

    id: str
    family: Family
    severity: Severity
    confidence: Confidence
    summary: str
    observe: Callable[[Audit], Iterable[Observation]]


class Seen(NamedTuple):
    """An observation and the check that made it."""

    check: Check | CorpusCheck | AuditCheck
    observation: Observation
