"""`machine-talk`: a machine speaks of its translation instead of translating."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.changed import alone, changed
from bilint.model.alignment import AlignedPair
from bilint.model.document import Segment
from bilint.model.finding import Confidence, Observation
from bilint.model.pattern import late
from bilint.model.text import Span

_OPENINGS = tuple(
    opening.strip()
    for opening in """
    Here is the transl | Here's the transl | Here is your transl | Below is the transl
    Sure, here | Sure! Here | Certainly! Here | Certainly, here | Of course! Here | As an AI
    I'm sorry, but I | I am sorry, but I | I cannot translate | I can't translate
    Translation: | Translated text: | Note: The transl | Note: This transl
    Ecco la traduzione | Ecco il testo tradotto | Certo, ecco | Certo! Ecco | Traduzione:
    Testo tradotto: | Come modello di intelligenza | Come modello linguistico
    Voici la traduction | Voici le texte traduit | Bien sûr, voici | Bien sûr ! Voici
    Traduction : | Traduction: | Texte traduit : | En tant que modèle de langage | En tant qu'IA
    Hier ist die Übersetzung | Hier ist der übersetzte | Natürlich, hier | Natürlich! Hier
    Übersetzung: | Als KI- | Als Sprachmodell | Es tut mir leid, aber ich
    Aquí está la traducción | Aquí tienes la traducción | Claro, aquí | ¡Claro! Aquí | Traducción:
    Como modelo de lenguaje | Lo siento, pero no puedo | Aqui está a tradução | Claro, aqui
    Tradução: | Como modelo de linguagem | Desculpe, mas não posso
    Hier is de vertaling | Natuurlijk, hier | Vertaling: | Als AI-taalmodel
    Oto tłumaczenie | Tłumaczenie: | Вот перевод | Перевод: | İşte çeviri | Çeviri:
    Här är översättningen | Översättning: | Her er oversættelsen | Oversættelse:
    Her er oversettelsen | Oversettelse:
    以下は翻訳 | 以下が翻訳 | 翻訳は以下 | 翻訳は次 | 翻訳結果 | 翻訳文： | 翻訳文:
    翻訳: | 翻訳： | 申し訳ありませんが、 | はい、以下 | 承知しました。以下 | 訳： | 訳:
    訳文： | 訳文:
    以下は日本語訳 | 以下が日本語訳 | 日本語訳：
    以下是翻译 | 以下是翻譯 | 以下是译文 | 以下是譯文 | 翻译： | 翻译: | 翻譯： | 翻譯:
    译文： | 譯文： | 翻译如下 | 翻譯如下 | 翻译结果 | 翻譯結果
    作为一个人工智能 | 作為一個人工智慧 | 다음은 번역 | 번역: | 번역문: | 죄송하지만
    """.replace("|", "\n").splitlines()
    if opening.strip()
)
"""How machines begin when they talk, in the languages that people translate into most."""

_HEAD = 3
_HEADS = frozenset(opening[:_HEAD] for opening in _OPENINGS)
_LOWER = tuple(opening.lower() for opening in _OPENINGS)
_MARKS = (b"<|", b"</think>")
_ANY_MARK = late(rb"<(?:\||/think>)")
_SOURCE = late(
    r"transl|as an ai|sorry|apolog|regret|sure|certainly|of course|language model", re.IGNORECASE
)
_QUOTES = '*_"“«„「> '


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A machine speaks of its translation."""
    for segments in (changed(pair), alone(pair)):
        likely = [
            (source, target)
            for source, target, _likeness in segments
            if target is not None and ((head := target[4][:_HEAD]) in _HEADS or head[0] in _QUOTES)
        ]
        for source, target in likely:
            if target.text.lstrip(_QUOTES)[:_HEAD] in _HEADS:
                yield from _spoken(target, source)
    data = pair.document.data
    for mark in _MARKS if _ANY_MARK.search(data) else ():
        at = data.find(mark)
        if at >= 0 and (pair.source is None or mark not in pair.source.document.data):
            shown = mark.decode()
            yield Observation(
                f"A mark of a language model: `{shown}`", Span(at, at + len(mark)), shown
            )


def _spoken(target: Segment, source: Segment | None) -> Iterator[Observation]:
    text = target.text.lstrip(_QUOTES)
    low = text[:60].lower()
    if not low.startswith(_LOWER) or (source is not None and _SOURCE.search(source.text)):
        return
    opening = next(one for one in _LOWER if low.startswith(one))
    yield Observation(
        "A machine speaks of its translation here",
        target.span,
        opening,
        source_span=source.span if source is not None else None,
        confidence=None if source is not None else Confidence.MEDIUM,
    )
