"""From what a check saw to a finding: place, text, source place, fingerprint and group."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import lru_cache

from bilint.checks.base import Check, CorpusCheck, Seen
from bilint.model.alignment import SegmentPair
from bilint.model.digests import Digests
from bilint.model.document import Segment
from bilint.model.finding import (
    Confidence,
    Finding,
    Observation,
    Severity,
    Side,
    SourcePlace,
    surroundings,
)
from bilint.model.page import Page
from bilint.model.segment_text import digest, normalise
from bilint.model.text import LineIndex, Span

TEXT_CAP = 500
"""Characters of a page that a finding quotes at most."""


class Ground:
    """A page that findings stand on; what is costly is made at the first finding."""

    __slots__ = ("_counted", "_lines", "_starts", "_whole", "data", "path", "revision", "segments")

    def __init__(self, page: Page | None, revision: str | None = None, path: str = "") -> None:
        self.path = path if page is None else page.path
        self.revision = revision
        self.data = b"" if page is None else page.document.data
        self.segments = () if page is None else page.document.segments
        self._counted = (0, 1)
        self._lines: LineIndex | None = None
        self._starts: list[int] | None = None
        self._whole: str | None = None

    @property
    def lines(self) -> LineIndex:
        """The lines of the page."""
        if self._lines is None:
            self._lines = LineIndex(self.data)
        return self._lines

    def line(self, offset: int) -> int:
        """The line of a byte; for few findings it is counted from one to the next."""
        data = self.data
        if self._lines is not None or offset >= len(data) or b"\r" in data:
            return self.lines.line(offset)
        at, line = self._counted
        line += data.count(b"\n", at, offset) - data.count(b"\n", offset, at)
        self._counted = (offset, line)
        return line

    def text(self, span: Span) -> str:
        """What the page says there, cut after `TEXT_CAP` characters."""
        start, end = span
        # No character is longer than four bytes: the rest need not be decoded.
        text = self.data[start : min(end, start + 4 * TEXT_CAP + 4)].decode("utf-8", "replace")
        return text if len(text) <= TEXT_CAP else text[:TEXT_CAP] + "…"

    def around(self, span: Span) -> tuple[str, str]:
        """What stands before and after in the same segment, or else on the same lines."""
        if span == (0, 0):
            return "", ""
        segment = self.segment_at(span.start)
        if segment is not None and segment.end >= span.end:
            return surroundings(self.data, segment.span, span)
        first = self.lines.line_span(self.lines.position(span.start).line)
        last = self.lines.line_span(self.lines.position(span.end).line)
        return surroundings(self.data, Span(first.start, max(last.end, span.end)), span)

    def digest_of(self, span: Span) -> str:
        """The digest of the segment there, else of the text itself; of all, for the whole page."""
        if span == (0, 0):
            if self._whole is None:
                self._whole = digest(" ".join([segment.text for segment in self.segments]))
            return self._whole
        segment = self.segment_at(span.start)
        if segment is None:
            return digest(self.data[span.start : span.end].decode("utf-8", "replace"))
        return digest(segment.text)

    def segment_at(self, offset: int) -> Segment | None:
        """The segment that a byte belongs to."""
        if self._starts is None:
            self._starts = [segment.start for segment in self.segments]
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return None
        segment = self.segments[index]
        return segment if offset < segment.end or offset == segment.start else None


class Stamp:
    """Stamps the observations of one page. Fingerprints count occurrences in the order given."""

    def __init__(
        self,
        target: Ground | None,
        source: Ground | None,
        locale: str | None,
        segments: Sequence[SegmentPair],
        severities: Mapping[str, Severity],
    ) -> None:
        self._target = target
        self._source = source
        self._locale = locale
        self._segments = segments
        self._severities = severities
        self._sources: dict[int, Segment | None] | None = None
        self._occurrences: dict[tuple[str, ...], int] = {}

    def finding(
        self, seen: Seen, confidence: Confidence | None = None, *, trusted: bool = True
    ) -> Finding:
        """The finding of an observation, at `confidence` where that is given.

        What is not `trusted` offers no safe suggestion.
        """
        check, observation = seen
        on_source = self._target is None or observation.side is Side.SOURCE
        ground = self._source if on_source else self._target
        if ground is None:
            raise ValueError(f"{check.id} speaks of a source page that is not there")
        locale = None if on_source else self._locale
        span = observation.span
        lines = ground.lines
        start, end = lines.position(span.start), lines.position(span.end)
        source_segment = None if on_source else self._source_segment(observation)
        before, after = ground.around(span)
        suggestion = observation.suggestion
        if suggestion is not None and suggestion.safe and not trusted:
            suggestion = suggestion._replace(safe=False)
        return Finding(
            check=check.id,
            family=check.family,
            severity=self._severities.get(check.id) or observation.severity or check.severity,
            confidence=confidence or observation.confidence or check.confidence,
            side=Side.SOURCE if on_source else Side.TARGET,
            locale=locale,
            path=ground.path,
            line=start.line,
            column=start.column,
            end_line=end.line,
            end_column=end.column,
            # One style for all, whoever wrote the check: a line of a list, without a full stop.
            message=observation.message.removesuffix("."),
            subject=observation.subject,
            source=None if on_source else self._source_place(observation, source_segment),
            text=ground.text(span),
            evidence=observation.evidence,
            suggestion=suggestion,
            fingerprint=self._fingerprint(
                check.id,
                locale,
                # What concerns many pages is known by its subject, not by a sentence of one.
                ("", "")
                if isinstance(check, CorpusCheck)
                else self._anchor(observation, source_segment, ground, on_source),
                observation.subject,
            ),
            group=f"{check.id}:{locale or 'source'}:{ground.path}",
            span=span,
            byte_columns=(
                span.start - lines.line_span(start.line).start + 1,
                span.end - lines.line_span(end.line).start + 1,
            ),
            before=before,
            after=after,
            digests=Digests()
            # What concerns a whole locale hangs on no text of the page where it is told.
            if span == (0, 0) and isinstance(check, CorpusCheck)
            else self._digests(observation, source_segment, ground, on_source),
        )

    def _digests(
        self, observation: Observation, source: Segment | None, ground: Ground, on_source: bool
    ) -> Digests:
        """The texts that a decision on the finding is bound to."""
        ours = ground.digest_of(observation.span)
        if on_source:
            return Digests(ours, "")
        if source is not None:
            return Digests(digest(source.text), ours)
        if self._source is None:
            return Digests("", ours)
        if observation.source_span is not None:
            return Digests(self._source.digest_of(observation.source_span), ours)
        whole = observation.span == (0, 0)
        return Digests(self._source.digest_of(Span(0, 0)) if whole else "", ours)

    def _source_segment(self, observation: Observation) -> Segment | None:
        if self._source is None or self._target is None:
            return None
        if observation.source_span is not None:
            return self._source.segment_at(observation.source_span.start)
        segment = self._target.segment_at(observation.span.start)
        if segment is None:
            return None
        if self._sources is None:
            self._sources = {
                pair.target.start: pair.source for pair in self._segments if pair.target is not None
            }
        return self._sources.get(segment.start)

    def _source_place(
        self, observation: Observation, segment: Segment | None
    ) -> SourcePlace | None:
        source = self._source
        if source is None:
            return None
        span = observation.source_span or (segment.span if segment is not None else None)
        if span is None:
            return None
        line = source.line(span.start)
        before, after = source.around(span)
        return SourcePlace(source.path, source.revision, line, source.text(span), before, after)

    def _anchor(
        self, observation: Observation, source: Segment | None, ground: Ground, on_source: bool
    ) -> tuple[str, str]:
        """What the fingerprint holds on to, and a mark that tells when it is not the source's."""
        mark = "" if on_source else "t"
        if source is not None:
            return "", source.text
        if observation.source_span is not None and self._source is not None:
            return "", self._source.text(observation.source_span)
        if observation.span == (0, 0):
            return "", ""
        segment = ground.segment_at(observation.span.start)
        return mark, ground.text(observation.span) if segment is None else segment.text

    def _fingerprint(
        self, check: str, locale: str | None, anchor: tuple[str, str], subject: str
    ) -> str:
        mark, text = anchor
        key = (check, locale or "", mark + _digest(text), subject)
        occurrence = self._occurrences.get(key, 0)
        self._occurrences[key] = occurrence + 1
        said = "\0".join((*key, str(occurrence))).encode("utf-8", "surrogatepass")
        import hashlib

        return mark + hashlib.sha256(said).hexdigest()[:16]


