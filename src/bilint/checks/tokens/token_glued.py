"""`token-glued`: a token stands against a word without the blank between them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bilint.checks.base import Context
from bilint.checks.recent import last_kept
from bilint.checks.tokens.glued_colon import glued_colons
from bilint.checks.tokens.glued_emphasis import UNSEEN, glued_emphasis, hides_glue
from bilint.checks.tokens.menu_path import glued_dashes, glued_paths
from bilint.checks.tokens.syntax import (
    INVISIBLE,
    decoded,
    is_placed,
    is_torn,
    is_unspaced,
    page_tokens,
    picture_text,
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

_IMAGE = TokenKind.IMAGE
_KINDS = (TokenKind.DNL, TokenKind.UICONTROL, TokenKind.LINK, TokenKind.CODE, _IMAGE)
_BY_VALUE = frozenset((TokenKind.DNL, TokenKind.CODE))

# Languages that set no blanks between words.
_NO_BLANKS = frozenset(("ja", "zh", "yue", "th", "lo", "km", "my", "bo", "dz"))
_KOREAN = "ko"
"""Its particles follow a name directly, and words before one stand apart."""

_AND_OR = ("및", "또는")
_PARTICLES = ("를", "을", "는", "은", "에서", "으로")
_LANDS = word_set("한국 일본 중국 미국 영국 독일 프랑스 인도 호주 북미")
"""What the name of a company follows as a part of its own: `한국[!DNL Beacon]`."""

_LONG_WORD = 3
"""Letters from which a Korean word with such an end is no other: 마을 is a village."""

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

_ANY_SIGN = late(UNSEEN)
_GAP_AFTER = rf"(?:[*_~]|{UNSEEN})*"
_GAP_BEFORE = late(rf"{_GAP_AFTER}\Z")
_WORD_AFTER = late(rf"({_GAP_AFTER})([^\W\d_][^\W_]*)")
_RUNS = late(r"(?<![^\W_])[*_~]+|[*_~]+(?![^\W_])")


class _Side(NamedTuple):
    """A word beside a token, and what stands between the two and is no blank to a reader."""

    word: str = ""
    gap: str = ""

    @property
    def marks(self) -> str:
        """The marks of emphasis among it."""
        return _ANY_SIGN.sub("", self.gap) if self.gap else ""

    @property
    def length(self) -> int:
        """The bytes of all of it."""
        return len(self.word.encode()) + len(self.gap.encode())


class _Glue(NamedTuple):
    """Which sides of a token a word is glued to, the span of all of it, how to mend it, and the
    word, of two the first. `sure` tells that the blank has one place only."""

    before: bool
    after: bool
    span: Span
    mended: str
    sure: bool
    word: str


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each token that a letter touches, unless it did so in the source."""
    language = primary_language(pair.locale)
    yield from glued_paths(pair, language not in _NO_BLANKS)
    if language in _NO_BLANKS:
        return
    yield from glued_dashes(pair)
    document = pair.document
    data = document.data
    inherited = _Inherited(pair, language)
    apart = _apart(data)
    behind = language != _KOREAN
    # A blank behind the page is one before it as well: it stands at index -1.
    ring = data + b" "
    for kind in _KINDS:
        touched = [
            one
            for one in _placed(document, kind)
            if ring[one[1][1] - 1] not in apart or (behind and ring[one[1][2]] not in apart)
        ]
        for segment, token in touched:
            if _stands_apart(data, token.start, token.end if behind else len(data), apart):
                continue
            if segment is None or not is_placed(token):
                continue
            glue = _glue(data, segment, token, language)
            if glue is not None and not inherited.knows(segment, token, glue):
                yield _observation(document, segment, token, glue, language)
    yield from glued_emphasis(pair, language)
    yield from glued_colons(pair)


def _placed(document: Document, kind: TokenKind) -> Iterable[tuple[Segment | None, Token]]:
    return page_tokens(document, kind) if kind is _IMAGE else placed_tokens(document, kind)


class _Inherited:
    """Tells whether the source is glued on all sides of the same token where the target is."""

    def __init__(self, pair: AlignedPair, language: str) -> None:
        self._pair = pair
        # Words of the source stand apart on both sides.
        self._language = "" if language == _KOREAN else language
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


def _apart(data: bytes) -> frozenset[int]:
    """The bytes that part a token from a word on this page: some entities part nothing."""
    return _APART - frozenset(b"&;") if hides_glue(data) else _APART


