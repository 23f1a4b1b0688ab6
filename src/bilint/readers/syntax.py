"""The syntax that a family of documentation writes inside Markdown text.

Bracketed keywords (`[!DNL Name]`, `[!UICONTROL Label]`), anchors (`{#id}`), attribute lists
(`{width="50"}`) and placeholders (`{{name}}`, `{name}`, `${name}`, `%s`). Markdown takes all of
them for text, so they are looked for in the bytes of the page, in time linear in its length.
"""

from __future__ import annotations

import re
from operator import itemgetter

from bilint.model.document import Token, TokenKind
from bilint.model.pattern import late
from bilint.model.profile import Profile
from bilint.model.record import NamedTuple

_PLAIN_KEYWORD = re.compile(rb"\[!([A-Z]+) ([^\[\]]+)\]")
_KEYWORD = re.compile(rb"\[ ?!([A-Za-z]+)(?=([\] \t\r\n])?)")
_BRACKETS = re.compile(rb"\\.|[\[\]]", re.DOTALL)
_BRACES = re.compile(rb"\{\{[^{}\r\n]*\}\}|\{([^{}\r\n]*)\}")
_NAME = late(rb"[A-Za-z_][\w.-]*|[0-9]+")
_FORMAT = re.compile(rb"(?<![\w%])%(?:[0-9]+\$)?[sd](?![\w%])")
_WRAP = late(rb"[ \t]*\r?\n[ \t>]*")
_BLANK_LINE = re.compile(rb"\n[ \t>]*\r?\n|\r[ \t>]*\r")

FOR_US = b"bilint-"
"""How a comment begins that says what not to report."""

_BANG, _BRACKET, _BLANK, _ESCAPE = b"![ \\"
_start = itemgetter(1)
_VIDEO = TokenKind.VIDEO
_new = tuple.__new__  # half the time of calling the class of a named tuple


class Keyword(NamedTuple):
    """A bracketed keyword as it stands: its name, where its inside lies, and where it ends.

    A keyword without an inside has `inside` equal to `inside_end`.
    """

    name: str
    inside: int
    inside_end: int
    end: int


def keyword(data: bytes, at: int, limit: int) -> Keyword | None:
    """The bracketed keyword that begins at `at` and is closed before `limit`."""
    head = _KEYWORD.match(data, at, limit)
    if head is None or data[at + 1] != _BANG or head[2] is None:
        return None
    depth = 0
    for bracket in _BRACKETS.finditer(data, at, limit):
        depth += (bracket[0] == b"[") - (bracket[0] == b"]")
        if depth == 0:
            inside, end = head.end(), bracket.start()
            raw = data[inside:end]
            inside += len(raw) - len(raw.lstrip())
            return Keyword(head[1].decode(), inside, inside + len(raw.strip()), end + 1)
    return None


def scan(data: bytes, start: int, end: int, profile: Profile) -> list[Token]:
    """The tokens between two bytes of a page, in order, outer before inner.

    Where code stands and where a text ends is not known here: what stands in code is no token,
    and a keyword that is closed beyond its own text is not closed at all; see `unclosed`.
    """
    found = _keywords(data, start, end, profile)
    known = len(found)
    at = data.find(b"{", start, end)
    while at >= 0:
        token = _brace(data, at, start, end)
        if token is not None:
            found.append(token)
        at = data.find(b"{", token.end if token else at + 1, end)
    at = data.find(b"%", start, end)
    while at >= 0:
        if match := _FORMAT.match(data, at, end):
            found.append(_token(TokenKind.PLACEHOLDER, data, at, match.end(), match[0]))
        at = data.find(b"%", at + 1, end)
    if len(found) > known:
        found.sort(key=_start)
    return found


def unclosed(token: Token, data: bytes) -> Token:
    """What a keyword is whose bracket is not closed within its text: the keyword alone."""
    head = _KEYWORD.match(data, token.start)
    end = head.end() if head else token.start + 1
    name = head[1] if head else b""
    return _token(TokenKind.UNKNOWN, data, token.start, end, name)


