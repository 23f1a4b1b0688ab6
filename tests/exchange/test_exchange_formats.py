"""Every format gives back what was put in, and other tools accept what it writes."""

from __future__ import annotations

import importlib
import io
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from made_pages import PAGES, SOURCE, TARGET, bundle_of, document

from bilint.exchange.formats import FORMATS, recognise
from bilint.exchange.inline import read_text, resolve
from bilint.model.document import SegmentKind
from bilint.model.exchange import (
    Bundle,
    Code,
    Entry,
    ExchangeError,
    ExchangeUnit,
    UnitState,
    flat,
)
from examples import examples

LIMIT = 64 * 1024 * 1024
SCHEMAS = Path(__file__).parent / "schemas"
XML = ["xliff", "xliff2", "tmx"]
TEXT = [name for name in FORMATS if name != "xlsx"]


def write(name: str, bundle: Bundle) -> bytes:
    if name == "xlsx":
        pytest.importorskip("openpyxl")
    return FORMATS[name].write(bundle)


def entries(name: str, data: bytes) -> dict[str, Entry]:
    returned = FORMATS[name].read(data, LIMIT)
    assert not returned.problems
    return {entry.key: entry for entry in returned.entries}


def back(unit: ExchangeUnit, entry: Entry) -> str:
    text = resolve(entry.target, unit.target, unit.source)
    assert not isinstance(text, Code)
    return flat(text)


def sample(state: UnitState) -> Bundle:
    return bundle_of(SOURCE, TARGET, state)


@pytest.mark.parametrize("state", [s for s in UnitState if s is not UnitState.OBSOLETE])
@pytest.mark.parametrize("name", FORMATS)
def test_what_goes_out_comes_back(name: str, state: UnitState) -> None:
    if name == "tmx" and state is not UnitState.CURRENT:
        pytest.skip("only what is current is a memory")
    bundle = sample(state)
    data = write(name, bundle)
    assert write(name, bundle) == data
    assert recognise(data, f"it{FORMATS[name].suffix}") == name
    found = entries(name, data)
    assert found.keys() == {unit.key for unit in bundle.units}
    for unit in bundle.units:
        entry = found[unit.key]
        assert back(unit, entry) == flat(unit.target)
        assert (entry.path, entry.source) == (unit.path, flat(unit.source))
        assert (entry.source_digest, entry.target_digest) == (
            unit.source_digest,
            unit.target_digest,
        )
        assert entry.line > 1


@pytest.mark.parametrize("name", TEXT)
@examples(60)
@given(source=PAGES, target=PAGES)
def test_odd_texts_come_back(name: str, source: str, target: str) -> None:
    left = [read_text(one) for one in document(source).segments]
    right = [read_text(one) for one in document(target).segments]
    units = tuple(
        ExchangeUnit(f"key{index}", "a b.md", 1, SegmentKind.PARAGRAPH, UnitState.CURRENT, *texts)
        for index, texts in enumerate(zip(left, right, strict=False))
    )
    found = entries(name, write(name, Bundle("ja-JP", "en", units)))
    for unit in units:
        assert back(unit, found[unit.key]) == flat(unit.target)
        assert found[unit.key].source_digest == unit.source_digest


@pytest.mark.parametrize("name", TEXT)
@examples(100)
@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    try:
        FORMATS[name].read(data, LIMIT)
    except ExchangeError as error:
        assert str(error)


@pytest.mark.parametrize("name", TEXT)
@examples(50)
@given(data=st.data())
def test_a_file_cut_or_bitten_is_read_or_refused(name: str, data: st.DataObject) -> None:
    raw = FORMATS[name].write(sample(UnitState.CURRENT))
    start = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(start, min(len(raw), start + 40)))
    middle = data.draw(st.binary(max_size=5))
    try:
        FORMATS[name].read(raw[:start] + middle + raw[end:], LIMIT)
    except ExchangeError as error:
        assert str(error)


