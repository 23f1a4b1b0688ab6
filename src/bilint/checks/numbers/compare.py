"""The numbers of two segments compared: which of the source the target has not, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bilint.checks.code.masked import MASK, Masked, masked
from bilint.checks.numbers.durations import (
    in_two_units,
    in_words,
    is_a_minute,
    same_times,
    together,
)
from bilint.checks.numbers.values import (
    Number,
    Value,
    all_values,
    amount,
    hours,
    in_english,
    numbers_of,
    scaled,
)
from bilint.checks.numbers.words import knows_words, word_values
from bilint.model.alignment import SegmentPair
from bilint.model.document import Segment, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

_MOST = 60
"""Numbers of a segment up to which it is compared: more are a table or a listing."""

_SMALL = 12
_THOUSANDS = 3
_A_THOUSAND = 1000.0

_HIDDEN = frozenset((TokenKind.CODE, TokenKind.DNL, TokenKind.PLACEHOLDER))
_DIGIT = late(r"\d")
_ENTITY = late(r"&#(?:[0-9]{1,7}|[xX][0-9A-Fa-f]{1,6});")
_LEAK = late(r"(?:\{|&lbrace;|&#123;)\s?\d+|(?<!\d)\d+\s?(?:\}|&rbrace;|&#125;)")
_MONTHS = late(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b", 2)
_MONTH_NAMES = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_ORDINAL = late(r"\d+\x01*(?:st|nd|rd|th|d)\b")
_DATE = late(r"\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}")
_ROUND_THE_CLOCK = late(r"\b24\s?[/x×*-]\s?7\b")
_DECADE = late(r"\b(\d\d)\d0['’]?s\b")
_CLOCK = late(r"([01]?\d|2[0-4])[.,]([0-5]\d)")
_HALF = 0.5
_QUARTER = 0.25
_THREE = 3.0
_RUN = late(r"\d+")
_COMMAS = late(r"(?<![\d.,])(?=[\d.]*,)\d+(?:[.,]\d+)+(?!\d|[.,]\d)")
_EAST_FRACTION = late(r"([1-9]\d{0,2}) ?(?:分[の之]|분의) ?(\d{1,3})")
_VERSION = late(
    r"(?i)\b(?:version|release|python|php|java|node|tls|ubuntu) v?(\d+\.\d+)(?![\d.]*\d)"
)
_BETWEEN = late(r"[^\w\r\n]{0,4}")
_TORN_DIGITS = 3
"""Digits from which a number may be torn apart, and not be two by chance."""

_MOST_RUNS = 400
_NEAR = 18
"""Characters within which the parts of a span of time stand: `eine Woche und `."""

_NEXT = 5
"""Characters within which a word for one stands before its unit: `eine `."""

_MINUTE = late(r"\bminu|\bминут|\bхвилин|\bdakika|\bperc|분|分", 2)

_SCALES = (100.0, 1e3, 1e6, 1e9)


class Difference(NamedTuple):
    """What the numbers of two segments have not in common.

    `missing` stand in the source alone, `extra` in the target alone; where it is `doubtful`, the
    missing ones may be said in words. `torn` and `commas` are numbers of the source and the places
    in the target where their digits stand apart, or their points are commas.
    """

    source: Masked
    target: Masked
    missing: tuple[Number, ...]
    extra: tuple[Number, ...]
    torn: tuple[tuple[Number, Number], ...]
    commas: tuple[tuple[Number, Number], ...]
    doubtful: bool


class _There(NamedTuple):
    """A target: its numbers, its text, the language of it, and the values that it may say."""

    numbers: Sequence[Number]
    text: str
    language: str
    known: set[Value]

    def says(self, larger: float, rest: float) -> bool:
        """Whether a span of time may be said in these parts.

        Words for one stand everywhere, and so it is looked for right before the rest.
        """
        if rest not in self.known:
            return False
        places = [one.start for one in self.numbers if rest in one.values]
        if larger != 1.0 or not places:
            return larger in self.known
        return any(self._is_one_before(place, _NEAR) for place in places)

    def has_a_minute(self) -> bool:
        """Whether one minute is said, in figures or in words."""
        places = (match.start() for match in _MINUTE.finditer(self.text))
        return any(self._is_one_before(place, _NEXT) for place in places)

    def _is_one_before(self, place: int, near: int) -> bool:
        before = self.text[max(0, place - near) : place].replace("。", ". ").rpartition(". ")[2]
        figures = _RUN.findall(before)
        if figures:
            return int(figures[-1]) == 1
        return 1.0 in word_values(before, self.language, joined=False)


def compare(
    pairs: Sequence[SegmentPair], index: int, language: str, source_language: str
) -> Difference | None:
    """What the numbers of one pair of segments have not in common; None where nothing is amiss."""
    source, target, _likeness = pairs[index]
    if source is None or target is None or _LEAK.search(target.text):
        return None
    said, there = _visible(source), _visible(target)
    wanted, found = numbers_of(said.text), numbers_of(there.text)
    english = source_language == "en"
    if english:
        wanted = [in_english(one) for one in wanted]
    if max(len(wanted), len(found)) > _MOST:
        return None
    known = all_values(found, target.text)
    absent = missing = [one for one in wanted if one.values.isdisjoint(known)]
    given = all_values(wanted, source.text)
    extra = [one for one in found if one.values.isdisjoint(given)]
    retold: set[Number] = set()
    spans: set[Value] = set()
    if missing or extra:
        known |= hours(known, target.text, source.text) | _years(known)
        known |= _in_words(there.text, language, known)
        if english:
            there_said = _There(found, there.text, language, known)
            retold, spans = _retold(wanted, said.text, there_said)
        for whole, part in _east_fractions(there.text):
            said_in_full = {part / whole, 100 * part / whole}
            known |= said_in_full
            if any(not said_in_full.isdisjoint(one.values) for one in wanted):
                spans.update((whole, part))
    if missing:
        known |= _around(pairs, index, 1)
        missing = [
            one
            for one in missing
            if one.values.isdisjoint(known)
            and one not in retold
            and same_times(one, said.text).isdisjoint(known)
            and not _listed(one, known)
            and not _excused(one, said.text, language)
        ]
    if extra:
        given |= (
            hours(given, source.text, target.text)
            | _in_words(said.text, source_language, given)
            | _around(pairs, index, 0)
        )
        given |= _months(said.text) | _idioms(said.text)
        given.update(value for one in wanted for value in same_times(one, said.text))
        given |= spans
        if english:
            given |= in_words(said.text)
        given |= _years(given)
        extra = [
            one
            for one in extra
            if one.values.isdisjoint(given)
            and not _listed(one, given)
            and not _is_clock(one, given)
            and not (_trivial(one) and (one.text.isdecimal() or _A_THOUSAND not in one.values))
        ]
    gone, strange = _without(wanted, found, said.text), _without(found, wanted, there.text)
    if gone and strange:
        # One version for another: that the digits stand in an address proves nothing.
        missing = [one for one in wanted if one in missing or one in gone]
        extra = [one for one in found if one in extra or one in strange]
    if english and not missing and not extra:
        others = list(_other_scale(wanted, found, said.text))
        missing, extra = [one for one, _ in others], [one for _, one in others]
    if missing and not extra:
        extra = [one for one in found if _of_another_scale(one, wanted, missing)]
    doubtful = bool(extra and absent and not missing)
    if doubtful:
        # Said in words, as a rule; but then no other number would stand there.
        missing = absent
    commas = tuple(_with_commas(wanted, there.text, source.text, said.text))
    torn = tuple(_torn(missing, source.text, target.text))
    if not missing and not extra and not commas:
        return None
    for number, place in (*torn, *commas):
        missing = [one for one in missing if one.values != number.values]
        extra = [one for one in extra if not place.start <= one.start < place.end]
    return Difference(said, there, tuple(missing), tuple(extra), torn, commas, doubtful)


def _with_commas(
    wanted: Sequence[Number], text: str, source: str, said: str
) -> Iterator[tuple[Number, Number]]:
    """Versions of the source that are written with commas in the target, and where."""
    versions = {one.text: one for one in wanted if one.values == {one.text}}
    for match in _VERSION.finditer(said):
        versions.update({one.text: one for one in wanted if one.start == match.start(1)})
    if not versions:
        return
    for match in _COMMAS.finditer(text):
        version = versions.get(match[0].replace(",", "."))
        if version is not None and match[0] not in source:
            yield version, Number(match[0], *match.span(), frozenset())


def _torn(missing: Sequence[Number], source: str, target: str) -> Iterator[tuple[Number, Number]]:
    """Numbers of the source whose digits stand in the target one behind another, but apart."""
    runs = None
    for number in missing:
        digits = number.digits
        if len(digits) < _TORN_DIGITS:
            continue
        if runs is None:
            runs = [(match[0], *match.span()) for match in _RUN.finditer(target)][:_MOST_RUNS]
        for first in range(len(runs)):
            place = _spelled(digits, runs, first, target)
            if place is not None and target[place[0] : place[1]] not in source:
                yield number, Number(target[place[0] : place[1]], *place, frozenset())
                break


def _spelled(
    digits: str, runs: list[tuple[str, int, int]], first: int, text: str
) -> tuple[int, int] | None:
    """Where digits stand from one run on, with little between them; None where they do not."""
    if not digits.startswith(runs[first][0]) or runs[first][0] == digits:
        return None
    begin = runs[first][1]
    end = begin
    rest = digits
    for run, start, stop in runs[first:]:
        between = text[end:start]
        if not rest.startswith(run) or not _BETWEEN.fullmatch(between):
            return None
        rest, end = rest[len(run) :], stop
        if not rest:
            return begin, end
    return None


def _visible(segment: Segment) -> Masked:
    """A segment in which only what is read as a number looks like one."""
    one = masked(segment, _HIDDEN)
    if "&#" in one.text:
        return one._replace(text=_ENTITY.sub(lambda match: MASK * len(match[0]), one.text))
    return one


def _in_words(text: str, language: str, figures: Iterable[Value]) -> set[Value]:
    """What the words of a text may say, also where several, or one and a figure, are one number."""
    said = word_values(text, language)
    values = set(said)
    if _QUARTER in said:
        values.update((15.0, 25.0))
        if _THREE in said:
            values.update((0.75, 45.0, 75.0))
    if _HALF in said:
        # An hour and a half; `1 時間半`.
        values.update(one + _HALF for one in (*said, *figures) if isinstance(one, float))
    tens = [one for one in said if one in (20, 30, 40, 50, 60, 70, 80, 90)]
    values.update(ten + one for ten in tens for one in said if 1 <= one <= 9)
    for scale in _SCALES:
        if scale in said:
            values.update(round(one * scale, 6) for one in tuple(values) if one < scale)
    return set(values)


def _retold(wanted: Sequence[Number], text: str, there: _There) -> tuple[set[Number], set[Value]]:
    """The spans of time that are said in two units for one, or one for two, and what is there.

    `90 minutes` is `1 時間 30 分`, and `1 hour and 30 minutes` is 90 minutes or an hour and a half.
    """
    numbers: set[Number] = set()
    values: set[Value] = set()
    for one in wanted:
        if is_a_minute(one, text) and there.has_a_minute():
            numbers.add(one)
        for larger, rest in in_two_units(one, text):
            half = larger + _HALF
            if half in there.known and half in same_times(one, text):
                numbers.add(one)
                values.add(larger)
            if there.says(larger, rest):
                numbers.add(one)
                values.update((larger, rest))
    for first, second, both in together(wanted, text):
        same = there.known & (both.values | same_times(both, text))
        if same:
            numbers.update((first, second))
            values |= same
    return numbers, values


def _east_fractions(text: str) -> Iterator[tuple[float, float]]:
    """The fractions of a text in East Asia, the whole first: `4 分の 3` is 75 %."""
    for match in _EAST_FRACTION.finditer(text):
        yield float(match[1]), float(match[2])


def _around(pairs: Sequence[SegmentPair], index: int, side: int) -> set[Value]:
    """The figures of the segments before and after: a sentence may have moved there."""
    values: set[Value] = set()
    for near in (index - 1, index + 1):
        if 0 <= near < len(pairs):
            segment = pairs[near][side]
            if isinstance(segment, tuple) and _DIGIT.search(segment.text):
                values |= all_values((), segment.text)
    return values


def _listed(number: Number, known: set[Value]) -> bool:
    """Whether a number may be several, one after another, and all of them are known."""
    parts = number.text.replace(",", " ").split(" ")
    grouped = "," in number.text and len(parts[-1]) == _THOUSANDS
    return (
        len(parts) > 1
        and not grouped
        and all(part.isdigit() and float(part) in known for part in parts)
    )


def _other_scale(
    wanted: Sequence[Number], found: Sequence[Number], text: str
) -> Iterator[tuple[Number, Number]]:
    """Numbers such as `1.5M`, and what stands for them with another scale: `1,5 Tsd.`."""
    for number in wanted:
        full = amount(number, text)
        if full is None or any(full in one.values for one in found):
            continue
        for one in found:
            if scaled(one) and not one.values.isdisjoint(number.values):
                yield number, one
                break


def _of_another_scale(number: Number, wanted: Sequence[Number], missing: Sequence[Number]) -> bool:
    """Whether a number such as `10 万` is a missing one, `10,000`, but for its noughts."""
    if not scaled(number) or any(not number.values.isdisjoint(one.values) for one in wanted):
        return False
    return any(number.digits.strip("0") == one.digits.strip("0") for one in missing)


def _is_clock(number: Number, known: set[Value]) -> bool:
    """Whether a number may be hours and minutes, as in `16.30`, and both of them are known."""
    match = _CLOCK.fullmatch(number.text)
    return match is not None and all(float(part) in known for part in match.groups())


def _excused(number: Number, text: str, language: str) -> bool:
    """Whether a number of the source need not stand in a translation."""
    if _trivial(number):
        return True
    small = all(isinstance(one, float) and one <= _SMALL for one in number.values)
    if small and (not knows_words(language) or _ORDINAL.match(text, number.start)):
        return True
    if not knows_words(language) and not number.values.isdisjoint(_SCALES):
        return True
    near = text[max(0, number.start - 8) : number.end + 8]
    if small and (_DATE.search(near) or _MONTHS.search(near)):
        return True
    return bool(_ROUND_THE_CLOCK.search(near))


def _without(numbers: Sequence[Number], others: Sequence[Number], text: str) -> list[Number]:
    """The versions among numbers, as `v8` is one, that none of the others says."""
    return [
        one
        for one in numbers
        if text[one.start - 1 : one.start] in ("v", "V")
        and all(one.values.isdisjoint(other.values) for other in others)
    ]


def _years(values: Iterable[Value]) -> set[Value]:
    """The years that numbers of two digits may stand for."""
    short = [one for one in values if isinstance(one, float) and 10 < one < 100]
    return {base + one for one in short for base in (1900, 2000)}


def _trivial(number: Number) -> bool:
    """Nought and one are articles, endings and prefixes in many languages."""
    return not number.values.isdisjoint((0.0, 1.0))


def _idioms(text: str) -> set[Value]:
    """What other languages say for `24/7` and for `the 1990s`: 365 days, the 20th century."""
    values: set[Value] = set()
    if _ROUND_THE_CLOCK.search(text):
        values.update((24.0, 7.0, 365.0))
    values.update(float(match[1]) + 1 for match in _DECADE.finditer(text))
    return values


def _months(text: str) -> set[Value]:
    return {float(_MONTH_NAMES.index(match[0][:3].lower()) + 1) for match in _MONTHS.finditer(text)}
