"""The formats there are, and which of them a file is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

from bilint.model.exchange import Bundle, ExchangeError, Returned
from bilint.model.pattern import late
from bilint.model.record import NamedTuple


class Format(NamedTuple):
    """A format: its module, loaded when it is used, and what its files end in.

    `decides` says that its files have a place for decisions.
    """

    module: str
    suffix: str
    decides: bool = False

    def write(self, bundle: Bundle) -> bytes:
        """The file of some units. Raises `ExchangeError` where a library is missing."""
        writer: Callable[[Bundle], bytes] = self._part("write")
        return writer(bundle)

    def read(self, data: bytes, limit: int) -> Returned:
        """What a file says. Raises `ExchangeError` for one that cannot be read."""
        reader: Callable[[bytes, int], Returned] = self._part("read")
        return reader(data, limit)

    def _part(self, name: str) -> Any:
        return getattr(import_module(f"bilint.exchange.{self.module}"), name)


FORMATS: Mapping[str, Format] = {
    "po": Format("po", ".po"),
    "xliff": Format("xliff", ".xlf"),
    "csv": Format("table", ".csv", decides=True),
    "tmx": Format("tmx", ".tmx"),
    "xlsx": Format("xlsx", ".xlsx", decides=True),
    "xliff2": Format("xliff2", ".xlf"),
}
"""By name, in the order in which they are listed."""

_HEAD = 4096
_XML_ROOT = late(rb"<(?:[\w.-]+:)?(xliff|tmx)\b([^>]*)>")
_PO = late(rb"^(?:msgid|msgctxt)[ \t]+\"", 8)  # 8: re.MULTILINE
_TABLES = (".csv", ".tsv", ".tab", ".txt")


def recognise(data: bytes, name: str) -> str:
    """The name of the format that a file is in. Raises `ExchangeError` when it is none of them."""
    lower = name.lower()
    if data.startswith(b"PK\x03\x04"):
        return "xlsx"
    start = data[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    if start.startswith(b"<") or lower.endswith((".xlf", ".xliff", ".tmx", ".xml")):
        root = _XML_ROOT.search(data[: 16 * _HEAD])
        if root is None:
            raise ExchangeError("it is neither XLIFF nor TMX")
        if root[1] == b"tmx":
            return "tmx"
        return "xliff2" if b'version="2' in root[2] or b"version='2" in root[2] else "xliff"
    if lower.endswith((".po", ".pot")) or _PO.search(data[: 16 * _HEAD]):
        return "po"
    if lower.endswith(_TABLES):
        return "csv"
    raise ExchangeError("it is none of PO, XLIFF, TMX, CSV and XLSX")