@pytest.mark.parametrize("name", FORMATS)
def test_too_large_is_refused(name: str) -> None:
    data = write(name, sample(UnitState.CURRENT))
    with pytest.raises(ExchangeError, match="limit"):
        FORMATS[name].read(data, 100)


@pytest.mark.parametrize("name", TEXT)
def test_another_charset_is_refused(name: str) -> None:
    data = FORMATS[name].write(sample(UnitState.CURRENT))
    with pytest.raises(ExchangeError, match="UTF-8"):
        FORMATS[name].read(data.decode().replace("è", "é").encode("latin-1", "replace"), LIMIT)
    wide = data.decode().encode("utf-16")
    if name == "csv":
        # What a spreadsheet calls Unicode text.
        assert FORMATS[name].read(wide, LIMIT) == FORMATS[name].read(data, LIMIT)
        return
    with pytest.raises(ExchangeError, match="UTF-16"):
        FORMATS[name].read(wide, LIMIT)


BOMB = """<?xml version="1.0"?>
<!-- a comment --><?pi?>
<!DOCTYPE xliff [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="&f;">
<body><trans-unit id="x"><source>&b;</source></trans-unit></body></file></xliff>
"""


@pytest.mark.parametrize("name", XML)
def test_a_doctype_is_refused(name: str) -> None:
    with pytest.raises(ExchangeError, match="DOCTYPE"):
        FORMATS[name].read(BOMB.encode(), LIMIT)


@pytest.mark.parametrize("name", XML)
def test_deep_nesting_is_refused(name: str) -> None:
    for depth in (300, 100_000):
        data = b"<xliff>" + b"<g>" * depth + b"</g>" * depth + b"</xliff>"
        with pytest.raises(ExchangeError):
            FORMATS[name].read(data, LIMIT)


@pytest.mark.parametrize("name", XML)
def test_a_declared_charset_is_believed(name: str) -> None:
    data = b'<?xml version="1.0" encoding="windows-1252"?><xliff version="1.2"/>'
    with pytest.raises(ExchangeError, match="windows-1252"):
        FORMATS[name].read(data, LIMIT)


def test_foreign_xml_is_told() -> None:
    with pytest.raises(ExchangeError, match="neither"):
        recognise(b"<html></html>", "x.xlf")
    with pytest.raises(ExchangeError, match="none of"):
        recognise(b"\x00\x01", "x.bin")
    for name in XML:
        with pytest.raises(ExchangeError):
            FORMATS[name].read(b"<html/>", LIMIT)


# ---- PO ----


def test_what_a_catalogue_says() -> None:
    data = FORMATS["po"].write(sample(UnitState.STALE)).decode()
    block = next(b for b in data.split("\n\n") if "Signals" in b and "msgctxt" in b)
    assert "#, fuzzy\n" in block
    assert '#| msgid "OPEN [!DNL HARBOR]' in block
    assert "#: help/the%20beacon.md:4\n" in block
    assert "#. warning x: a <note> & more\n" in block
    assert 6 <= len("k0000003") <= 10
    assert 'msgctxt "k0000003"' in block


def test_obsolete_units_are_out_of_sight() -> None:
    data = FORMATS["po"].write(sample(UnitState.OBSOLETE))
    assert b"\n#~ msgid" in data
    assert not FORMATS["po"].read(data, LIMIT).entries


def test_fuzzy_comes_back() -> None:
    data = FORMATS["po"].write(sample(UnitState.STALE))
    assert all(entry.fuzzy for entry in FORMATS["po"].read(data, LIMIT).entries)
    data = data.replace(b"#, fuzzy\n", b"")
    assert not any(entry.fuzzy for entry in FORMATS["po"].read(data, LIMIT).entries)


