"""`token-glued`: a token stands against a word without the blank between them."""

from __future__ import annotations

from collections.abc import Iterator

from bilint.checks.base import Context
from bilint.checks.recent import last_kept
from bilint.checks.tokens.glued_emphasis import glued_emphasis
from bilint.checks.tokens.syntax import (
    INVISIBLE,
    decoded,
    is_placed,
    is_unspaced,
    placed_tokens,
    unwrapped,
    word_set,
)
from bilint.engines.stopwords import function_words
from bilint.model.alignment import AlignedPair
from bilint.model.document import Document, Segment, Token, TokenKind
from bilint.model.finding import Observation, Suggestion
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_KINDS = (TokenKind.DNL, TokenKind.UICONTROL, TokenKind.LINK, TokenKind.CODE)
_BY_VALUE = frozenset((TokenKind.DNL, TokenKind.CODE))

# Languages that set no blanks between words, or whose particles follow a name directly.
_NO_BLANKS = frozenset(("ja", "zh", "yue", "ko", "th", "lo", "km", "my", "bo", "dz"))
# Languages that put letters before a name: articles and prepositions of one letter.
_PREFIXING = frozenset(("ar", "he", "iw", "fa", "ur", "mt"))
# Languages that inflect names by endings.
_INFLECTING = word_set("az be bg bs cs el et eu fi hr hu hy is ka lt lv mk pl ro ru sk sl sr tr uk")
_LONGEST_ENDING = 5
_SHORTEST_WORD = 4
"""Letters from which a small word of such a language is no ending."""

_NORWEGIAN = word_set("s n t r e en et er a ene ens ets ers enes")
# Languages whose endings are few enough to be counted.
_ENDINGS = {
    "de": word_set("s es n en er"),
    "es": word_set("s es"),
    "pt": word_set("s es"),
    "sv": word_set("s n t en et er ar or ens ets na erna arna orna ernas arnas"),
    "da": word_set("s n t r e en et er ene erne ens ets ers ernes"),
    "nb": _NORWEGIAN,
    "nn": _NORWEGIAN | word_set("ar or ane"),
    "no": _NORWEGIAN,
}
_PLURAL = frozenset(("s",))

_WIDEST = 400
"""Bytes of a word beside a token that are looked at."""

# Bytes that part a token from a word.
_APART = frozenset(b" \t\r\n.,;:!?()[]{}<>|'\"`/\\-+=&#@%$^0123456789")
_MARKS = frozenset(b"*_~")

_WORD_AFTER = late(r"([*_~]*)([^\W\d_][^\W_]*)")


