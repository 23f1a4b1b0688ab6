"""`negation-lost`: the source forbids something, and no word of the translation does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.base import Check, Context, Need
from bilint.checks.language.prose import Reading, read, without_links, without_quotations
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, SegmentKind
from bilint.model.finding import Confidence, Family, Observation, Severity
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.text import Span

_FORBIDDEN = late(
    r"(?:\A|(?<=[.!?:;,(\x02*]|[\r\n]))[\s*_(>-]*(?:do not|don[’']t|never)\b"
    r"|\b(?:must|should|shall) (?:not|never)\b|\bmust(?:n[’']t)\b|\bplease do not\b",
    re.IGNORECASE,
)
# `Never mind`, `don't forget`: many languages say these without a negation.
_OTHERWISE = late(
    r"(?i)(?:not|n['’]t|never)\s+(?:only|just|forget|worry|hesitate|mind|need|have to|be (?:lower|less"
    r"|greater|more|empty|blank|null|confused))\b"
)
_NEGATIONS = {
    "cs": r"\bn[ei]\w*|\b(?:bez|žádn\w*|zak\w*|vyvar\w*)\b",
    "da": r"\b(?:ikke|aldrig|inge[nt]|intet|uden|undgå\w*|forbud\w*|frarå\w*)\b",
    "de": r"\b(?:nicht\w*|nie|niemals|kein\w*|ohne|weder|vermeid\w*|verhinder\w*|verbot\w*|unzulässig\w*"
    r"|untersag\w*|unmöglich\w*|verzicht\w*|unterlass\w*|abgeraten|abzuraten|statt|unbedingt)\b",
    "es": r"\b(?:no|nunca|jamás|sin|ning[uú]n\w*|nadie|nada|ni|tampoco|evit\w*|impid\w*|imped\w*|prohib\w*"
    r"|absten\w*|desaconsej\w*|impos\w*)\b",
    "fr": r"\b(?:ne|n|pas|jamais|aucun\w*|sans|ni|non|rien|évit\w*|empêch\w*|interdi\w*|proscri\w*"
    r"|déconseill\w*|absten\w*|imposs\w*)\b",
    "it": r"\b(?:non|mai|senza|nessun\w*|né|neanche|no|nulla|niente|evit\w*|imped\w*|viet\w*|sconsigli\w*"
    r"|proibi\w*|astener\w*|esclu\w*|imposs\w*)\b",
    "ja": "ない|なく|なけ|なし|ません|せず|ずに|無|不|非|未|禁|避|防|控え|だめ|厳|よう注意|しまわ",
    "ko": "않|없|못|아니|안 |안됨|마십|마세|마시|말아|말고|말 |말 것|금지|금물|불|미|비|무|방지|외에|피하|삼가|지양",
    "nl": r"\b(?:niet\w*|nooit|geen|zonder|noch|niets|vermijd\w*|voorkom\w*|verbod\w*|afgera\w*|ontra\w*|onmogelijk\w*)\b",
    "no": r"\b(?:ikke|aldri|inge[nt]|intet|uten|unngå\w*|forb\w*|frarå\w*)\b",
    "pl": r"\bnie\w*|\b(?:nigdy|bez|żad\w*|nikt|nic|ani|unik\w*|zabr\w*|zakaz\w*|odradz\w*)\b",
    "pt": r"\b(?:não|nunca|jamais|sem|nenhum\w*|nem|nada|evit\w*|imped\w*|impeç\w*|proib\w*|abst\w*"
    r"|desaconselh\w*|imposs\w*)\b",
    "ru": r"\bн[еи]\w*|\b(?:нет|без|нельзя|запре\w*|избега\w*|исключ\w*)\b",
    "sv": r"\b(?:inte|aldrig|inge[nt]|inga|utan|ej|icke|undvik\w*|förbj\w*|avrå\w*)\b",
    "tr": r"\b\w*(?:m[ae]y|m[ae]d|m[ae]z|m[ae]s|m[ae]m|m[ıiuü]yor)\w*|\w{3,}m[ae]\b|\b(?:değil|asla|hiç|yok|yasak|kaçın\w*)\b",
    "uk": r"\bн[еі]\w*|\b(?:нема|без|заборон\w*|уника\w*)\b",
    "zh": "不|没|沒|无|無|未|非|别|別|勿|否|禁|避免|防止|切忌|莫|毋",
}
_ALIASES = {"nb": "no", "nn": "no", "iw": "he", "yue": "zh"}
_SIGNS = ("o not ", "on't ", "on’t ", "ever ", "ust not ", "ould not ", "hall not ", "ustn't ")
_SURE = 0.7


def _observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    language = primary_language(pair.locale)
    negations = _NEGATIONS.get(_ALIASES.get(language, language))
    if negations is None or pair.source is None:
        return
    if primary_language(context.source_language) != "en":
        return
    for source, target, likeness in pair.segments:
        if source is None or target is None or likeness < _SURE:
            continue
        said = source.text
        if not ("not " in said or "n't " in said or "n’t " in said or "ever " in said):
            continue
        if any(sign in said for sign in _SIGNS) and _FORBIDDEN.search(said):
            if said != target.text and target.kind is not SegmentKind.ALT_TEXT:
                yield from _in_segment(source, target, _compiled(negations))


@lru_cache(maxsize=32)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def _in_segment(
    source: Segment, target: Segment, negations: re.Pattern[str]
) -> Iterator[Observation]:
    ours = without_links(without_quotations(read(source)))
    match = _FORBIDDEN.search(ours.text)
    if match is None or _OTHERWISE.search(ours.text):
        return
    theirs = read(target)
    if not theirs.words() or negations.search(theirs.text):
        return
    said = match[0].strip(" \r\n\t*_(>-").lower()
    yield Observation(
        f"The source says `{said}`; no word of the translation does",
        target.span,
        said,
        source_span=_place(ours, match),
    )


def _place(reading: Reading, match: re.Match[str]) -> Span:
    start = match.end() - len(match[0].lstrip(" \r\n\t*_(>-"))
    return reading.span(start, match.end())


CHECK = Check(
    id="negation-lost",
    family=Family.LANGUAGE,
    severity=Severity.INFO,
    confidence=Confidence.LOW,
    summary="A prohibition of the source may be lost",
    observe=_observe,
    needs=frozenset((Need.BASE,)),
    yields_to=frozenset(("untranslated-segment", "source-language-sentence", "length-unlikely")),
)
