"""Whether a German noun stands apart behind the name that qualifies it."""

from __future__ import annotations

import re

from bilint.checks.tokens.syntax import word_set
from bilint.checks.typography.compound_noun import (
    EnglishNoun,
    is_plural,
    nouns_behind,
    opens_sentence,
    said,
)
from bilint.engines.stopwords import function_words
from bilint.model.pattern import late
from bilint.model.record import TYPE_CHECKING

if TYPE_CHECKING:
    from bilint.checks.typography.compound_open import Place

_NO_HEADS = word_set(
    "version versionen release releases edition build ausgabe stufe phase seite kapitel"
    " sekunde sekunden minute minuten stunde stunden tag tage tagen woche wochen monat monate"
    " monaten jahr jahre jahren mal zeichen byte bytes pixel pixeln prozent millisekunden zeile"
    " zeilen spalte spalten"
)
"""What stands apart behind a name, or is counted by it."""

_PAGE = "seite"
_APART = late(r"[ \u00a0](?:\d|an\b|für\b|um\b)")

_ADDRESS = late(r"(?:Sie|Ihr(?:e[mnrs]?)?|Ihnen)\Z")
_ADDRESSED = late(r"[ \u00a0](?:Sie\b|v?\d)")
_LAST = late(r"([^\W\d_][\w'’-]*)[ \u00a0](?:[(\"'„“‚]|&quot;)*\Z")
_BARE = word_set(
    "ab an auf aus bei bis durch für gegen in mit nach ohne per über um unter via von vor zu"
    " zwischen als wie und oder sowie"
)
_PREPOSITIONS = _BARE - word_set("als wie und oder sowie")
_STEMS = "dies jed jen welch manch ein kein mein dein sein ihr unser unsr euer eur"
_DETERMINERS = word_set(
    "der die das den dem des am ans aufs beim durchs fürs im ins vom zum zur"
    " derselbe dieselbe dasselbe denselben demselben derselben desselben "
    + " ".join(stem + end for stem in _STEMS.split() for end in ("", "e", "en", "em", "er", "es"))
)
_RECEIVING = ("m", "r")
"""What the article of the one who gets something ends with: *dem*, *einer*."""

_BEARING = {
    "account": "konto",
    "agent": "agent",
    "api": "api schnittstelle",
    "app": "app anwendung",
    "attribute": "attribut",
    "client": "client kunde",
    "column": "spalte",
    "connector": "connector konnektor",
    "editor": "editor redakteur bearbeit",
    "element": "element tag knoten",
    "extension": "erweiterung",
    "field": "feld",
    "file": "datei file",
    "folder": "ordner verzeichnis",
    "integration": "integration",
    "library": "bibliothek",
    "model": "modell",
    "module": "modul",
    "option": "option",
    "page": "seite",
    "plugin": "plug",
    "queue": "warteschlange queue",
    "role": "rolle",
    "server": "server",
    "service": "dienst service",
    "system": "system",
    "tab": "registerkarte reiter tab",
    "team": "team",
    "tool": "tool werkzeug",
    "user": "nutzer anwender user",
    "workflow": "workflow ablauf abläuf prozess",
}
"""What bears names, and what it is in German: another noun is not of the name."""

_PARTS = {
    "area": "bereich",
    "button": "schaltfläche",
    "column": "spalte",
    "console": "konsole",
    "dialog": "dialog dialogfeld",
    "field": "feld",
    "folder": "ordner",
    "icon": "symbol",
    "list": "liste",
    "menu": "menü",
    "page": "seite",
    "pane": "bereich",
    "panel": "bereich bedienfeld",
    "section": "abschnitt bereich",
    "sidebar": "seitenleiste",
    "tab": "registerkarte",
    "table": "tabelle",
    "toolbar": "symbolleiste werkzeugleiste",
    "window": "fenster",
}
"""The parts of a screen, and what they are in German for sure."""

_PARTS_IN_GERMAN = tuple({stem for stems in _PARTS.values() for stem in stems.split()})

_THINGS = {
    "data": "daten",
    "error": "fehler",
    "event": "ereignis",
    "file": "datei",
    "image": "bild",
    "message": "nachricht meldung",
    "order": "bestellung",
    "record": "datensätz",
    "report": "bericht",
    "request": "anfrage anforderung",
    "result": "ergebnis",
    "task": "aufgabe",
    "user": "benutzer nutzer anwender",
    "value": "wert",
}
"""What is sent, shown and counted, and what it is in German, where it may bear no article."""

_INFLECTED = 3
"""Letters that a German noun may have beyond its stem."""

_SINGULAR = word_set(
    "das dem des ein eine einem einer eines im am ans aufs beim ins vom zum zur"
    " jede jedem jeder jedes dieses diesem"
)
"""Behind these no noun in the plural stands."""

_SINGULARS = ("knoten", "namen", "rahmen", "unternehmen", "verfahren", "verhalten", "zeichen")
_WITHIN = word_set("aus bei in")
"""Behind these a name stands alone, where the source has no preposition before it."""

