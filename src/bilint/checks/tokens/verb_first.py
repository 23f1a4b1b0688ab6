"""Nouns of verbs that stand before their object, as the English imperative does."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.changed import APART, changed, target_text
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Observation
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_OBJECT = r"(?=\*\*|\[|`)"
_VERBS = {
    "ja": {
        "クリック": "Click",
        "タップ": "Tap",
        "選択": "Select|Choose|Pick",
        "入力": "Enter|Type|Fill in",
        "参照": "See|Refer to|Consult",
        "追加": "Add",
        "作成": "Create|Make|Build",
    },
    "ko": {
        "만들기": "Create|Make|Build",
        "클릭": "Click",
        "선택": "Select|Choose|Pick",
        "참조": "See|Refer to|Consult",
        "입력": "Enter|Type|Fill in",
        "업데이트": "Update",
        "추가": "Add",
        "열기": "Open",
    },
}


class _Patterns(NamedTuple):
    """What finds the nouns of a language, in a page and in a segment, and what they stand for."""

    likely: re.Pattern[str]
    opening: re.Pattern[str]
    imperatives: dict[str, re.Pattern[str]]


def _patterns(verbs: dict[str, str]) -> _Patterns:
    noun = rf"({'|'.join(verbs)})[ \u00a0]?{_OBJECT}"
    return _Patterns(
        late(APART + noun),
        late(noun),
        {
            one: late(rf"(?:{imperatives}) (?:(?:an?|the|your|this|on) )?{_OBJECT}")
            for one, imperatives in verbs.items()
        },
    )


_LANGUAGES = {language: _patterns(verbs) for language, verbs in _VERBS.items()}


def verbs_first(pair: AlignedPair, language: str) -> Iterator[Observation]:
    """One observation for each noun of a verb right before its object, as the source has it."""
    likely, opening, imperatives = _LANGUAGES[language]
    if not likely.search(APART + target_text(pair)):
        return
    for source, target, _likeness in changed(pair):
        match = opening.match(target.text)
        if match is None or not imperatives[match[1]].match(source.text):
            continue
        noun = match[1].encode()
        if not pair.document.data.startswith(noun, target.start):
            continue
        yield Observation(
            f"`{match[1]}` stands before its object, as in English",
            Span(target.start, target.start + len(noun)),
            match[1],
            source_span=source.span,
        )
