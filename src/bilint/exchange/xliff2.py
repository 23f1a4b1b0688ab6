"""XLIFF 2.0, by lxml: the newer standard, for suites that ask for it.

Codes are `<ph>` and `<pc>`, and what the page has in their place stands in `<originalData>`.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

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
    Bundle,
    Code,
    Entry,
    ExchangeError,
    ExchangeUnit,
    Part,
    Returned,
    Role,
    Text,
    UnitState,
    flat,
)
from bilint.model.text import Problem, Span

if TYPE_CHECKING:
    from lxml import etree

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
_FAMILY = "urn:oasis:names:tc:xliff:document:2"
_METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"

_STATES = {
    UnitState.NEW: "initial",
    UnitState.STALE: "initial",
    UnitState.UNKNOWN: "translated",
    UnitState.CURRENT: "translated",
}
_WORK = "bilint:work"
"""The sub-state of a translation that is there and needs work. Where it stands still, it does."""

_TYPES = {"link": "link", "image": "image"}
_WHOLE = frozenset(("source", "target", "data"))


def write(bundle: Bundle) -> bytes:
    """A document. Obsolete units are left out: there is nothing to translate in them."""
    from lxml import etree

    root = etree.Element(
        _tag("xliff"),
        {"version": "2.0", "srcLang": bundle.source_language, "trgLang": bundle.locale},
        nsmap={None: NAMESPACE, "mda": _METADATA},
    )
    units = (unit for unit in bundle.units if unit.state is not UnitState.OBSOLETE)
    for number, (path, of_page) in enumerate(groupby(units, key=lambda unit: unit.path), 1):
        file = etree.SubElement(
            root, _tag("file"), {"id": f"f{number}", "original": xml_safe(path)}
        )
        for unit in of_page:
            _add_unit(file, unit)
    if not len(root):
        # The schema wants a file, and a file a unit: an empty one that nobody translates.
        file = etree.SubElement(root, _tag("file"), id="f1")
        empty = etree.SubElement(file, _tag("unit"), id="none", translate="no")
        segment = etree.SubElement(empty, _tag("segment"))
        etree.SubElement(segment, _tag("source"))
    indent(root, _WHOLE)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _tag(name: str, space: str = NAMESPACE) -> str:
    return f"{{{space}}}{name}"


def _add_unit(file: etree._Element, unit: ExchangeUnit) -> None:
    from lxml import etree

    element = etree.SubElement(file, _tag("unit"), {"id": unit.key, XML_SPACE: "preserve"})
    if unit.held:
        element.set("translate", "no")
    _add_metadata(element, unit)
    notes = list(unit.remarks)
    if unit.previous is not None:
        notes.append(f"source at the pin: {unit.previous}")
    if notes:
        parent = etree.SubElement(element, _tag("notes"))
        for note in notes:
            etree.SubElement(parent, _tag("note"), category="bilint").text = xml_safe(note)
    data = _Data()
    state = _STATES[unit.state]
    segment = etree.Element(_tag("segment"), state=state)
    if unit.target and (unit.state is UnitState.STALE or unit.notes):
        segment.set("subState", _WORK)
    _fill(etree.SubElement(segment, _tag("source")), unit.source, data)
    if unit.target:
        _fill(etree.SubElement(segment, _tag("target")), unit.target, data)
    if data.ids:
        parent = etree.SubElement(element, _tag("originalData"))
        for text, name in data.ids.items():
            etree.SubElement(parent, _tag("data"), id=name).text = text
    element.append(segment)


def _add_metadata(element: etree._Element, unit: ExchangeUnit) -> None:
    from lxml import etree

    parent = etree.SubElement(element, _tag("metadata", _METADATA))
    group = etree.SubElement(parent, _tag("metaGroup", _METADATA), category="bilint")
    said = {
        "source": unit.source_digest,
        "target": unit.target_digest,
        "state": unit.state.value,
        "line": str(unit.line),
    }
    for name, text in said.items():
        etree.SubElement(group, _tag("meta", _METADATA), type=name).text = text


class _Data:
    """The original data of a unit: each text once."""

    def __init__(self) -> None:
        self.ids: dict[str, str] = {}

    def name(self, code: Code) -> str:
        return self.ids.setdefault(shown_code(code), f"d{len(self.ids) + 1}")


def _fill(element: etree._Element, text: Text, data: _Data) -> None:
    from lxml import etree

    closing = {
        part.number: part for part in text if isinstance(part, Code) and part.role is Role.CLOSE
    }
    stack = [element]
    for part in text:
        if isinstance(part, str):
            append_text(stack[-1], xml_safe(part))
        elif part.role is Role.CLOSE:
            stack.pop()
        else:
            alone = part.role is Role.ALONE
            code = etree.SubElement(stack[-1], _tag("ph" if alone else "pc"), id=str(part.number))
            if alone:
                code.set("dataRef", data.name(part))
            else:
                code.set("dataRefStart", data.name(part))
                code.set("dataRefEnd", data.name(closing[part.number]))
                stack.append(code)
            if part.kind in _TYPES:
                code.set("type", _TYPES[part.kind])


def read(data: bytes, limit: int) -> Returned:
    """What a document says. Raises `ExchangeError` for one that cannot be read at all."""
    root = xml_root(data, limit)
    space = root.tag.partition("}")[0].lstrip("{") if isinstance(root.tag, str) else ""
    if local_name(root) != "xliff" or not space.startswith(_FAMILY):
        raise ExchangeError("this is no XLIFF 2 document")
    locale = root.get("trgLang")
    entries: list[Entry] = []
    problems: list[Problem] = []
    for file in root:
        if local_name(file) != "file":
            continue
        for unit in file.iter():
            if local_name(unit) != "unit" or unit.get("id") == "none":
                continue
            if unit.get("id"):
                entries.append(_entry(unit, file.get("original"), locale))
            else:
                line = int(unit.sourceline or 1)
                problems.append(Problem("foreign", "a unit without an id", Span(line, line)))
    return Returned(tuple(entries), locale, tuple(problems))


def _entry(unit: etree._Element, path: str | None, locale: str | None) -> Entry:
    """A unit; a tool may have cut it into several segments."""
    said = {
        one.get("type"): (one.text or "").strip()
        for one in unit.iter()
        if local_name(one) == "meta"
    }
    original = {one.get("id"): one.text or "" for one in unit.iter() if local_name(one) == "data"}
    source: list[Part] = []
    target: list[Part] = []
    fuzzy = False
    for part in unit:
        if local_name(part) not in ("segment", "ignorable"):
            continue
        children = {local_name(child): child for child in part}
        source += _with_data(children.get("source"), original)
        target += _with_data(
            children.get("target" if "target" in children or local_name(part) == "segment"
                         else "source"),
            original,
        )  # fmt: skip
        untouched = part.get("subState") == _WORK and part.get("state") in (None, "initial")
        fuzzy = fuzzy or untouched
    return Entry(
        key=unit.get("id") or "",
        target=tuple(target),
        source=flat(source),
        locale=locale,
        path=path,
        fuzzy=fuzzy,
        source_digest=said.get("source"),
        target_digest=said.get("target"),
        line=int(unit.sourceline or 1),
    )


def _with_data(element: etree._Element | None, original: dict[str | None, str]) -> list[Part]:
    """The text of an element, its codes with their original data."""
    if element is None:
        return []
    names: dict[tuple[str, Role], str] = {}
    for child in element.iter():
        number = child.get("id") or ""
        names[number, Role.ALONE] = original.get(child.get("dataRef"), "")
        names[number, Role.OPEN] = original.get(child.get("dataRefStart"), "")
        names[number, Role.CLOSE] = original.get(child.get("dataRefEnd"), "")
    return [
        part._replace(text=part.text or names.get((str(part.number), part.role), ""))
        if isinstance(part, Code)
        else part
        for part in text_of(element)
    ]
