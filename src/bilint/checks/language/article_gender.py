"""`article-gender`: in German the article before a name does not fit the noun behind it."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import at_places, target_data
from bilint.checks.tokens.syntax import plain, unwrapped, word_set
from bilint.checks.typography.sheet import span_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment, TokenKind
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.segment_text import is_as_stored

_GENDERS = {
    "feminine": word_set(
        "abfrage aktion aktivität anforderung ansicht anwendung bibliothek datei dimension"
        " eigenschaft einstellung erweiterung fläche funktion gruppe instanz integration kampagne"
        " karte kategorie klasse komponente konsole leiste liste methode metrik nachricht option"
        " regel richtlinie rolle schnittstelle seite spalte tabelle umgebung variable vorlage"
        " warteschlange zeile"
    ),
    "neuter": word_set(
        "attribut diagramm dokument element ereignis feld fenster formular format handbuch konto"
        " kästchen menü modul objekt paket profil projekt segment skript symbol verzeichnis"
        " werkzeug widget"
    ),
    "masculine": word_set(
        "abschnitt agent assistent befehl bereich bericht bildschirm block code dialog dienst"
        " editor knoten modus name ordner parameter prozess reiter schlüssel schritt server typ"
        " wert workflow"
    ),
}
_OF = {noun: gender for gender, nouns in _GENDERS.items() for noun in nouns}
"""What bears names, and its gender; a noun of several words has that of its last."""

_OTHERS = {
    "feminine": word_set(
        "am ans aufs beim das dem den des diesem diesen dieses ein einem einen eines im ins jedem"
        " jeden jedes kein keinem keinen keines vom zum"
    ),
    "neuter": word_set(
        "den der die diese diesen dieser eine einen einer jede jeden jeder keine keinen keiner zur"
    ),
    "masculine": word_set(
        "ans aufs das die diese dieses eine einer ins jede jedes keine keiner zur"
    ),
}
"""The articles that none of them has in any case of the singular."""

_PLURAL = word_set("den der die diese diesen dieser keine keinen keiner")
_SAME = word_set("fenster knoten kästchen ordner parameter reiter schlüssel server")
"""Nouns that are the same in the plural, and the articles of that."""

_LIKELY = late(rb"[\])*_`](?: -?|-)(?:[A-Z]|\xc3[\x84\x96\x9c])[a-z\x80-\xff-]*")
_WORD = late(r"[^\W\d_]+")
_KNOWN = sorted(frozenset[str]().union(*_OTHERS.values()))
_ARTICLES = "|".join(f"[{one[0].upper()}{one[0]}]{one[1:]}" for one in _KNOWN)
_PLACE = late(
    rf"(?<![\w-])(?P<article>{_ARTICLES})[ \u00a0\n]"
    r"(?P<name>(?P<marks>\*{1,3}|_)?\[!(?:DNL|UICONTROL) [^\[\]\n]+\](?(marks)(?P=marks))"
    r"|(?P<outer>\*{1,3}|_)?`[^`\n]+`(?(outer)(?P=outer))"
    r"|(?P<sign>\*{1,3}|_)[^\s*_](?:[^*_\n]*[^\s*_])?(?P=sign)"
    r"|\[[^\[\]\n]+\]\([^()\s]*\))"
    r"(?:[ \u00a0]-?|-)(?P<noun>[A-ZÄÖÜ][\w-]*)(?![\w/-])"
    # Counted, said twice (`Seite für Seite`) or one of two things it is no noun of the name.
    r"(?! \d| (?:an|für|um) (?P=noun)| (?:und|oder|sowie) [A-ZÄÖÜ])"
)
_SHORTEST = 3
_LONGEST = 13
"""Letters of the nouns."""

_MOST = 20_000


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """An article of another gender than the noun that bears the name."""
    if primary_language(pair.locale) != "de":
        return
    data = target_data(pair)
    places = (match.start() for match in _LIKELY.finditer(data) if _bears(match[0]))
    for _source, target, _likeness in at_places(pair, data, places):
        text = target.text
        if len(text) <= _MOST and is_as_stored(target):
            yield from _in_segment(target)


def _in_segment(target: Segment) -> Iterator[Observation]:
    text = target.text
    for match in _PLACE.finditer(text):
        article, noun = match["article"], match["noun"]
        bearer = _bearer(noun)
        if bearer is None:
            continue
        gender, small = _OF[bearer], article.lower()
        if small not in _OTHERS[gender] or (bearer in _SAME and small in _PLURAL):
            continue
        span = span_in(target, text, match.start(), match.end())
        if any(
            one.kind is TokenKind.CODE and one.start < span.start < one.end for one in target.tokens
        ):
            continue
        name = plain(unwrapped(match["name"].strip("*_`")))
        yield Observation(
            f"`{article}` before `{name}` does not fit `{noun}`, which is {gender}",
            span,
            f"{article} {noun}",
        )


def _bears(likely: bytes) -> bool:
    """A quick look: whether such a noun stands behind a name."""
    return _bearer(_WORD.findall(likely.decode(errors="ignore"))[-1]) is not None


def _bearer(word: str) -> str | None:
    """The noun that a word ends with, if it is one that bears names."""
    small = word.lower()
    ends = (small[-length:] for length in range(_LONGEST, _SHORTEST - 1, -1))
    return next((end for end in ends if end in _OF), None)
