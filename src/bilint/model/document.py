"""What a page says: its front matter, its segments and their tokens, each with its place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bilint.model.record import NamedTuple
from bilint.model.text import Problem, Span

YamlValue = str | list["YamlValue"] | dict[str, "YamlValue"]


class TokenKind(StrEnum):
    """What must survive a translation, or be rendered by rule rather than by ear."""

    DNL = "dnl"
    UICONTROL = "uicontrol"
    ALERT = "alert"
    TAB = "tab"
    BADGE = "badge"
    VIDEO = "video"
    UNKNOWN = "unknown"
    LINK = "link"
    IMAGE = "image"
    CODE = "code"
    HTML = "html"
    ANCHOR = "anchor"
    ATTRIBUTES = "attributes"
    PLACEHOLDER = "placeholder"
    NUMBER = "number"


class Token(NamedTuple):
    """A token of a segment.

    `start` and `end` are bytes of the page; `text` is the token as written. `value` is what it
    says: the inside of a DNL, UICONTROL, tab or badge; the keyword of an alert; the destination
    of a link or image; the code without its backticks; the name of an HTML tag with a leading
    `/` when it closes; the identifier of an anchor; the inside of an attribute list.
    """

    kind: TokenKind
    start: int
    end: int
    text: str
    value: str


class SegmentKind(StrEnum):
    """Where a segment stands in its page."""

    TITLE = "title"
    DESCRIPTION = "description"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_CELL = "table_cell"
    ALERT = "alert"
    TAB = "tab"
    BADGE = "badge"
    ALT_TEXT = "alt_text"
    HTML_TEXT = "html_text"


DAMAGED_ALERT = "?"
"""What stands in a shape for the keyword of an alert that is none: `p>?`."""


class Segment(NamedTuple):
    """A piece of text that is translated as one.

    Segments of a page are disjoint, in the order of the page, and never empty. `shape` is the
    structural key by which alignment compares them (`h2`, `p`, `li2`, `td`, `p>` in a quote,
    `fm:title`); `text` is the page's own text, quote markers and line ends of a wrapped
    paragraph included (for front matter: the value as YAML reads it).
    """

    kind: SegmentKind
    shape: str
    start: int
    end: int
    text: str
    tokens: tuple[Token, ...] = ()

    @property
    def span(self) -> Span:
        """The bytes of the page that the segment occupies."""
        return Span(self.start, self.end)


class BlockKind(StrEnum):
    """What stands between segments and is not translated as text."""

    CODE = "code"
    IMAGE = "image"
    VIDEO = "video"
    LINK_DEFINITION = "link_definition"
    COMMENT = "comment"


class Block(NamedTuple):
    """Something outside all segments that staleness and checks must know.

    `text` is the body of a code block, the destination of a standalone image, video or link
    definition, the inside of a comment. `info` is the info string of a code block, the label of
    a link definition.
    """

    kind: BlockKind
    start: int
    end: int
    text: str
    info: str = ""


class Entry(NamedTuple):
    """One top-level key of the front matter. `value` is text as written (YAML base types)."""

    key: str
    value: YamlValue
    key_span: Span
    value_span: Span


class FrontMatter(NamedTuple):
    """The YAML block at the head of a page. `span` includes both delimiters; empty if none."""

    span: Span = Span(0, 0)
    entries: Mapping[str, Entry] = {}
    problems: tuple[Problem, ...] = ()

    def text(self, key: str) -> str | None:
        """The scalar under `key`, stripped; None when absent, a collection, or a YAML null."""
        entry = self.entries.get(key)
        if entry is None or not isinstance(entry.value, str):
            return None
        value = entry.value.strip()
        return None if value in _NULLS else value


_NULLS = frozenset(("", "~", "null", "Null", "NULL", "None"))


class Suppression(NamedTuple):
    """A `<!-- bilint-disable... CHECK: reason -->` comment.

    `span` is the comment itself; `scope` the bytes it silences (the next line, up to
    `bilint-enable`, or the whole page). No checks named means all.
    """

    span: Span
    scope: Span
    checks: frozenset[str]
    reason: str


class Document(NamedTuple):
    """The content of one blob, read once, whatever pages and commits it stands in.

    `tokens` are those outside all segments, in order: the keywords of alerts, and the brackets
    around the labels of tabs and badges that are segments of their own.
    """

    data: bytes
    front_matter: FrontMatter
    segments: tuple[Segment, ...]
    blocks: tuple[Block, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    problems: tuple[Problem, ...] = ()
    tokens: tuple[Token, ...] = ()

    @property
    def body_start(self) -> int:
        """The first byte after the front matter."""
        return self.front_matter.span.end

    @property
    def body(self) -> bytes:
        """All bytes after the front matter."""
        return self.data[self.front_matter.span.end :]
