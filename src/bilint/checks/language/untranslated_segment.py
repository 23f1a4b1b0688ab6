"""`untranslated-segment`: a segment stands in the translation as it stands in the source."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from bilint.checks.base import Context
from bilint.checks.language.names import PageNames
from bilint.checks.language.prose import VERBATIM, read
from bilint.checks.language.tongues import Asker, Tongues, tongues
from bilint.checks.language.unchanged import LEAST, Looks, Unchanged, unchanged
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind, Token, TokenKind
from bilint.model.english import FUNCTION_WORDS
from bilint.model.finding import Confidence, Observation, Severity
from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bilint.checks.language.messages import Messages

_REACH = 3
"""How many segments on either side keep one company that is too short to speak for itself."""

_FAR = 12
"""How far company is looked for; names and numbers of one word are passed over on the way."""

_MOST = 2_000
"""Segments read for what a page translates."""

_OFTEN = 2
"""How often each word of a phrase without small words must be translated elsewhere."""

_SENTENCE = 3
"""Words around a label that are a sentence, if a full stop ends them."""

_CONTRACTED = late(r"[a-z]n(?:['’]|&#39;)t\b")

_HEADINGS = frozenset((SegmentKind.HEADING, SegmentKind.TITLE, SegmentKind.PARAGRAPH))
"""What may be a heading; some pages write theirs as paragraphs."""


class _Verdict(NamedTuple):
    severity: Severity
    confidence: Confidence


_SURE = _Verdict(Severity.ERROR, Confidence.HIGH)
_LIKELY = _Verdict(Severity.ERROR, Confidence.MEDIUM)
_SHORT = _Verdict(Severity.WARNING, Confidence.MEDIUM)
_DOUBTFUL = _Verdict(Severity.INFO, Confidence.LOW)


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A segment was left in the source language."""
    languages = tongues(context.source_language, pair.locale)
    if languages is None:
        return
    found = unchanged(pair.segments, languages)
    if not found:
        return
    judge = _Judge(pair, context, languages, found)
    for one in found:
        verdict = judge.verdict(one)
        if verdict:
            yield Observation(
                "This segment was left in the source language.",
                one.target.span,
                source_span=one.source.span,
                severity=verdict.severity,
                confidence=verdict.confidence,
                evidence={"words": one.size, "looks": one.looks.value},
            )


