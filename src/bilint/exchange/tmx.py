"""TMX 1.4b: a translation memory of what is current, by lxml.

The DOCTYPE that some tools write is left out, and refused where a file has one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bilint import __version__
from bilint.exchange.doors import xml_root
from bilint.exchange.xml_text import (
    XML_LANG,
    append_text,
    indent,
    local_name,
    shown_code,
    text_of,
    xml_safe,
)
from bilint.model.exchange import (
    Bundle,
    Entry,
    ExchangeError,
    ExchangeUnit,
    Returned,
    Role,
    Text,
    UnitState,
    flat,
)
from bilint.model.language import primary_language
from bilint.model.pattern import late
from bilint.model.record import NamedTuple
from bilint.model.segment_text import normalise
from bilint.model.text import Problem, Span

if TYPE_CHECKING:
    from lxml import etree

_ELEMENTS = {Role.ALONE: "ph", Role.OPEN: "bpt", Role.CLOSE: "ept"}
_DATA = "x-bilint-"
_WHOLE = frozenset(("seg",))


def write(bundle: Bundle) -> bytes:
    """A memory of the units that are current; what is stale or not known is no memory."""
    from lxml import etree

    root = etree.Element("tmx", version="1.4")
    etree.SubElement(
        root,
        "header",
        {
            "creationtool": "bilint",
            "creationtoolversion": __version__,
            "segtype": "paragraph",
            "o-tmf": "bilint",
            "adminlang": "en",
            "srclang": bundle.source_language,
            "datatype": "x-markdown",
        },
    )
    body = etree.SubElement(root, "body")
    for unit in bundle.units:
        if unit.state is UnitState.CURRENT:
            _add_unit(body, bundle, unit)
    indent(root, _WHOLE)
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8")) + b"\n"


def _add_unit(body: etree._Element, bundle: Bundle, unit: ExchangeUnit) -> None:
    from lxml import etree

    element = etree.SubElement(body, "tu", tuid=unit.key)
    for note in unit.notes:
        etree.SubElement(element, "note").text = xml_safe(note)
    said = {"page": unit.path, "source": unit.source_digest, "target": unit.target_digest}
    for name, value in said.items():
        etree.SubElement(element, "prop", type=f"{_DATA}{name}").text = xml_safe(value)
    for language, text in (
        (bundle.source_language, unit.source),
        (bundle.locale, unit.target),
    ):
        variant = etree.SubElement(element, "tuv", {XML_LANG: language})
        _fill(etree.SubElement(variant, "seg"), text)


def _fill(element: etree._Element, text: Text) -> None:
    from lxml import etree

    for part in text:
        if isinstance(part, str):
            append_text(element, xml_safe(part))
            continue
        code = etree.SubElement(element, _ELEMENTS[part.role])
        number = str(part.number)
        if part.role is Role.ALONE:
            code.set("x", number)
        else:
            # `i` pairs the two halves, `x` finds the code in the other language.
            code.set("i", number)
            if part.role is Role.OPEN:
                code.set("x", number)
        if part.role is not Role.CLOSE:
            code.set("type", part.kind)
        code.text = shown_code(part)


def read(data: bytes, limit: int) -> Returned:
    """What a memory says of units that Bilint wrote into it; others are told.

    Raises `ExchangeError` for a file that cannot be read at all.
    """
    root = xml_root(data, limit)
    if local_name(root) != "tmx":
        raise ExchangeError("this is no TMX document")
    header = next((one for one in root if local_name(one) == "header"), None)
    source_language = header.get("srclang") if header is not None else None
    entries: list[Entry] = []
    problems: list[Problem] = []
    locale = None
    for unit in root.iter():
        if local_name(unit) != "tu":
            continue
        entry = _entry(unit, unit.get("srclang") or source_language or "en")
        if entry is None:
            line = int(unit.sourceline or 1)
            problems.append(
                Problem("foreign", "a unit that Bilint did not write", Span(line, line))
            )
        else:
            entries.append(entry)
            locale = locale or entry.locale
    return Returned(tuple(entries), locale, tuple(problems))


def _entry(unit: etree._Element, source_language: str) -> Entry | None:
    said = {
        (one.get("type") or "").removeprefix(_DATA): (one.text or "").strip()
        for one in unit
        if local_name(one) == "prop" and (one.get("type") or "").startswith(_DATA)
    }
    variants: dict[str, etree._Element] = {}
    for one in unit:
        if local_name(one) == "tuv":
            seg = next((child for child in one if local_name(child) == "seg"), None)
            variants[one.get(XML_LANG) or one.get("lang") or ""] = seg
    plain = primary_language(source_language)
    sources = [name for name in variants if name.lower() == source_language.lower()]
    sources = sources or [name for name in variants if primary_language(name) == plain]
    targets = [name for name in variants if name not in sources[:1]]
    if not unit.get("tuid") or "source" not in said or not sources or not targets:
        return None
    return Entry(
        key=unit.get("tuid") or "",
        target=text_of(variants[targets[0]], ("x", "i")),
        source=flat(text_of(variants[sources[0]], ("x", "i"))),
        locale=targets[0] or None,
        path=said.get("page") or None,
        source_digest=said["source"],
        target_digest=said.get("target"),
        line=int(unit.sourceline or 1),
    )


class Pairing(NamedTuple):
    """A unit of any memory: a text, what translates it, and the language of that."""

    source: str
    target: str
    locale: str


def read_memory(data: bytes, source_language: str, limit: int) -> tuple[Pairing, ...]:
    """The units of a memory that any tool wrote, with the codes in their texts as they are.

    A DOCTYPE that only names the DTD of TMX is passed over, and UTF-16 is read: many tools write
    both. Raises `ExchangeError` for a file that cannot be read at all.
    """
    root = xml_root(_as_utf_8(data, limit), limit)
    if local_name(root) != "tmx":
        raise ExchangeError("this is no TMX document")
    plain = primary_language(source_language)
    found: dict[Pairing, None] = {}
    for unit in root.iter():
        if local_name(unit) != "tu":
            continue
        sources: list[str] = []
        targets: list[tuple[str, str]] = []
        for variant in unit:
            if local_name(variant) != "tuv":
                continue
            language = variant.get(XML_LANG) or variant.get("lang") or ""
            seg = next((child for child in variant if local_name(child) == "seg"), None)
            text = normalise(flat(text_of(seg, ("x", "i"))))
            if text and primary_language(language) == plain:
                sources.append(text)
            elif text:
                targets.append((language, text))
        for source in sources[:1]:
            found.update((Pairing(source, text, language), None) for language, text in targets)
    return tuple(found)


_DECLARATION = late(r"\A\ufeff?\s*<\?xml[^>]*\?>")
_DTD = late(
    rb"<!DOCTYPE\s+tmx\s+(?:SYSTEM|PUBLIC\s+(?:\"[^\"]*\"|'[^']*'))\s+(?:\"[^\"]*\"|'[^']*')\s*>"
)
_HEAD = 2_000


def _as_utf_8(data: bytes, limit: int) -> bytes:
    """The same file in UTF-8 and without a DOCTYPE that declares nothing of its own."""
    if len(data) <= limit and data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            text = data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise ExchangeError(f"the file is no UTF-16: {error.reason}") from error
        data = _DECLARATION.sub("", text, count=1).encode("utf-8", "surrogatepass")
    return _DTD.sub(b"", data[:_HEAD], count=1) + data[_HEAD:]
