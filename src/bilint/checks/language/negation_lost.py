"""`negation-lost`: the source forbids something, and no word of the translation does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.base import Context
from bilint.checks.changed import changed
from bilint.checks.language.opposites import said_otherwise, words_of
from bilint.checks.language.prose import (
    Reading,
    kept_stretches,
    read,
    without_links,
    without_quotations,
)
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.text import Span

_FORBIDDEN = late(
    r"(?:\A|(?<=[.!?:;,(\x02*]|[\r\n]))[\s*_(>-]*(?:do not|don[’']t|never)\b"
    r"|\b(?:must|should|shall) (?:not|never)\b|\bmust(?:n[’']t)\b|\bplease do not\b",
    re.IGNORECASE,
)
# `Never mind`, `don't forget`, `must not have more than`: many languages say these without a
# negation.
_OTHERWISE = late(
    r"(?i)(?:not|n['’]t|never)\s+(?:only|just|forget|worry|hesitate|mind|need|have to"
    r"|be (?:lower|less|greater|more|empty|blank|null|confused)|exceed"
    r"|(?:\w+\s+){1,2}(?:more|less|fewer|longer|larger|greater|higher|lower|later) than)\b"
)
_NEGATIONS = {
    "cs": "n[ei]* bez žádn* zak* vyvar*",
    "da": "ikke aldrig inge[nt] intet uden undgå* forbud* frarå*",
    "de": """nicht* nie niemals kein* ohne weder vermeid* verhinder* verbot* unzulässig* untersag*
        unmöglich* verzicht* unterlass* abgeraten abzuraten statt unbedingt""",
    "es": """no nunca jamás sin ning[uú]n* nadie nada ni tampoco evit* impid* imped* prohib* absten*
        desaconsej* impos*""",
    "fr": """ne n pas jamais aucun* sans ni non rien évit* empêch* interdi* proscri* déconseill*
        absten* imposs*""",
    "it": """non mai senza nessun* né neanche no nulla niente evit* imped* viet* sconsigli* proibi*
        astener* esclu* imposs*""",
    "nl": """niet* nooit geen zonder noch niets vermijd* voorkom* verbod* afgera* ontra*
        onmogelijk*""",
    "no": "ikke ikkje aldri inge[nt] intet uten unngå* forb* frarå*",
    "pl": "nie* nigdy bez żad* nikt nic ani unik* zabr* zakaz* odradz*",
    "pt": """não nunca jamais sem nenhum* nem nada evit* imped* impeç* proib* abst* desaconselh*
        imposs*""",
    "ru": "н[еи]* нет без нельзя запре* избега* исключ*",
    "sv": """inte aldrig inge[nt] inga utan ej icke varken undvik* förbj* förbud* avrå* hindra*
        förhindra* omöjlig* otillåt* avstå* slipp*""",
    "tr": """*m[ae]y* *m[ae]d* *m[ae]z* *m[ae]s* *m[ae]m* *m[ıiuü]yor* *m[ae] değil asla hiç
        yok yasak kaçın*""",
    "uk": "н[еі]* нема без заборон* уника*",
}
"""Words that deny, forbid, avoid or advise against; a star stands for any letters."""

_NEGATIONS_UNSPACED = {
    "ja": "ない なく なけ なし ません せず ずに 無 不 非 未 禁 避 防 控え だめ 厳 しまわ 遠慮 かね",
    "ko": """않 없 못 아니 안\\s 안됨 마십 마세 마시 말아 말고 말\\s 금지 금물 불 미 비 무 방지 외에
        피하 삼가 지양""",
    "zh": "不 没 沒 无 無 未 非 别 別 勿 否 禁 避免 防止 切忌 莫 毋",
}
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "yue": "zh"}
_SIGNS = ("o not ", "on't ", "on’t ", "ever ", "ust not ", "ould not ", "hall not ", "ustn't ")
_REACH = 16
_SURE = 0.7


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """A prohibition of the source may be lost."""
    language = primary_language(pair.locale)
    language = _ALIASES.get(language, language)
    negations = _negations(language)
    if negations is None or primary_language(context.source_language) != "en":
        return
    denying = [
        one
        for one in changed(pair)
        if "not " in (said := one[0][4]) or "n't " in said or "ever " in said or "n’t " in said
    ]
    for source, target, likeness in denying:
        if likeness < _SURE or target.kind is SegmentKind.ALT_TEXT:
            continue
        if _forbids(source.text):
            yield from _in_segment(source, target, negations, language)


def _forbids(text: str) -> bool:
    """Whether a text forbids something; the pattern is tried where it may match, and only there."""
    for sign in _SIGNS:
        at = text.find(sign)
        while at >= 0:
            if _FORBIDDEN.search(text, max(0, at - _REACH), at + len(sign) + 1):
                return True
            at = text.find(sign, at + 1)
    return False


@lru_cache(maxsize=32)
def _negations(language: str) -> re.Pattern[str] | None:
    return words_of(_NEGATIONS.get(language, ""), _NEGATIONS_UNSPACED.get(language, ""))


def _in_segment(
    source: Segment, target: Segment, negations: re.Pattern[str], language: str
) -> Iterator[Observation]:
    ours = without_links(without_quotations(read(source)))
    match = _FORBIDDEN.search(ours.text)
    if match and any(one.start < match.end() <= one.end for one in kept_stretches(source, target)):
        return
    if match is None or _OTHERWISE.search(ours.text):
        return
    theirs = read(target)
    place = _meant(ours, theirs, match.end())
    if not theirs.words(*place) or negations.search(theirs.text, *place):
        return
    sentence = ours.text[slice(*_sentence(ours, match.end()))]
    if said_otherwise(language, sentence, theirs.text[slice(*place)]):
        return
    said = match[0].strip(" \r\n\t*_(>-").lower()
    yield Observation(
        f"The source says `{said}`; no word of the translation does",
        target.span,
        said,
        source_span=_place(ours, match),
    )


def _meant(ours: Reading, theirs: Reading, at: int) -> Span:
    """Where the target says what a sentence of the source does: there, where both have as many."""
    said = [one for one in ours.sentences() if ours.words(*one)]
    found = [one for one in theirs.sentences() if theirs.words(*one)]
    if len(said) == len(found):
        for one, other in zip(said, found, strict=True):
            if one.start < at <= one.end:
                return other
    return Span(0, len(theirs.text))


def _sentence(reading: Reading, at: int) -> Span:
    """The sentence that a character ends or stands in."""
    sentences = (one for one in reading.sentences() if one.start < at <= one.end)
    return next(sentences, Span(0, len(reading.text)))


def _place(reading: Reading, match: re.Match[str]) -> Span:
    start = match.end() - len(match[0].lstrip(" \r\n\t*_(>-"))
    return reading.span(start, match.end())
