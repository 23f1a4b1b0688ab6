"""What every file that comes in has to pass, whatever its format: size, charset, no DOCTYPE."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bilint.model.exchange import ExchangeError
from bilint.model.pattern import late

if TYPE_CHECKING:
    from lxml import etree

_BOM = "\ufeff"
_DECLARATION = late(r"<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
# What may stand before the root element: a DOCTYPE stands nowhere else.
_PROLOG = late(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_UTF_8 = frozenset(("utf-8", "utf8", "us-ascii", "ascii"))
_DEEPEST = 200


def refuse_large(data: bytes, limit: int) -> None:
    """Raises `ExchangeError` for a file above the limit."""
    if len(data) > limit:
        raise ExchangeError(f"the file is larger than the limit of {limit} bytes")


def decoded(data: bytes, limit: int, *, wide: bool = False) -> str:
    """The text of a file, without a byte order mark; with `wide`, of UTF-16 too.

    Raises `ExchangeError`.
    """
    refuse_large(data, limit)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        if not wide:
            raise ExchangeError("the file is UTF-16; save it as UTF-8")
        try:
            return data.decode("utf-16").removeprefix(_BOM)
        except UnicodeDecodeError as error:
            raise ExchangeError(f"the file is no UTF-16: {error.reason}") from None
    try:
        return data.decode("utf-8").removeprefix(_BOM)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ExchangeError(f"line {line}: the file is not UTF-8; save it as UTF-8") from None


def xml_root(data: bytes, limit: int) -> etree._Element:
    """The root of an XML file that can do no harm. Raises `ExchangeError`.

    No DOCTYPE is let in, so that there are no entities but those of XML itself; nothing is
    fetched, and depth and size are bounded.
    """
    text = decoded(data, limit)
    declared = _DECLARATION.match(text)
    if declared and declared[1].lower() not in _UTF_8:
        raise ExchangeError(f"the file says that it is {declared[1]}; only UTF-8 is read")
    if has_doctype(text):
        raise ExchangeError("the file has a DOCTYPE; such files are not read")
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False
    )
    try:
        # Not the text: lxml refuses one that declares an encoding.
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        line = error.lineno or 1
        raise ExchangeError(f"line {line}: this is no XML: {error.msg}") from None
    except ValueError as error:
        raise ExchangeError(f"this is no XML: {error}") from None
    if _deeper_than(root, _DEEPEST):
        raise ExchangeError(f"elements are nested deeper than {_DEEPEST}")
    return root


def has_doctype(text: str) -> bool:
    """Whether an XML text declares a document type."""
    prolog = _PROLOG.match(text)
    return text[prolog.end() if prolog else 0 :][:9].upper() == "<!DOCTYPE"


def _deeper_than(root: etree._Element, most: int) -> bool:
    depth = 0
    from lxml import etree

    for event, _element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > most:
            return True
    return False
