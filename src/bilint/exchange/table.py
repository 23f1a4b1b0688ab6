"""CSV: a table for any spreadsheet, in UTF-8 with a mark, or spreadsheets guess wrong."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator

from bilint.exchange.cells import COLUMNS, columns, defused, returned, rows
from bilint.exchange.doors import decoded
from bilint.model.exchange import Bundle, ExchangeError, Returned
from bilint.model.text import Problem

_BOM = b"\xef\xbb\xbf"
_DELIMITERS = ",;\t"


def write(bundle: Bundle) -> bytes:
    """A table, its line ends as RFC 4180 has them."""
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(bundle):
        writer.writerow([defused(row[name]) for name in COLUMNS])
    return _BOM + buffer.getvalue().encode("utf-8", "replace")


def read(data: bytes, limit: int) -> Returned:
    """What a table says, with commas, semicolons or tabs between its cells.

    What a spreadsheet calls Unicode text is UTF-16, and read as well. Raises `ExchangeError` for
    one that cannot be read at all.
    """
    text = decoded(data, limit, wide=True)
    head = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(_DELIMITERS, key=head.count)
    table = _lines(text, delimiter)
    _line, header = next(table, (1, []))
    problems: list[Problem] = []
    return returned(columns(header), list(table), problems)


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """The rows, each with the number of the line that it begins on. Raises `ExchangeError`."""
    line = 1
    previous = csv.field_size_limit(min(len(text) + 1, sys.maxsize))
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        for row in reader:
            yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        end = "unexpected end" in f"{error}"
        reason = "the file ends within this row; was it cut off?" if end else f"{error}"
        raise ExchangeError(f"line {line}: {reason}") from None
    finally:
        csv.field_size_limit(previous)
