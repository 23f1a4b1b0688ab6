"""PO files, by polib: what labels, term bases and habits are read from, and units exchanged in.

polib takes a text without a line end for a path, drops the end of an unterminated string, splits
lines where gettext does not, and gives up at the first line that it does not know. So every line
is checked before polib sees it, damaged entries are left out and told, the rest is laid before it
in the one order it takes, and what it answers is counted afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Problem, Span

if TYPE_CHECKING:
    import polib

_BOM = b"\xef\xbb\xbf"
_LINE = late(rb"[^\r\n]*(?:\r\n?|\n|\Z)")
# polib reads one digit of the number of a plural form.
_KEYWORD = late(rb"(msgctxt|msgid_plural|msgid|msgstr\[[0-9]\]|msgstr)[ \t]*(?=\")")
_STRING = late(rb'"(?:[^"\\]|\\.)*"')
_LETTERS = {b"msgctxt": "c", b"msgid": "i", b"msgid_plural": "p", b"msgstr": "s"}
_ORDER = late(r"c?i(?:s|pn+)")
_PREVIOUS = late(r"c?ip?")
_MARKS = (b"#.", b"#,", b"#:")
_CHARSET = late(r"charset=([\w:.-]+)", re.IGNORECASE)
# `CHARSET` is what a template says before anybody filled it in.
_UTF_8 = frozenset(("utf-8", "utf8", "us-ascii", "ascii", "charset"))
# What str.splitlines, which polib uses, takes for a line end beside CR and LF; they are carried
# through it as characters that nobody uses.
_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_AWAY = {ord(one): chr(0x10F7F0 + index) for index, one in enumerate(_LINE_ENDS)}
_BACK = {ord(away): chr(one) for one, away in _AWAY.items()}
# No file name holds a NUL, so what begins with this line cannot be taken for a path.
_NO_PATH = "# \0\n"
_NO_HEADER = b'msgid ""\nmsgstr ""'
MOST_PROBLEMS = 100
"""How many damaged entries of a file are told one by one."""


class PoError(ValueError):
    """A file of which nothing can be read: its stable code, why, and at which byte."""

    def __init__(self, code: str, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.problem = Problem(code, message, Span(offset, offset))


class PoEntry(NamedTuple):
    """An entry as the file says it; the header is none.

    `plural` is None where it has no plural forms. `previous` is the source text before it changed.
    `comment` is for the translator, `note` by the translator; both may have several lines.
    `occurrences` are paths and lines, the line empty where none is given. `line` is where the
    entry begins, `span` where it stands, in bytes; both with the comments right above it.
    """

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    plural: str | None = None
    previous: str | None = None
    flags: tuple[str, ...] = ()
    comment: str = ""
    note: str = ""
    occurrences: tuple[tuple[str, str], ...] = ()
    obsolete: bool = False
    line: int = 1
    span: Span = Span(0, 0)


class Damaged(NamedTuple):
    """An entry that was left out: what is wrong and where, and the line where the entry begins."""

    problem: Problem
    line: int


class PoFile(NamedTuple):
    """What could be read of a file, in its order, and what was left out of it.

    Obsolete entries are among the entries; one that is damaged is left out and not told, since
    nobody uses it.
    """

    entries: tuple[PoEntry, ...]
    metadata: Mapping[str, str]
    damaged: tuple[Damaged, ...] = ()


def read_po(data: bytes, limit: int) -> PoFile:
    """Reads the content of a PO file of at most `limit` bytes.

    A damaged entry is left out and told (`po-syntax`). Raises `PoError` for a file above the limit
    (`too-large`), one that is not UTF-8 or names another charset (`not-utf-8`, `po-charset`), and
    one that has several headers or that polib reads differently (`po-unreadable`).
    """
    if len(data) > limit:
        message = f"the catalogue has {len(data)} bytes; the limit is {limit}"
        raise PoError("too-large", message)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise PoError("not-utf-8", "the catalogue is not UTF-8", error.start) from None
    blocks = tuple(_blocks(data))
    headers = [block.text for block in blocks if block.header]
    if len(headers) > 1:
        raise PoError("po-unreadable", "the catalogue has several headers")
    sound = [block for block in blocks if not block.header and not block.problem]
    catalogue = _ask_polib((*(headers or (_NO_HEADER,)), *(block.text for block in sound)))
    if len(catalogue) != len(sound):
        message = f"polib read {len(catalogue)} entries of {len(sound)}"
        raise PoError("po-unreadable", message)
    charset = _CHARSET.search(catalogue.metadata.get("Content-Type", ""))
    if charset and charset[1].lower() not in _UTF_8:
        raise PoError("po-charset", f"the header names {charset[1]}; only UTF-8 is read")
    entries = tuple(_entry(*pair) for pair in zip(catalogue, sound, strict=True))
    damaged = [Damaged(one.problem, one.line) for one in blocks if one.problem and not one.obsolete]
    return PoFile(entries, dict(catalogue.metadata), tuple(_in_short(damaged)))


def header_of(locale: str) -> dict[str, str]:
    """What the header of a catalogue of this locale says whoever writes it."""
    return {
        "Language": locale.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }


def header_text(metadata: Mapping[str, str]) -> str:
    """The header as a PO file has it, in the order of gettext."""
    import polib

    catalogue = polib.POFile()
    catalogue.metadata = dict(metadata)
    return _text(catalogue.metadata_as_entry())


def entry_text(entry: PoEntry) -> str:
    """An entry without plural forms as a PO file has it, its lines unwrapped."""
    return _text(_for_polib(entry))


def file_text(metadata: Mapping[str, str], entries: Iterable[PoEntry]) -> str:
    """A whole file, its lines unwrapped, with the obsolete entries at its end."""
    import polib

    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = dict(metadata)
    catalogue.extend(map(_for_polib, entries))
    return f"{catalogue}"


def _text(entry: polib.POEntry) -> str:
    return str(entry.__unicode__(wrapwidth=0))


def _for_polib(entry: PoEntry) -> polib.POEntry:
    import polib

    return polib.POEntry(
        msgid=entry.msgid,
        msgstr=entry.msgstr,
        msgctxt=entry.msgctxt,
        previous_msgid=entry.previous,
        flags=list(entry.flags),
        comment=entry.comment,
        tcomment=entry.note,
        occurrences=list(entry.occurrences),
        obsolete=entry.obsolete,
    )


def _ask_polib(texts: Iterable[bytes]) -> polib.POFile:
    import polib

    text = b"\n\n".join(texts).decode("utf-8").translate(_AWAY)
    try:
        return polib.pofile(f"{_NO_PATH}{text}\n", encoding="utf-8")
    except (OSError, ValueError, LookupError) as error:
        message = f"polib cannot read the catalogue: {error}"
        raise PoError("po-unreadable", message) from None


def _entry(said: polib.POEntry, block: _Block) -> PoEntry:
    return PoEntry(
        msgid=said.msgid.translate(_BACK),
        msgstr=said.msgstr.translate(_BACK),
        msgctxt=None if said.msgctxt is None else said.msgctxt.translate(_BACK),
        plural=said.msgid_plural.translate(_BACK) if block.plural else None,
        previous=None if said.previous_msgid is None else said.previous_msgid.translate(_BACK),
        flags=tuple(said.flags),
        comment=said.comment.translate(_BACK),
        note=said.tcomment.translate(_BACK),
        occurrences=tuple((path.translate(_BACK), line) for path, line in said.occurrences),
        obsolete=block.obsolete,
        line=block.line,
        span=block.span,
    )


def _in_short(damaged: list[Damaged]) -> list[Damaged]:
    if len(damaged) <= MOST_PROBLEMS:
        return damaged
    problem, line = damaged[MOST_PROBLEMS]
    more = f"{len(damaged) - MOST_PROBLEMS} more damaged entries"
    return [*damaged[:MOST_PROBLEMS], Damaged(problem._replace(message=more), line)]


class _Line(NamedTuple):
    """A line without its blanks and without the mark that it is obsolete."""

    number: int
    span: Span
    text: bytes
    obsolete: bool


class _String(NamedTuple):
    """A line with a string, as polib takes it.

    `letter` is that of its keyword, empty without one; `content` is None where it is damaged.
    """

    letter: str
    text: bytes
    content: bytes | None


class _Block(NamedTuple):
    """An entry as polib takes it, and what we know of it; or what is wrong with it."""

    text: bytes
    problem: Problem | None
    header: bool
    plural: bool
    obsolete: bool
    line: int
    span: Span


def _lines(data: bytes) -> Iterator[_Line]:
    start = len(_BOM) if data.startswith(_BOM) else 0
    for number, match in enumerate(_LINE.finditer(data, start), 1):
        text = match[0].strip(b" \t\r\n")
        obsolete = text.startswith(b"#~")
        if obsolete:
            text = text[2:].lstrip(b" \t")
            # A previous text is marked by its bar alone here.
            text = b"#" + text if text.startswith(b"|") else text or b"#"
        yield _Line(number, Span(*match.span()), text, obsolete)


def _blocks(data: bytes) -> Iterator[_Block]:
    gathered = _Gathered()
    for line in _lines(data):
        if gathered.ends_before(line):
            yield gathered.block()
            gathered = _Gathered()
        gathered.take(line)
    if gathered.begun:
        yield gathered.block()


class _Gathered:
    """The lines of one entry, as they come."""

    def __init__(self) -> None:
        self.notes: list[bytes] = []
        self.comments: list[bytes] = []
        self.previous: list[_String] = []
        self.strings: list[bytes] = []
        self.keywords = ""
        self.identity = b""
        self.obsolete = False
        self.begun = False
        self.first = Span(0, 0)
        self.line = 0
        self.start = self.end = 0
        self.problem: Problem | None = None

    def ends_before(self, line: _Line) -> bool:
        """Whether a line belongs to the next entry."""
        text = line.text
        if not self.begun:
            return False
        complete = self.keywords.endswith(("s", "n"))
        if not text:
            return complete or self.problem is not None
        if line.obsolete != self.obsolete and (line.obsolete or not text.startswith(b"#")):
            return True
        if text.startswith(b"msgctxt"):
            return complete or self.problem is not None
        if text.startswith((b"#", b"msgid")) and not text.startswith(b"msgid_plural"):
            return complete or (self.problem is not None and "i" in self.keywords)
        return False

    def take(self, line: _Line) -> None:
        """Adds a line to the entry."""
        text = line.text
        if text:
            if not self.line:
                self.line, self.start = line.number, line.span.start
            self.end = line.span.end
        elif not self.begun and not self.comments:
            # A note that stands alone belongs to no entry.
            self.line = 0
            self.notes.clear()
        if text.startswith(b"#"):
            self._take_comment(text)
        elif text:
            self._take_string(line)

    def _take_comment(self, text: bytes) -> None:
        mark, said = text[:2], text[2:]
        if mark == b"#|":
            self.previous.append(_string(said.lstrip(b" \t")))
        elif mark in _MARKS:
            self.comments.append(mark + b" " + said.removeprefix(b" "))
        else:
            self.notes.append(b"# " + text[1:].removeprefix(b" "))

    def _take_string(self, line: _Line) -> None:
        if not self.begun:
            self.begun, self.first, self.obsolete = True, line.span, line.obsolete
        string = _string(line.text)
        self.keywords += string.letter
        if string.content is None or not self.keywords:
            self.problem = self.problem or _damage(_complaint(string.text), line.span)
            return
        if self.keywords.endswith("i"):
            self.identity += string.content
        self.strings.append(string.text)

    def block(self) -> _Block:
        """The entry, of which at least one line is no comment."""
        problem = self.problem
        if problem is None and not _ORDER.fullmatch(self.keywords):
            problem = _damage("an entry needs one msgid, then its msgstr", self.first)
        header = not self.identity and self.keywords == "is" and not self.obsolete
        if problem is None and not header and not self.identity:
            problem = _damage("an entry without a source text", self.first)
        return _Block(
            b"\n".join((*self.notes, *self.comments, *_previous(self.previous), *self.strings)),
            problem,
            header and problem is None,
            "p" in self.keywords,
            self.obsolete,
            self.line,
            Span(self.start, self.end),
        )


def _damage(message: str, span: Span) -> Problem:
    return Problem("po-syntax", message, span)


def _string(text: bytes) -> _String:
    keyword = _KEYWORD.match(text)
    string = text[keyword.end() :] if keyword else text
    content = string[1:-1] if _STRING.fullmatch(string) else None
    if keyword is None:
        return _String("", text, content)
    return _String(_LETTERS.get(keyword[1], "n"), keyword[1] + b" " + string, content)


def _previous(strings: list[_String]) -> Iterator[bytes]:
    """The lines of the previous text; none where one of them is damaged."""
    sound = all(one.content is not None for one in strings)
    if sound and strings and strings[0].letter and _PREVIOUS.fullmatch(_letters(strings)):
        yield from (b"#| " + one.text for one in strings)


def _letters(strings: list[_String]) -> str:
    return "".join(one.letter for one in strings)


def _complaint(text: bytes) -> str:
    if not text.startswith((b'"', b"msg")):
        return "this line is neither a comment nor a string"
    if text.count(b'"') - text.count(b'\\"') < 2:
        return "this string is not terminated"
    return "this line is not a keyword and one quoted string"
