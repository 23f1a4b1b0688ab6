"""XLIFF 1.2: a file a page in one document, by lxml, for Poedit, Weblate, OmegaT and CAT suites.

Tools do not agree on where a state stands: Poedit and Weblate list as work what has one of four
states, others mind `approved` alone. Both are written. Codes have an `id` and a `ctype`, and the
same in source and target: OmegaT finds the twin of a code by all its attributes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from bilint import __version__
from bilint.exchange.doors import xml_root
from bilint.exchange.xml_text import (
    XML_SPACE,
    append_text,
    indent,
    local_name,
    shown_code,
    text_of,
    xml_safe,
)
from bilint.model.exchange import (
    BREAK,
    Bundle,
    Code,
    Entry,
    ExchangeError,
    ExchangeUnit,
    Returned,
    Role,
    Text,
    UnitState,
    flat,
)
from bilint.model.text import Problem, Span

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_FAMILY = "urn:oasis:names:tc:xliff:document:1"

_STATES = {
    UnitState.NEW: "new",
    UnitState.STALE: "needs-translation",
    UnitState.UNKNOWN: "needs-review-translation",
    UnitState.CURRENT: "translated",
}
_FOUND = "needs-adaptation"
"""The state of what is current and has findings: Poedit and Weblate list it."""

_FUZZY = frozenset(("needs-translation", "needs-adaptation", "needs-l10n"))
"""States that hold a text back. `new` does not: many a tool fills in a text and leaves it."""

_ELEMENTS = {Role.ALONE: "ph", Role.OPEN: "bpt", Role.CLOSE: "ept"}
_CTYPES = {"link": "link", "image": "image", BREAK: "lb"}
_DATA = "x-bilint-"
_WHOLE = frozenset(("source", "target"))


def write(bundle: Bundle) -> bytes:
    """A document. Obsolete units are left out: there is nothing to translate in them."""
    from lxml import etree

    root = etree.Element(_tag("xliff"), nsmap={None: NAMESPACE}, version="1.2")
    for path, units in groupby(bundle.units, key=lambda unit: unit.path):
        file = etree.SubElement(
            root,
            _tag("file"),
            {
                "original": xml_safe(path),
                "source-language": bundle.source_language,
                "target-language": bundle.locale,
                "datatype": "x-markdown",
                "tool-id": "bilint",
            },
        )
        header = etree.SubElement(file, _tag("header"))
        tool = {"tool-id": "bilint", "tool-name": "bilint", "tool-version": __version__}
        etree.SubElement(header, _tag("tool"), tool)
        body = etree.SubElement(file, _tag("body"))
        for unit in units:
            if unit.state is not UnitState.OBSOLETE:
                _add_unit(body, unit)
    if not len(root):
        # The schema wants one.
        _add_empty(root, bundle)
    indent(root, _WHOLE)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _add_empty(root: etree._Element, bundle: Bundle) -> None:
    from lxml import etree

    languages = {"source-language": bundle.source_language, "target-language": bundle.locale}
    file = etree.SubElement(
        root, _tag("file"), {"original": "", **languages, "datatype": "x-markdown"}
    )
    etree.SubElement(file, _tag("body"))


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"


def _add_unit(body: etree._Element, unit: ExchangeUnit) -> None:
    from lxml import etree

    state = _STATES[unit.state]
    if unit.state is UnitState.CURRENT and unit.notes:
        state = _FOUND
    element = etree.SubElement(
        body,
        _tag("trans-unit"),
        {
            "id": unit.key,
            "approved": "yes" if state == "translated" else "no",
            "restype": f"x-{unit.kind.value.replace('_', '-')}",
            XML_SPACE: "preserve",
        },
    )
    if unit.held:
        element.set("translate", "no")
    _fill(etree.SubElement(element, _tag("source")), unit.source)
    target = etree.SubElement(element, _tag("target"), state=state)
    _fill(target, unit.target)
    place = etree.SubElement(element, _tag("context-group"), purpose="location")
    _context(place, "sourcefile", unit.path)
    _context(place, "linenumber", str(unit.line))
    own = etree.SubElement(element, _tag("context-group"), purpose="information")
    _context(own, f"{_DATA}source", unit.source_digest)
    _context(own, f"{_DATA}target", unit.target_digest)
    for note in unit.remarks:
        etree.SubElement(element, _tag("note"), {"from": "bilint"}).text = xml_safe(note)
    if unit.previous is not None:
        old = etree.SubElement(element, _tag("alt-trans"), alttranstype="previous-version")
        etree.SubElement(old, _tag("source")).text = xml_safe(unit.previous)
        etree.SubElement(old, _tag("target")).text = xml_safe(flat(unit.target))


def _context(group: etree._Element, kind: str, text: str) -> None:
    from lxml import etree

    etree.SubElement(group, _tag("context"), {"context-type": kind}).text = xml_safe(text)


def _fill(element: etree._Element, text: Text) -> None:
    from lxml import etree

    for part in text:
        if isinstance(part, str):
            append_text(element, xml_safe(part))
            continue
        code = etree.SubElement(element, _tag(_ELEMENTS[part.role]), id=str(part.number))
        if part.role is not Role.CLOSE:
            code.set("ctype", _ctype(part))
        code.text = shown_code(part)


def _ctype(code: Code) -> str:
    if code.kind == "image" and code.role is not Role.ALONE:
        return "x-image"
    if code.kind == "link" and code.role is Role.ALONE:
        return "x-link"
    return _CTYPES.get(code.kind, f"x-{code.kind}")


def read(data: bytes, limit: int) -> Returned:
    """What a document says. Raises `ExchangeError` for one that cannot be read at all."""
    root = xml_root(data, limit)
    space = root.tag.partition("}")[0].lstrip("{") if isinstance(root.tag, str) else ""
    if local_name(root) != "xliff" or not (space.startswith(_FAMILY) or not space):
        raise ExchangeError("this is no XLIFF 1.2 document")
    entries: list[Entry] = []
    problems: list[Problem] = []
    locales: dict[str, None] = {}
    for file in root:
        if local_name(file) != "file":
            continue
        locale = file.get("target-language")
        if locale:
            locales.setdefault(locale)
        for unit in file.iter():
            if local_name(unit) != "trans-unit":
                continue
            if unit.get("id"):
                entries.append(_entry(unit, file.get("original"), locale))
            else:
                line = unit.sourceline or 1
                problems.append(Problem("foreign", "a unit without an id", Span(line, line)))
    return Returned(tuple(entries), next(iter(locales), None), tuple(problems))


def _entry(unit: etree._Element, path: str | None, locale: str | None) -> Entry:
    children = {local_name(child): child for child in reversed(unit)}
    source, target = children.get("source"), children.get("target")
    data = _own_data(unit)
    state = target.get("state") if target is not None else None
    return Entry(
        key=unit.get("id") or "",
        target=text_of(target, ("rid", "id")),
        source=None if source is None else flat(text_of(source)),
        locale=locale,
        path=path,
        fuzzy=state in _FUZZY,
        source_digest=data.get("source"),
        target_digest=data.get("target"),
        line=unit.sourceline or 1,
    )


def _own_data(unit: etree._Element) -> dict[str, str]:
    return {
        kind.removeprefix(_DATA): (context.text or "").strip()
        for context in _contexts(unit)
        if (kind := context.get("context-type") or "").startswith(_DATA)
    }


def _contexts(unit: etree._Element) -> Iterable[etree._Element]:
    return _named(unit, "context")


def _named(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element.iter() if local_name(child) == name)
