"""`label-misplaced`: the marks of a label stand around the noun that bears it, not around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.base import Context
from bilint.checks.changed import at_places, target_data
from bilint.checks.tokens.syntax import word_set
from bilint.checks.typography.sheet import span_in
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.segment_text import is_as_stored

_BEARERS = {
    "de": {
        "button": "Schaltfläche",
        "dialog": "Dialogfeld Dialog Fenster",
        "field": "Feld",
        "icon": "Symbol Schaltfläche",
        "menu": "Menü Dropdown-Menü",
        "page": "Seite",
        "pane": "Bereich",
        "panel": "Bereich Bedienfeld",
        "section": "Abschnitt Bereich",
        "tab": "Registerkarte",
        "window": "Fenster Dialogfeld",
    },
    "es": {
        "button": "botón",
        "field": "campo",
        "icon": "icono",
        "menu": "menú",
        "page": "página",
        "section": "sección",
        "tab": "ficha pestaña",
        "window": "ventana",
    },
    "fr": {
        "button": "bouton",
        "field": "champ",
        "icon": "icône",
        "menu": "menu",
        "page": "page",
        "section": "section",
        "tab": "onglet",
        "window": "fenêtre",
    },
    "it": {
        "button": "pulsante",
        "field": "campo",
        "icon": "icona",
        "menu": "menu",
        "page": "pagina",
        "section": "sezione",
        "tab": "scheda",
        "window": "finestra",
    },
    "nl": {
        "button": "knop",
        "field": "veld",
        "icon": "pictogram",
        "menu": "menu",
        "page": "pagina",
        "section": "sectie",
        "tab": "tabblad",
        "window": "venster",
    },
    "pt": {
        "button": "botão",
        "field": "campo",
        "icon": "ícone",
        "menu": "menu",
        "page": "página",
        "section": "seção secção",
        "tab": "guia separador",
        "window": "janela",
    },
}
"""What bears labels in English, and what it is called."""

_LABEL = late(r"(?:\[!UICONTROL[ \u00a0]|\*\*)(?!\[)([^\[\]*\n]+)(?:\]\**|\*\*)")
_BEHIND = late(
    r"(?:\]\**|\*\*)[ \u00a0\n](?:(?:drop-?[ ]?down|context|pop-?up|dialog)[ ])?([a-z]+)(?![\w-])"
)
_PICTURE = late(r"!\[[^\[\]\n]*\]")
_LIKE = word_set(
    "area areas array box boxes buttons card cards columns dialogue display division domain fields"
    " form guide icons label labels list lists menus option options pages panes panels pictogram"
    " range record records region scope screen sections segment segments sheet side site sites"
    " symbol symbols tabs view windows zone"
)
"""Labels of the source that such a noun may be the translation of, beside the nouns themselves."""


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """Labels that are nothing but the noun which bears a label of the source."""
    language = primary_language(pair.locale)
    if language not in _BEARERS or pair.source is None:
        return
    data = target_data(pair)
    found = (one.finditer(data) for one in _patterns(language))
    places = sorted(match.start() for matches in found for match in matches)
    for source, target, _likeness in at_places(pair, data, places):
        if is_as_stored(target):
            yield from _in_segment(source, target, language)


def _in_segment(source: Segment, target: Segment, language: str) -> Iterator[Observation]:
    nouns = _BEARERS[language]
    labels = {match[1].strip().lower() for match in _LABEL.finditer(source.text)}
    borne = [noun for noun in _BEHIND.findall(source.text) if noun in nouns]
    if not borne or not labels.isdisjoint(_LIKE | nouns.keys()):
        return
    meant = {word.lower() for noun in borne for word in nouns[noun].split()}
    unmarked = _LABEL.sub("", _PICTURE.sub("", target.text)).lower()
    if sum(map(unmarked.count, meant)) >= len(borne):
        return
    for match in _LABEL.finditer(target.text):
        label = match[1].strip()
        if label.lower() in meant - labels:
            yield Observation(
                f"`{label}` bears a label of the source, and is none itself",
                span_in(target, target.text, *match.span()),
                label,
                source.span,
            )


@lru_cache(maxsize=4)
def _patterns(language: str) -> tuple[re.Pattern[bytes], ...]:
    """Such labels; each begins with what is found fast."""
    nouns = " ".join(_BEARERS[language].values()).split()
    either = "|".join(sorted({*nouns, *(one.capitalize() for one in nouns)}))
    return (
        re.compile(rf"\*\*(?:{either})\*\*".encode()),
        re.compile(rf"UICONTROL (?:{either})\]".encode()),
    )
