"""`source-language-sentence`: a sentence was left in the source language among translated ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from bilint.checks.base import Context
from bilint.checks.language.prose import BREAK, VERBATIM, Reading, legal, own_words
from bilint.checks.language.suspects import suspects
from bilint.checks.language.tongues import MARGIN, Asker, Tongues, in_own_script, tongues
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Confidence, Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_LEAST = 6
"""Words that a sentence must have, those of links and quotations aside."""

_LEAST_OF_CLAUSE = 8
"""The same for a clause, which may be a remark or a message within a translated sentence."""

_LEAST_WORD_FOR_WORD = 3
"""The same for a sentence with a label, a name or code in it that stands so in the source."""

_HITS = 2
"""Frequent function words that make a segment worth reading."""

_PLAIN = 4
"""Function words of the source, with none of the target, that need no judge."""

_MOST = 100
"""Sentences told of one segment; nobody reads more, and a crafted page may hold thousands."""

_SUBJECT = 80
"""Characters of the sentence that name it."""

_TELLING = frozenset(
    "the this these those is are was were your you which and of to with from by".split()  # noqa: SIM905
)
"""English function words that no other language borrows alone."""

_AROUND = " \t\r\n" + BREAK

_CLAUSE_END = late(r"[:;()（）：；]|\s[–—-]\s")


class _Foreign(NamedTuple):
    """A sentence in the source language: its characters, and what gave it away."""

    start: int
    end: int
    words: int
    lead: int


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A sentence was left in the source language among translated ones."""
    languages = tongues(context.source_language, pair.locale)
    if languages is None:
        return
    found = suspects(pair, languages)
    if not found:
        return
    sources = {target.start: source for source, target, _likeness in pair.segments if target}
    asker = Asker(context, languages)
    for segment, hits in found:
        source = sources.get(segment.start)
        if source is not None and source.text == segment.text:
            continue
        told = []
        if hits >= _HITS:
            told = list(_in_segment(segment, source, languages, asker))
            yield from told
        if source is not None and not told and languages.listed:
            yield from islice(_word_for_word(segment, source, languages), _MOST)


def _word_for_word(segment: Segment, source: Segment, languages: Tongues) -> Iterator[Observation]:
    """Short sentences with a token in them that stand in the source as they do here."""
    if not segment.tokens and "*" not in segment.text:
        return
    said = " ".join(source.text.split())
    reading = own_words(segment)
    for start, end in reading.sentences():
        text = segment.text[start:end].strip(_AROUND)
        # What a colon leads to is a message.
        if text[-1:] not in ".!?" or ":" in text:
            continue
        words = reading.words(start, end) if VERBATIM in reading.text[start:end] else ()
        if not _LEAST_WORD_FOR_WORD <= len(words) < _LEAST:
            continue
        ours, theirs = languages.weigh(words)
        small = languages.ours.intersection(word.lower() for word in words) & _TELLING
        if not small or theirs or not any(map(languages.common, words)):
            continue
        if " ".join(text.split()) not in said:
            continue
        first = end - len(segment.text[start:end].lstrip(_AROUND))
        yield Observation(
            "This was left in the source language.",
            reading.span(first, first + len(text)),
            subject=" ".join(text.split())[:_SUBJECT],
            source_span=source.span,
            confidence=Confidence.MEDIUM,
            evidence={"words": len(words), "function_words": ours},
        )


def _in_segment(
    segment: Segment, source: Segment | None, languages: Tongues, asker: Asker
) -> Iterator[Observation]:
    reading = own_words(segment)
    said = _said(own_words(source).words()) if source else ""
    for one in _foreign(reading, languages, asker)[:_MOST]:
        words = reading.words(one.start, one.end)
        left = _said(words) in said
        if not left and _by_its_names(words, said, languages):
            continue
        yield Observation(
            "This was left in the source language." if left else "This is in the source language.",
            reading.span(one.start, one.end),
            subject=" ".join(segment.text[one.start : one.end].split())[:_SUBJECT],
            source_span=source and source.span,
            confidence=Confidence.HIGH if left else Confidence.MEDIUM,
            evidence={"words": one.words, "function_words": one.lead},
        )


def _by_its_names(words: tuple[str, ...], said: str, languages: Tongues) -> bool:
    """Whether only names that the source has as well make a sentence look like its language."""
    left: list[str] = []
    there = f" {said} "
    at = 0
    while at < len(words):
        end = at
        if words[at][0].isupper():
            while end < len(words) and f" {_said(words[at : end + 1])} " in there:
                end += 1
            while end > at and not words[end - 1][0].isupper():
                end -= 1
        if end == at:
            left.append(words[at])
        at = max(end, at + 1)
    ours, theirs = languages.weigh(left)
    return ours - theirs < MARGIN


def _said(words: Iterable[str]) -> str:
    return " ".join(word.lower() for word in words)


def _foreign(reading: Reading, languages: Tongues, asker: Asker) -> list[_Foreign]:
    """The sentences of a segment that are in the source language, or the clauses that are.

    Where every sentence is, they are told as one.
    """
    found = []
    others = 0
    for sentence in reading.sentences():
        notice = legal(reading.segment.text[sentence.start : sentence.end])
        whole = None if notice else _judge(reading, sentence, languages, asker, _LEAST)
        if whole:
            found.append(whole)
            continue
        others += any(reading.words(*sentence))
        if notice:
            continue
        start = sentence.start
        ends = [match.span() for match in _CLAUSE_END.finditer(reading.text, *sentence)]
        for end, after in [*ends, (sentence.end, sentence.end)] if ends else []:
            part = _judge(reading, Span(start, end), languages, asker, _LEAST_OF_CLAUSE)
            if part:
                found.append(part)
            start = after
    if others or len(found) < 2:
        return found
    return [
        _Foreign(
            found[0].start,
            found[-1].end,
            sum(one.words for one in found),
            sum(one.lead for one in found),
        )
    ]


def _judge(
    reading: Reading, stretch: Span, languages: Tongues, asker: Asker, least: int
) -> _Foreign | None:
    words = reading.words(*stretch)
    if len(words) < least:
        return None
    ours, theirs = languages.weigh(words)
    text = reading.text[stretch.start : stretch.end]
    if ours - theirs < MARGIN or in_own_script(languages, text):
        return None
    plain = languages.listed and ours >= _PLAIN and not theirs
    if not plain and not asker.in_source(words):
        return None
    start = stretch.end - len(text.lstrip(_AROUND + "-•"))
    return _Foreign(start, stretch.start + len(text.rstrip(_AROUND)), len(words), ours - theirs)
