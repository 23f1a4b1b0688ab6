"""Numbers as they are written in many languages, and the values that each may have.

A figure has several readings (`1.000` is a thousand or one), and two figures agree when they have
one in common. So nothing has to be known of a language to compare its numbers with those of
another one; what nobody can tell is left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bilint.model.pattern import late
from bilint.model.record import NamedTuple

Value = float | str
"""The value of a number; the text itself for versions and for what is longer than a number."""


class Number(NamedTuple):
    """A figure in a text: as written, where (in characters), and what it may mean."""

    text: str
    start: int
    end: int
    values: frozenset[Value]

    @property
    def digits(self) -> str:
        """Its digits alone."""
        return "".join(one for one in self.text if one.isdigit())


_LONGEST = 15
"""Digits up to which a number is one; more are a code."""

_SPACES = "\u00a0\u202f\u2009"
_BLANK_ENTITY = r"&(?:nbsp|thinsp|#160|#8239|#xa0|#x202f);"
_FIGURE = late(
    rf"\d+(?:(?:[.,'’٬٫，．]|(?:[{_SPACES} ]|{_BLANK_ENTITY})(?=\d{{3}}(?!\d)))\d+)*",
    re.IGNORECASE,
)
_MARKS = late(rf"[.,'’٬٫，． {_SPACES}]|{_BLANK_ENTITY}", re.IGNORECASE)
_DECIMAL = frozenset(".,٫，．")
_LATIN = late(r"[A-Za-z\u00c0-\u024f\u0370-\u04ff]")
_NAME_BEFORE = late(r"[-A-Za-z0-9_./#@&=\\\u00c0-\u024f\u0370-\u04ff]")
_LETTERS = late(r"[A-Za-zµ°ºª\u00c0-\u024f]+")
_CODE_BEFORE = frozenset("_#@$\\")
_AMOUNT = frozenset("$")

# What may stand right behind a figure without making it a name.
_UNITS_WORDS = (
    "k m mm mn b bn t tn x st nd rd th d s sec secs h hr hrs hour hours min mins ms ns us w wk "
    "y yr yrs am pm a p g kg mg lb lbs oz l ml km cm px pt em rem dpi fps hz khz mhz ghz kw v "
    "kb mb gb tb pb kib mib gib tib ko mo go to bit bits bps kbps mbps gbps tps rps qps usd eur "
    "gbp € £ ¥ ° º ª er re e o ème eme ère nde de te ste os as ths tes ten e. mio mrd mln mld "
    "tys"
)
_UNITS = frozenset(_UNITS_WORDS.split())
_DIMENSIONS = "D"
_SCALES: dict[str, tuple[float, ...]] = {
    "k": (1e3,),
    "m": (1e6, 1e3),
    "mm": (1e6,),
    "mn": (1e6,),
    "b": (1e9,),
    "bn": (1e9,),
    "t": (1e12, 1e3),
    "tn": (1e12,),
    "万": (1e4,),
    "萬": (1e4,),
    "만": (1e4,),
    "億": (1e8,),
    "亿": (1e8,),
    "억": (1e8,),
    "兆": (1e12, 1e6),
    "조": (1e12,),
    "千": (1e3,),
    "천": (1e3,),
    "百": (1e2,),
    "백": (1e2,),
    "십": (1e1,),
    "十": (1e1,),
}
_SCALE_WORDS = (
    ((1e2,), "hundred hundert cent cento cien ciento cem honderd hundra hundrede hundre"),
    (
        (1e3,),
        "thousand tausend tsd mil mila mille millier milliers migliaia miles milhar milhares "
        "duizend tusen tusind tys tysięcy тыс тысяч tis tisíc bin tuhat ezer ribu nghìn พัน हज़ार",
    ),
    ((1e5,), "lakh lakhs lac लाख"),
    ((1e7,), "crore crores करोड़"),
    (
        (1e6,),
        "million millions mio mill millionen milione milioni mln million millón millones milhão "
        "milhões miljoen miljoner miljon millioner mil mi milionów miliony млн миллион миллионов "
        "milyon miljoona miljoonaa juta triệu ล้าน",
    ),
    (
        (1e9, 1e12),
        "billion billions mrd mrd milliarde milliarden miliardo miliardi milliard milliards mld md "
        "mil bilhão bilhões bi miljard miljarder milliarder miliardów miliarda млрд миллиард "
        "milyar miljardia tỷ bn",
    ),
    (
        (1e12, 1e9, 1e18),
        "trillion trillions billionen billón billones bilione bilioni biljoen trilioni trilhão "
        "trilhões trillones bilhões billions biljon biljoner bilion bilionów трлн",
    ),
)
_SCALE_BEHIND = late(r"[ \u00a0\u202f]?(?:[万萬만億亿억兆조千천百백십十]+|[^\W\d_]+\.?)")
_NEXT_WORD = late(r"[ \u00a0\u202f]?([^\W\d_]+)")
_AFTERNOON = late(
    r"\d\s?p\.?\s?m\b|오후|午後|下午|晚上|\bnachmittags\b|\bde la tarde\b", re.IGNORECASE
)
_MIDNIGHT = late(r"\b12(?:[:.][0-5]\d)?\s?a\.?m\b", re.IGNORECASE)
_ENGLISH_SCALE = late(r"(?:(k|K|M|B)|[ \u00a0-](thousand|million|billion|trillion))(?![\w/])")
_ENGLISH_SCALES = {
    "k": 1e3,
    "m": 1e6,
    "b": 1e9,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
}
_EAST_SCALE = late(r" ?(?:[千百천백]?[万萬만億亿억兆조]|[千천百백]) ?")
_FRACTIONS = {"½": (1, 2, 0.5), "¼": (1, 4, 0.25), "¾": (3, 4, 0.75), "⅓": (1, 3), "⅔": (2, 3)}
_RUN = late(r"\d+")
_ITEM = late(r"[^, ]+")
_APART = frozenset(", ")
_YEARS = late(r"(?:19|20|21)\d\d")


@lru_cache(maxsize=1)
def _scale_words() -> dict[str, tuple[float, ...]]:
    table: dict[str, tuple[float, ...]] = {}
    for scales, words in _SCALE_WORDS:
        for word in words.split():
            table[word] = (*table.get(word, ()), *scales)
    return table


def numbers_of(text: str) -> list[Number]:
    """The figures of a text that are numbers, and no part of a name, a version letter or a code."""
    found = []
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        if _in_name(text, start) or not _ends(text, end):
            continue
        found += _split(match[0], start, text)
    return _summed(found, text)


@lru_cache(maxsize=4_096)
def readings(figure: str) -> frozenset[Value]:
    """The values that a figure may have, whatever the language."""
    if figure.isdecimal() and len(figure) <= _LONGEST:
        return frozenset((float(figure),))
    groups = _MARKS.split(figure)
    marks = _MARKS.findall(figure)
    if sum(map(len, groups)) > _LONGEST:
        return frozenset(("".join(groups),))
    values: set[Value] = set()
    if len(set(marks)) == 1 and _grouped(groups):
        values.add(float("".join(groups)))
    if marks[-1] in _DECIMAL and (
        len(marks) == 1
        or (len(set(marks[:-1])) == 1 and marks[0] != marks[-1] and _grouped(groups[:-1]))
    ):
        values.add(float("".join(groups[:-1]) + "." + groups[-1]))
    if not values or (len(groups) > 2 and marks[0] == "." == marks[-1]):
        values.add(".".join(groups))
    return frozenset(values)


def all_values(numbers: Iterable[Number], text: str) -> set[Value]:
    """What a text may say in figures: its numbers, and every run of digits in whatever stands."""
    values: set[Value] = {float(run) if len(run) <= _LONGEST else run for run in _RUN.findall(text)}
    for match in _FIGURE.finditer(text):
        if not match[0].isdecimal():
            values |= readings(match[0])
    for number in numbers:
        values |= number.values
    values |= {one % 100 for one in values if isinstance(one, float) and 1900 <= one < 2200}
    for sign, said in _FRACTIONS.items():
        if sign in text:
            values.update(map(float, said))
    return values


def hours(values: Iterable[Value], text: str, other: str) -> set[Value]:
    """What the hours of `text` are by the other clock, where one text speaks of the afternoon.

    Midnight is `12 AM` by one clock and `0:00` or `24:00` by the other.
    """
    numbers = [one for one in values if isinstance(one, float)]
    found: set[Value] = set()
    if _AFTERNOON.search(text):
        found.update((0.0, *(one + 12 for one in numbers if one <= 12)))
    if _AFTERNOON.search(other):
        found.update(one - 12 for one in numbers if 12 <= one <= 24)
    if _MIDNIGHT.search(other) and not {0.0, 24.0}.isdisjoint(numbers):
        found.add(12.0)
    if _MIDNIGHT.search(text):
        found.update((0.0, 24.0))
    return found


def in_english(number: Number) -> Number:
    """The same number, as English writes it: a comma parts thousands and is no decimal sign."""
    whole, comma, rest = number.text.partition(",")
    if not comma or not _grouped([whole, rest]):
        return number
    return number._replace(values=number.values - {float(f"{whole}.{rest}")})


def amount(number: Number, text: str) -> float | None:
    """What a number of English with `k`, `M` or `million` behind it is in full; None without."""
    scale = _ENGLISH_SCALE.match(text, number.end)
    if scale is None:
        return None
    try:
        return round(
            float(number.text.replace(",", "")) * _ENGLISH_SCALES[(scale[1] or scale[2]).lower()],
            6,
        )
    except ValueError:
        return None


def with_scale(number: Number, text: str) -> str:
    """A number as it stands in a text, with the word or the signs of scale behind it."""
    scale = _SCALE_BEHIND.match(text, number.end) if scaled(number) else None
    return number.text if scale is None else text[number.start : scale.end()]


def scaled(number: Number) -> set[Value]:
    """The values that a number has by a word or sign of scale behind it alone."""
    return set(number.values - readings(number.text))


def _summed(found: list[Number], text: str) -> list[Number]:
    """The same numbers; those of East Asia that are one in two or three parts have its value too.

    `2 億 5,000 万` is 250 million.
    """
    following: Number | None = None
    for index in range(len(found) - 1, -1, -1):
        one = found[index]
        if following is not None and _EAST_SCALE.fullmatch(text, one.end, following.start):
            sums = {
                high + low
                for high in one.values
                for low in following.values
                if isinstance(high, float) and isinstance(low, float) and low < high
            }
            if sums:
                found[index] = one = one._replace(values=one.values | sums)
                found[index + 1] = following._replace(values=following.values | sums)
        following = one
    return found


def _grouped(groups: list[str]) -> bool:
    """Whether these are groups of thousands, in Indian style too."""
    first, *rest = groups
    if not rest:
        return True
    if not 1 <= len(first) <= 3 or len(rest[-1]) != 3:
        return False
    return all(len(one) == 3 for one in rest) or (
        len(first) <= 2 and all(len(one) == 2 for one in rest[:-1])
    )


def _in_name(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    if not before:
        return False
    if before in _CODE_BEFORE:
        return before not in _AMOUNT
    if before in "-/.":
        # `ABC-12`, `docs/12`, `name.12`
        return _LATIN.match(text[start - 2 : start - 1]) is not None
    if before in "vV":
        # `v8` is the number of a version, `dev8` a name
        return _NAME_BEFORE.match(text[start - 2 : start - 1]) is not None
    return _LATIN.match(before) is not None


def _ends(text: str, end: int) -> bool:
    """Whether what stands right behind a figure leaves it a number."""
    letters = _LETTERS.match(text, end)
    return letters is None or (letters[0].lower() in _UNITS and letters[0] != _DIMENSIONS)


def _split(figure: str, start: int, text: str) -> list[Number]:
    """The number or numbers of a figure: a list, a date with points, a number of its own."""
    if figure.isdecimal():
        return [_number(figure, start, text)]
    groups, marks = _MARKS.split(figure), _MARKS.findall(figure)
    dated = len(groups) == 3 and any(_YEARS.fullmatch(one) for one in (groups[0], groups[-1]))
    values = readings(figure)
    listed = _APART.intersection(marks) and not any(isinstance(one, float) for one in values)
    if not dated and not listed:
        return [_number(figure, start, text)]
    found = []
    for match in (_RUN if dated else _ITEM).finditer(figure):
        begin = start + match.start()
        found.append(Number(match[0], begin, begin + len(match[0]), readings(match[0])))
    return found


def _number(figure: str, start: int, text: str) -> Number:
    """A figure that is one number."""
    values = set(readings(figure))
    if text[start - 1 : start] == "." and figure.isdecimal() and figure[0] != "0":
        values.add(float(f"0.{figure}"))
    end = start + len(figure)
    return Number(figure, start, end, frozenset(_scaled(values, text, end)))


def _scaled(values: set[Value], text: str, end: int) -> set[Value]:
    """The same values, and as many thousands or millions of them as a word behind them says."""
    scales = [1.0]
    at = end + 1 if text[end : end + 1] in (" ", "\u00a0") else end
    more = True
    while more:
        more = False
        for sign in text[at : at + 1]:
            if sign in _SCALES and not sign.isascii():
                scales = [one * by for one in scales for by in _SCALES[sign]]
                at += 1
                more = True
    word = _NEXT_WORD.match(text, end)
    if word and len(scales) == 1 and scales[0] == 1.0:
        said = word[1].lower()
        scales += _SCALES.get(said, ()) + _scale_words().get(said, ())
    factors = {one for one in scales if one != 1.0}
    if not factors:
        return values
    grown = {round(one * by, 6) for one in values if isinstance(one, float) for by in factors}
    return values | grown
