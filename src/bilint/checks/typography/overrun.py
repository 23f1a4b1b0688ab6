"""Emphasis that begins with its label and runs on over the words behind it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.changed import at_places, target_data
from bilint.checks.tokens.syntax import is_unspaced, plain, unwrapped
from bilint.checks.typography.sheet import span_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.segment_text import is_as_stored

_OVERRUN = late(rb"\*\*\[![A-Z]+ [^\[\]\0\n]+\](?!\*)[^*\[\0\n]*\*\*")
_STRONG = late(r"\*\*(?![\s*])([^*]+)(?<!\s)\*\*")
_LABELS = late(r"[\W_]*(?:\[![A-Z]+ [^\[\]\n]+\][\W_]*)+")
_BEGINS = late(r"(\[![A-Z]+ ([^\[\]\n]+)\])((?:-[\w-]+)?)([^\[\]]*)\Z")
_SENTENCE = late(r"[^\W\d_][.!?](?:\s|\Z)|[。！？]")
_WORD = late(r"[^\W\d_]{2,}")
_FEW = 3
"""Words behind a label from which they are no part of its name."""

_SHOWN = 60


def overrun_spans(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each; the source must end all such emphasis with the label."""
    data = target_data(pair)
    if b"**[!" not in data:
        return
    places = (match.start() for match in _OVERRUN.finditer(data))
    for source, target, _likeness in at_places(pair, data, places):
        if is_as_stored(target) and _ends_with_labels(source):
            yield from _in_segment(source, target)


def _ends_with_labels(source: Segment) -> bool:
    """Whether each strong emphasis of the source that holds a label holds nothing but labels."""
    strong = [one[1] for one in _STRONG.finditer(source.text) if "[!" in one[1]]
    return bool(strong) and all(map(_LABELS.fullmatch, strong))


def _in_segment(source: Segment, target: Segment) -> Iterator[Observation]:
    text = target.text
    for match in _STRONG.finditer(text):
        begins = _BEGINS.match(match[1])
        if begins is None:
            continue
        label, name, noun, rest = begins.groups()
        if not _SENTENCE.search(rest) and len(_WORD.findall(rest)) < _FEW:
            continue
        said = plain(unwrapped(name))
        yield Observation(
            f"The emphasis runs on beyond its label: `{match[0][:_SHOWN]}`",
            span_in(target, text, *match.span()),
            said,
            source.span,
            severity=Severity.WARNING,
            suggestion=Suggestion(f"**{label}**{_apart(noun or rest)}{noun}{rest}"),
        )


def _apart(behind: str) -> str:
    """What must stand between the marks and the words behind them."""
    if not behind[0].isalnum():
        return ""
    return "&#x200B;" if is_unspaced(behind[0]) else " "
