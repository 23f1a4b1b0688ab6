"""How languages say in which half of the day an hour is: `på eftermiddagen`, `午後`.

What is said of the night belongs to both halves: eleven is before midnight, and two behind it. Of
a language that stands here in neither table nobody knows what `5:30` in it means.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bilint.model.record import NamedTuple

_BEHIND = {
    "en": "in the morning|at night = in the (?:afternoon|evening)|at night",
    "de": (
        "morgens|vormittags|vorm\\.?|früh|nachts|am (?:frühen )?(?:Morgen|Vormittag)"
        "|in der Nacht = nachmittags|nachm\\.?|mittags|abends|nachts"
        "|am (?:frühen |späten )?(?:Mittag|Nachmittag|Abend)|in der Nacht"
    ),
    "nl": (
        "['’]s (?:ochtends|morgens|nachts)|in de (?:ochtend|nacht)|v\\.?m\\. = "
        "['’]s (?:middags|namiddags|avonds|nachts)|in de (?:middag|namiddag|avond|nacht)|n\\.?m\\."
    ),
    "sv": (
        "fm|f\\. ?m\\.|på (?:morgonen|förmiddagen|natten) = "
        "em|e\\. ?m\\.|på (?:eftermiddagen|kvällen|natten)"
    ),
    "da": ("om (?:morgenen|formiddagen|natten) = om (?:eftermiddagen|aftenen|natten)"),
    "nb": (
        "(?:om|på) (?:morgenen|formiddagen|natten|natta) = "
        "(?:om|på) (?:ettermiddagen|kvelden|natten|natta)"
    ),
    "nn": "(?:om|på) (?:morgonen|formiddagen|natta) = (?:om|på) (?:ettermiddagen|kvelden|natta)",
    "fi": "aamulla|aamupäivällä|ap|yöllä = iltapäivällä|illalla|ip|yöllä",
    "es": "de la (?:mañana|madrugada) = (?:de|por) la (?:tarde|noche)|del mediodía",
    "ca": "del matí|de la (?:matinada|nit) = de la (?:tarda|nit)|del (?:vespre|migdia)",
    "pt": "da (?:manhã|madrugada) = (?:da|à) (?:tarde|noite)",
    "it": (
        "del(?:la)? mattin[oa]|di mattina|di notte = "
        "del pomeriggio|di pomeriggio|di sera|della sera|di notte"
    ),
    "fr": "du matin = de l['’]après-midi|du soir",
    "ro": "dimineața|dimineaţa|noaptea = după-amiaza|după-amiază|seara|noaptea",
    "pl": "rano|nad ranem|przed południem|w nocy = po południu|wieczorem|w nocy",
    "cs": "ráno|dopoledne|v noci = odpoledne|večer|v noci",
    "sk": "ráno|dopoludnia|predpoludním|v noci = popoludní|večer|v noci",
    "ru": "утра|ночи = вечера|дня|ночи",
    "uk": "ранку|ночі = вечора|дня|пополудні|ночі",
    "bg": "сутринта|преди обяд|през нощта = следобед|вечерта|през нощта",
    "el": "π\\. ?μ\\.?|πμ|το πρωί = μ\\. ?μ\\.?|μμ|το (?:απόγευμα|βράδυ|μεσημέρι)",
    "vi": "sáng|đêm = chiều|tối|trưa|đêm",
    "id": "pagi|dini hari|malam = siang|sore|petang|malam",
    "ms": "pagi|malam = tengah hari|petang|malam",
    "ar": "صباح[ًا]*|ص = مساء[ًا]*|ظهر[ًا]*|عصر[ًا]*|م",
    "he": 'בבוקר|לפנות בוקר|בלילה = אחר הצהריים|אחה["״]צ|בצהריים|בערב|בלילה',
}
_BEFORE = {
    "ja": "午前|凌晨|清晨|早朝|早上|朝 = 午後|正午|昼|夕方|夕|晩|夜",
    "zh": "午前|上午|凌晨|清晨|早上|早晨 = 午後|下午|晚上|傍晚|中午|夜",
    "ko": "오전|새벽|아침 = 오후|점심|저녁|밤",
    "tr": "sabah|öğleden önce|gece|ÖÖ = öğleden sonra|öğlen|akşam|gece|ÖS",
    "hu": "reggel|délelőtt|hajnali|hajnalban|éjjel = délután|este|éjjel",
    "hi": "सुबह|रात = दोपहर|शाम|रात",
}
_SAME = {"no": "nb", "yue": "zh"}
# `am` is a word in German and in others.
_ANY = (r"AM|[aA]\. ?[mM]\.?", r"PM|pm|[pP]\. ?[mM]\.?")
_HOUR = (
    r"(?<![\d:.,])(\d{1,2})(?: ?[:.h] ?\d\d)?"
    r"(?: ?(?:h|Uhr|uur|heures?|horas?|ore|часов|часа|час|годині?|godz\.?|óra|giờ))? ?"
)
_BLANK = "(?:[ \u00a0\u202f]|&nbsp;)?"
"""What stands for ` ?` in the patterns: `p. m.` is kept together by a blank that does not part."""

_ALONE = r"(?<![^\W\d_]){0}(?![^\W_])"
_EVENING_IN_WORDS = {
    "de": "mittag|abend",
    "nl": "middag|avond",
    "sv": "middag|kväll",
    "da": "middag|aften",
    "nb": "middag|kveld",
    "nn": "middag|kveld",
    "fi": "iltap",
    "fr": "après-midi",
}
"""What an evening has in all its forms, also where the hour is far: `Freitagnachmittag`."""


class Halves(NamedTuple):
    """How a language says the halves of the day.

    Of the morning and of the evening, with an hour, which is the group that matched; and of the
    evening, wherever it stands.
    """

    hours: tuple[re.Pattern[str], re.Pattern[str]]
    evening: re.Pattern[str]
    known: bool


@lru_cache(maxsize=8)
def halves(language: str) -> Halves:
    """How a language says the two halves of the day, as far as it is known."""
    language = _SAME.get(language, language)
    said = _BEHIND.get(language) or _BEFORE.get(language)
    morning, _, evening = (said or "").partition(" = ")
    before = language in _BEFORE
    alone = _ALONE.format(
        f"(?:{_ANY[1]}|{evening})" if evening and not before else f"(?:{_ANY[1]})"
    )
    within = evening if before else _EVENING_IN_WORDS.get(language)
    return Halves(
        (_with_hour(_ANY[0], morning, before), _with_hour(_ANY[1], evening, before)),
        _compiled(f"{alone}|{within}" if within else alone, re.IGNORECASE),
        bool(said),
    )


def _with_hour(general: str, own: str, before: bool) -> re.Pattern[str]:
    behind = f"(?:{general}|{own})" if own and not before else f"(?:{general})"
    said = _HOUR + _ALONE.format(behind)
    if before:
        said += rf"|(?:{own}) ?(?:saat )?(?:(?:{general}) ?)?(\d{{1,2}})(?!\d)"
    return _compiled(said)


def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ?", _BLANK), flags)