class _Glue(NamedTuple):
    """Which sides of a token a word is glued to, the span of all of it, how to mend it, and the
    word, of two the first."""

    before: bool
    after: bool
    span: Span
    mended: str
    marked: bool
    word: str


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each token that a letter touches, unless it did so in the source."""
    language = primary_language(pair.locale)
    if language in _NO_BLANKS:
        return
    document = pair.document
    inherited = _Inherited(pair, language)
    # A blank behind the page is one before it as well: it stands at index -1.
    ring = document.data + b" "
    for kind in _KINDS:
        touched = [
            one
            for one in placed_tokens(document, kind)
            if ring[one[1][1] - 1] not in _APART or ring[one[1][2]] not in _APART
        ]
        for segment, token in touched:
            if _stands_apart(document.data, token.start, token.end):
                continue
            if segment is None or not is_placed(token):
                continue
            glue = _glue(document.data, segment, token, language)
            if glue is not None and not inherited.knows(segment, token, glue):
                yield _observation(document, segment, token, glue, language)
    yield from glued_emphasis(pair, language)


class _Inherited:
    """Tells whether the source is glued on all sides of the same token where the target is."""

    def __init__(self, pair: AlignedPair, language: str) -> None:
        self._pair = pair
        self._language = language
        self._sources: dict[int, Segment | None] | None = None
        self._twins: tuple[int, TokenKind, dict[int, Token]] | None = None

    def knows(self, segment: Segment, token: Token, glue: _Glue) -> bool:
        """Whether it is so for this token of the target."""
        pair = self._pair
        if pair.source is None:
            return False
        if self._sources is None:
            self._sources = {one.target.start: one.source for one in pair.segments if one.target}
        source = self._sources.get(segment.start)
        if source is None:
            return False
        if self._twins is None or self._twins[:2] != (segment.start, token.kind):
            self._twins = (segment.start, token.kind, _twins(source, segment, token.kind))
        twin = self._twins[2].get(token.start)
        own = twin and _glue(pair.source.document.data, source, twin, self._language)
        return bool(own and own.before >= glue.before and own.after >= glue.after)


def _twins(source: Segment, target: Segment, kind: TokenKind) -> dict[int, Token]:
    """For each token of one kind in the target, by where it starts, the one it stands for.

    Names and code stand for the same, labels and links for those in the same order.
    """
    by_value = kind in _BY_VALUE
    waiting: dict[str, list[Token]] = {}
    for token in reversed(source.tokens):
        if token.kind is kind:
            waiting.setdefault(token.value if by_value else "", []).append(token)
    twins = {}
    for token in target.tokens:
        if token.kind is kind and (same := waiting.get(token.value if by_value else "")):
            twins[token.start] = same.pop()
    return twins


def _stands_apart(data: bytes, start: int, end: int) -> bool:
    """A quick look that sends most tokens away: no letter on either side, marks left out."""
    while start and data[start - 1] in _MARKS:
        start -= 1
    while end < len(data) and data[end] in _MARKS:
        end += 1
    return (not start or data[start - 1] in _APART) and (end == len(data) or data[end] in _APART)


def _glue(data: bytes, segment: Segment, token: Token, language: str) -> _Glue | None:
    """What touches a token within its segment; None when nothing does."""
    start, end = token.start, token.end
    before = after = ("", "")
    if language not in _PREFIXING:
        left = max(segment.start, start - _WIDEST)
        before = _word_at_end(data[left:start].decode("utf-8", "ignore"))
    word = _WORD_AFTER.match(data[end : min(segment.end, end + _WIDEST)].decode("utf-8", "ignore"))
    if word and not _is_ending(word[2], token, language) and not is_unspaced(word[2][0]):
        after = (word[1], word[2])
    inside = _inside(token) if before[0] or after[1] else ""
    # Without words it is another defect; blanks within the token part it from its neighbour.
    if not any(char.isalnum() for char in inside):
        return None
    before = ("", "") if inside[0].isspace() else before
    after = ("", "") if inside[-1].isspace() else after
    if not before[0] and not after[1]:
        return None
    mended = token.text
    if before[0]:
        mended = f"{before[0]} {before[1]}{mended}"
    if after[1]:
        closing = before[1] or data[start - 1 : start] in (b"*", b"_", b"~") or not after[0]
        mended += f"{after[0]} {after[1]}" if closing else f" {after[0]}{after[1]}"
    return _Glue(
        bool(before[0]),
        bool(after[1]),
        Span(start - len("".join(before).encode()), end + len("".join(after).encode())),
        mended,
        bool(before[1] or after[0]),
        before[0] or after[1],
    )


def _word_at_end(text: str) -> tuple[str, str]:
    """The word that a text ends with and the marks of emphasis behind it, or nothing."""
    bare = text.rstrip("*_~")
    if not bare or not bare[-1].isalpha() or is_unspaced(bare[-1]):
        return "", ""
    start = len(bare)
    while start and bare[start - 1].isalnum():
        start -= 1
    return bare[start:], text[len(bare) :]


def _is_ending(letters: str, token: Token, language: str) -> bool:
    """Whether the letters after a name are its plural or its case, and no word."""
    if token.kind is TokenKind.CODE and len(token.value) == 1:
        # `n` and the ending of an ordinal number; in Dutch that may be `de`.
        return letters == "de" or letters not in function_words(language)
    if language in _INFLECTING:
        return len(letters) <= _LONGEST_ENDING and not (
            len(letters) >= _SHORTEST_WORD and letters in function_words(language)
        )
    # The ending of a word that is a link stands in the link.
    endings = _PLURAL if token.kind is TokenKind.LINK else _ENDINGS.get(language, _PLURAL)
    return letters in endings


def _inside(token: Token) -> str:
    """What a reader sees of a token, blanks at its ends included; nothing of a bare address."""
    text = token.text
    if token.kind is TokenKind.CODE:
        return token.value
    if token.kind is not TokenKind.LINK:
        inside = text[text.find(" ") + 1 : -1]
    elif not text.startswith("["):
        return ""
    else:
        ends = (text.rfind("]("), text.rfind("]["), len(text) - 1)
        inside = unwrapped(text[1 : next(end for end in ends if end > 0)])
        # A damaged token that became the text of a link.
        inside = "" if inside.startswith("!") else inside
    return "".join(char for char in decoded(inside) if char not in INVISIBLE)


def _observation(
    document: Document, segment: Segment, token: Token, glue: _Glue, language: str
) -> Observation:
    found = document.data[glue.span.start : glue.span.end].decode("utf-8", "replace")
    subject = " ".join(unwrapped(_inside(token)).split())
    # Letters behind a link may be the end of its word: then they belong into it.
    wreck = _is_wreck(segment, token) or (
        token.kind is TokenKind.LINK and glue.word in _ENDINGS.get(language, _PLURAL)
    )
    # Of letters behind code nobody knows what they are but where they are a small word.
    sure = token.kind is not TokenKind.CODE or glue.word in function_words(language)
    return Observation(
        f"No blank between `{subject}` and the word beside it: `{found}`",
        glue.span,
        subject,
        suggestion=None if wreck else Suggestion(glue.mended, safe=sure and not glue.marked),
    )


def _is_wreck(segment: Segment, token: Token) -> bool:
    """Whether the words of links beside it are lost: what touches this link may be one's text,
    and a blank between the two would mend nothing."""
    return token.kind is TokenKind.LINK and _has_wordless_link(segment)


@last_kept
def _has_wordless_link(segment: Segment) -> bool:
    return any(
        one.kind is TokenKind.LINK and not any(map(str.isalnum, _inside(one)))
        for one in segment.tokens
    )
