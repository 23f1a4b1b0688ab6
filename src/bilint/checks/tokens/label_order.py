"""Labels that stand before the part of the screen that bears them, as in English.

English says `the **Smart List** tab`; Italian, French, Spanish and Portuguese put the tab first. A
machine that translated word by word left the label between the article and its noun, whatever it
made of the label itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bilint.checks.changed import SURE, changed
from bilint.checks.tokens.syntax import unwrapped
from bilint.checks.tokens.word_order import PARTS, articles
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.text import Span

_NOUNS = {
    "es": "botón campo casilla columna enlace ficha icono ícono menú opción página panel pantalla"
    " pestaña sección ventana vínculo",
    "fr": "bouton case champ colonne écran fenêtre icône lien menu onglet option page panneau"
    " section",
    "it": "campo casella collegamento colonna finestra icona menu opzione pagina pannello pulsante"
    " schermata scheda sezione",
    "pt": "aba botão campo coluna guia ícone janela link menu opção página painel seção tela",
}
"""The parts of a screen that bear labels."""

_WITH_ARTICLES = {
    "es": "al del",
    "fr": "au aux du des",
    "it": "al allo alla ai agli alle col dal dallo dalla dai dagli dalle del dello della dei degli"
    " delle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle",
    "pt": "ao aos à às da das do dos na nas no nos pela pelas pelo pelos",
}
"""Prepositions with an article in them."""

_LABEL = r"\*\*[^*\r\n]{1,80}\*\*|(?:\*\*)?\[!UICONTROL [^\[\]\r\n]{1,80}\](?:\*\*)?"
_ENGLISH = late(
    rf"\b(?:[Tt]he|[Tt]his|[Aa]n?|[Yy]our) (?P<label>{_LABEL}) (?:{'|'.join(sorted(PARTS))})\b"
)


def labels_before_parts(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each label between an article and the noun of what bears it."""
    data = pair.document.data
    if language not in _NOUNS or not any(one.search(data) for one in _behind(language)):
        return
    for source, target, likeness in changed(pair):
        if likeness >= SURE and ("** " in target.text or "] " in target.text):
            yield from _in_segment(source, target, language)


def _in_segment(source: Segment, target: Segment, language: str) -> Iterator[Observation]:
    if len(target.text.encode(errors="replace")) != target.end - target.start:
        return
    said = [match["label"] for match in _ENGLISH.finditer(source.text)]
    if not said:
        return
    for match in _between(language).finditer(target.text):
        label = unwrapped(match["label"].strip("*"))
        start = target.start + len(target.text[: match.start("label")].encode())
        yield Observation(
            f"`{label}` stands before the word `{match['noun']}`, as in English",
            Span(start, start + len(match["label"].encode())),
            label,
            source.span,
        )


@lru_cache(maxsize=8)
def _behind(language: str) -> tuple[re.Pattern[bytes], ...]:
    """What finds such a noun right behind a label; what begins with a literal is found fast."""
    nouns = f"(?:{'|'.join(_NOUNS[language].split())})".encode()
    return tuple(re.compile(mark + nouns) for mark in (rb"\*\* ", rb"\] "))


@lru_cache(maxsize=8)
def _between(language: str) -> re.Pattern[str]:
    words = {*articles(language), *_WITH_ARTICLES[language].split()}
    before = "|".join(sorted(words))
    nouns = "|".join(_NOUNS[language].split())
    return re.compile(
        rf"(?<![\w'’])(?:{before})[ '’](?P<label>{_LABEL}) (?P<noun>{nouns})\b", re.IGNORECASE
    )
