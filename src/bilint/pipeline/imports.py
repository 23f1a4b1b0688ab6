"""A file of translations, from its bytes to pages, and what is kept of what was not written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bilint.exchange.formats import FORMATS, recognise
from bilint.model.document import SegmentKind
from bilint.model.exchange import Bundle, Entry, ExchangeError, ExchangeUnit, Returned, UnitState
from bilint.pipeline.learnt import read_file
from bilint.pipeline.request import UsageError
from bilint.pipeline.writing_back import Imported


def read_translations(path: str, limit: int) -> tuple[str, Returned]:
    """The name of the format of a file, and what it says. Raises `UsageError`."""
    data = read_file(path, limit, "it")
    if isinstance(data, str):
        raise UsageError(f"{path}: {data}")
    try:
        name = recognise(data, path)
        return name, FORMATS[name].read(data, limit)
    except ExchangeError as error:
        raise UsageError(f"{path}: {error}; nothing is changed") from error


def rejects_path(path: str) -> str:
    """A name beside a file that is free: nothing that was kept before is written over."""
    given = Path(path)
    free = given.with_name(f"{given.stem}.rejected{given.suffix}")
    number = 1
    while free.exists() or free.is_symlink():
        number += 1
        free = given.with_name(f"{given.stem}.rejected-{number}{given.suffix}")
    return str(free)


def rejects(name: str, imported: Iterable[Imported], source_language: str) -> bytes | None:
    """A file of the same format with what was not written and why; None where nothing was lost."""
    units = []
    locale = ""
    for one in imported:
        for refused in one.refused:
            locale = locale or one.locale
            units.append(_unit(refused.entry, refused.reason, refused.path))
    if not units:
        return None
    return FORMATS[name].write(Bundle(locale, source_language, tuple(units)))


def _unit(entry: Entry, reason: str, path: str | None) -> ExchangeUnit:
    source = entry.source or ""
    return ExchangeUnit(
        key=entry.key,
        path=path or entry.path or "",
        line=entry.line,
        kind=SegmentKind.PARAGRAPH,
        state=UnitState.UNKNOWN,
        source=(source,) if source else (),
        target=entry.target,
        notes=(f"not written: {reason}",),
    )
