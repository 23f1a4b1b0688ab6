"""`repeated-word`: a word stands twice in a row."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.language.twice import repeats
from bilint.checks.typography.sheet import Sheet, span_in, visible
from bilint.model.alignment import AlignedPair
from bilint.model.finding import Confidence, Observation, Severity, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late

_BEFORE = r"(?<![\w'’./\\@#$%-])(?<![\u2010\u2011])"
_AFTER = r"(?![\w'’/\\@(=\u2010\u2011-]|\.\w)"
_TWICE = late(rf"{_BEFORE}([^\W\d_]+)(?:[ \u00a0]\1{_AFTER})+")
_MOST = 2
"""Times that are told here; more often it is a loop, which is another check's business."""

_LONGEST = 20_000

_REACH = 40
"""Characters before a doubled word in which the word before it is looked for."""

# Grammar that sets a word twice: relative beside article, pronoun beside pronoun, set phrases.
_ALLOWED = {
    "cs": "se",
    "da": "der det den de som til i på",
    "de": "der die das den dem sie",
    "en": "that had",
    "es": "poco casi luego",
    "fi": "sen se on",
    "fr": "nous vous",
    "ga": "do go a",
    "hu": "az egy",
    "it": "via man poco piano quasi",
    "ko": "더 매우 하나 각각 점점 조금",
    "nb": "der det den de som til i på",
    "nl": "die dat is er ze je u zijn",
    "nn": "der det den dei som til i på",
    "no": "der det den de som til i på",
    "pl": "się co",
    "pt": "logo pouco",
    "ro": "de",
    "sv": "det den de som till i på att",
}
# Words that grammar may set twice, and a slip as well: the preposition of a participle behind
# another one (`op op regels gebaseerd`), the pronoun before its like, `no longer` before `more`.
_PERHAPS = {
    "de": "in auf mit von für an aus bei zu durch über unter vor nach",
    "fr": "plus",
    "it": "più se",
    "nl": "het in op aan van voor met door bij uit over",
    "pt": "se",
}
# Behind these the Dutch `het` is an article, and so twice a slip: they govern no such pronoun.
_GOVERNING = {
    "het": frozenset(
        "aan achter bij binnen boven buiten door in langs met na naar naast onder op over per rond"  # noqa: SIM905
        " sinds te tegen tot tussen uit van vanuit via volgens voor zonder".split()
    )
}
# Languages that double words as a rule of grammar.
_DOUBLING = frozenset(
    "af as az bn fa gu hi hy id ka kk kn ky ml ms mr my ne or pa si sw ta te th tl tr ug ur uz"  # noqa: SIM905
    " vi".split()
)


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """A word stands twice in a row."""
    doubled = [f"{word} {word}" for word in repeats(pair)]
    if not doubled:
        return
    language = primary_language(pair.locale)
    if language in _DOUBLING:
        return
    allowed = frozenset(_ALLOWED.get(language, "").split())
    perhaps = frozenset(_PERHAPS.get(language, "").split())
    sheet = Sheet(pair)
    for segment in pair.document.segments:
        if len(segment.text) > _LONGEST or not any(two in segment.text for two in doubled):
            continue
        text = visible(pair.document, segment)
        for match in _TWICE.finditer(text):
            source = sheet.source_of(segment)
            word = match[1]
            if match[0].split().count(word) > _MOST or word.lower() in allowed:
                continue
            if source is not None and _TWICE.search(source.text):
                continue
            governed = _word_before(text, match.start()) in _GOVERNING.get(word.lower(), ())
            doubtful = word.lower() in perhaps and not governed
            confidence = None if source is not None else Confidence.MEDIUM
            yield Observation(
                f"`{word}` stands twice in a row",
                span_in(segment, text, *match.span()),
                word,
                severity=Severity.INFO if doubtful else None,
                confidence=Confidence.LOW if doubtful else confidence,
                suggestion=Suggestion(word),
            )


def _word_before(text: str, at: int) -> str:
    words = text[max(0, at - _REACH) : at].split()
    return words[-1].lower() if words else ""
