"""`link-text-cut`: a link begins or ends in the wrong place."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.language.dangling import dangling, last_word
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

_RESUMING = word_set("er hier daar waar")
"""In Dutch these may stand before a preposition that ends a phrase."""

_WORD_FOLLOWS = late(r"[*_]*(?:[ \u00a0][*_]*)?[^\W_]|[*_]*[ \u00a0][*_]*[\[`]")

_TAIL = "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮんン"
"""What no word of Japanese begins with."""
_TORN = frozenset(_TAIL + "のをはが")
_POSTPOSED = late(r"を|[のはが](?![\u3041-\u309f])")
_SENTENCE_VERB = late(r"(を参照|に表示され)(?:して(?:ください|下さい)|します|ます)?[。．]?\Z")
_SAID_SO = {
    "を参照": late(
        r"\b(?:see|refer|view|consult|check|read|learn|visit|review|look|more|find|go|here|this)",
        re.IGNORECASE,
    ),
    "に表示され": late(r"\b(?:display|show|appear|list|present|see|visible|view)", re.IGNORECASE),
}

_PREPOSITION = late(r"(unter|in|auf|zu) [„\"“‚]?[A-ZÄÖÜ]")
_POINTS = late(
    r"\b(?:(?:find|erfahr|les|seh|schlag)en Sie(?: mehr)?(?: (?:hierzu|dazu))?|siehe(?: auch)?) \Z",
    re.IGNORECASE,
)
"""The preposition of a German sentence before the name of what its verb points to."""

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
    source_language: str


def observe(pair: AlignedPair, context: Context) -> Iterator[Observation]:
    """One observation for each link whose text lost or swallowed words, compared with base."""
    language = primary_language(pair.locale)
    ends_none = dangling(language)
    ours = context.source_language
    japanese, german = language == "ja", language == "de"
    for twin, label, said in relabelled(pair, context):
        if not label or not said:
            continue
        if _plausible(label, said) and not (
            _may_be_torn(label)
            if japanese
            else last_word(label) in ends_none or (german and _PREPOSITION.match(label))
        ):
            continue
        own, source = words(label), words(said)
        if own == source or is_empty(label) or is_empty(said):
            continue
        ends = _Ends(own, source, *_beside(pair.document, twin.target), language, ours)
        message = _judge(ends)
        if message is not None:
            yield _observation(message, twin, ends)
        elif japanese and (verb := _with_verb(ends)) is not None:
            message = f"The link swallowed `{verb}`; in the source it is only `{source}`"
            yield _milder(_observation(message, twin, ends), not _ends_open(ends.before))
        elif german and (word := _preposition(ends)) is not None:
            message = f"`{word}` belongs before the link, not into it: `{own}`"
            yield _milder(_observation(message, twin, ends), word != "unter")
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
    own, source, before, after = ends[:4]
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
    if _dangles(ends):
        return f"The text of the link ends within a phrase: `{own}`"
    if ends.language == "ja" and _is_torn(own, before):
        return f"The text of the link begins within a word or a phrase: `{own}`"
    return None


def _may_be_torn(label: str) -> bool:
    """A quick look that sends most links in Japanese away."""
    return label[0] in _TORN or "参照" in label or "表示され" in label


def _dangles(ends: _Ends) -> bool:
    """Whether a link ends with an article or a preposition of which the noun follows outside."""
    own, source, _, after, language, ours = ends
    last = last_word(own)
    if last not in dangling(language) or " " not in own:
        return False
    if language == "nl" and not _RESUMING.isdisjoint(own.lower().split()):
        return False
    # What is in the source language still ends as that does.
    if own.endswith(source) or last_word(source) in function_words(ours):
        return False
    return _WORD_FOLLOWS.match(after) is not None


def _is_torn(own: str, before: str) -> bool:
    """Whether a link in Japanese begins with what belongs to the word before it."""
    return _ends_open(before) and (own[0] in _TAIL or _POSTPOSED.match(own) is not None)


def _ends_open(before: str) -> bool:
    """Whether a letter stands before a link, a blank between them or none."""
    return before.rstrip(" \u00a0*")[-1:].isalnum()


def _with_verb(ends: _Ends) -> str | None:
    """The verb of a sentence that a link in Japanese ends with and the source's link has not."""
    verb = _SENTENCE_VERB.search(ends.own)
    if verb is None or _SAID_SO[verb[1]].search(ends.source):
        return None
    return verb[0]


def _preposition(ends: _Ends) -> str | None:
    """The preposition of a German sentence with which a link begins, as that of the source not."""
    first = _PREPOSITION.match(ends.own)
    if first is None or not ends.source[0].isupper() or not _POINTS.search(ends.before):
        return None
    opening = ends.source.split()[0].lower()
    return None if opening in function_words(ends.source_language) else first[1]


def _says_nothing(ends: _Ends) -> bool:
    """Whether only articles, prepositions, particles or a number are left of real words."""
    own, source, language = ends.own, ends.source, ends.language
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


_ARTICLES = frozenset(("a", "an", "the"))


def _only_name(ends: _Ends) -> bool:
    """Whether a name is left of a longer text, word by word as in the source."""
    own, source = ends.own, ends.source
    if len(own) * 2 > len(source) or own.islower() or not own[0].isascii():
        return False
    mine, said = own.split(), source.split()
    if said[0].lower() in _ARTICLES:
        # Other languages need none before a name: `[the FAQ]`, `[FAQ]`.
        said = said[1:]
    return len(mine) < len(said) and all(word in said for word in mine)


def _observation(message: str, twin: Twin, ends: _Ends) -> Observation:
    source = twin.source
    return Observation(
        message,
        Span(twin.target.start, twin.target.end),
        ends.own,
        None if source is None else Span(source.start, source.end),
    )