_MANY = ("ungen", "heiten", "keiten", "schaften")
"""What German nouns end with in the plural alone."""

_NEAR = 160


def is_open(one: Place, ours: str, theirs: str) -> bool:
    """Whether the word behind a name is its noun in the source, `ours`, and in the translation."""
    return _is_noun(one, ours, theirs) and any(
        _in_place(one, noun, theirs) and _is_rendered(one.word, noun, ours)
        for noun in _nouns(one, ours, theirs)
    )


def _is_rendered(word: str, noun: EnglishNoun, ours: str) -> bool:
    """Whether a German noun can be what stands behind the name in English, and nothing else."""
    small, behind = word.lower(), noun.word
    if small == behind:
        return True
    if small == _PAGE and behind != "page":
        return False
    stems = _BEARING.get(behind) or _BEARING.get(behind.removesuffix("s"))
    if stems is not None and not any(stem in small for stem in stems.split()):
        return False
    if _says_elsewhere(small, behind, ours):
        return False
    if noun.last and noun.determined and small.endswith(_MANY) and not is_plural(behind):
        return False
    # A word of the sentence that stands elsewhere in the source as well.
    return re.search(rf"(?<!\w){re.escape(word)}(?!\w)", ours, re.IGNORECASE) is None


def _says_elsewhere(small: str, behind: str, ours: str) -> bool:
    """Whether a German noun is a thing that the source names, and not behind the name."""
    for thing, stems in _THINGS.items():
        if thing in ours and behind.removesuffix("s") != thing and _is_form(small, stems):
            return re.search(rf"(?<!\w){thing}s?(?!\w)", ours) is not None
    return False


def _is_form(small: str, stems: str) -> bool:
    return any(
        small.startswith(stem) and len(small) <= len(stem) + _INFLECTED for stem in stems.split()
    )


def _nouns(one: Place, ours: str, theirs: str) -> list[EnglishNoun]:
    """The nouns of the source that may be the one behind a name of the target.

    A name that both say as often is the same one in order; else nobody knows which it is, and each
    must have a noun.
    """
    nouns = list(nouns_behind(ours, one.inside, one.kind))
    names = said(one.inside, theirs)
    if len(nouns) == len(names):
        at = sum(match.end() < one.end for match in names) - 1
        nouns = nouns[at : at + 1]
    return [] if None in nouns else [noun for noun in nouns if noun is not None]


def _is_noun(one: Place, ours: str, theirs: str) -> bool:
    """Whether a word with a capital is a noun of the translation, and no sentence begins."""
    if _stands_apart(one, theirs) or _ADDRESS.match(one.word):
        return False
    if one.word.lower() in function_words("de") or _ADDRESSED.match(theirs, one.end):
        return False
    return re.search(rf"(?<!\w){re.escape(one.word)}(?!\w)", ours) is None


def _stands_apart(one: Place, theirs: str) -> bool:
    """Whether a noun stands apart behind a name: `Seite` does with a number, or in other words."""
    small = one.word.lower()
    return small in _NO_HEADS and (small != _PAGE or _APART.match(theirs, one.end) is not None)


def _is_many(small: str, noun: EnglishNoun) -> bool:
    """Whether a German noun looks like one in the plural, and that of the source does not."""
    many = small.endswith("en") and not small.endswith(_SINGULARS)
    return many and not is_plural(noun.word)


def _is_part(word: str, noun: EnglishNoun) -> bool:
    """Whether a German noun is for sure what stands behind the name in English."""
    stems = _PARTS.get(noun.word) or _PARTS.get(noun.word.removesuffix("s"))
    return stems is not None and word.lower().endswith(tuple(stems.split()))


def _in_place(one: Place, noun: EnglishNoun, theirs: str) -> bool:
    """Whether what stands before the name leaves it to the noun behind it, as in the source."""
    before = _LAST.search(theirs[max(0, one.start - _NEAR) : one.start])
    if before is None:
        # A verb would stand behind the name that opens a sentence, and no noun.
        return noun.opens and one.kind != "words" and opens_sentence(theirs[: one.start])
    word = before[1]
    small = word.lower()
    if word[0].isupper() and small not in function_words("de"):
        # A noun that bears the name: `die Konsole **Sites**`; none bears it on both sides.
        if small.endswith(_PARTS_IN_GERMAN) and _is_part(one.word, noun):
            return True
        return small == noun.before and not noun.determined
    if small in _SINGULAR and _is_many(one.word.lower(), noun):
        return False
    if noun.determined:
        if small in _PREPOSITIONS and _is_part(one.word, noun):
            return True
        return small in _DETERMINERS and not (noun.given and small.endswith(_RECEIVING))
    if small in _WITHIN and not noun.governed:
        return False
    if noun.sure:
        return True
    return small in _PREPOSITIONS and noun.governed
