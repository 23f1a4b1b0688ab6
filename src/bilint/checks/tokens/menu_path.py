"""The sign between two steps of a path through a menu, or the dash behind a label, where a blank
beside it is missing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.tokens.syntax import unwrapped, visible
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING

if TYPE_CHECKING:
    from bilint.checks.typography.sheet import Spot

_STEP_BEGINS = rb"[*_]{1,3}(?=[^\s*_.,;:!?)])|\[!(?:UICONTROL|DNL) "


def _pattern(sign: bytes) -> re.Pattern[bytes]:
    """What finds a sign right behind one step or right before another."""
    behind = rb"(?<=[\]*_]" + sign + rb")(?<!\]\]>) ?(?=[A-Za-z\x80-\xff]|" + _STEP_BEGINS + rb")"
    before = rb"(?<=[^\s>] " + sign + rb")(?=" + _STEP_BEGINS + rb")"
    return late(sign + rb"(?:" + behind + rb"|" + before + rb")")


_SIGNS = tuple((sign[-1:], sign, _pattern(sign)) for sign in (b">", "→".encode()))
"""What parts two steps, after its rarest byte, and what finds it without a blank."""

_SPACED = late(r"[\]*_] [>→] \S|\S [>→] [*_\[]")
_GLUED = late(r"[\]*_][>→]\S|[^\s>] [>→](?:[*_]{1,3}\w|\[!)")
_CLOSING = late(r"[^\s(\[*_][*_]*\Z")
_STEP = late(r"[*_]*(\[!\w+ [^\[\]]*\]|[^\W_]+)")
_NEAR = 80

# Behind the blank a letter, or what opens emphasis or a token.
_HYPHEN = late(rb"- (?<=[\])*_`]- )(?=[A-Za-z\x80-\xff*_\[])")
_DASH = late(r"[\])*_`][ \u00a0][-–—][ \u00a0]")
_SUSPENDED = late(
    r"(?:and|bzw|e|ed|eller|en|et|inkl|och|oder|og|of|ou|samt|sowie|und|y|utan|aber|als|as|bis|till?)\b"
)
"""Behind a hyphen that stands for the end of a word: `**Pier**- und **Kai**-Karten`."""


def glued_paths(pair: AlignedPair, spaced: bool) -> Iterator[Observation]:
    """One observation for each sign between two steps that has no blank on one of its sides.

    Where a language sets no blanks between words (`spaced` is false), a page may write its paths
    without as well, if it does so everywhere.
    """
    data = pair.document.data
    places = [
        match.span()
        for byte, sign, pattern in _SIGNS
        if byte in data and (spaced or b" " + sign + b" " in data)
        for match in pattern.finditer(data, pair.document.body_start)
    ]
    if not places:
        return
    from bilint.checks.typography.sheet import Sheet

    for spot in Sheet(pair).spots(sorted(places)):
        seen = _seen(data, spot)
        if seen is not None:
            yield seen


def glued_dashes(pair: AlignedPair) -> Iterator[Observation]:
    """One observation for each hyphen right behind a label for which the source has a dash."""
    data = pair.document.data
    places = [match.span() for match in _HYPHEN.finditer(data, pair.document.body_start)]
    if not places:
        return
    from bilint.checks.typography.sheet import Sheet

    for spot in Sheet(pair).spots(places):
        source, target = spot.source, spot.target
        if source is None or len(_DASH.findall(source.text)) <= len(_DASH.findall(target.text)):
            continue
        after = data[spot.end : min(target.end, spot.end + _NEAR)].decode("utf-8", "ignore")
        step = _STEP.match(after)
        if step is not None and not _SUSPENDED.match(after):
            yield _missing("-", visible(unwrapped(step[1])), spot, spot.start)


def _seen(data: bytes, spot: Spot) -> Observation | None:
    source, target = spot.source, spot.target
    if source is None or not _SPACED.search(source.text) or _GLUED.search(source.text):
        return None
    before = data[max(target.start, spot.start - _NEAR) : spot.start].decode("utf-8", "ignore")
    if not _CLOSING.search(before.rstrip(" ")):
        return None
    after = data[spot.end : min(target.end, spot.end + _NEAR)].decode("utf-8", "ignore")
    step = _STEP.match(after)
    if step is None:
        return None
    sign = data[spot.start : spot.end].decode().strip()
    return _missing(sign, visible(unwrapped(step[1])), spot, spot.start - before.endswith(" "))


def _missing(sign: str, said: str, spot: Spot, start: int) -> Observation:
    return Observation(
        f"A blank is missing beside the `{sign}` before `{said}`",
        spot.span._replace(start=start),
        said,
        source_span=spot.source and spot.source.span,
        severity=Severity.INFO,
        suggestion=Suggestion(f" {sign} ", safe=True),
    )
