"""Where the syntax of bracketed keywords is damaged, on one page alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from itertools import islice

from bilint.checks.tokens.syntax import visible
from bilint.model.document import BlockKind, Document, TokenKind
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple
from bilint.model.text import Span


class DamageKind(StrEnum):
    """How a token is damaged."""

    SPACED = "spaced"
    BRACKETS = "brackets"
    ESCAPED = "escaped"
    UNCLOSED = "unclosed"
    EMPTY = "empty"
    NESTED = "nested"
    KEYWORD = "keyword"
    CASE = "case"
    BARE = "bare"


class Damage(NamedTuple):
    """A damaged token. `keyword` is the one meant, or the unknown word that stands there.

    `whole` is the token mended, where there is only one way to mend it.
    """

    kind: DamageKind
    keyword: str
    span: Span
    whole: str | None = None


_MOST = 200
"""Damaged tokens that are told of one page."""

_REACH = 2_000
"""Characters within which a token must close."""

_OPENING = late(
    r"(?P<escape>\\?)(?P<bracket>\[|［|【|&#91;|&lbrack;)(?P<gap>[ \t]{0,2})"
    r"(?P<bang>!|！)(?P<blank>[ \t]{0,2})(?P<word>[^\W\d_]\w*)"
)
# The mark is rare, and found many times faster than all that may stand before it.
_BANGS = tuple(late(rf"{mark}(?=[ \t]{{0,2}}[^\W\d_])") for mark in "!！")
_HEAD = late(r"\\?(?:\[|［|【|&#91;|&lbrack;)[ \t]{0,2}\Z")
_LONGEST_HEAD = 11
# What may stand before the exclamation mark of a damaged token, and the last byte of each.
_ODD = (b"[", "［".encode(), "【".encode(), b"&#91;", b"&lbrack;")
_BEFORE_ODD = frozenset((b" ", b"\t", *(text[-1:] for text in _ODD)))
_NEXT = late(r"[\[\]\\|\n]")
_BRACKET = late(r"\\.|[\[\]]", re.DOTALL)
_ANY_CLOSING = late(r"\\?\]|］|】|&#93;|&rbrack;")
_BLOCK_END = late(r"\n[ \t>]*(?:\n|[|#*+<-]|[0-9]{1,9}[.)]|```)")
_BLANKED = bytes(one if one in b"\r\n" else 32 for one in range(256))
_QUOTE_START = late(r"\n[ \t]*>[> \t]*\Z")


class _Grammar(NamedTuple):
    """The keywords of a profile, made ready for looking."""

    words: frozenset[str]
    with_inside: frozenset[str]
    names: tuple[bytes, ...]
    unmistakable: frozenset[str]
    sound: re.Pattern[bytes]
    bare: tuple[re.Pattern[str], re.Pattern[str]]
    alert: re.Pattern[str]
    glued: re.Pattern[str]


_INSIDE = (TokenKind.DNL, TokenKind.UICONTROL, TokenKind.TAB, TokenKind.BADGE)
# Keywords that no prose contains, so that one without its bracket or bang is a damaged token.
_UNMISTAKABLE = (TokenKind.DNL, TokenKind.UICONTROL)


def find_damage(
    document: Document, profile: Profile, *, thorough: bool = False
) -> tuple[Damage, ...]:
    """All damaged tokens of a page outside code, in their order.

    A quick look at every exclamation mark sends sound pages away. It cannot see a token that
    lost the mark itself: ask for a `thorough` look where tokens are missing.
    """
    grammar = _grammar(
        tuple(sorted((word, kind) for word, kind in profile.keyword_tokens.items())),
        profile.alerts,
    )
    if not thorough and _looks_sound(document.data, grammar):
        return ()
    text = _masked(document).decode("utf-8", "surrogateescape")
    found = sorted(islice(_scan(text, grammar), _MOST), key=lambda damage: damage.span)
    return tuple(_in_bytes(text, found))


def damaged_tokens(document: Document, profile: Profile, kind: TokenKind) -> list[Damage]:
    """The damaged tokens of a page that may have been one of this kind, those within others apart.

    A keyword that is none may have been any; at the head of a quotation it was an alert's.
    """
    alerts = {token.start for token in document.tokens if token.kind is TokenKind.UNKNOWN}
    return [
        damage
        for damage in find_damage(document, profile, thorough=True)
        if profile.keyword_tokens.get(damage.keyword) in (kind, None)
        and damage.kind is not DamageKind.NESTED
        and damage.keyword not in profile.alerts
        and damage.span.start not in alerts
    ]


def _looks_sound(data: bytes, grammar: _Grammar) -> bool:
    """Whether every exclamation mark is that of a well-formed token, or of something else."""
    opened = 0
    at = data.find(b"!")
    while at >= 0:
        before = data[at - 1 : at]
        if before == b"[":
            if data[at - 2 : at - 1] == b"\\":
                return False
            # `[![` is a picture that is a link.
            opened += data[at + 1 : at + 2] != b"["
        elif data.startswith(grammar.names, at + 1) or (
            before in _BEFORE_ODD and data[max(0, at - 8) : at].rstrip(b" \t").endswith(_ODD)
        ):
            return False
        at = data.find(b"!", at + 1)
    return opened == len(grammar.sound.findall(data))


@lru_cache(maxsize=8)
def _grammar(keywords: tuple[tuple[str, TokenKind], ...], alerts: frozenset[str]) -> _Grammar:
    words = frozenset(word for word, _ in keywords) | alerts
    with_inside = frozenset(word for word, kind in keywords if kind in _INSIDE)
    names = tuple(word for word, kind in keywords if kind in _UNMISTAKABLE)
    some = "|".join(map(re.escape, names)) or "(?!)"
    filled = "|".join(map(re.escape, sorted(with_inside))) or "(?!)"
    empty = "|".join(map(re.escape, sorted(words - with_inside))) or "(?!)"
    return _Grammar(
        words,
        with_inside,
        tuple(name.encode() for name in names),
        frozenset(names),
        # At least one byte of the inside is that of a letter or digit.
        re.compile(
            (
                rf"\[!(?:(?:{filled}) (?!\s*&)[^\[\]\\\r\n]*[0-9A-Za-z\xc3-\xe1\xe3-\xff]"
                rf"[^\[\]\\\r\n]*|(?:{empty}))\s?\]"
            ).encode()
        ),
        (
            late(rf"!(?<!!!)(?P<word>{some})(?= \S)"),
            late(rf"\[(?P<word>{some})(?= [^\]\s])"),
        ),
        late(rf"\n[ \t]*>[> \t]*\[(?P<word>{'|'.join(map(re.escape, sorted(alerts)))})\]"),
        late(rf"(?P<word>{some})(?=[A-Z][a-z])"),
    )


def _masked(document: Document) -> bytearray:
    """The page with blanks for code, comments and untranslated front matter."""
    data = bytearray(document.data)

    def mask(start: int, end: int) -> None:
        data[start:end] = data[start:end].translate(_BLANKED)

    front = document.front_matter.span
    at = front.start
    for start, end in sorted(one.span for one in document.segments if one.start < front.end):
        mask(at, start)
        at = end
    mask(at, max(at, front.end))
    for block in document.blocks:
        if block.kind in (BlockKind.CODE, BlockKind.COMMENT):
            mask(block.start, block.end)
    for suppression in document.suppressions:
        mask(*suppression.span)
    for segment in document.segments:
        for token in segment.tokens:
            if token.kind is TokenKind.CODE:
                mask(token.start, token.end)
    return data


def _scan(text: str, grammar: _Grammar) -> Iterator[Damage]:
    banged = set()
    for match in _openings(text):
        banged.add(match.start("bang"))
        damage = _judge(text, match, grammar)
        if damage is not None:
            yield damage
    for match in _found(grammar.bare, text):
        start, word = match.start(), match["word"]
        if start in banged:
            continue
        end, inside = _any_close(text, start, match.end())
        mended = None
        if inside is not None and text[start] == "[":
            mended = f"[!{word} {inside.strip()}]"
        yield Damage(DamageKind.BARE, word, Span(start, end), mended)
    for match in grammar.alert.finditer("\n" + text):
        start = match.start("word") - 2
        yield Damage(
            DamageKind.BARE, match["word"], Span(start, match.end() - 1), f"[!{match['word']}]"
        )


def _openings(text: str) -> Iterator[re.Match[str]]:
    """What may be a token, by its exclamation mark."""
    for bang in _found(_BANGS, text):
        at = bang.start()
        head = _HEAD.search(text, max(0, at - _LONGEST_HEAD), at)
        match = head and _OPENING.match(text, head.start())
        if match:
            yield match


def _found(patterns: Iterable[re.Pattern[str]], text: str) -> list[re.Match[str]]:
    """What any of some patterns finds, in order: one that begins with a literal is fast."""
    return sorted((one for each in patterns for one in each.finditer(text)), key=re.Match.start)


def _judge(text: str, match: re.Match[str], grammar: _Grammar) -> Damage | None:
    word = match["word"]
    start, after = match.start("bracket"), match.end()
    follows = text[after : after + 1]
    exact = match["bracket"] == "[" and match["bang"] == "!"
    tight = exact and not match["gap"] and not match["blank"]
    known = word if word in grammar.words else word.upper()
    if known not in grammar.words:
        return None if match["escape"] else _unknown(text, match, tight, grammar)
    if follows and follows not in "]］】&" and not follows.isspace():
        return None
    if match["escape"]:
        return Damage(DamageKind.ESCAPED, known, Span(match.start(), after)) if tight else None
    if not tight or known != word:
        if known != word and known not in grammar.unmistakable and not _opens_quote(text, start):
            return None
        kind = DamageKind.BRACKETS if not exact else DamageKind.SPACED
        if tight:
            kind = DamageKind.CASE
        end, inside = _any_close(text, start, after)
        return Damage(kind, known, Span(start, end), _mended(known, inside, grammar))
    closed = _soon_closed(text, after) or _balanced(text, start, _limit(text, start))
    if closed is None:
        return Damage(DamageKind.UNCLOSED, known, Span(start, after))
    span, inside = Span(start, closed), text[after : closed - 1]
    if known not in grammar.with_inside:
        return None
    if not visible(inside):
        return Damage(DamageKind.EMPTY, known, span)
    if f"[!{known} " in inside:
        inner = inside.strip()
        again = inner.startswith(f"[!{known} ") and _balanced(inner, 0, len(inner)) == len(inner)
        return Damage(DamageKind.NESTED, known, span, inner if again else None)
    return None


def _unknown(text: str, match: re.Match[str], tight: bool, grammar: _Grammar) -> Damage | None:
    """A word that is no keyword, where only a keyword can stand."""
    word, start = match["word"], match.start("bracket")
    glued = grammar.glued.match(word)
    if glued:
        end, inside = _any_close(text, start, match.start("word") + glued.end())
        mended = _mended(glued["word"], inside, grammar)
        return Damage(DamageKind.SPACED, glued["word"], Span(start, end), mended)
    follows = text[match.end() : match.end() + 1]
    if not tight or not (follows == "]" or follows in (" ", "\u00a0")):
        return None
    quote = _opens_quote(text, start)
    shouted = word.isupper() and len(word) > 2
    caseless = word.upper() == word.lower()
    if not quote and not shouted and not caseless:
        return None
    end, _inside = _any_close(text, start, match.end())
    return Damage(DamageKind.KEYWORD, word, Span(start, end))


def _mended(word: str, inside: str | None, grammar: _Grammar) -> str | None:
    if inside is None or "[" in inside:
        return None
    if word in grammar.with_inside:
        return f"[!{word} {inside.strip()}]" if inside.strip() else None
    return f"[!{word}{inside.rstrip()}]"


def _opens_quote(text: str, start: int) -> bool:
    return _QUOTE_START.search("\n" + text[max(0, start - 40) : start]) is not None


def _limit(text: str, start: int) -> int:
    """Where the block ends that a token stands in, at most `_REACH` characters away."""
    reach = min(len(text), start + _REACH)
    line = max(text.rfind("\n", max(0, start - _REACH), start) + 1, 0)
    if text[line : line + 80].lstrip(" \t>").startswith("|"):
        ends = [
            at for at in (text.find("|", start, reach), text.find("\n", start, reach)) if at > 0
        ]
        return min(ends, default=reach)
    end = _BLOCK_END.search(text, start, reach)
    return end.start() if end else reach


def _soon_closed(text: str, after: int) -> int | None:
    """The end of a token that closes on its line with no other bracket in it."""
    found = _NEXT.search(text, after, after + _REACH)
    return found.end() if found and found[0] == "]" else None


def _balanced(text: str, start: int, limit: int) -> int | None:
    """The end of the bracket that opens at `start`; None when it does not close in time."""
    depth = 0
    for match in _BRACKET.finditer(text, start, limit):
        if match[0] == "[":
            depth += 1
        elif match[0] == "]":
            depth -= 1
            if not depth:
                return match.end()
    return None


def _any_close(text: str, start: int, after: int) -> tuple[int, str | None]:
    """Where a damaged token ends, and its inside; without a closing bracket, after its keyword."""
    closing = _ANY_CLOSING.search(text, after, _limit(text, start))
    if closing is None:
        return after, None
    return closing.end(), text[after : closing.start()]


def _in_bytes(text: str, found: list[Damage]) -> Iterator[Damage]:
    """Spans in characters made spans in bytes, in one pass."""
    at = offset = 0
    for damage in found:
        start, end = damage.span
        # Damaged tokens may lie in each other, so that the next may begin before the last ended.
        offset += len(text[at:start].encode("utf-8", "surrogateescape"))
        at = start
        size = len(text[start:end].encode("utf-8", "surrogateescape"))
        yield damage._replace(span=Span(offset, offset + size))