def _keywords(data: bytes, start: int, end: int, profile: Profile) -> list[Token]:
    found: list[Token] = []
    kinds = profile.keyword_tokens
    brackets = _Brackets(data, end)
    bang = data.find(b"!", start, end)
    while bang >= 0:
        at = bang - 1
        bang = data.find(b"!", bang + 1, end)
        if at < start:
            continue
        if data[at] == _BLANK:
            at -= 1
        if at < start or data[at] != _BRACKET:
            continue
        if at > start and data[at - 1] == _ESCAPE and _escaped(data, at, start):
            continue
        plain = _PLAIN_KEYWORD.match(data, at, end)
        if plain:
            name, value = plain.groups()
            kind = kinds.get(name.decode())
            if kind is not None and kind is not _VIDEO:
                if b"\n" in value:
                    value = _WRAP.sub(b" ", value)
                text = plain[0].decode()
                found.append(_new(Token, (kind, at, plain.end(), text, value.strip().decode())))
                continue
        token = _odd_keyword(data, at, end, brackets, profile)
        if token is not None:
            found.append(token)
    return found


class _Brackets:
    """Which bracket closes which, worked out once for each paragraph that is asked about."""

    def __init__(self, data: bytes, end: int) -> None:
        self._data, self._end = data, end
        self._known_to = -1
        self._closing: dict[int, int] = {}

    def closing(self, at: int) -> int | None:
        """The bracket that closes the one at `at`; None when it is not closed."""
        if at >= self._known_to:
            blank = _BLANK_LINE.search(self._data, at, self._end)
            self._known_to = blank.start() if blank else self._end
            self._closing = {}
            open_: list[int] = []
            for match in _BRACKETS.finditer(self._data, at, self._known_to):
                if match[0] == b"[":
                    open_.append(match.start())
                elif match[0] == b"]" and open_:
                    self._closing[open_.pop()] = match.start()
        return self._closing.get(at)


def _odd_keyword(
    data: bytes, at: int, end: int, brackets: _Brackets, profile: Profile
) -> Token | None:
    """The token of a keyword that is nested, empty, not closed or not known."""
    head = _KEYWORD.match(data, at, end)
    if head is None:
        return None
    close = brackets.closing(at)
    if close is None:
        return _token(TokenKind.UNKNOWN, data, at, head.end(), head[1])
    kind = profile.keyword_tokens.get(head[1].decode())
    inside = data[head.end() : close].strip()
    fits = data[at + 1] == _BANG and head[2] and bool(inside) != (kind is TokenKind.VIDEO)
    if kind is None or not fits:
        return _token(TokenKind.UNKNOWN, data, at, close + 1, head[1])
    return _token(kind, data, at, close + 1, _WRAP.sub(b" ", inside))


def _brace(data: bytes, at: int, start: int, end: int) -> Token | None:
    match = _BRACES.match(data, at, end)
    if match is None:
        return None
    inside = match[1]
    if inside is None:
        return _token(TokenKind.PLACEHOLDER, data, at, match.end(), match[0][2:-2].strip())
    if inside.startswith(b"#"):
        if b" " in inside or len(inside) == 1:
            return None
        return _token(TokenKind.ANCHOR, data, at, match.end(), inside[1:])
    if b"=" in inside or inside.startswith(b"."):
        return _token(TokenKind.ATTRIBUTES, data, at, match.end(), inside)
    if _NAME.fullmatch(inside):
        begin = at - 1 if at > start and data[at - 1 : at] == b"$" else at
        return _token(TokenKind.PLACEHOLDER, data, begin, match.end(), inside)
    return None


def _token(kind: TokenKind, data: bytes, start: int, end: int, value: bytes) -> Token:
    return Token(kind, start, end, data[start:end].decode(), value.decode())


def _escaped(data: bytes, at: int, start: int) -> bool:
    first = at
    while first > start and data[first - 1] == _ESCAPE:
        first -= 1
    return (at - first) % 2 == 1
