"""What a check sees, and what the engine makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bilint.model.digests import Digests
from bilint.model.record import TYPE_CHECKING, NamedTuple
from bilint.model.text import Span

if TYPE_CHECKING:
    from bilint.model.decision import Decision


class Severity(StrEnum):
    """How bad it is for the reader of the page."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for an error, growing as it matters less."""
        return _SEVERITIES.index(self)


_SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.INFO)


class Confidence(StrEnum):
    """How sure the check is, whatever the severity."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """0 for high, growing as it is less sure."""
        return _CONFIDENCES.index(self)


_CONFIDENCES = (Confidence.HIGH, Confidence.MEDIUM, Confidence.LOW)


class Side(StrEnum):
    """Which page a finding stands on."""

    SOURCE = "source"
    TARGET = "target"


class Family(StrEnum):
    """The families of checks."""

    TOKENS = "tokens"
    LINKS = "links"
    STRUCTURE = "structure"
    FRONT_MATTER = "front_matter"
    CODE = "code"
    NUMBERS = "numbers"
    LANGUAGE = "language"
    TYPOGRAPHY = "typography"
    TERMS = "terms"
    PROVENANCE = "provenance"


class Suggestion(NamedTuple):
    """A replacement for the finding's span. Safe means that it cannot change the meaning."""

    text: str
    safe: bool = False


EvidenceValue = str | int | float | None


class Observation(NamedTuple):
    """What a check saw. Only that: the engine stamps id, severity, place and fingerprint.

    `span` is in bytes of the page of `side`; an empty span at 0 concerns the whole page.
    `source_span` is the matching place in the source page. `subject` names the thing (the
    token's inside, the label, the key): it is part of the fingerprint. Without `severity` and
    `confidence` the check's defaults stand.
    """

    message: str
    span: Span = Span(0, 0)
    subject: str = ""
    source_span: Span | None = None
    side: Side = Side.TARGET
    severity: Severity | None = None
    confidence: Confidence | None = None
    evidence: Mapping[str, EvidenceValue] = {}
    suggestion: Suggestion | None = None


class SourcePlace(NamedTuple):
    """The source text that a finding was judged by. `revision` is a full commit id or None.

    `before` and `after` are what stands around `text` in its segment, for people to look at.
    """

    path: str
    revision: str | None
    line: int
    text: str
    before: str = ""
    after: str = ""


CONTEXT = 120
"""Characters that `surroundings` gives on either side."""


def surroundings(data: bytes, whole: Span, part: Span) -> tuple[str, str]:
    """What stands before and after `part` within `whole`, both of one page, with `…` where cut."""
    reach = 4 * CONTEXT + 4  # no character is longer than four bytes
    before = data[max(whole.start, part.start - reach) : part.start].decode("utf-8", "replace")
    after = data[part.end : min(whole.end, part.end + reach)].decode("utf-8", "replace")
    return (
        before if len(before) <= CONTEXT else "…" + before[-CONTEXT:],
        after if len(after) <= CONTEXT else after[:CONTEXT] + "…",
    )


class FindingState(StrEnum):
    """Whether somebody has settled it.

    `accepted` was decided to be no defect; `expired` is open again, as a text that such a decision
    was made of has changed. `known` is in the baseline; `earlier` stood there before the change
    that was asked about.
    """

    OPEN = "open"
    EXPIRED = "expired"
    ACCEPTED = "accepted"
    KNOWN = "known"
    EARLIER = "earlier"
    SUPPRESSED = "suppressed"

    @property
    def is_open(self) -> bool:
        """Whether somebody has to look at it."""
        return self in _OPEN


_OPEN = frozenset((FindingState.OPEN, FindingState.EXPIRED))


class Finding(NamedTuple):
    """A finding as reported; see the machine contract for the meaning of every field.

    `span` is in bytes of the page, `byte_columns` are its first and last column in bytes; `before`
    and `after` are what stands around `text` in its segment, for people to look at
    (`surroundings`). None of them is part of the contract. `decision` is what was decided of it,
    of an expired one too.
    """

    check: str
    family: Family
    severity: Severity
    confidence: Confidence
    side: Side
    locale: str | None
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    message: str
    subject: str
    source: SourcePlace | None
    text: str
    evidence: Mapping[str, EvidenceValue]
    suggestion: Suggestion | None
    fingerprint: str
    group: str
    state: FindingState = FindingState.OPEN
    span: Span = Span(0, 0)
    byte_columns: tuple[int, int] = (1, 1)
    before: str = ""
    after: str = ""
    digests: Digests = Digests()
    decision: Decision | None = None


class Skipped(NamedTuple):
    """What could not run, and why. A skipped check is not a passed one."""

    check: str | None
    path: str | None
    reason: str


class Incident(NamedTuple):
    """Something of Bilint's own that failed while the rest went on."""

    check: str | None
    path: str | None
    error: str