def fold(seen: Sequence[Seen]) -> list[Seen]:
    """What was seen, in the order of the page, less what another check says better.

    A check that yields to another is silent where they speak of the same place. Of two checks of
    one family that name the same subject at the same place, the graver and then the surer stands.
    """
    if len(seen) == 1:
        return list(seen)
    ordered = sorted(seen, key=_order)
    by_check: dict[str, list[Seen]] = {}
    for one in ordered:
        by_check.setdefault(one.check.id, []).append(one)
    kept = [one for one in ordered if not _yields(one, by_check)]
    best: dict[tuple[Side, Span, str, str], Seen] = {}
    for one in kept:
        key = _place(one)
        other = best.get(key)
        best[key] = one if other is None else min(other, one, key=_weight)
    return [
        one
        for one in kept
        if one.check.id == best[_place(one)].check.id or one.observation.span == (0, 0)
    ]


def _yields(one: Seen, by_check: Mapping[str, Sequence[Seen]]) -> bool:
    if not isinstance(one.check, Check) or one.check.yields_to.isdisjoint(by_check):
        return False
    return any(
        other.observation.side is one.observation.side and _same_place(one, other)
        for check in one.check.yields_to
        for other in by_check.get(check, ())
    )


def _same_place(one: Seen, other: Seen) -> bool:
    """Whether two speak of places that overlap, here or in the source.

    Where both have the very same words of the source beside them, most often those of a whole
    segment, and words of the page each, these words tell.
    """
    span, source = one.observation.span, one.observation.source_span
    others, theirs = other.observation.span, other.observation.source_span
    if _meet(others, span):
        return True
    telling = span.start < span.end and others.start < others.end and source == theirs
    return not telling and _meet(theirs, source)


def _meet(one: Span | None, other: Span | None) -> bool:
    """Whether two stretches of a page have a byte in common; an empty one stands for a byte."""
    if one is None or other is None:
        return False
    return one.start < max(other.end, other.start + 1) and other.start < max(one.end, one.start + 1)


def _place(seen: Seen) -> tuple[Side, Span, str, str]:
    observation = seen.observation
    return (observation.side, observation.span, seen.check.family, observation.subject)


def _order(seen: Seen) -> tuple[int, int, str, str, str]:
    observation = seen.observation
    return (*observation.span, seen.check.id, observation.subject, observation.message)


def _weight(seen: Seen) -> tuple[int, int, str]:
    check, observation = seen
    severity = observation.severity or check.severity
    confidence = observation.confidence or check.confidence
    return (severity.rank, confidence.rank, check.id)


@lru_cache(maxsize=16)
def _digest(text: str) -> str:
    """A digest that re-flowing, quoting and another Unicode form of the same text leave alone."""
    import hashlib

    return hashlib.sha256(normalise(text).encode("utf-8", "surrogatepass")).hexdigest()