@pytest.mark.parametrize("width", [20, 78])
def test_a_tool_may_wrap_what_bilint_noted(width: int) -> None:
    data = FORMATS["po"].write(sample(UnitState.STALE))
    path = "help/" + "a-folder-of-a-very-long-name/" * 4 + "lamp.md"
    data = data.replace(b"help/the%20beacon.md", path.encode())
    polib = pytest.importorskip("polib")
    wrapped = f"{polib.pofile(data.decode(), wrapwidth=width)}".encode()
    assert b"source=" in wrapped
    assert not [one for one in wrapped.split(b"\n") if b"#. bilint" in one and b"source=" in one]
    before, after = entries("po", data), entries("po", wrapped)
    assert all(entry.source_digest and entry.path for entry in after.values())
    assert {key: one._replace(line=0) for key, one in before.items()} == {
        key: one._replace(line=0) for key, one in after.items()
    }


def test_a_catalogue_without_its_comments_still_says_what_it_translates() -> None:
    data = FORMATS["po"].write(sample(UnitState.CURRENT))
    bare = b"\n".join(line for line in data.split(b"\n") if not line.startswith(b"#."))
    returned = FORMATS["po"].read(bare, LIMIT)
    assert returned.locale == "it-IT"
    assert {(e.source_digest, e.target_digest, e.path) for e in returned.entries} == {
        (None, None, None)
    }
    assert all(entry.source for entry in returned.entries)


@pytest.mark.parametrize(
    "wrong", ['msgstr "never ends', 'msgstr "a"b"', 'msgid "twice"\nmsgstr "x"', "what is this?"]
)
def test_a_damaged_entry_is_left_out_and_told(wrong: str) -> None:
    good = FORMATS["po"].write(sample(UnitState.CURRENT)).decode()
    bad = good + f'\nmsgctxt "zzz"\nmsgid "z"\n{wrong}\n\nmsgctxt "yyy"\nmsgid "y"\nmsgstr "Y"\n'
    returned = FORMATS["po"].read(bad.encode(), LIMIT)
    keys = {entry.key for entry in returned.entries}
    assert "zzz" not in keys
    assert {"yyy", "k0000000"} <= keys
    assert [one.span.start for one in returned.problems] == [good.count("\n") + 2]


def test_a_path_is_no_catalogue(tmp_path: Path) -> None:
    secret = tmp_path / "secret.po"
    secret.write_bytes(FORMATS["po"].write(sample(UnitState.CURRENT)))
    returned = FORMATS["po"].read(str(secret).encode(), LIMIT)
    assert not returned.entries
    assert len(returned.problems) == 1


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
@pytest.mark.parametrize("state", UnitState)
def test_gettext_accepts_it(tmp_path: Path, state: UnitState) -> None:
    file = tmp_path / "it.po"
    file.write_bytes(FORMATS["po"].write(sample(state)))
    command = ["msgfmt", "-c", "-o", str(tmp_path / "it.mo"), str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "error" not in done.stderr


# ---- XLIFF, TMX ----


class _Local(etree.Resolver):  # type: ignore[misc]
    """Gives the schemas what stands beside them, and nothing else."""

    def resolve(self, url: str, _identity: str, context: Any) -> Any:
        if url.endswith("xml.xsd"):
            return self.resolve_filename(str(SCHEMAS / "xml.xsd"), context)
        return None


def schema(name: str) -> Any:
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Local())
    return etree.XMLSchema(etree.parse(str(SCHEMAS / name), parser))


SCHEMA_OF = {"xliff": "xliff-core-1.2-strict.xsd", "xliff2": "xliff-core-2.0.xsd"}


@pytest.mark.parametrize("state", UnitState)
@pytest.mark.parametrize("name", list(SCHEMA_OF))
def test_the_schema_accepts_it(name: str, state: UnitState) -> None:
    valid = schema(SCHEMA_OF[name])
    valid.assertValid(etree.fromstring(FORMATS[name].write(sample(state))))
    valid.assertValid(etree.fromstring(FORMATS[name].write(Bundle("it-IT", "en", ()))))


