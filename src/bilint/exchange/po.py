"""PO: a catalogue of one locale, for Poedit, Weblate and all that speak gettext.

`msgctxt` is the short key of a unit, since Poedit hides the text behind a long one. What Bilint
needs to write a text back stands in the last of the extracted comments.
"""

from __future__ import annotations

from collections.abc import Iterator
from re import Match
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
from bilint.model.text import Problem, Span
from bilint.readers.po import MOST_PROBLEMS, PoEntry, PoError, file_text, header_of, read_po

_FUZZY = (UnitState.STALE, UnitState.UNKNOWN)
_MARK = "bilint"
_LOCALE = "X-Bilint-Locale"
_SAID = late(r"bilint (?P<locale>\S+) (?P<path>\S+) source=(?P<source>\w+) target=(?P<target>\w*)")


def write(bundle: Bundle) -> bytes:
    """A catalogue. Stale units are fuzzy and tell their previous source; obsolete ones are so."""
    metadata = {
        **header_of(bundle.locale),
        "Project-Id-Version": f"bilint {__version__}",
        "X-Generator": f"bilint {__version__}",
        _LOCALE: bundle.locale,
    }
    return file_text(metadata, (_entry(bundle.locale, unit) for unit in bundle.units)).encode()


def _entry(locale: str, unit: ExchangeUnit) -> PoEntry:
    return PoEntry(
        msgctxt=unit.key,
        msgid=flat(unit.source),
        msgstr=flat(unit.target),
        previous=unit.previous,
        comment="\n".join(_extracted(locale, unit)),
        occurrences=((unit.path.replace(" ", "%20"), f"{unit.line}"),),
        flags=("fuzzy",) if unit.state in _FUZZY and unit.target else (),
        obsolete=unit.state is UnitState.OBSOLETE,
    )


def _extracted(locale: str, unit: ExchangeUnit) -> Iterator[str]:
    """The comments of a unit; the last one is for Bilint itself."""
    yield from unit.remarks
    path = quote(unit.path, safe="/")
    yield f"{_MARK} {locale} {path} source={unit.source_digest} target={unit.target_digest}"


def read(data: bytes, limit: int) -> Returned:
    """What a catalogue says. An entry that is damaged is left out and told.

    Some tools drop the context of entries: what Bilint noted in a comment is enough.

    Raises `ExchangeError` for a file that cannot be read at all.
    """
    decoded(data, limit)
    try:
        file = read_po(data, limit)
    except PoError as error:
        raise ExchangeError(f"{error}") from None
    entries = []
    foreign = []
    for entry in file.entries:
        if entry.obsolete:
            continue
        if entry.plural is not None:
            message = "an entry with plural forms is none of Bilint's"
            foreign.append(_problem("po-syntax", message, entry.line))
            continue
        returned = _returned(entry)
        if returned.key or returned.source_digest:
            entries.append(returned)
        else:
            message = "an entry without the context Bilint gave"
            foreign.append(_problem("foreign", message, entry.line))
    damaged = [_problem(one.problem.code, one.problem.message, one.line) for one in file.damaged]
    locale = file.metadata.get(_LOCALE) or file.metadata.get("Language")
    return Returned(tuple(entries), locale or None, (*damaged, *foreign[:MOST_PROBLEMS]))


def _returned(entry: PoEntry) -> Entry:
    """What an entry of Bilint says; others may have added comments behind the last one."""
    said = _noted(entry.comment.split("\n"))
    return Entry(
        key=entry.msgctxt or "",
        target=(entry.msgstr,) if entry.msgstr else (),
        source=entry.msgid,
        locale=said["locale"] if said else None,
        path=unquote(said["path"]) if said else None,
        fuzzy="fuzzy" in entry.flags,
        source_digest=said["source"] if said else None,
        target_digest=said["target"] if said else None,
        line=entry.line,
    )


def _noted(comments: list[str]) -> Match[str] | None:
    """What Bilint said of an entry: in the last line, or where a tool moved or wrapped it."""
    whole = _SAID.search(comments[-1]) or next(filter(None, map(_SAID.fullmatch, comments)), None)
    begins = [number for number, line in enumerate(comments) if line.split()[:1] == [_MARK]]
    if whole is not None or not begins:
        return whole
    # polib breaks its lines at blanks and at hyphens.
    return _SAID.match(" ".join(comments[begins[-1] :]).replace("- ", "-"))


def _problem(code: str, message: str, line: int) -> Problem:
    return Problem(code, message, Span(line, line))
