"""The labels of a product's own catalogue, and the terms of a term base, out of PO files, by polib.

polib takes a text without a line end for a path, drops the end of an unterminated string and
gives up at the first error. So the lines are checked before it sees them, damaged entries are
left out and told, and what it answers is counted afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from bilint.model.config import Limits
from bilint.model.label import Label
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.term import Term
from bilint.model.text import Problem, Span

_BOM = b"\xef\xbb\xbf"
_LINE = late(rb"[^\r\n]*(?:\r\n?|\n|\Z)")
_KEYWORD = late(rb"(msgctxt|msgid_plural|msgid|msgstr\[[0-9]\]|msgstr)[ \t]*(?=\")")
_STRING = late(rb'"(?:[^"\\]|\\.)*"')
_LETTERS = {b"msgctxt": "c", b"msgid": "i", b"msgid_plural": "p", b"msgstr": "s"}
_ORDER = late(r"c?i(?:s|pn+)")
_CHARSET = late(r"charset=([\w:.-]+)", re.IGNORECASE)
# `CHARSET` is what a template says before anybody filled it in.
_UTF_8 = frozenset(("utf-8", "utf8", "us-ascii", "ascii", "charset"))
# What str.splitlines, which polib uses, takes for a line end beside CR and LF.
_NOT_LINE_ENDS = dict.fromkeys(map(ord, "\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")
# No file name holds a NUL, so what begins with this line cannot be taken for a path.
_NO_PATH = "# \0\n"
_MOST_PROBLEMS = 100

# As Weblate and others write them.
_READ_ONLY, _FORBIDDEN = "read-only", "forbidden"
LEARNT = "learnt"
"""The flag of what was learnt: a habit, that demands nothing."""


class Catalogue(NamedTuple):
    """What could be read of a catalogue: its labels by source text, and what was wrong with it.

    Source texts and translations have single blanks only. The spans of the problems are in bytes
    of the file.
    """

    labels: Mapping[str, Label]
    problems: tuple[Problem, ...] = ()


class TermBase(NamedTuple):
    """What could be read of a term base: its terms by source text, and what was wrong with it."""

    terms: Mapping[str, Term]
    problems: tuple[Problem, ...] = ()


def read_catalogue(data: bytes, name: str, limit: int | None = None) -> Catalogue:
    """Reads the content of a PO file; `name` is where its labels say they come from.

    Fuzzy, obsolete, untranslated and plural entries give no label, nor do those flagged `learnt`,
    which are habits. A damaged entry is left out and told (`po-syntax`); a file above `limit`
    bytes (64 MiB if None), one that is not UTF-8 or names another charset, and one that polib
    reads differently give no labels at all (`too-large`, `not-utf-8`, `po-charset`,
    `po-unreadable`). Nothing is raised.
    """
    read = _read(data, limit)
    labels: dict[str, Label] = {}
    for source, translation, flags in read.said:
        if translation and LEARNT not in flags:
            _add(labels, source, translation, name)
    return Catalogue(labels, read.problems)


def read_terms(data: bytes, name: str, limit: int | None = None) -> TermBase:
    """Reads a term base: a PO file as `read_catalogue` takes it, with the same problems.

    The translation of an entry is demanded, and any of several that stand apart by ` | ` or by
    `msgctxt`. The flag `forbidden` bans it instead; `read-only` says that the term stays. What is
    flagged `learnt` is a habit and demands nothing.
    """
    read = _read(data, limit)
    renderings: dict[str, dict[str, None]] = {}
    banned: dict[str, dict[str, None]] = {}
    for source, translation, flags in read.said:
        if LEARNT in flags:
            continue
        said = [source] if _READ_ONLY in flags else translation.split(" | ")
        into = banned if _FORBIDDEN in flags else renderings
        into.setdefault(source, {}).update(dict.fromkeys(one.strip() for one in said if one))
    return TermBase(
        {
            source: Term(
                source, tuple(renderings.get(source, ())), tuple(banned.get(source, ())), name
            )
            for source in {**renderings, **banned}
            if renderings.get(source) or banned.get(source)
        },
        read.problems,
    )


def combine_terms(bases: Iterable[Mapping[str, Term]]) -> dict[str, Term]:
    """The terms of several term bases; of what they disagree about either will do."""
    terms: dict[str, Term] = {}
    for base in bases:
        for source, term in base.items():
            known = terms.get(source)
            if known is not None:
                term = Term(
                    source,
                    tuple(dict.fromkeys((*known.renderings, *term.renderings))),
                    tuple(dict.fromkeys((*known.banned, *term.banned))),
                    known.catalogue,
                )
            terms[source] = term
    return terms


class Parts(NamedTuple):
    """A catalogue as the one sees it who writes what was learnt into it.

    `hand` are the sources of the entries that people made, also of those without a translation,
    with single blanks; `learnt` says what the entries flagged `learnt` say, and `places` where
    they stand, in bytes, with their comments.
    """

    hand: frozenset[str]
    learnt: tuple[tuple[str, str], ...]
    places: tuple[Span, ...]
    problems: tuple[Problem, ...]


def read_parts(data: bytes, limit: int | None = None) -> Parts:
    """Tells in a PO file what people made from what was learnt."""
    read = _read(data, limit)
    learnt = tuple((one.source, one.translation) for one in read.said if LEARNT in one.flags)
    return Parts(read.hand, learnt, read.learnt, read.problems)


def entry_text(source: str, translation: str, flag: str, comment: str) -> str:
    """An entry as a PO file has it, its lines unwrapped; the comment is an extracted one."""
    import polib

    entry = polib.POEntry(msgid=source, msgstr=translation, flags=[flag], comment=comment)
    return str(entry.__unicode__(wrapwidth=0))


class _Said(NamedTuple):
    """What an entry says, with single blanks, and its flags."""

    source: str
    translation: str
    flags: frozenset[str]


class _Read(NamedTuple):
    """`hand` are the sources of entries that people made, the empty and fuzzy ones among them."""

    said: tuple[_Said, ...]
    problems: tuple[Problem, ...] = ()
    hand: frozenset[str] = frozenset()
    learnt: tuple[Span, ...] = ()


def _read(data: bytes, limit: int | None) -> _Read:
    limit = Limits().catalogue if limit is None else limit
    if len(data) > limit:
        return _refused("too-large", f"the catalogue has {len(data)} bytes; the limit is {limit}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _refused("not-utf-8", "the catalogue is not UTF-8", error.start)
    entries = list(_entries(data))
    problems = [entry.problem for entry in entries if entry.problem]
    sound = [entry for entry in entries if not entry.problem]
    read = _ask_polib(sound)
    if read.problems:
        return read
    if len(problems) > _MOST_PROBLEMS:
        more = f"{len(problems) - _MOST_PROBLEMS} more damaged entries"
        problems[_MOST_PROBLEMS:] = [problems[_MOST_PROBLEMS]._replace(message=more)]
    learnt = tuple(entry.span for entry in sound if entry.learnt)
    return _Read(read.said, tuple(problems), read.hand, learnt)


def combine(catalogues: Iterable[Mapping[str, Label]]) -> dict[str, Label]:
    """The labels of several catalogues; what they disagree about has alternatives."""
    labels: dict[str, Label] = {}
    for catalogue in catalogues:
        for source, label in catalogue.items():
            for translation in (label.translation, *label.alternatives):
                _add(labels, source, translation, label.catalogue)
    return labels


class _Line(NamedTuple):
    span: Span
    text: bytes


class _Entry(NamedTuple):
    """What polib needs of an entry, and whether it is the header; or what is wrong with it.

    `span` is where it stands, with the comments right above it; `learnt` says that it bears that
    flag.
    """

    text: bytes
    header: bool
    problem: Problem | None
    span: Span
    learnt: bool


def _refused(code: str, message: str, offset: int = 0) -> _Read:
    return _Read((), (Problem(code, message, Span(offset, offset)),))


def _lines(data: bytes) -> Iterator[_Line]:
    start = len(_BOM) if data.startswith(_BOM) else 0
    for match in _LINE.finditer(data, start):
        yield _Line(Span(*match.span()), match[0].strip(b" \t\r\n"))


def _entries(data: bytes) -> Iterator[_Entry]:
    """The entries in the order of the file, without comments and obsolete entries."""
    builder = _Builder()
    for line in _lines(data):
        if builder.ends_before(line.text):
            yield from builder.close()
            builder = _Builder()
        builder.take(line)
    yield from builder.close()


class _Builder:
    """Gathers the lines of one entry."""

    def __init__(self) -> None:
        self.kept: list[bytes] = []
        self.keywords = ""
        self.identity = b""
        self.first: Span | None = None
        self.start: int | None = None
        self.end = 0
        self.learnt = False
        self.problem: Problem | None = None

    def ends_before(self, text: bytes) -> bool:
        """Whether a line belongs to the next entry."""
        complete = self.keywords.endswith(("s", "n"))
        if not text:
            return complete or self.problem is not None
        if text.startswith((b"#", b"msgctxt")):
            return complete or (self.problem is not None and "i" in self.keywords)
        if text.startswith(b"msgid") and not text.startswith(b"msgid_plural"):
            return complete or (self.problem is not None and "i" in self.keywords)
        return False

    def take(self, line: _Line) -> None:
        """Adds a line to the entry."""
        text = line.text
        if text:
            self.start = line.span.start if self.start is None else self.start
            self.end = line.span.end
        elif not self.keywords:
            # A comment that stands alone belongs to no entry.
            self.start = None
        if text.startswith(b"#,"):
            self.learnt |= LEARNT.encode() in map(bytes.strip, text[2:].split(b","))
            self.kept.append(text)
            return
        if not text or text.startswith(b"#"):
            return
        self.first = self.first or line.span
        keyword = _KEYWORD.match(text)
        string = text[keyword.end() :] if keyword else text
        if keyword:
            self.keywords += _LETTERS.get(keyword[1], "n")
            text = keyword[1] + b" " + string
        if not _STRING.fullmatch(string) or not self.keywords:
            self.problem = self.problem or Problem("po-syntax", _complaint(text), line.span)
            return
        if self.keywords.endswith("i"):
            self.identity += string[1:-1]
        self.kept.append(text)

    def close(self) -> Iterator[_Entry]:
        """The entry, unless nothing but comments was there."""
        if self.first is None:
            return
        problem = self.problem
        if problem is None and not _ORDER.fullmatch(self.keywords):
            problem = Problem("po-syntax", "an entry needs one msgid, then its msgstr", self.first)
        header = not self.identity
        if problem is None and header and self.keywords != "is":
            problem = Problem("po-syntax", "an entry without a source text", self.first)
        start = self.first.start if self.start is None else self.start
        span = Span(start, self.end)
        yield _Entry(b"\n".join(self.kept), header, problem, span, self.learnt)


def _complaint(text: bytes) -> str:
    if not text.startswith((b'"', b"msg")):
        return "this line is neither a comment nor a string"
    if text.count(b'"') - text.count(b'\\"') < 2:
        return "this string is not terminated"
    return "this line is not a keyword and one quoted string"


def _ask_polib(entries: list[_Entry]) -> _Read:
    import polib

    text = b"\n\n".join(entry.text for entry in entries).decode("utf-8")
    text = text.translate(_NOT_LINE_ENDS)
    try:
        catalogue = polib.pofile(_NO_PATH + text + "\n", encoding="utf-8")
    except (OSError, ValueError, LookupError) as error:
        return _refused("po-unreadable", f"polib cannot read the catalogue: {error}")
    headers = sum(entry.header for entry in entries)
    if headers > 1:
        return _refused("po-unreadable", "the catalogue has several headers")
    if len(catalogue) + headers != len(entries):
        message = f"polib read {len(catalogue)} entries of {len(entries) - headers}"
        return _refused("po-unreadable", message)
    charset = _CHARSET.search(catalogue.metadata.get("Content-Type", ""))
    if charset and charset[1].lower() not in _UTF_8:
        return _refused("po-charset", f"the header names {charset[1]}; only UTF-8 is read")
    said = []
    hand = set()
    for entry in catalogue:
        source, translation = _single_blanks(entry.msgid), _single_blanks(entry.msgstr)
        if LEARNT not in entry.flags:
            hand.add(source)
        if source and not entry.msgid_plural and "fuzzy" not in entry.flags:
            said.append(_Said(source, translation, frozenset(entry.flags)))
    return _Read(tuple(said), (), frozenset(hand))


def _single_blanks(text: str) -> str:
    return " ".join(text.split())


def _add(labels: dict[str, Label], source: str, translation: str, name: str) -> None:
    label = labels.get(source)
    if label is None:
        labels[source] = Label(source, translation, name)
    elif translation not in (label.translation, *label.alternatives):
        labels[source] = Label(
            source, label.translation, label.catalogue, (*label.alternatives, translation)
        )
