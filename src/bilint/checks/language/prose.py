"""What a reader reads of a segment: its words, without tokens, code and markup."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate

from bilint.model.document import Segment, Token, TokenKind
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Span

VERBATIM = "\x01"
"""Stands for a character of a token or of code: it is there, and is not translated."""

BREAK = "\x02"
"""Stands for a character of a line break in the markup, such as `<br>`."""

EASTERN = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff\uf900-\ufaff"
    "\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003ffff"
)
"""Characters that no code is written in: scripts without blanks, their wide signs, and Hangul.

They end what stands before them, where no blank does: `100多个`, `API。次に`, `iOS용`.
"""

_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f"

_WORD = late(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# Such a word, if it does not begin with one of the letters that nearly all begin with.
_CAPITALISED = late(r"[^\W\d_a-z](?<![^\W\d_].)(?<![^\W\d_]-.)[^\W\d_]*(?:-[^\W\d_]+)*")
# A pattern that begins with a class of characters passes over all others at once. Of code have
# something: `a_b`, `aB`, `a.b`, `a1`, `1a`, `--a`, `a::b`, `a://b`, `a()`, `/a/`.
_CHUNK = late(rf"[^\s\x01\x02{EASTERN}]+")
_CODE = late(
    r"[_\\={}<>@$#A-Z.\d:(/-](?:(?<=[_\\={}<>@$#])|(?<=[a-z][A-Z])|(?<=\w\.)\w"
    rf"|(?<=[{_LATIN}]\d)|(?<=\d)[{_LATIN}]"
    r"|(?<=-)-|(?<=:)(?::|//)|(?<=\()\)|(?<=/)[^\s\x01\x02/]*/)"
)
_UNREAD_TOKENS = late(r"\[![A-Za-z]+[^\[\]]*\]|`[^`\r\n]*`")
_ENTITY = late(r"&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});")
_QUOTE_MARKS = late(r"(?<=[\r\n])[ \t]*>[ \t>]*")
_MARKS = late(r"[*~`_\u00a0\u200b-\u200d\u2060\ufeff](?:(?<!_)|(?<=\b_)|\b)")
_QUOTED = late(
    r"\"[^\"\r\n]{1,300}\"|“[^”]{1,300}”|«[^»]{1,300}»|„[^“”]{1,300}[“”]|「[^」]{1,300}」"
    r"|『[^』]{1,300}』|”[^”\r\n]{1,300}”|»[^«\r\n]{1,300}«"
    r"|(?<!\w)['‘](?=[A-Z])[^'‘’\r\n]{1,300}['’](?!\w)"
)
_QUOTED_BY_ENTITY = late(
    r"(?<!\w)&#39;(?=[A-Z])[^\"\r\n]{1,300}?&#39;(?!\w)|&quot;[^\"\r\n]{1,300}?&quot;|&grave;[^`\r\n]{1,300}?&grave;|&#34;[^\"\r\n]{1,300}?&#34;"
)
_EMPHASISED = late(r"\*{1,2}[^*\r\n]{1,300}\*{1,2}|\b_[^_\r\n]{1,300}_\b")
_LEGAL = late(
    r"©|\(c\) \d|\bcopyright\b|\ball rights reserved\b|\blicen[sc]ed under\b|\bhereby granted\b"
    r"|\bwarrant(?:y|ies) of\b|\bregistered trademarks?\b",
    re.IGNORECASE,
)
_LEGAL_SIGNS = ("©", "(c) ", "copyright", "all rights", "licen", "hereby", "warrant", "registered")
_SENTENCE_END = late(
    r"[.!?…]{1,3}[)\]\"'’”»]{0,3}(?=[\s\x01])|[。！？]+|\x02+|:(?=[ \t]*[\r\n])"
    r"|[\r\n][ \t]*(?:[\r\n]|[-•](?=\s))"
)

_CONTINUED = bytes(range(0x80, 0xC0))
"""The bytes with which no character begins."""

_UNSEEN = frozenset((TokenKind.ANCHOR, TokenKind.ATTRIBUTES))
"""Tokens of which a reader sees nothing."""

_CODE_TAGS = frozenset(("code", "kbd", "pre", "samp", "tt", "var"))
"""Tags between which nothing is translated."""

_A_WORD_OR_TWO = 2
_QUOTING = "*_\"“”„«»'‘’"

_FEW = 20
"""Tokens of a segment up to which its beginning is counted through for each."""


class Word(NamedTuple):
    """A word and where it stands in its segment, in characters."""

    text: str
    start: int
    end: int


class Reading(NamedTuple):
    """A segment as it is read.

    `text` is as long as the segment's own text: what must not be translated is `VERBATIM`,
    line breaks are `BREAK`, markup is blank. `links` are where its links stand, in characters;
    of their marks only the text is left. Without `mapped` characters cannot be told apart in the
    page: a front-matter value with quotes or escapes.
    """

    segment: Segment
    text: str
    links: tuple[Span, ...]
    mapped: bool

    def words(self, start: int = 0, end: int | None = None) -> tuple[str, ...]:
        """The words between two characters."""
        return tuple(_WORD.findall(self.text, start, len(self.text) if end is None else end))

    def placed_words(self) -> tuple[Word, ...]:
        """All words, and where they stand."""
        return tuple(Word(match[0], *match.span()) for match in _WORD.finditer(self.text))

    def capitalised(self) -> tuple[Word, ...]:
        """Those that begin with a capital."""
        return tuple(
            Word(match[0], *match.span())
            for match in _CAPITALISED.finditer(self.text)
            if match[0][0].isupper()
        )

    def sentences(self) -> Iterator[Span]:
        """The stretches between full stops, line breaks and empty lines, in characters."""
        start = 0
        for match in _SENTENCE_END.finditer(self.text):
            yield Span(start, match.end())
            start = match.end()
        if start < len(self.text):
            yield Span(start, len(self.text))

    def span(self, start: int, end: int) -> Span:
        """The bytes of the page where a stretch of characters stands."""
        segment = self.segment
        if not self.mapped:
            return segment.span
        first = segment.start + _size(segment.text[:start])
        return Span(first, first + _size(segment.text[start:end]))


def read(segment: Segment) -> Reading:
    """A segment as a reader reads it."""
    text = segment.text
    size = _size(text)
    mapped = size == segment.end - segment.start
    links: list[Span] = []
    if mapped and segment.tokens:
        text = _without_tokens(segment, size == len(text), links)
    elif "[!" in text or "`" in text:
        text = _UNREAD_TOKENS.sub(lambda match: VERBATIM * len(match[0]), text)
    if "&" in text:
        text = _ENTITY.sub(_blank, text)
    if ">" in text:
        text = _QUOTE_MARKS.sub(_blank, text)
    text = _MARKS.sub(_blank, text)
    if _CODE.search(text):
        text = _CHUNK.sub(_code_hidden, text)
    return Reading(segment, text, tuple(links), mapped)


def without_quotations(reading: Reading) -> Reading:
    """The same, with what stands in quotation marks verbatim: a message, a title, a term."""
    text, written = reading.text, reading.segment.text
    found: list[re.Match[str]] = []
    if '"' in text or "'" in text or not text.isascii():
        found += _QUOTED.finditer(text)
    if "&" in written:
        found += _QUOTED_BY_ENTITY.finditer(written)
    return _hidden(reading, [Span(*match.span()) for match in found])


def without_links(reading: Reading) -> Reading:
    """The same, with links verbatim: titles, of which nobody can tell."""
    return _hidden(reading, reading.links)


def without_emphasis(reading: Reading) -> Reading:
    """The same, with what is emphasised within it verbatim: messages and labels often are.

    Where the emphasis begins the segment it says nothing of that kind.
    """
    text = reading.segment.text
    if "*" not in text and "_" not in text:
        return reading
    places = (Span(*match.span()) for match in _EMPHASISED.finditer(text))
    return _hidden(reading, [place for place in places if place.start > 0])


def own_words(segment: Segment) -> Reading:
    """A segment as a reader reads it, without what it quotes, links to or stresses."""
    return without_emphasis(without_links(without_quotations(read(segment))))


def kept_stretches(source: Segment, target: Segment) -> list[Span]:
    """What a source segment quotes or emphasises and its translation has word for word.

    Examples of another language stay as they are. A word or two may be left by mistake.
    """
    # A line of the page may end anywhere within them.
    text, theirs = (one.text.replace("\r", " ").replace("\n", " ") for one in (source, target))
    theirs = " ".join(theirs.split())
    found = []
    for pattern in (_QUOTED, _EMPHASISED):
        for match in pattern.finditer(text):
            words = match[0].strip(_QUOTING).split()
            if len(words) > _A_WORD_OR_TWO and " ".join(words) in theirs:
                found.append(Span(*match.span()))
    return found


def legal(text: str) -> bool:
    """Whether a text is of a licence, a warranty or a trade mark: it stays as it is."""
    low = text.lower()
    return any(sign in low for sign in _LEGAL_SIGNS) and _LEGAL.search(text) is not None


def _hidden(reading: Reading, spans: Iterable[Span]) -> Reading:
    text = None
    for start, end in spans:
        text = text or list(reading.text)
        text[start:end] = VERBATIM * (end - start)
    return reading._replace(text="".join(text)) if text else reading


def _size(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode(errors="replace"))


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _code_hidden(match: re.Match[str]) -> str:
    chunk = match[0]
    if not _CODE.search(chunk):
        return chunk
    kept = len(chunk.rstrip(".,;:!?)"))
    return VERBATIM * kept + chunk[kept:]


def _without_tokens(segment: Segment, ascii_only: bool, links: list[Span]) -> str:
    text = list(segment.text)
    raw = b"" if ascii_only else segment.text.encode(errors="replace")
    offsets = [0, *accumulate(map(_size, text))] if raw and len(segment.tokens) > _FEW else None

    def char(offset: int) -> int:
        inside = max(offset - segment.start, 0)
        if ascii_only:
            return inside
        if offsets is None:
            return len(raw[:inside].translate(None, _CONTINUED))
        return bisect_left(offsets, inside)

    opened: tuple[str, int] | None = None
    for token in segment.tokens:
        start, end = char(token.start), min(char(token.end), len(text))
        if token.kind is TokenKind.HTML and token.value.lstrip("/") in _CODE_TAGS:
            if opened is None:
                opened = (token.value, start)
            elif token.value == f"/{opened[0]}":
                start, opened = opened[1], None
                text[start:end] = VERBATIM * (end - start)
                continue
        inside = _link_text(token, start)
        if inside:
            links.append(Span(start, end))
            text[start : inside.start] = " " * (inside.start - start)
            text[inside.end : end] = " " * (end - inside.end)
        else:
            text[start:end] = _mark(token) * (end - start)
    return "".join(text)


def _mark(token: Token) -> str:
    if token.kind is TokenKind.HTML:
        return BREAK if token.value == "br" else " "
    return " " if token.kind in _UNSEEN else VERBATIM


def _link_text(token: Token, start: int) -> Span | None:
    """The text of a link, in characters of its segment; None for any other token."""
    if token.kind is not TokenKind.LINK or not token.text.startswith("["):
        return None
    close = token.text.rfind("](")
    return None if close < 0 else Span(start + 1, start + close)
