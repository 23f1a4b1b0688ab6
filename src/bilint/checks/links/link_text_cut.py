"""`link-text-cut`: a link begins or ends in the wrong place."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.links.parts import is_empty, text_of, words
from bilint.checks.links.twins import Twin, relabelled
from bilint.checks.tokens.syntax import splits_quotes, word_set
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Token
from bilint.model.finding import Confidence, Observation, Severity
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import plain
from bilint.model.text import Span

_HYPHENS = "-‐‑"
_NO_BEGINNING = ",.;:!?)]}、。，．；：）"
_NO_END = ",;([{、，；（"
_SENTENCE_ENDS = ".。．"
_FINISHED = ".。．!?:"
_AFTER_HYPHEN = late(r"\s*(?:[,/、]|(?:\w{1,4}\s)?\s*\[|\w{1,4}\s+\S*\[)")

# Particles and conjunctions of languages whose words no blank parts.
_PARTICLES = {
    "ja": word_set("の を に は が と で も や へ から まで より および または など"),
    "ko": word_set("의 을 를 에 은 는 이 가 와 과 로 으로 에서 및 또는 도 만 까지 부터"),
    "zh": word_set("的 和 与 與 或 在 及 以及 将 將 对 對 为 為 是 了"),
}

_MANY_TIMES = 4.0
_LONG = 40
_TELLING = 8
_SHORT = 24
_MARKUP = 20
_MOST_WORDS = 3
_LONG_WORD = 5
_NEAR = 60


class _Ends(NamedTuple):
    """The words of a link, those of its source, and what stands beside it."""

    own: str
    source: str
    before: str
    after: str
    language: str


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link whose text lost or swallowed words, compared with base."""
    language = primary_language(pair.locale)
    for twin, label, said in relabelled(pair, context):
        if not label or not said or _plausible(label, said):
            continue
        own, source = words(label), words(said)
        if own == source or is_empty(label) or is_empty(said):
            continue
        ends = _Ends(own, source, *_beside(pair.document, twin.target), language)
        message = _judge(ends)
        if message is not None:
            yield _observation(message, twin, ends)
        elif _swallowed(ends):
            message = f"The link swallowed the words around it; in the source it is only `{source}`"
            # A sentence that is a link from end to end is clumsy, and often meant.
            meant = len(own) + 1 >= len(plain(twin.segment))
            yield _milder(_observation(message, twin, ends), meant)
        elif _only_name(ends):
            message = f"Only the name `{own}` is left in the link; in the source it is `{source}`"
            yield _milder(_observation(message, twin, ends), True)


def _plausible(label: str, said: str) -> bool:
    """A quick look that sends most links away: words at both ends, and a likely length."""
    if not label[0].isalnum() or not label[-1].isalnum():
        return False
    if len(label) > len(said):
        return len(label) < _LONG or len(label) * 4 < len(said) * 5
    return len(label) > _SHORT and len(label) * 2 > len(said) + _MARKUP


def _milder(observation: Observation, milder: bool) -> Observation:
    if not milder:
        return observation
    return observation._replace(severity=Severity.INFO, confidence=Confidence.MEDIUM)


def _beside(document: Document, token: Token) -> tuple[str, str]:
    before = text_of(document, Span(max(0, token.start - _NEAR), token.start))
    return before, text_of(document, Span(token.end, token.end + _NEAR))


def _judge(ends: _Ends) -> str | None:
    """What is wrong with a link's text, if it is."""
    own, source, before, after, _ = ends
    if own[-1] in _HYPHENS and source[-1] not in _HYPHENS and not _AFTER_HYPHEN.match(after):
        return f"The text of the link is cut at a hyphen: `{own}`"
    if own[0] in _NO_BEGINNING and source[0] not in _NO_BEGINNING and own[:2] != "..":
        if own[0] == "." and own[1:2].isalnum():
            return None
        return f"The text of the link begins with a punctuation mark: `{own}`"
    if own[-1] in _NO_END and source[-1] not in _NO_END:
        return f"The text of the link ends with a punctuation mark: `{own}`"
    if splits_quotes(own, source, before, after):
        return f"A quotation mark opens in the link and closes outside of it: `{own}`"
    if _says_nothing(ends):
        return f"Only `{own}` is left in the link; in the source it is `{source}`"
    return None


def _says_nothing(ends: _Ends) -> bool:
    """Whether only articles, prepositions, particles or a number are left of real words."""
    own, source, _, _, language = ends
    parts = own.lower().replace("'", " ").replace("’", " ").split()
    if len(parts) > _MOST_WORDS or len(source) <= len(own) or source.isdigit():
        return False
    if not any(char.isalpha() for char in own):
        # `1` for `One` is a translation, `1.` for `Display errors` is not.
        return own not in source and " " in source and any(map(str.isalpha, source))
    empty = _PARTICLES.get(language) or function_words(language)
    if not empty or not any(len(part) >= _LONG_WORD for part in source.split()):
        return False
    return all(part in empty for part in parts) and own.lower() not in (source.lower().split())


def _swallowed(ends: _Ends) -> bool:
    """Whether the end of a sentence, or several times the text, came into the link."""
    own, source = ends.own, ends.source
    if own[-1] in "。．" and source[-1] not in _FINISHED and len(source) >= _TELLING:
        return True
    if len(source) < _TELLING or len(own) < _LONG or len(own) < len(source) * 1.5:
        return False
    return len(own) >= _MANY_TIMES * len(source) or (
        own[-1] in _SENTENCE_ENDS and source[-1] not in _FINISHED
    )


def _only_name(ends: _Ends) -> bool:
    """Whether a name is left of a longer text, word by word as in the source."""
    own, source = ends.own, ends.source
    if len(own) * 2 > len(source) or own.islower() or not own[0].isascii():
        return False
    mine, said = own.split(), source.split()
    return len(mine) < len(said) and all(word in said for word in mine)


def _observation(message: str, twin: Twin, ends: _Ends) -> Observation:
    source = twin.source
    return Observation(
        message,
        Span(twin.target.start, twin.target.end),
        ends.own,
        None if source is None else Span(source.start, source.end),
    )
