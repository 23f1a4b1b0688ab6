"""A file of translations, from its bytes to pages, and what is kept of what was not written."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from bilint.desk.imported import Imported, Refused
from bilint.exchange.formats import FORMATS, recognise
from bilint.model.document import SegmentKind
from bilint.model.exchange import (
    Bundle,
    ExchangeError,
    ExchangeUnit,
    Returned,
    Role,
    Text,
    UnitState,
    flat,
    short_digest,
)
from bilint.pipeline.learnt import read_file
from bilint.pipeline.request import UsageError


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


def rejects_path(path: str, kept: bytes) -> str:
    """A name beside a file that is free, or that has this very content already.

    Nothing that was kept before is written over.
    """
    given = Path(path)
    free = given.with_name(f"{given.stem}.rejected{given.suffix}")
    number = 1
    while (free.exists() or free.is_symlink()) and not _holds(free, kept):
        number += 1
        free = given.with_name(f"{given.stem}.rejected-{number}{given.suffix}")
    return str(free)


def _holds(path: Path, data: bytes) -> bool:
    return path.is_file() and not path.is_symlink() and path.read_bytes() == data


def rejects(name: str, imported: Iterable[Imported], source_language: str) -> bytes | None:
    """A file of the same format with what was not written and why; None where nothing was lost."""
    units = []
    locale = ""
    for one in imported:
        for refused in one.refused:
            locale = locale or one.locale
            # A memory holds nothing but what is current.
            state = UnitState.CURRENT if name == "tmx" else UnitState.UNKNOWN
            units.append(_unit(refused, state))
    if not units:
        return None
    bundle = Bundle(locale, source_language, tuple(sorted(units, key=_place)))
    return FORMATS[name].write(bundle)


def _place(unit: ExchangeUnit) -> tuple[str, int]:
    return unit.path, unit.line


def _unit(refused: Refused, state: UnitState) -> ExchangeUnit:
    """A text as it came back; once it is mended, the file may be imported as the first one was."""
    entry = refused.entry
    source = entry.source or ""
    return ExchangeUnit(
        key=entry.key,
        path=refused.path or entry.path or "",
        line=refused.line,
        kind=SegmentKind.PARAGRAPH,
        state=state,
        source=(source,) if source else (),
        target=entry.target if _is_sound(entry.target) else (flat(entry.target),),
        notes=(f"not written: {refused.reason}",),
        digests=(entry.source_digest or short_digest(source), entry.target_digest or ""),
    )


def _is_sound(text: Text) -> bool:
    """Whether codes are numbered and nested as every format wants them."""
    open_: list[int] = []
    for part in text:
        if isinstance(part, str):
            continue
        if part.number == 0 or not part.text:
            return False
        if part.role is Role.OPEN:
            open_.append(part.number)
        elif part.role is Role.CLOSE and (not open_ or open_.pop() != part.number):
            return False
    return not open_
