"""Texts with codes as elements of XML, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bilint.model.exchange import CONTROL, Code, Part, Role, Text
from bilint.model.pattern import late

if TYPE_CHECKING:
    from lxml import etree

XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_NOT_XML = late("[^\t\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_safe(text: str) -> str:
    """A text that XML can hold: a question mark in a box for what it has no place for."""
    return _NOT_XML.sub("\ufffd", text)


def shown_code(code: Code) -> str:
    """What a file shows of a code."""
    if code.kind == CONTROL:
        return f"U+{ord(code.text):04X}"
    return xml_safe(code.text)


def append_text(parent: etree._Element, text: str) -> None:
    """Add text behind what an element has already."""
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def number(text: str | None) -> int:
    """The number that a code bears; 0 where it bears none of ours."""
    return int(text) if text is not None and text.isascii() and text.isdigit() and text else 0


ROLES: Mapping[str, Role] = {
    "ph": Role.ALONE, "x": Role.ALONE, "it": Role.ALONE, "ut": Role.ALONE,
    "bpt": Role.OPEN, "bx": Role.OPEN, "sc": Role.OPEN,
    "ept": Role.CLOSE, "ex": Role.CLOSE, "ec": Role.CLOSE,
}  # fmt: skip
"""Elements that are a code, whatever they hold."""

AROUND = frozenset(("g", "pc"))
"""Elements that are a pair of codes around what they hold."""


def parts_of(element: etree._Element, names: tuple[str, ...]) -> Iterator[Part]:
    """The text of an element with its codes; `names` are the attributes that number them.

    Annotations (`mrk`, `hi`) count for what they hold; comments for nothing.
    """
    if element.text:
        yield element.text
    for child in element:
        name = local_name(child)
        mine = next((number(child.get(one)) for one in names if child.get(one)), 0)
        if name in ROLES:
            yield Code(mine, ROLES[name], "", "".join(child.itertext()))
        elif name in AROUND:
            yield Code(mine, Role.OPEN, "", "")
            yield from parts_of(child, names)
            yield Code(mine, Role.CLOSE, "", "")
        elif name == "cp":
            yield Code(0, Role.ALONE, CONTROL, _character(child.get("hex")))
        elif name:
            yield from parts_of(child, names)
        if child.tail:
            yield child.tail


def _character(hexadecimal: str | None) -> str:
    try:
        return chr(int(hexadecimal or "", 16))
    except (ValueError, OverflowError):
        return ""


def text_of(element: etree._Element | None, names: tuple[str, ...] = ("id",)) -> Text:
    """The same as one value; nothing for no element."""
    return () if element is None else tuple(parts_of(element, names))


def indent(element: etree._Element, whole: frozenset[str], margin: str = "\n") -> None:
    """Put every element on a line of its own, but for what those named in `whole` hold."""
    if not len(element) or local_name(element) in whole:
        return
    element.text = margin + " "
    for child in element:
        indent(child, whole, margin + " ")
        child.tail = margin + " "
    element[-1].tail = margin
