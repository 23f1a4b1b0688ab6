"""`attributes-altered`: an attribute list `{width="50"}` is escaped, altered, displaced or lost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bilint.checks.base import Context
from bilint.checks.tokens.syntax import page_tokens
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.document import Document, Token, TokenKind
from bilint.model.finding import Confidence, Observation, Suggestion
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

_KIND = TokenKind.ATTRIBUTES

# The values of these are words for people, or addresses that go with the locale.
_FREE = frozenset(
    "alt aria-label caption content cite data-label href label link placeholder poster src summary"  # noqa: SIM905
    " text title tooltip url".split()
)
_PAIR = late(r"([\w:.-]+)\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s\"'{}]+)|([.#][\w-]+)")
_QUOTES = str.maketrans("“”„‟″＂‘’‚′«»", '""""""' + "''''" + '""')
_BACKSLASH = late(r"\\([{}\"'=])")
# A list whose braces or quotes are other characters, so that nobody takes it for one.
_DAMAGED = late(
    r"(?:\\?[{｛]|&lbrace;|&lcub;|&#123;)[^{}\n]{1,400}?(?:\\?[}｝]|&rbrace;|&rcub;|&#125;)"
)
_REACH = 600
_MOST = 50


class _List(NamedTuple):
    """An attribute list, what it stands behind, and whether it touches that."""

    token: Token
    owner: str
    attached: bool

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.token.start, self.token.end)


_Values = dict[str, str]


def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    """One observation for each list that is not the one of the source."""
    if pair.source is None:
        return
    source = pair.source.document
    before = _tokens(source)
    if not before:
        return
    after = _tokens(pair.document)
    same = [one.text for one in before] == [one.text for one in after]
    if same and not any(_parted(pair.document.data, one) for one in after):
        return
    wanted, found = _lists(source, before), _lists(pair.document, after)
    matched, lost = _matched(wanted, found)
    for theirs, own in matched:
        seen = _compare(theirs, own, pair)
        if seen is not None:
            yield seen
    if pair.basis is not Basis.HEAD:
        for theirs in lost[:_MOST]:
            yield from _lost(theirs, wanted, found, pair.document)


def _tokens(document: Document) -> list[Token]:
    found = [token for token in document.tokens if token.kind is _KIND]
    found += [token for _, token in page_tokens(document, _KIND)]
    found.sort(key=lambda token: token.start)
    return found


def _parted(data: bytes, token: Token) -> bool:
    """Whether a list does not stand right behind a word, a bracket or the start of a line."""
    return data[token.start - 1 : token.start] in (b" ", b"\t", b"\\")


def _lists(document: Document, tokens: Sequence[Token]) -> list[_List]:
    whole = [_with_backslash(document.data, token) for token in tokens]
    return [_List(token, *_owner(document.data, token.start)) for token in whole]


def _with_backslash(data: bytes, token: Token) -> Token:
    if data[token.start - 1 : token.start] != b"\\":
        return token
    return token._replace(start=token.start - 1, text="\\" + token.text)


def _owner(data: bytes, start: int) -> tuple[str, bool]:
    """What a list stands behind: the file name of a picture or link, `]` for a badge."""
    end = start
    while end and data[end - 1 : end] in (b" ", b"\t"):
        end -= 1
    last = data[end - 1 : end]
    if last == b")":
        opening = data.rfind(b"](", max(0, end - _REACH), end)
        if opening >= 0:
            return _file(data[opening + 2 : end - 1]), end == start
    return ("]", end == start) if last == b"]" else ("", True)


def _file(destination: bytes) -> str:
    path = destination.split(b" ", 1)[0].split(b"?", 1)[0].split(b"#", 1)[0].strip(b"<>")
    return (path.rstrip(b"/").rpartition(b"/")[2] or path).decode("utf-8", "replace")


def _values(text: str) -> _Values:
    """The attributes of a list by name; a class or an id is its own name."""
    return {
        match[3] or match[1]: "" if match[3] else match[2].strip("\"'")
        for match in _PAIR.finditer(text[1:-1])
    }


def _matched(
    wanted: Sequence[_List], found: Sequence[_List]
) -> tuple[list[tuple[_List, _List]], list[_List]]:
    """Lists of both sides beside each other: behind the same thing, the same, in order."""
    left, right = dict(enumerate(wanted)), dict(enumerate(found))
    pairs: list[tuple[_List, _List]] = []
    for key in ("both", "owner", "text"):
        waiting: dict[object, list[int]] = {}
        for place in reversed(right):
            waiting.setdefault(_key(right[place], key), []).append(place)
        for place, one in list(left.items()):
            said = _key(one, key)
            same = waiting.get(said) if said is not None else None
            if same:
                pairs.append((left.pop(place), right.pop(same.pop())))
    if len(left) == len(right):
        pairs += zip(left.values(), right.values(), strict=True)
        left = {}
    return sorted(pairs, key=lambda pair: pair[1].token.start), list(left.values())


def _key(one: _List, key: str) -> object:
    if key == "text":
        return one.token.text
    if one.owner in ("", "]"):
        return None
    return one.owner if key == "owner" else (one.owner, one.token.text)


def _compare(theirs: _List, own: _List, pair: AlignedPair) -> Observation | None:
    wanted, found = theirs.token.text, own.token.text
    if found != wanted:
        seen = _altered(theirs, own, pair.basis)
        if seen is not None or not _same(_values(wanted), _values(found)):
            return seen
    if theirs.attached and theirs.owner and own.owner == theirs.owner and not own.attached:
        start = own.token.start
        while pair.document.data[start - 1 : start] in (b" ", b"\t"):
            start -= 1
        return Observation(
            f"`{found}` must stand right behind what it belongs to, without a blank",
            Span(start, own.token.end),
            found,
            theirs.span,
            suggestion=Suggestion(found, safe=True),
        )
    return None


def _altered(theirs: _List, own: _List, basis: Basis) -> Observation | None:
    wanted, found = theirs.token.text, own.token.text
    values, others = _values(wanted), _values(found)
    if _same(values, others) and "\\" not in found:
        return None
    readable = _unescaped(found)
    if readable != found and _same(values, _values(readable)):
        return Observation(
            f"`{found}` has no effect: its quotes or braces were escaped or replaced",
            own.span,
            found,
            theirs.span,
            suggestion=Suggestion(readable, safe=True),
        )
    if basis is Basis.HEAD:
        return None
    translated = len(values) == len(others)
    return Observation(
        f"`{wanted}` of the source is `{found}` here",
        own.span,
        found,
        theirs.span,
        confidence=Confidence.HIGH if translated else Confidence.MEDIUM,
        suggestion=Suggestion(wanted, safe=not _FREE.intersection(values)),
    )


def _same(values: _Values, others: _Values) -> bool:
    """Whether two lists say the same, but for words and addresses."""
    return values.keys() == others.keys() and all(
        key in _FREE or value == others[key] for key, value in values.items()
    )


def _unescaped(text: str) -> str:
    from html import unescape

    readable = unescape(_BACKSLASH.sub(r"\1", text)).translate(_QUOTES)
    return "{" + readable.strip("\\{}｛｝ ") + "}"


def _lost(
    theirs: _List, wanted: Sequence[_List], found: Sequence[_List], target: Document
) -> Iterator[Observation]:
    """A list that is gone, while the picture or the link that it belongs to is there."""
    if theirs.owner in ("", "]") or not theirs.attached:
        return
    owners = Counter(one.owner for one in wanted)
    kept = Counter(one.owner for one in found)
    if owners[theirs.owner] != 1 or kept[theirs.owner]:
        return
    place = _destination(theirs.owner, target)
    if place is None:
        return
    text = target.data[place.end : place.end + _REACH].decode("utf-8", "replace")
    damaged = _DAMAGED.match(text.lstrip(" "))
    if damaged and _same(_values(theirs.token.text), _values(_unescaped(damaged[0]))):
        blanks = len(text) - len(text.lstrip(" "))
        end = place.end + blanks + len(damaged[0].encode())
        yield Observation(
            f"`{damaged[0]}` has no effect: its quotes or braces were escaped or replaced",
            Span(place.end, end),
            damaged[0],
            theirs.span,
            suggestion=Suggestion(_unescaped(damaged[0]), safe=True),
        )
        return
    whole = target.data[place.start : place.end].decode("utf-8", "replace")
    yield Observation(
        f"`{theirs.token.text}` of the source is missing here",
        place,
        theirs.token.text,
        theirs.span,
        confidence=Confidence.MEDIUM,
        suggestion=Suggestion(whole + theirs.token.text, safe=True),
    )


def _destination(owner: str, document: Document) -> Span | None:
    """The one place where the page has `](…owner)`, from the bracket on; None if not one."""
    name = owner.encode("utf-8", "replace")
    at = document.data.find(name)
    if at < 0 or document.data.find(name, at + 1) >= 0:
        return None
    start = document.data.rfind(b"](", max(0, at - _REACH), at)
    end = document.data.find(b")", at, at + _REACH)
    if start < 0 or end < 0 or b"\n" in document.data[start:end]:
        return None
    return Span(start, end + 1)
