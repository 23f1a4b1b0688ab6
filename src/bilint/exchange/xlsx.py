"""XLSX: a workbook in which only the translator's columns can be written to, by openpyxl.

openpyxl is an extra (`pip install 'bilint[xlsx]'`). A workbook is a ZIP archive of XML: both are
looked at before openpyxl unpacks anything.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from datetime import datetime
from typing import Any

from bilint.exchange.cells import COLUMNS, DECISIONS, OPEN, columns, defused, returned, rows
from bilint.exchange.doors import has_doctype, refuse_large
from bilint.model.exchange import Bundle, ExchangeError, Returned
from bilint.model.pattern import late
from bilint.model.text import Problem

_SHEET = "Bilint"
_WIDTHS = {
    "key": 11, "locale": 8, "page": 32, "line": 6, "state": 9, "kind": 11, "findings": 40,
    "previous_source": 40, "source": 60, "translation": 60, "decision": 12, "comment": 30,
}  # fmt: skip
_HIDDEN = frozenset(("source_digest", "target_digest", "decides"))
_LONGEST = 32_767
"""Characters that a cell can hold."""

_MOST_PARTS = 2_000
_MOST_ROWS = 1_000_000
_CUT = "…"
_ESCAPED = late(r"_x([0-9A-Fa-f]{4})_")
_NOT_XML = late("[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")
_ALWAYS = datetime(2000, 1, 1)
_ZIP_TIME = (2000, 1, 1, 0, 0, 0)


def _openpyxl() -> Any:
    try:
        import openpyxl
    except ImportError:
        raise ExchangeError(
            "workbooks need openpyxl, which is not installed: pip install 'bilint[xlsx]'"
        ) from None
    return openpyxl


def write(bundle: Bundle) -> bytes:
    """A workbook with one sheet, protected but for the translator's columns (no password).

    The same units give the same bytes. Raises `ExchangeError` without openpyxl.
    """
    openpyxl = _openpyxl()
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    book = openpyxl.Workbook()
    book.properties.creator = "bilint"
    sheet = book.active
    sheet.title = _SHEET
    styles: dict[tuple[bool, bool], Any] = {}
    sheet.append(COLUMNS)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    last = 1
    for last, row in enumerate(rows(bundle), 2):
        for place, name in enumerate(COLUMNS, 1):
            text = _storable(name, defused(row[name]))
            cell = sheet.cell(row=last, column=place)
            cell.value = text
            # Whatever it begins with, it is a text.
            cell.data_type = "s"
            # The style of a cell is set in a tenth of the time that setting its parts takes.
            kind = name in OPEN, text.startswith("'")
            if kind not in styles:
                styles[kind] = _style(cell, *kind)
            cell._style = copy(styles[kind])
    for place, name in enumerate(COLUMNS, 1):
        column = sheet.column_dimensions[get_column_letter(place)]
        column.width = _WIDTHS.get(name, 12)
        column.hidden = name in _HIDDEN
    letter = get_column_letter(COLUMNS.index("decision") + 1)
    choice = DataValidation("list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True)
    choice.error, choice.errorTitle = f"One of: {', '.join(DECISIONS)}", "Decision"
    choice.showErrorMessage = True
    sheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{max(last, 2)}")
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(COLUMNS))}{last}"
    sheet.protection.sheet = True
    for name in ("formatColumns", "formatRows", "sort", "autoFilter"):
        setattr(sheet.protection, name, False)
    book.properties.created = book.properties.modified = _ALWAYS
    buffer = io.BytesIO()
    book.save(buffer)
    return _without_times(buffer.getvalue())


def _style(cell: Any, is_open: bool, is_quoted: bool) -> Any:
    """The style of a cell, made on one."""
    from openpyxl.styles import Alignment, Protection

    cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.quotePrefix = is_quoted
    if is_open:
        cell.protection = Protection(locked=False)
        # Or a spreadsheet makes a date of `1/2`.
        cell.number_format = "@"
    return copy(cell._style)


def _without_times(data: bytes) -> bytes:
    """The same archive without the times at which its parts were written."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "docProps/core.xml":
                content = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", content)
            info = zipfile.ZipInfo(part.filename, _ZIP_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return out.getvalue()


_MODIFIED = late(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def _storable(name: str, text: str) -> str:
    """A text as a workbook stores it: what XML has no place for by its number.

    A text that is too long for a cell is cut; a translation is left out, or the rest of it would
    be lost on the way back.
    """
    text = _NOT_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", text)
    if len(text) <= _LONGEST:
        return text
    return "" if name == "translation" else text[: _LONGEST - 1] + _CUT


def read(data: bytes, limit: int) -> Returned:
    """What the first sheet says that has a key and a translation.

    A cell with a formula says nothing and is told. Raises `ExchangeError` for a file that cannot
    be read at all, and without openpyxl.
    """
    openpyxl = _openpyxl()
    _look_inside(data, limit)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    except Exception as error:
        raise ExchangeError(f"this is no workbook that can be read: {error}") from None
    try:
        reason = "there is no sheet in it"
        for sheet in book.worksheets:
            problems: list[Problem] = []
            try:
                table = _lines(sheet, problems)
                _line, header = next(table, (1, []))
                places = columns(header)
                return returned(places, list(table), problems)
            except ExchangeError as error:
                reason = str(error)
        raise ExchangeError(reason)
    except ExchangeError:
        raise
    except Exception as error:
        raise ExchangeError(f"this is no workbook that can be read: {error}") from None
    finally:
        book.close()


def _look_inside(data: bytes, limit: int) -> None:
    """Refuses an archive that unpacks to too much, or whose XML declares a document type."""
    refuse_large(data, limit)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MOST_PARTS:
                raise ExchangeError(f"the workbook has {len(parts)} parts; the limit is 2000")
            left = limit
            for part in parts:
                if part.file_size > left:
                    raise ExchangeError(f"the workbook unpacks to more than {limit} bytes")
                with archive.open(part) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise ExchangeError(f"the workbook unpacks to more than {limit} bytes")
                if part.filename.endswith((".xml", ".rels", ".vml")):
                    _refuse_doctype(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError) as error:
        raise ExchangeError(f"this is no workbook: {error}") from None
    except (NotImplementedError, ValueError) as error:
        raise ExchangeError(f"this is no workbook: {error}") from None


def _refuse_doctype(content: bytes) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00")) or b"<\x00" in content[:8]:
        raise ExchangeError("a part of the workbook is not UTF-8")
    if has_doctype(content.decode("utf-8", "replace").removeprefix("\ufeff")):
        raise ExchangeError("a part of the workbook has a DOCTYPE; such files are not read")


def _lines(sheet: Any, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    from bilint.model.text import Span

    sheet.reset_dimensions()
    for line, row in enumerate(sheet.iter_rows(max_row=_MOST_ROWS, max_col=100), 1):
        cells = []
        for cell in row:
            value = cell.value
            if cell.data_type in ("f", "e"):
                message = "a cell with a formula or an error says nothing"
                problems.append(Problem("formula", message, Span(line, line)))
                value = None
            elif cell.data_type == "d":
                message = "a spreadsheet made a date of a text; it says nothing"
                problems.append(Problem("date", message, Span(line, line)))
                value = None
            cells.append(_said(value))
        yield line, cells


def _said(value: object) -> str:
    if value is None:
        return ""
    text = value if isinstance(value, str) else f"{value}"
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