@examples(30)
@given(source=PAGES, target=PAGES)
def test_the_schemas_accept_odd_texts(source: str, target: str) -> None:
    left = [read_text(one) for one in document(source).segments]
    right = [read_text(one) for one in document(target).segments]
    units = tuple(
        ExchangeUnit(f"key{index}", "a b.md", 1, SegmentKind.PARAGRAPH, UnitState.CURRENT, *texts)
        for index, texts in enumerate(zip(left, right, strict=False))
    )
    for name, file in _SCHEMAS.items():
        file.assertValid(etree.fromstring(FORMATS[name].write(Bundle("ja-JP", "en", units))))


_SCHEMAS = {name: schema(file) for name, file in SCHEMA_OF.items()}


def test_the_dtd_accepts_a_memory() -> None:
    dtd = etree.DTD(str(SCHEMAS / "tmx14.dtd"))
    for bundle in (sample(UnitState.CURRENT), sample(UnitState.NEW)):
        assert dtd.validate(etree.fromstring(FORMATS["tmx"].write(bundle))), dtd.error_log


def test_a_memory_holds_only_what_is_current() -> None:
    for state in (UnitState.NEW, UnitState.STALE, UnitState.UNKNOWN, UnitState.OBSOLETE):
        assert not FORMATS["tmx"].read(FORMATS["tmx"].write(sample(state)), LIMIT).entries


def test_a_foreign_memory_is_told() -> None:
    data = b"""<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>a</seg>
    </tuv><tuv xml:lang="it"><seg>b</seg></tuv></tu></body></tmx>"""
    returned = FORMATS["tmx"].read(data, LIMIT)
    assert not returned.entries
    assert "did not write" in returned.problems[0].message


def test_codes_stand_in_original_data() -> None:
    data = FORMATS["xliff2"].write(sample(UnitState.CURRENT)).decode()
    assert '<data id="d1">[!DNL Harbor]</data>' in data
    assert 'select **<pc id="2" dataRefStart="d2" dataRefEnd="d3">Signals</pc>**' in data


