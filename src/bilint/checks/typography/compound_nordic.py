"""Nouns of the screen that stand apart behind a label, in Swedish, Danish and Norwegian.

`**Spara** knappen` for *the Save button*: right are `**Spara**-knappen` and `knappen **Spara**`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from bilint.checks.tokens.syntax import plain, unwrapped, word_set
from bilint.model.pattern import late
from bilint.model.record import NamedTuple

# With each English noun its bare forms, and behind the slash those with an article at their end.
_SWEDISH = {
    "activit(?:y|ies)": "aktivitet(?:er)? / aktivitet(?:en|erna)",
    "areas?": "områden? / område(?:t|na)",
    "attributes?": "attribut / attribut(?:et|en)",
    "box(?:es)?": "(?:kryss|text)?rut(?:a|or) / (?:kryss|text)?rut(?:an|orna)",
    "buttons?": "knapp(?:ar)? / knapp(?:en|arna)",
    "cards?": "kort / kort(?:et|en)",
    "check|checkbox(?:es)?": "kryssrut(?:a|or) / kryssrut(?:an|orna)",
    "columns?": "kolumn(?:er)? / kolumn(?:en|erna)",
    "conditions?|criteri(?:a|on)": "villkor|kriteri(?:um|er) / villkor(?:et|en)|kriteri(?:et|erna)",
    "dashboards?": "(?:instrument|kontroll)panel(?:er)? / (?:instrument|kontroll)panel(?:en|erna)",
    "dialog(?:ue)?s?": "dialog(?:er|rut(?:a|or))? / dialog(?:en|erna|rut(?:an|orna))",
    "drop-?down": "listruta|(?:list|rullgardins)meny / listrutan|(?:list|rullgardins)menyn",
    "elements?": "element / element(?:et|en)",
    "fields?": "fält / fält(?:et|en)",
    "files?": "fil(?:er)? / fil(?:en|erna)",
    "filters?": "filter / filtr(?:et|en)",
    "folders?": "mapp(?:ar)? / mapp(?:en|arna)",
    "icons?": "ikon(?:er)? / ikon(?:en|erna)",
    "links?": "länk(?:ar)? / länk(?:en|arna)",
    "lists?": "list(?:a|or) / list(?:an|orna)",
    "menus?": "meny(?:er)? / meny(?:n|erna)",
    "modes?": "lägen? / läge(?:t|na)",
    "objects?": "objekt / objekt(?:et|en)",
    "options?": "alternativ / alternativ(?:et|en)",
    "pages?": "sid(?:a|or) / sid(?:an|orna)",
    "pan(?:el|e)s?": "panel(?:er)?|ruta / panel(?:en|erna)|rutan",
    "parameters?": "parame(?:ter|trar) / parame(?:tern|trarna)",
    "propert(?:y|ies)": "egenskap(?:er)? / egenskap(?:en|erna)",
    "reports?": "rapport(?:er)? / rapport(?:en|erna)",
    "requests?": "begäran(?:den)?|förfråg(?:an|ningar) / begärandena|förfrågningarna",
    "screens?": "skärm(?:ar)?|sida / skärm(?:en|arna)|sidan",
    "sections?": "avsnitt|sektion(?:er)? / avsnitt(?:et|en)|sektion(?:en|erna)",
    "settings?": "inställning(?:ar)? / inställning(?:en|arna)",
    "tabs?": "flik(?:ar)? / flik(?:en|arna)",
    "tables?": "tabell(?:er)? / tabell(?:en|erna)",
    "values?": "värden? / värde(?:t|na)",
    "views?": "vy(?:er)? / vy(?:n|erna)",
    "windows?": "fönster / fönstr(?:et|en)",
}
_DANISH = {
    "activit(?:y|ies)": "aktivitet(?:er)? / aktivitet(?:en|erne)",
    "areas?": "områder? / område(?:t|rne)",
    "attributes?": "attribut(?:ter)? / attribut(?:ten|terne)",
    "box(?:es)?": "bokse?|felt(?:er)? / boks(?:en|ene)|felt(?:et|erne)",
    "buttons?": "knap(?:per)? / knap(?:pen|perne)",
    "cards?": "kort / kort(?:et|ene)",
    "check|checkbox(?:es)?": "afkrydsningsfelt(?:er)? / afkrydsningsfelt(?:et|erne)",
    "columns?": "kolonner? / kolonne(?:n|rne)",
    "conditions?|criteri(?:a|on)": "betingelser?|kriterier / betingelse(?:n|rne)|kriterierne",
    "dashboards?": "dashboards? / dashboardet",
    "dialog(?:ue)?s?": "dialog(?:er|bokse?)? / dialog(?:en|erne|boks(?:en|ene))",
    "drop-?down": "rulle(?:menu|liste) / rulle(?:menuen|listen)",
    "elements?": "element(?:er)? / element(?:et|erne)",
    "fields?": "felt(?:er)? / felt(?:et|erne)",
    "files?": "fil(?:er)? / fil(?:en|erne)",
    "filters?": "filt(?:er|re) / filt(?:eret|ret|rene)",
    "folders?": "mapper? / mappe(?:n|rne)",
    "icons?": "ikon(?:er)? / ikon(?:et|erne)",
    "links?": "links? / link(?:et|ene)",
    "lists?": "lister? / liste(?:n|rne)",
    "menus?": "menu(?:er)? / menu(?:en|erne)",
    "modes?": "tilstande? / tilstand(?:en|ene)",
    "objects?": "objekt(?:er)? / objekt(?:et|erne)",
    "options?": "(?:indstilling|mulighed)(?:er)? / (?:indstilling|mulighed)(?:en|erne)",
    "pages?": "sider? / side(?:n|rne)",
    "pan(?:el|e)s?": "panel(?:er)?|ruder? / panel(?:et|erne)|rude(?:n|rne)",
    "parameters?": "paramet(?:er|re) / paramet(?:eren|rene)",
    "propert(?:y|ies)": "egenskab(?:er)? / egenskab(?:en|erne)",
    "reports?": "rapport(?:er)? / rapport(?:en|erne)",
    "requests?": "anmodning(?:er)? / anmodning(?:en|erne)",
    "screens?": "skærm(?:e|billeder?)?|side / skærm(?:en|ene|billede(?:t|rne))|siden",
    "sections?": "afsnit|sektion(?:er)? / afsnit(?:tet|tene)|sektion(?:en|erne)",
    "settings?": "indstilling(?:er)? / indstilling(?:en|erne)",
    "tabs?": "faner? / fane(?:n|rne)",
    "tables?": "tabel(?:ler)? / tabel(?:len|lerne)",
    "values?": "værdi(?:er)? / værdi(?:en|erne)",
    "views?": "visning(?:er)? / visning(?:en|erne)",
    "windows?": "vinduer? / vindue(?:t|rne)",
}
_NORWEGIAN = {
    "activit(?:y|ies)": "aktivitet(?:er)? / aktivitet(?:en|ene)",
    "areas?": "områder? / område(?:t|ne)",
    "attributes?": "attributt(?:er)? / attributt(?:et|ene)",
    "box(?:es)?": "boks(?:er)?|felt(?:er)? / boks(?:en|ene)|felt(?:et|ene)",
    "buttons?": "knapp(?:er)? / knapp(?:en|ene)",
    "cards?": "kort / kort(?:et|ene)",
    "check|checkbox(?:es)?": "av(?:merk|krys)ingsboks(?:er)? / av(?:merk|krys)ingsboks(?:en|ene)",
    "columns?": "kolonner? / kolonne(?:n|ne)",
    "conditions?|criteri(?:a|on)": "vilkår|kriteri(?:um|er) / vilkår(?:et|ene)|kriteri(?:et|ene)",
    "dashboards?": "(?:dash|instrument)bord / (?:dash|instrument)bordet",
    "dialog(?:ue)?s?": "dialog(?:er|boks(?:er)?|ruter?)? / dialog(?:en|ene|boks(?:en|ene)|ruta)",
    "drop-?down": "rullegardin(?:meny|liste) / rullegardin(?:menyen|listen|lista)",
    "elements?": "element(?:er)? / element(?:et|ene)",
    "fields?": "felt(?:er)? / felt(?:et|ene)",
    "files?": "fil(?:er)? / fil(?:en|ene)",
    "filters?": "filt(?:er|re) / filt(?:eret|rene)",
    "folders?": "mapper? / mapp(?:en|ene|a)",
    "icons?": "ikon(?:er)? / ikon(?:et|ene)",
    "links?": "lenker?|kobling(?:er)? / lenk(?:en|ene|a)|kobling(?:en|ene)",
    "lists?": "lister? / list(?:en|ene|a)",
    "menus?": "meny(?:er)? / meny(?:en|ene)",
    "modes?": "modus(?:er)? / modus(?:en|ene)",
    "objects?": "objekt(?:er)? / objekt(?:et|ene)",
    "options?": "alternativ(?:er)? / alternativ(?:et|ene)",
    "pages?": "sider? / sid(?:en|ene|a)",
    "pan(?:el|e)s?": "panel(?:er)?|ruter? / panel(?:et|ene)|rut(?:en|ene|a)",
    "parameters?": "paramet(?:er|re) / paramet(?:eren|rene)",
    "propert(?:y|ies)": "egenskap(?:er)? / egenskap(?:en|ene)",
    "reports?": "rapport(?:er)? / rapport(?:en|ene)",
    "requests?": "forespørs(?:el|ler) / forespørs(?:elen|lene)",
    "screens?": "skjerm(?:er|bilder?)?|side / skjerm(?:en|ene|bilde(?:t|ne))|siden",
    "sections?": "avsnitt|seksjon(?:er)?|del / avsnitt(?:et|ene)|seksjon(?:en|ene)|delen",
    "settings?": "innstilling(?:er)? / innstilling(?:en|ene)",
    "tabs?": "faner? / fan(?:en|ene|a)",
    "tables?": "tabell(?:er)? / tabell(?:en|ene)",
    "values?": "verdi(?:er)? / verdi(?:en|ene)",
    "views?": "visning(?:er)? / visning(?:en|ene)",
    "windows?": "vindu(?:er)? / vindu(?:et|ene)",
}
_TABLES = {
    "da": _DANISH,
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN,
    "no": _NORWEGIAN,
    "sv": _SWEDISH,
}

_CLOSED = r"(?<=[\])*_`>] )"
_TOKEN = late(
    r"(?P<marks>\*{1,3}|_)?\[!(?:DNL|UICONTROL) (?P<label>[^\[\]\n]+)\](?:(?P=marks))?\Z"
    r"|`(?P<code>[^`\n]+)`\Z"
    r"|<(?P<tag>span|b|strong|em|i)(?: [^<>]*)?>[ ]?(?P<tagged>[^<>]+)</(?P=tag)>\Z"
    r"|(?<![\w*_\\])(?P<sign>\*{1,3}|_)(?P<words>[^\s*_](?:[^*_\n]*[^\s*_:.!?,])?)(?P=sign)\Z"
)
_SAID = ("label", "code", "tagged", "words")
_ENGLISH = late(rf" {_CLOSED}([a-z]+(?:-[a-z]+)?)(?![\w'’-])")
_REACH = 160
_MOST = 100
_POINTING = word_set("alla alle de dei den denna denne desse dessa dessa det detta dette disse")
"""Behind these an adjective may stand before its noun: `de **Nya** fälten`."""

_LAST = late(r"([^\W\d_]+) \Z")
_DETERMINED = late(r"\b(?:the|this|that|its|your) \Z", re.IGNORECASE)


class Apart(NamedTuple):
    """A noun that stands apart behind a label, and whether an article is at its end."""

    start: int
    end: int
    inside: str
    word: str
    definite: bool


class _Token(NamedTuple):
    start: int
    inside: str
    stressed: bool


def nordic_sign(language: str) -> re.Pattern[bytes]:
    """What such a place looks like in the text of a page."""
    return _patterns(language)[0]


def nordic_nouns(language: str, ours: str, theirs: str) -> Iterator[Apart]:
    """The nouns behind a token of the translation that stand behind one in the source as well."""
    english = [
        (token, match[1])
        for match in islice(_ENGLISH.finditer(ours), _MOST)
        if (token := _token(ours, match.start())) is not None
    ]
    if not english:
        return
    for match in islice(_patterns(language)[1].finditer(theirs), _MOST):
        token = _token(theirs, match.start())
        if token is None or _is_borne(language, theirs[: token.start]):
            continue
        if any(
            _is_same(token, other, ours, theirs) and _renders(language, noun, match[1])
            for other, noun in english
        ):
            definite = any(
                re.fullmatch(forms.partition(" / ")[2], match[1])
                for forms in _TABLES[language].values()
            )
            yield Apart(token.start, match.end(), plain(token.inside), match[1], definite)


@lru_cache(maxsize=4)
def _patterns(language: str) -> tuple[re.Pattern[bytes], re.Pattern[str]]:
    either = "|".join(_TABLES[language].values()).replace(" / ", "|")
    # `sidan 3` is a page of its own.
    text = rf" {_CLOSED}({either})(?![\w'’-]| \d)"
    return re.compile(text.replace("’", "").encode()), re.compile(text)


def _token(text: str, end: int) -> _Token | None:
    """The name or label that ends at a place."""
    left = max(0, end - _REACH)
    found = _TOKEN.search(text[left:end])
    if found is None:
        return None
    kind = next(name for name in _SAID if found[name] is not None)
    inside = unwrapped(found[kind]).strip("*_ ")
    if not inside or (kind != "code" and not inside[0].isupper()):
        return None
    return _Token(left + found.start(), inside, kind == "words")


def _is_borne(language: str, before: str) -> bool:
    """Whether a noun before a label bears it: `menyn **Arkiv** alternativet`."""
    last = _LAST.search(before[-_REACH:])
    either = _patterns(language)[1].pattern[len(f" {_CLOSED}") :]
    return last is not None and re.match(either, last[1]) is not None


def _is_same(token: _Token, other: _Token, ours: str, theirs: str) -> bool:
    """Whether a token may be the one of the source: the same, or one that was translated.

    A name that both say as often is the same one in order.
    Of emphasis that was translated nobody knows that it is a label, unless an article says so.
    """
    if token.inside == other.inside:
        name = token.inside
        return ours.count(name) != theirs.count(name) or (
            ours.count(name, 0, other.start) == theirs.count(name, 0, token.start)
        )
    if token.inside in ours or other.inside in theirs or token.stressed != other.stressed:
        return False
    if not token.stressed:
        return True
    last = _LAST.search(theirs[max(0, token.start - _REACH) : token.start])
    return (
        _DETERMINED.search(ours[max(0, other.start - _REACH) : other.start]) is not None
        and last is not None
        and last[1].lower() not in _POINTING
    )


def _renders(language: str, noun: str, word: str) -> bool:
    """Whether a noun is one for what stands behind the label in English."""
    return any(
        re.fullmatch(english, noun) and re.fullmatch(forms.replace(" / ", "|"), word)
        for english, forms in _TABLES[language].items()
    )
