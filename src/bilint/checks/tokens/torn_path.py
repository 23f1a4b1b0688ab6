"""The sign between two labels of a path through a menu that stands somewhere else."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from bilint.checks.changed import at_places, target_data
from bilint.checks.tokens.syntax import plain, unwrapped
from bilint.checks.typography.sheet import span_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.segment_text import is_as_stored

# A sign that stands at no label and in no margin: behind a blank or a letter of another script, and
# before neither a label nor a number. What begins with a literal is found many times faster.
_ALONE_IN_DATA = tuple(
    late(sign + rb"(?<=[ \x80-\xff]" + sign + rb")(?<![\]*_] " + sign + rb")(?! ?[*\[_`<0-9=])")
    for sign in (b">", b"&gt;")
)
_ALONE_IN_TEXT = late(
    r"[>&](?<=[ \u0080-\U0010ffff][>&])(?<![\]*_] [>&])(?:(?<=>)|gt;)(?! ?[*\[_`<0-9=])"
)
_PATHS = (b" > **", b" > [!", b"&gt; **", b"&gt; [!", "→ ".encode())
"""What the source has, if a path through a menu."""

_LABEL = late(r"\*\*[^*\n]+\*\*|\[![A-Z]+ [^\[\]\n]+\]")
_SIGN = late(r"[ \u00a0]?(?:>|&gt;|→)[ \u00a0]?")
_ANY_SIGN = late(r"&gt;|[>→＞»›/|<、，,;]")
_LETTER = late(r"[^\W\d_]")
_SHOWN = 40


def torn_paths(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each segment with such a sign and two labels that have lost theirs."""
    if pair.source is None or not any(map(pair.source.document.data.__contains__, _PATHS)):
        return
    data = target_data(pair)
    places = sorted(match.start() for one in _ALONE_IN_DATA for match in one.finditer(data))
    for source, target, _likeness in at_places(pair, data, places):
        seen = _in_segment(source, target)
        if seen is not None:
            yield seen


def _in_segment(source: Segment, target: Segment) -> Observation | None:
    text = target.text
    sign = _ALONE_IN_TEXT.search(text)
    ours, theirs = list(_LABEL.finditer(source.text)), list(_LABEL.finditer(text))
    if sign is None or len(ours) != len(theirs) or not is_as_stored(target):
        return None
    if _ALONE_IN_TEXT.search(source.text):
        return None
    for (first, second), (left, right) in zip(pairwise(ours), pairwise(theirs), strict=True):
        between = text[left.end() : right.start()]
        if not _SIGN.fullmatch(source.text[first.end() : second.start()]):
            continue
        if _ANY_SIGN.search(between) or not _LETTER.search(between):
            continue
        names = [plain(unwrapped(one[0].strip("*")))[:_SHOWN] for one in (left, right)]
        return Observation(
            f"The `{sign[0]}` between `{names[0]}` and `{names[1]}` was torn out of its path",
            span_in(target, text, *sign.span()),
            sign[0],
            source.span,
        )
    return None
