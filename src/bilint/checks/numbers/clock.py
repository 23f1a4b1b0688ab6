"""Times that are others: mornings that became afternoons, and what is no time at all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bilint.checks.changed import changed, source_data, target_data
from bilint.checks.numbers.differences import AS_ZEROS
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_HINT = late(rb"0\s?[AaPp]\.?[Mm](?!\w)")
_ENGLISH = late(r"(?<![\d:.])(\d{1,2})(?:[:.]([0-5]\d))?\s?([AaPp])\.?[Mm]\b")
_ROUND = late(r"(?<![\d:.])([01]?\d)(?:[:.h]([0-5]\d)(?![\d:]|\.\d)| ?(?:Uhr|h)\b)")
_LATE = late(
    r"(?<![\d:.,])(1[3-9]|2[0-3])(?!\d)"
    r"(?:(\s?(?:Uhr|uur|[h:.时時點点시])\s?)([0-5]\d)(?!\d))?"
)
_NOON = 12
_FOUR_PARTS = late(rb":\d\d:\d\d:\d\d(?!\d)")
_OF_FOUR = late(r"(?<![\d:.,])(\d{1,2}:[0-5]\d:[0-5]\d):\d\d(?![\d:])")


class Half(NamedTuple):
    """A time of the source, and what stands for it in the target: in the other half of the day.

    Places are in characters of the two segments.
    """

    source: Segment
    target: Segment
    said: str
    said_at: tuple[int, int]
    found: str
    found_at: tuple[int, int]


def broken_times(pair: AlignedPair) -> Iterator[Half]:
    """The times of a page that have a fourth part which the source has not: `11:37:08:00`."""
    if not _FOUR_PARTS.search(target_data(pair)):
        return
    for source, target, _likeness in changed(pair):
        if _OF_FOUR.search(source.text):
            continue
        for match in _OF_FOUR.finditer(target.text):
            said = re.search(rf"(?<![\d:.,]){match[1]}(?![\d:.,]\d)", source.text)
            if said is not None:
                yield Half(source, target, said[0], said.span(), match[0], match.span())


def other_halves(pair: AlignedPair) -> Iterator[Half]:
    """The times of a page that stand in the other half of the day than in the source."""
    if not _HINT.search(source_data(pair).translate(AS_ZEROS)):
        return
    language = primary_language(pair.locale)
    for source, target, _likeness in changed(pair):
        times = list(_ENGLISH.finditer(source.text))
        # Of times in both halves nobody knows which is which; noon is said in many ways.
        halves = {one[3].lower() for one in times}
        if len(halves) == 1 and all(0 < int(one[1]) < _NOON for one in times):
            yield from _in_segment(source, target, times, language)


def _in_segment(
    source: Segment, target: Segment, times: Sequence[re.Match[str]], language: str
) -> Iterator[Half]:
    from bilint.checks.numbers.halves import halves

    said = halves(language)
    evening = times[0][3] in "pP"
    text = target.text
    if said.hours[evening].search(text):
        return
    hours = {int(one[1]) for one in times}
    for sign in said.hours[not evening].finditer(text):
        if int(sign[sign.lastindex or 1]) in hours:
            yield Half(source, target, times[0][0], times[0].span(), sign[0], sign.span())
            return
    # Of `5:30` alone only those know that it is early who know how its language says the evening.
    if evening and said.known and not said.evening.search(text):
        yield from _early(source, target, times)


def _early(source: Segment, target: Segment, times: Sequence[re.Match[str]]) -> Iterator[Half]:
    """The first time of an afternoon that stands as if it were in the morning."""
    late_ones = set(_by_the_other_clock(target.text))
    early: dict[tuple[int, str], re.Match[str]] = {}
    for match in _ROUND.finditer(target.text):
        early.setdefault((int(match[1]), match[2] or "00"), match)
    for time in times:
        hour, minutes = int(time[1]), time[2] or "00"
        here = early.get((hour, minutes))
        if here is not None and (hour + _NOON, minutes) not in late_ones:
            yield Half(source, target, time[0], time.span(), here[0], here.span())
            return


def _by_the_other_clock(text: str) -> Iterator[tuple[int, str]]:
    """The hours behind noon that stand in a text, and their minutes.

    `14 h 30` may be half past two, and may be thirty of something at two.
    """
    for match in _LATE.finditer(text):
        yield int(match[1]), match[3] or "00"
        if match[3] and " " in match[2]:
            yield int(match[1]), "00"
