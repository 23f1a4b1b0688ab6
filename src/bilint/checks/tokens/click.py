"""A label right behind the verb for *click*, without the preposition that the language wants there.

`Klicka **Spara**` for `Klicka på **Spara**`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.changed import SURE, at_places, target_data
from bilint.checks.tokens.syntax import plain, unwrapped, word_set
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation, Severity, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import is_as_stored
from bilint.model.text import Span


class _Verb(NamedTuple):
    """The forms of a verb: how they begin, what all have, how they end; and the preposition."""

    opening: str
    stem: str
    ending: str
    preposition: str


_VERBS = {
    "da": _Verb("[Kk]", "lik", "|ke|ker(?: du)?", "på"),
    "de": _Verb("[Kk]", "lick", "en Sie|st du", "auf"),
    "es": _Verb("[Hh](?:ag[ao]|agas|az|aces?|acer|aciendo)", " clic", "", "en"),
    "fr": _Verb("[Cc]", "liqu", "ez|er|ant", "sur"),
    "it": _Verb("[Ff](?:ai|are|ate|acendo|accia)", " clic", "", "su"),
    "nl": _Verb("[Kk]", "lik", "|t u| je|ken", "op"),
    "pt": _Verb("[Cc]", "li", "quem?|car|cando", "em"),
    "sv": _Verb("[Kk]", "lick", "a|ar(?: du| ni)?", "på"),
}
"""Norwegian writes both `klikk **Lagre**` and `klikk på **Lagre**`."""

_LABEL = r"(?:\*{1,3}|_)?\[!UICONTROL [^\[\]\n]+\](?:\*{1,3}|_)?|\*\*[A-ZÄÅÖØÆÉÈÀÁÍÓÚÇ][^*\n]*\*\*"
_CLICKED = late(r"\b[Cc]lick(?:ing|s)? (?:on )?(?:the )?[*_]{0,3}(?:\[!UICONTROL |[A-Z])")
_HERE = word_set("aquí ici qui hier här her aqui acá qua")
_APART = late(r"[^.!?;]*\b(?:an|aan)\b|[ \u00a0][A-ZÄÖÜ]")
"""The other half of *anklicken* and *aanklikken*, or a noun: then more is wrong than that."""


def clicks(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each label that stands right behind the verb."""
    verb = _VERBS.get(language)
    if verb is None:
        return
    data = target_data(pair)
    places = (match.start() for match in _sign(language).finditer(data))
    for source, target, likeness in at_places(pair, data, places):
        if likeness >= SURE and _CLICKED.search(source.text):
            yield from _in_segment(source, target, _pattern(language), verb)


@lru_cache(maxsize=4)
def _sign(language: str) -> re.Pattern[bytes]:
    verb = _VERBS[language]
    return re.compile(rf"{verb.stem}(?:{verb.ending}) (?:\*|_?\[!U)".encode())


@lru_cache(maxsize=4)
def _pattern(language: str) -> re.Pattern[str]:
    verb = _VERBS[language]
    form = f"{verb.opening}{verb.stem}(?:{verb.ending})"
    return re.compile(rf"(?<![\w-])(?P<verb>{form}) (?P<label>{_LABEL})")


def _in_segment(
    source: Segment, target: Segment, pattern: re.Pattern[str], verb: _Verb
) -> Iterator[Observation]:
    text = target.text
    if not is_as_stored(target):
        return
    for match in pattern.finditer(text):
        label = plain(unwrapped(match["label"]).strip("*_"))
        # What is clicked: the label before it is another thing.
        second = rf" {verb.preposition} (?:\*\*|\[!)"
        if label.lower() in _HERE or re.match(second, text[match.end() :]):
            continue
        if verb.preposition in ("auf", "op") and _APART.match(text, match.end()):
            continue
        first = target.start + len(text[: match.start()].encode())
        yield Observation(
            f"`{verb.preposition}` is missing between `{match['verb']}` and `{label}`",
            Span(first, first + len(match[0].encode())),
            label,
            source.span,
            severity=Severity.INFO,
            suggestion=Suggestion(f"{match['verb']} {verb.preposition} {match['label']}"),
        )