def test_a_unit_that_was_cut_into_segments_is_one() -> None:
    data = b"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="en"
    trgLang="it"><file id="f"><unit id="k"><originalData><data id="d1">`x`</data></originalData>
    <segment><source>One.</source><target>Uno.</target></segment><ignorable><source> </source>
    </ignorable><segment><source>Two <ph id="1" dataRef="d1"/>.</source><target>Due <ph id="1"
    dataRef="d1"/>.</target></segment></unit></file></xliff>"""
    (entry,) = FORMATS["xliff2"].read(data, LIMIT).entries
    assert flat(entry.target) == "Uno. Due `x`."
    assert entry.source == "One. Two `x`."


STATES = {
    UnitState.NEW: ("new", "no"),
    UnitState.STALE: ("needs-translation", "no"),
    UnitState.UNKNOWN: ("needs-review-translation", "no"),
}


@pytest.mark.parametrize("state", STATES)
def test_both_states_are_said(state: UnitState) -> None:
    root = etree.fromstring(FORMATS["xliff"].write(sample(state)))
    space = {"x": root.nsmap[None]}
    for unit in root.iterfind(".//x:trans-unit", space):
        assert (unit.find("x:target", space).get("state"), unit.get("approved")) == STATES[state]


def test_what_is_current_is_approved_unless_something_was_found_in_it() -> None:
    root = etree.fromstring(FORMATS["xliff"].write(sample(UnitState.CURRENT)))
    space = {"x": root.nsmap[None]}
    said = {
        (
            unit.find("x:target", space).get("state"),
            unit.get("approved"),
            unit.find("x:note", space) is not None,
        )
        for unit in root.iterfind(".//x:trans-unit", space)
    }
    assert said == {("translated", "yes", False), ("needs-adaptation", "no", True)}


def test_codes_are_no_text() -> None:
    data = FORMATS["xliff"].write(sample(UnitState.CURRENT)).decode()
    assert '<ph id="1" ctype="x-dnl">[!DNL Harbor]</ph>' in data
    assert '<bpt id="3" ctype="link">[</bpt>menu<ept id="3">](help/menu.md "Menu")</ept>' in data


def test_codes_of_the_target_bear_the_attributes_of_those_of_the_source() -> None:
    root = etree.fromstring(FORMATS["xliff"].write(sample(UnitState.CURRENT)))
    space = {"x": root.nsmap[None]}
    for unit in root.iterfind(".//x:trans-unit", space):
        source, target = (
            {(code.tag, *sorted(code.attrib.items())) for code in unit.find(f"x:{name}", space)}
            for name in ("source", "target")
        )
        assert source == target


def test_segments_of_other_tools_are_read() -> None:
    data = b"""<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
    <file original="a.md" target-language="it"><body><group><trans-unit id="k"><source>One. Two.
    </source><seg-source><mrk mtype="seg" mid="1">One.</mrk> <mrk mtype="seg" mid="2">Two.</mrk>
    </seg-source><target><mrk mtype="seg" mid="1">Uno<g id="1">!</g></mrk> <mrk mtype="seg"
    mid="2"><x id="2"/>Due.</mrk></target></trans-unit></group></body></file></xliff>"""
    (entry,) = FORMATS["xliff"].read(data, LIMIT).entries
    assert [p if isinstance(p, str) else (p.number, p.role.value) for p in entry.target] == [
        "Uno", (1, "open"), "!", (1, "close"), " ", (2, "alone"), "Due.",
    ]  # fmt: skip


@pytest.mark.parametrize("state", [s for s in UnitState if s is not UnitState.OBSOLETE])
@pytest.mark.parametrize("name", [name for name in FORMATS if name not in ("xlsx",)])
def test_the_translate_toolkit_reads_it(name: str, state: UnitState) -> None:
    factory = pytest.importorskip("translate.storage.factory")
    if name == "tmx" and state is not UnitState.CURRENT:
        pytest.skip("only what is current is a memory")
    if name == "csv":
        pytest.skip("its tables have other columns")
    bundle = sample(state)
    data = FORMATS[name].write(bundle)
    if name == "xliff2":
        store = importlib.import_module("translate.storage.xliff2").Xliff2File.parsestring(data)
    else:
        file = io.BytesIO(data)
        file.name = f"it{FORMATS[name].suffix}"
        store = factory.getobject(file)
    units = [unit for unit in store.units if not unit.isheader()]
    assert len(units) == len(bundle.units)
    translated = state is not UnitState.NEW
    # Of XLIFF 2.0 it leaves out codes, and some cells are nothing else.
    assert all(bool(unit.target) == translated for unit in units if unit.source)
    if name in ("po", "xliff") and state is UnitState.STALE:
        assert all(unit.isfuzzy() for unit in units)


# ---- tables ----


@pytest.mark.parametrize("text", ["=1+1", "'=1", "''+1", "@x", "-2", "\t=1", " =1", "'a", "a=1"])
def test_no_cell_is_a_formula(text: str) -> None:
    from bilint.exchange.cells import defused, undefused

    assert undefused(defused(text)) == text
    assert not defused(text).lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_a_spreadsheet_may_change_the_delimiter(delimiter: str) -> None:
    text = f"key{delimiter}translation\nk1{delimiter}Uno\n"
    (entry,) = FORMATS["csv"].read(text.encode(), LIMIT).entries
    assert (entry.key, entry.target) == ("k1", ("Uno",))


def test_a_decision_is_read_and_a_wrong_one_told() -> None:
    text = "key,translation,decision,comment\nk1,a,Accepted,fine\nk2,b,rework,\nk3,c,dunno,\n"
    returned = FORMATS["csv"].read(text.encode(), LIMIT)
    assert [(e.decision, e.fuzzy, e.comment) for e in returned.entries] == [
        ("accepted", False, "fine"),
        ("rework", True, ""),
        ("", True, ""),
    ]
    assert [one.span.start for one in returned.problems] == [4]


def test_a_table_of_something_else_is_told() -> None:
    with pytest.raises(ExchangeError, match="lacks the column key"):
        FORMATS["csv"].read(b"name,translation\n", LIMIT)


# ---- workbooks ----

openpyxl = pytest.importorskip("openpyxl")


LONG = "a" * 40_000


def workbook(**cells: object) -> bytes:
    book = openpyxl.Workbook()
    for place, text in cells.items():
        book.active[place] = text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_only_the_columns_of_the_translator_are_open() -> None:
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(sample(UnitState.STALE))))
    sheet = book.active
    assert sheet.protection.sheet
    names = [cell.value for cell in sheet[1]]
    unlocked = {
        name
        for row in sheet.iter_rows(min_row=2)
        for name, cell in zip(names, row, strict=True)
        if not cell.protection.locked
    }
    assert unlocked == {"translation", "decision", "comment"}
    (choice,) = sheet.data_validations.dataValidation
    assert choice.formula1 == '"accepted,rework,delete"'
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "'=1",
        "a\x0bb",
        "_x000B_",
        "a\u2028b",
        "x\ny",
        "\ufffe",
        "1/2",
        "007",
        "TRUE",
        "a" * 40_000,
    ],
)
def test_a_cell_gives_back_its_text(text: str) -> None:
    unit = ExchangeUnit(
        "k1", "a.md", 1, SegmentKind.PARAGRAPH, UnitState.CURRENT, ("Source",), (text,)
    )
    data = FORMATS["xlsx"].write(Bundle("it-IT", "en", (unit,)))
    (entry,) = FORMATS["xlsx"].read(data, LIMIT).entries
    # What does not fit into a cell is left out, and not cut.
    assert flat(entry.target) == (text if len(text) < 32_767 else "")
    assert entry.target_digest == unit.target_digest


def test_a_formula_or_a_date_that_came_in_says_nothing() -> None:
    from datetime import datetime

    data = workbook(
        A1="key", B1="translation", A2="k1", B2="=HYPERLINK(1)", A3="k2",
        B3=datetime(2026, 1, 2), A4="k3", B4="Tre",
    )  # fmt: skip
    returned = FORMATS["xlsx"].read(data, LIMIT)
    assert [(e.key, flat(e.target)) for e in returned.entries] == [
        ("k1", ""), ("k2", ""), ("k3", "Tre"),
    ]  # fmt: skip
    assert [p.span.start for p in returned.problems] == [2, 3]


def test_a_workbook_that_unpacks_to_too_much_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 10_000_000)
    with pytest.raises(ExchangeError, match="unpacks to more"):
        FORMATS["xlsx"].read(out.getvalue(), 1_000_000)


def test_a_doctype_in_a_workbook_is_refused() -> None:
    good = FORMATS["xlsx"].write(sample(UnitState.CURRENT))
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(good)) as source,
        zipfile.ZipFile(out, "w") as archive,
    ):
        for part in source.infolist():
            content = source.read(part)
            if part.filename.endswith("sheet1.xml"):
                content = b'<!DOCTYPE x [<!ENTITY a "b">]>' + content
            archive.writestr(part.filename, content)
    with pytest.raises(ExchangeError, match="DOCTYPE"):
        FORMATS["xlsx"].read(out.getvalue(), LIMIT)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"PK\x03\x04" + b"x" * 100])
def test_what_is_no_workbook_is_refused(data: bytes) -> None:
    with pytest.raises(ExchangeError):
        FORMATS["xlsx"].read(data, LIMIT)


def test_without_openpyxl_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ExchangeError, match=r"pip install 'bilint\[xlsx\]'"):
        FORMATS["xlsx"].write(sample(UnitState.CURRENT))


def test_a_table_that_was_cut_off_says_where() -> None:
    data = FORMATS["csv"].write(sample(UnitState.CURRENT))
    whole = data.decode().rindex("\r\n", 0, -2)
    with pytest.raises(ExchangeError, match=r"line \d+: the file ends within this row"):
        FORMATS["csv"].read(data[:whole] + b'\r\n"abc', LIMIT)