def _stands_apart(data: bytes, start: int, end: int, apart: frozenset[int]) -> bool:
    """A quick look that sends most tokens away: no letter on either side, marks left out."""
    while start and data[start - 1] in _MARKS:
        start -= 1
    while end < len(data) and data[end] in _MARKS:
        end += 1
    return (not start or data[start - 1] in apart) and (end == len(data) or data[end] in apart)


def _glue(data: bytes, segment: Segment, token: Token, language: str) -> _Glue | None:
    """What touches a token within its segment; None when nothing does."""
    start, end = token.start, token.end
    before = after = _Side()
    korean = language == _KOREAN
    if language not in _PREFIXING:
        left = max(segment.start, start - _WIDEST)
        before = _word_at_end(data[left:start].decode("utf-8", "ignore"), korean)
    if not korean:
        after = _word_behind(data[end : min(segment.end, end + _WIDEST)], token, language)
    inside = _inside(token) if before.word or after.word else ""
    # Without words it is another defect; blanks within the token part it from its neighbour.
    if not any(char.isalnum() for char in inside):
        return None
    if inside[0].isspace() or (korean and not _is_whole(before.word, token, inside)):
        before = _Side()
    after = _Side() if inside[-1].isspace() else after
    if not before.word and not after.word:
        return None
    mended = token.text
    if before.word:
        text = data[segment.start : start - before.length].decode("utf-8", "ignore")
        mended = _mended_before(before, text) + mended
    if after.word:
        closing = before.marks or data[start - 1 : start] in (b"*", b"_", b"~")
        mended += _mended_after(after, bool(closing))
    return _Glue(
        bool(before.word),
        bool(after.word),
        Span(start - before.length, end + after.length),
        mended,
        _is_sure(before.gap[:1], before.marks) and _is_sure(after.gap[-1:], after.marks),
        before.word or after.word,
    )


def _is_sure(edge: str, marks: str) -> bool:
    """Whether a blank has one place only: no marks, or a sign without width on the word's side."""
    return not marks or (edge != "" and edge not in "*_~")


def _mended_before(side: _Side, text: str) -> str:
    """A word with its blank before a token; `text` is what stands before the word."""
    marks = side.marks
    outside = _is_sure(side.gap[:1], marks) or not _is_open(marks, text)
    return f"{side.word} {marks}" if outside else f"{side.word}{marks} "


def _mended_after(side: _Side, closing: bool) -> str:
    """A word with its blank behind a token whose marks, if it has some, close or open."""
    marks = side.marks
    outside = closing or _is_sure(side.gap[-1:], marks)
    return f"{marks} {side.word}" if outside else f" {marks}{side.word}"


def _is_open(marks: str, text: str) -> bool:
    """Whether these marks close what was opened in the text before them."""
    return bool(marks) and sum(run == marks for run in _RUNS.findall(text)) % 2 == 1


def _word_at_end(text: str, korean: bool) -> _Side:
    """The word that a text ends with and the marks of emphasis behind it, or nothing."""
    bare = text.rstrip("*_~")
    if bare.endswith((";", "\u200b")):
        gap = _GAP_BEFORE.search(text)
        bare = text[: gap.start()] if gap else bare
    if not bare or not bare[-1].isalpha() or is_unspaced(bare[-1]) != korean:
        return _Side()
    start = len(bare)
    while start and bare[start - 1].isalnum():
        start -= 1
    return _Side(bare[start:], text[len(bare) :])


def _word_behind(data: bytes, token: Token, language: str) -> _Side:
    """The word that a text begins with and the marks of emphasis before it, or nothing."""
    word = _WORD_AFTER.match(data.decode("utf-8", "ignore"))
    if word is None or _is_ending(word[2], token, language) or is_unspaced(word[2][0]):
        return _Side()
    return _Side(word[2], word[1])


def _is_whole(word: str, token: Token, inside: str) -> bool:
    """Whether a Korean word before a token is none that the token goes on with.

    One letter may be a prefix, and the words of a link the second half of a compound.
    """
    if word in _LANDS:
        return False
    if len(word) < 2 or (token.kind is TokenKind.LINK and is_unspaced(inside.lstrip("*_`")[:1])):
        return word in _AND_OR or (len(word) >= _LONG_WORD and word.endswith(_PARTICLES))
    return True


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
    if token.kind is _IMAGE:
        return _name_of(token)
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


def _name_of(token: Token) -> str:
    """What a picture is called; nothing where words beside it were drawn into its text."""
    said = picture_text(token)
    if said is None or is_torn(said):
        return ""
    said = said if any(map(str.isalnum, said)) else token.value
    return unwrapped(said).rpartition("/")[2]


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
        suggestion=None if wreck else Suggestion(glue.mended, safe=sure and glue.sure),
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
