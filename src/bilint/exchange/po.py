"""PO: a catalogue of one locale, by polib, for Poedit, Weblate and all that speak gettext.

`msgctxt` is the short key of a unit, since Poedit hides the text behind a long one. What Bilint
needs to write a text back stands in the last of the extracted comments. polib splits lines where
gettext does not and drops what it does not understand, so that both ways are guarded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, unquote

from bilint import __version__
from bilint.exchange.doors import decoded
from bilint.model.exchange import (
    Bundle,
    Entry,
    ExchangeError,
    ExchangeUnit,
    Returned,
    UnitState,
    flat,
)
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.text import Problem, Span

_FUZZY = (UnitState.STALE, UnitState.UNKNOWN)
_MARK = "bilint"
_LOCALE = "X-Bilint-Locale"
_SAID = late(r"bilint (?P<locale>\S+) (?P<path>\S+) source=(?P<source>\w+) target=(?P<target>\w*)")
_CHARSET = late(r"charset=([\w:.-]+)", re.IGNORECASE)
# `CHARSET` is what a template says before anybody filled it in.
_UTF_8 = frozenset(("utf-8", "utf8", "us-ascii", "ascii", "charset"))
_STRING = late(r'"(?:[^"\\]|\\.)*"')
_KEYWORD = late(r"(msgctxt|msgid_plural|msgid|msgstr\[[0-9]+\]|msgstr)[ \t]*(?=\")")
_LETTERS = {"msgctxt": "c", "msgid": "i", "msgid_plural": "p", "msgstr": "s"}
_ORDER = late(r"c?is")
# What str.splitlines, which polib uses, takes for a line end beside CR and LF; they are carried
# through it as characters that nobody uses.
_LINE_ENDS = "\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_AWAY = {ord(one): chr(0x10F7F0 + index) for index, one in enumerate(_LINE_ENDS)}
_BACK = {ord(away): chr(one) for one, away in _AWAY.items()}
# No file name holds a NUL, so what begins with this line cannot be taken for a path.
_NO_PATH = "# \0\n"
_MOST_PROBLEMS = 100


def write(bundle: Bundle) -> bytes:
    """A catalogue. Stale units are fuzzy and tell their previous source; obsolete ones are so."""
    import polib

    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": f"bilint {__version__}",
        "Language": bundle.locale.replace("-", "_"),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "X-Generator": f"bilint {__version__}",
        _LOCALE: bundle.locale,
    }
    for unit in bundle.units:
        catalogue.append(
            polib.POEntry(
                msgctxt=unit.key,
                msgid=flat(unit.source),
                msgstr=flat(unit.target),
                previous_msgid=unit.previous,
                comment="\n".join(_extracted(bundle.locale, unit)),
                occurrences=[(unit.path.replace(" ", "%20"), str(unit.line))],
                flags=["fuzzy"] if unit.state in _FUZZY and unit.target else [],
                obsolete=unit.state is UnitState.OBSOLETE,
            )
        )
    return f"{catalogue}".encode()


def _extracted(locale: str, unit: ExchangeUnit) -> Iterator[str]:
    """The comments of a unit; the last one is for Bilint itself."""
    yield from unit.notes
    if unit.held:
        yield f"cannot be written back: {unit.held}"
    path = quote(unit.path, safe="/")
    yield f"{_MARK} {locale} {path} source={unit.source_digest} target={unit.target_digest}"


def read(data: bytes, limit: int) -> Returned:
    """What a catalogue says. An entry that is damaged is left out and told.

    Raises `ExchangeError` for a file that cannot be read at all.
    """
    import polib

    sound = _sound(decoded(data, limit))
    try:
        catalogue = polib.pofile(_NO_PATH + sound.text.translate(_AWAY) + "\n", encoding="utf-8")
    except (OSError, ValueError, LookupError) as error:
        raise ExchangeError(f"this is no PO file that can be read: {error}") from None
    if len(catalogue) + bool(sound.headers) != sound.entries + sound.headers:
        raise ExchangeError(f"polib read {len(catalogue)} entries of {sound.entries}")
    charset = _CHARSET.search(catalogue.metadata.get("Content-Type", ""))
    if charset and charset[1].lower() not in _UTF_8:
        raise ExchangeError(f"the header names {charset[1]}; only UTF-8 is read")
    entries = []
    problems = list(sound.problems)
    for entry in catalogue:
        if entry.obsolete:
            continue
        line = (entry.linenum or 2) - 1
        if not entry.msgctxt:
            problems.append(_problem("foreign", "an entry without the context Bilint gave", line))
            continue
        said = _noted(entry.comment)
        target = entry.msgstr.translate(_BACK)
        entries.append(
            Entry(
                key=entry.msgctxt.translate(_BACK),
                target=(target,) if target else (),
                source=entry.msgid.translate(_BACK),
                locale=said["locale"] if said else None,
                path=unquote(said["path"]) if said else None,
                fuzzy="fuzzy" in entry.flags,
                source_digest=said["source"] if said else None,
                target_digest=said["target"] if said else None,
                line=line,
            )
        )
    locale = catalogue.metadata.get(_LOCALE) or catalogue.metadata.get("Language")
    return Returned(tuple(entries), locale or None, tuple(problems[:_MOST_PROBLEMS]))


def _noted(comment: str) -> re.Match[str] | None:
    """What Bilint said of an entry: in the last line, or where a tool moved or wrapped it."""
    lines = comment.split("\n")
    whole = _SAID.search(lines[-1].translate(_BACK)) or next(
        filter(None, map(_SAID.fullmatch, lines)), None
    )
    if whole is not None:
        return whole
    begins = [number for number, line in enumerate(lines) if line.split()[:1] == [_MARK]]
    if not begins:
        return None
    # polib breaks its lines at blanks and at hyphens.
    return _SAID.match(" ".join(lines[begins[-1] :]).replace("- ", "-"))


def _problem(code: str, message: str, line: int) -> Problem:
    return Problem(code, message, Span(line, line))


class _Sound(NamedTuple):
    """A catalogue with empty lines in place of what is damaged, and what it comes to."""

    text: str
    entries: int
    headers: int
    problems: tuple[Problem, ...]


class _Block:
    """The lines of one entry, by their numbers."""

    def __init__(self) -> None:
        self.lines: list[int] = []
        self.keywords = ""
        self.identity = ""
        self.wrong = ""

    @property
    def complete(self) -> bool:
        return "s" in self.keywords or bool(self.wrong)


def _sound(text: str) -> _Sound:
    """Checks every line before polib sees it: it drops the end of what is not terminated."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    problems: list[Problem] = []
    entries = headers = 0
    for block in _blocks(lines):
        wrong = block.wrong
        if not wrong and block.keywords and not _ORDER.fullmatch(block.keywords):
            wrong = (
                "an entry with plural forms is none of Bilint's"
                if "p" in block.keywords or "n" in block.keywords
                else "an entry needs one msgid, then its msgstr"
            )
        if wrong:
            problems.append(_problem("po-syntax", wrong, block.lines[0] + 1))
            for number in block.lines:
                lines[number] = ""
        elif block.keywords == "is" and not block.identity:
            headers += 1
        elif block.keywords:
            entries += 1
    if headers > 1:
        raise ExchangeError("the catalogue has several headers")
    return _Sound("\n".join(lines), entries, headers, tuple(problems))


def _blocks(lines: list[str]) -> Iterator[_Block]:
    block = _Block()
    for number, line in enumerate(lines):
        text = line.strip(" \t")
        obsolete = text.startswith("#~")
        bare = text[2:].lstrip(" \t") if obsolete else text
        starts = bare.startswith(("msgctxt", "msgid")) and not bare.startswith("msgid_plural")
        again = bare.startswith("msgctxt") or "i" in block.keywords
        comment = text.startswith("#") and not obsolete
        if block.complete and (not text or comment or (starts and again)):
            yield block
            block = _Block()
        if not text:
            continue
        block.lines.append(number)
        if comment or (obsolete and bare.startswith("|")):
            continue
        keyword = _KEYWORD.match(bare)
        string = bare[keyword.end() :] if keyword else bare
        if keyword:
            block.keywords += _LETTERS.get(keyword[1], "n")
        if not _STRING.fullmatch(string) or not block.keywords:
            block.wrong = block.wrong or "this is neither a comment nor a keyword and its string"
        elif block.keywords.endswith("i"):
            block.identity += string[1:-1]
    if block.lines:
        yield block