class _Judge:
    """Judges the unchanged segments of one page, each by itself and by what stands near."""

    def __init__(
        self,
        pair: AlignedPair,
        context: Context,
        languages: Tongues,
        found: Sequence[Unchanged],
    ) -> None:
        self._pair = pair
        self._languages = languages
        self._asker = Asker(context, languages)
        self._names = PageNames(pair)
        self._places = frozenset(one.place for one in found)
        self._prose = frozenset(one.place for one in found if one.looks is Looks.PROSE)

    def verdict(self, one: Unchanged) -> _Verdict | None:
        """How bad it is, and how sure; None where a translator would have left it too."""
        verdict = self._verdict(one)
        return None if verdict is None or self._messages.has(one.place) else verdict

    @cached_property
    def _messages(self) -> Messages:
        from bilint.checks.language.messages import Messages

        return Messages(self._pair, self._places)

    def _verdict(self, one: Unchanged) -> _Verdict | None:
        if one.target.kind is SegmentKind.ALT_TEXT:
            return _DOUBTFUL if one.looks is Looks.PROSE else None
        host = _titled_host(one.target)
        if host and host not in self._hosts:
            return None
        if one.looks is Looks.PROSE:
            return _LIKELY if host else _SURE
        company = self._in_company(one.place)
        if one.looks is Looks.PHRASE:
            if not (company or self._asker.in_source(one.words)):
                return None
            return _LIKELY if company or not _lists(one) else _DOUBTFUL
        common = company and self._names.common_words(one.reading) > 0
        return _SHORT if common or self._heading(one) or self._brief(one) else None

    def _heading(self, one: Unchanged) -> bool:
        """Whether it is a heading, if with capitals, of words that the page uses as common ones."""
        if one.target.kind not in _HEADINGS or one.reading.links or one.size < LEAST:
            return False
        ours, theirs = self._languages.weigh(one.words)
        if not ours or theirs:
            return False
        common = self._names.common_words(one.reading)
        # Small words alone join names: `Harbor for Boats and Crews`.
        small = sum(word.lower() in FUNCTION_WORDS for word in one.words)
        return common >= 2 and common > small and 2 * (common + ours) >= one.size

    def _brief(self, one: Unchanged) -> bool:
        """Whether two or three words are no name.

        One of them must be translated wherever else it stands on the page; where no small word of
        the source joins them, each must, and twice.
        """
        if one.size >= LEAST or one.reading.links:
            return False
        if VERBATIM in one.reading.text:
            return self._order(one)
        content = [word for word in one.words if len(word) > 1]
        if not any(map(self._languages.common, content)):
            return False
        ours, theirs = self._languages.weigh(one.words)
        if theirs:
            return False
        if _CONTRACTED.search(one.target.text):
            return True
        times = [self._elsewhere(word.lower()) for word in content]
        return max(times) > 0 if ours else min(times) >= _OFTEN

    def _order(self, one: Unchanged) -> bool:
        """Whether three words around a label or a name are a sentence: `Open the … step.`."""
        if one.size < _SENTENCE or one.target.text.rstrip()[-1:] != ".":
            return False
        if ":" in one.reading.text or not one.reading.text.lstrip()[:1].isupper():
            return False
        ours, theirs = self._languages.weigh(one.words)
        return ours > 0 and not theirs and any(map(self._languages.common, one.words))

    def _elsewhere(self, word: str) -> int:
        """How often a word of the source was translated; less than never where it was kept once."""
        times = 0
        for source, target, ours, theirs in self._translated:
            if word in ours:
                if word in theirs and word in map(str.lower, read(target).words()):
                    return -_MOST
                times += [one.lower() for one in read(source).words()].count(word)
        return times

    @cached_property
    def _translated(self) -> list[tuple[Segment, Segment, str, str]]:
        """The segments that were translated, and their texts in small letters."""
        return [
            (source, target, source.text.lower(), target.text.lower())
            for source, target, _likeness in self._pair.segments[:_MOST]
            if source is not None and target is not None and source.text != target.text
        ]

    def _in_company(self, place: int) -> bool:
        """Whether unchanged prose stands within reach."""
        if not self._prose:
            return False
        segments = self._pair.segments
        for step in (-1, 1):
            reach = _REACH
            for at in range(place + step, place + step * _FAR, step):
                if at in self._prose:
                    return True
                target = segments[at].target if 0 <= at < len(segments) else None
                reach -= target is not None and " " in target.text
                if not reach:
                    break
        return False

    @cached_property
    def _hosts(self) -> frozenset[str]:
        """The other sites to which the page links by a title that was translated."""
        hosts = set()
        for source, target, _likeness in self._pair.segments:
            if source and target and source.text != target.text:
                host = _titled_host(target)
                if host and _title(source) not in ("", _title(target)):
                    hosts.add(host)
        return frozenset(hosts)


def _lists(one: Unchanged) -> bool:
    """Whether it is a list of things without any small word, as titles of people are."""
    text = one.target.text.rstrip()
    if ", " not in text or text[-1:] in ".!?:":
        return False
    return FUNCTION_WORDS.isdisjoint(map(str.lower, one.words))


def _titled_host(segment: Segment) -> str:
    """The other site to which a segment links that is nothing but a title; empty if none."""
    link = _only_link(segment)
    address = link.value if link else ""
    if not address.lower().startswith(("http://", "https://")):
        return ""
    return address.split("/", 3)[2].lower()


def _title(segment: Segment) -> str:
    link = _only_link(segment)
    return link.text[: link.text.rfind("](")] if link else ""


def _only_link(segment: Segment) -> Token | None:
    links = [token for token in segment.tokens if token.kind is TokenKind.LINK]
    if len(links) != 1:
        return None
    outside = len(segment.text) - len(links[0].text)
    return links[0] if outside <= 4 + len(segment.text) // 10 else None
