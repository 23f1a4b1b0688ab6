"""Particles of Korean in one form, where the word before them asks for the other."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.changed import fresh
from bilint.checks.language.hangul import ENDS, form, misformed
from bilint.checks.typography.sheet import Sheet, hidden_spans, span_in
from bilint.model.finding import Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_PARTICLE = rf"(?:&#x200[bB];|&#8203;|\u200b)?(?P<particle>[을를은와과로]|으로){ENDS}"
# A part of a word may be stressed; one syllable may be such a part.
_BOLD = late(rf"\*\*(?<=[가-힣][가-힣]\*\*){_PARTICLE}")
_BRACKET = late(
    r"\](?<=[가-힣][가-힣]\])(?P<address>\([^()\s]*\)(?:\{[^{}]*\})?)?(?:\*\*|_)?" + _PARTICLE
)
_PLACEHOLDER = late(r"(?<!\])\[(?!!)[^\[\]]*\Z")
"""What a bracket without an address ends that is no label: it stands for any word."""

_NOUN_OR_NOT = "은"
"""Ends nouns, and is a particle itself, behind which another has lost its word."""

_LONGEST = 20_000


class _Fault(NamedTuple):
    """Where a particle stands, in characters, and the syllable before it."""

    start: int
    end: int
    before: str


def in_wrong_form(sheet: Sheet) -> Iterator[Observation]:
    """One observation for each such particle."""
    data, whole = sheet.document.data, fresh(sheet.pair).decode(errors="replace")
    if not any(True for _ in _faults(whole)):
        return
    for segment in sheet.document.segments:
        source, text = sheet.source_of(segment), segment.text
        if len(text) > _LONGEST or (source is not None and source.text == text):
            continue
        if data[segment.start : segment.end] != text.encode(errors="replace"):
            continue
        for start, end, before in _faults(text):
            span = span_in(segment, text, start, end)
            if any(one.start <= span.start < one.end for one in hidden_spans(segment)):
                continue
            word = text[start:end]
            right = form(word, before)
            yield Observation(
                f"Behind `{before}` it is `{right}`, not `{word}`",
                span,
                word,
                suggestion=Suggestion(right, safe=before != _NOUN_OR_NOT),
            )


def _faults(text: str) -> Iterator[_Fault]:
    for start, end in misformed(text):
        yield _Fault(start, end, text[start - 1])
    for pattern in (_BOLD, _BRACKET):
        for match in pattern.finditer(text):
            start, before = match.start(), text[match.start() - 1]
            if form(match["particle"], before) == match["particle"]:
                continue
            if pattern is _BOLD:
                # Bold text that begins there is another matter.
                known = text.count("**", 0, start) % 2 == 1
            else:
                known = match["address"] is not None or not _PLACEHOLDER.search(text[:start])
            if known:
                yield _Fault(*match.span("particle"), before)
