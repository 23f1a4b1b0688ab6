"""Mornings that became afternoons: `5 PM` and what stands for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.checks.changed import changed, source_data
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_HINT = late(rb"[0-9]\s?[AaPp]\.?[Mm](?![\w])")
_ENGLISH = late(r"(?<![\d:.])(\d{1,2})(?:[:.]([0-5]\d))?\s?([AaPp])\.?[Mm]\b")
_HOUR = r"\d{1,2}(?:[:.h]\d\d)?\s?(?:h|Uhr|uur|часов|godz\.)?\s?"
_MORNING = late(
    r"(?:午前|上午|오전|凌晨|清晨|早上|새벽)\s?\d{1,2}"
    rf"|{_HOUR}(?:AM\b|[aA]\.\s?[mM]\.|de la mañana|da manhã|del mattino|di mattina|du matin"
    r"|morgens\b|vormittags\b|['’]s ochtends|rano\b|утра\b)"
)
_EVENING = late(
    r"(?:午後|下午|오후|晚上|傍晚|中午|저녁|밤|夜)\s?\d{1,2}"
    rf"|{_HOUR}(?:PM\b|pm\b|[pP]\.\s?[mM]\.|de la tarde|de la noche|da tarde|da noite"
    r"|del pomeriggio|di pomeriggio|di sera|de l['’]après-midi|du soir|nachmittags\b|abends\b"
    r"|['’]s middags|['’]s avonds|wieczorem\b|po południu|вечера\b|дня\b)"
)
_ROUND = late(r"(?<![\d:.])([01]?\d)(?:[:.h]([0-5]\d)(?![\d:.])| ?(?:Uhr|h)\b)")
_NOON = 12


class Half(NamedTuple):
    """A time of the source in one half of the day, and where the target puts it into the other.

    Places are in characters of the two segments.
    """

    source: Segment
    target: Segment
    said: str
    said_at: tuple[int, int]
    found: str
    found_at: tuple[int, int]


def other_halves(pair: AlignedPair) -> Iterator[Half]:
    """The times of a page that stand in the other half of the day than in the source."""
    if not _HINT.search(source_data(pair)):
        return
    for source, target, _likeness in changed(pair):
        times = list(_ENGLISH.finditer(source.text))
        # Of times in both halves nobody knows which is which; noon is said in many ways.
        halves = {one[3].lower() for one in times}
        if len(halves) == 1 and all(0 < int(one[1]) < _NOON for one in times):
            yield from _in_segment(source, target, times)


def _in_segment(source: Segment, target: Segment, times: Sequence[re.Match[str]]) -> Iterator[Half]:
    evening = times[0][3] in "pP"
    own, other = (_EVENING, _MORNING) if evening else (_MORNING, _EVENING)
    text = target.text
    if own.search(text):
        return
    sign = other.search(text)
    if sign is not None:
        yield Half(source, target, times[0][0], times[0].span(), sign[0], sign.span())
        return
    for time in times if evening else ():
        for match in _ROUND.finditer(text):
            if int(match[1]) == int(time[1]) and (time[2] or "00") == (match[2] or "00"):
                yield Half(source, target, time[0], time.span(), match[0], match.span())
                return
