from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reports import finding, page, whole_report

from bilint.model.alignment import ChangeClass, PageStatus
from bilint.model.finding import Confidence, Family, Finding, FindingState, Severity, Side, Skipped
from bilint.model.pair import PairedBy
from bilint.model.report import Report, SourceUsed, Tool
from bilint.queue import REASONS
from bilint.reporters.json_report import CHUNK, SCHEMA, render_json
from bilint.reporters.schema import report_schema

EMPTY = Report(
    tool=Tool("bilint", "0.1.0", (), "experience-league", {}),
    source=SourceUsed(None, None),
    pages=None,
    findings=None,
    queue=None,
    skipped=(),
    incidents=(),
)


def rendered(report: Report) -> bytes:
    return b"".join(render_json(report))


def validate(report: Report) -> Any:
    data = json.loads(rendered(report))
    schema = json.loads(report_schema())
    jsonschema.Draft202012Validator(schema).validate(data)
    return data


def test_what_was_not_computed_is_null() -> None:
    assert rendered(EMPTY).decode() == (
        '{"schema":"bilint/1",\n'
        '"tool":{"name":"bilint","version":"0.1.0","checks":[],'
        '"profile":"experience-league","engines":{}},\n'
        '"source":{"repository":null,"revision":null},\n'
        '"pages":null,\n'
        '"findings":null,\n'
        '"queue":null,\n'
        '"skipped":[],\n'
        '"incidents":[],\n'
        '"stale_baseline":[],\n'
        '"unused_ignores":[],\n'
        '"contradictions":[],\n'
        '"segments":null,\n'
        '"impact":null,\n'
        '"budgets":null,\n'
        '"trend":null,\n'
        '"verdict":null,\n'
        '"counts":{"pages":null,"findings":null,"queue":null,"skipped":0,"incidents":0,'
        '"stale_baseline":0}}\n'
    )


def test_a_finding_keeps_its_names_and_their_order() -> None:
    report = EMPTY._replace(findings=(finding(evidence={"b": 1, "a": 0.5}),))
    line = rendered(report).decode().split("\n")[5]
    assert line == (
        '{"check":"dnl-altered","family":"tokens","severity":"error","confidence":"high",'
        '"side":"target","locale":"it-IT","path":"help/a.md","line":12,"column":6,"end_line":12,'
        '"end_column":22,'
        '"message":"The name inside the token was translated: “Posta” should read “Mail”.",'
        '"subject":"Mail","source":{"path":"help/a.md",'
        '"revision":"5d0f1c2a9b8e7d6c5b4a39281706f5e4d3c2b1a0","line":12,"text":"[!DNL Mail]"},'
        '"text":"[!DNL Posta]","evidence":{"a":0.5,"b":1},"suggestion":null,'
        '"fingerprint":"0123456789abcdef","group":"dnl-altered:it-IT:help/a.md","state":"open",'
        '"digests":{"source":"","target":""},"decision":null}'
    )


def test_a_page_and_an_item_keep_their_names_and_their_order() -> None:
    whole = whole_report()
    assert whole.pages is not None
    assert whole.queue is not None
    lines = rendered(EMPTY._replace(pages=whole.pages[2:3], queue=whole.queue[:1])).decode()
    assert lines.split("\n")[4] == (
        '{"locale":"it-IT",'
        '"path":"help/letters/sending/letters-that-were-never-sent-and-why.md",'
        '"id":"0a1b2c3d","paired_by":"id","status":"stale","reason":null,"moved":false,'
        '"pin":"5d0f1c2a9b8e7d6c5b4a39281706f5e4d3c2b1a0","base_path":"help/letters.md",'
        '"source_path":"help/letters.md","ht_degree":94.0,"workflow":"tm+mt",'
        '"segments":{"total":46,"current":40,"stale":3,"obsolete":1,"new":2},'
        '"words_to_do":1312,"changes":["prose","links"],'
        '"work":{"stale":2,"obsolete":1,"new":2,"stale_words":1250,"new_words":62,"answered":1,'
        '"expired":0},"drift":null,"word_count":null}'
    )
    assert lines.split("\n")[8].startswith(
        '{"rank":1,"locale":"it-IT",'
        '"path":"help/letters/sending/letters-that-were-never-sent-and-why.md",'
        '"id":"0a1b2c3d","score":163,'
        '"reasons":[{"code":"stale","points":96,"text":"2 stale segments, 1,250 words"},'
    )


def test_one_item_stands_on_one_line() -> None:
    report = whole_report()
    assert report.pages is not None
    assert report.findings is not None
    assert report.queue is not None
    items = len(report.pages) + len(report.findings) + len(report.queue)
    items += len(report.skipped) + len(report.incidents) + len(report.stale_baseline)
    items += len(report.unused_ignores)
    # Each of seven lists has an opening and a closing line; schema, tool, source and counts have
    # one, and so have contradictions, segments, impact, budgets, trend and verdict, with nothing.
    assert rendered(report).count(b"\n") == items + 7 * 2 + 10


def test_counts() -> None:
    counts = validate(whole_report())["counts"]
    assert counts["pages"] == {
        "total": 8,
        "status": {
            "untranslated": 1,
            "clash": 0,
            "unknown": 1,
            "unpinned": 0,
            "orphan": 0,
            "stale": 2,
            "cosmetic": 1,
            "current": 3,
        },
        "moved": 1,
        "words_to_do": 1952,
        "words_unknown": 1,
        "locales": counts["pages"]["locales"],
    }
    assert list(counts["pages"]["locales"]) == ["ar-SA", "it-IT", "ja-JP"]
    assert counts["pages"]["locales"]["it-IT"]["total"] == 6
    assert counts["findings"] == {
        "total": 11,
        "state": {
            "open": 9,
            "expired": 0,
            "accepted": 0,
            "known": 1,
            "earlier": 0,
            "suppressed": 1,
        },
        "severity": {"error": 3, "warning": 5, "info": 1},
        "check": {"dnl-altered": 3, "title-whitespace": 1, "token-broken": 1, "token-glued": 4},
    }
    assert counts["queue"] == {
        "items": 2,
        "words_to_do": 1952,
        "minutes": 248,
        "locales": {"it-IT": {"items": 2, "words_to_do": 1952, "minutes": 248}},
    }
    assert (counts["skipped"], counts["incidents"]) == (3, 1)


@pytest.mark.parametrize(
    "report",
    [
        EMPTY,
        whole_report(),
        EMPTY._replace(pages=(), findings=(), queue=()),
        EMPTY._replace(skipped=(Skipped("c", None, "r"),)),
        EMPTY._replace(pages=(page(path=None, status=PageStatus.UNKNOWN),)),
    ],
    ids=["empty", "whole", "nothing found", "skipped", "not examined"],
)
def test_reports_keep_to_the_schema(report: Report) -> None:
    assert validate(report)["schema"] == SCHEMA


def test_the_schema_is_strict() -> None:
    schema = json.loads(report_schema())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = json.loads(rendered(whole_report()))
    for key in ("pages", "findings", "queue"):
        del good[key][2:]

    def broken(change: str, *path: str | int) -> bool:
        data = json.loads(json.dumps(good))
        at = data
        for step in path[:-1]:
            at = at[step]
        if change == "drop":
            del at[path[-1]]
        else:
            at[path[-1]] = json.loads(change)
        return not validator.is_valid(data)

    assert validator.is_valid(good)
    assert broken('"bilint/2"', "schema")
    assert broken("1", "extra")
    assert broken("0", "findings", 0, "line")
    assert broken('"it-IT"', "findings", 0, "locale")  # stands on a source page
    assert broken("null", "findings", 1, "locale")
    assert broken("null", "pages", 0, "path")  # is translated
    assert broken('"fatal"', "findings", 0, "severity")
    assert broken('"fresh"', "pages", 0, "status")
    assert broken("1.5", "pages", 0, "words_to_do")
    assert broken("[]", "queue", 0, "reasons")
    for where in objects(good):
        for key in where.value:
            if isinstance(where.value, dict) and where.fixed:
                assert broken("drop", *where.path, key), (*where.path, key)
        if where.fixed:
            assert broken("1", *where.path, "extra"), where.path


class Where:
    """An object of the report; `fixed` when the schema names all of its keys."""

    def __init__(self, path: tuple[str | int, ...], value: Any) -> None:
        self.path = path
        self.value = value
        self.fixed = not path or path[-1] not in ("evidence", "engines", "locales", "check")


def objects(value: Any, path: tuple[str | int, ...] = ()) -> Iterable[Where]:
    if isinstance(value, dict):
        yield Where(path, value)
        for key, inner in value.items():
            yield from objects(inner, (*path, key))
    elif isinstance(value, list) and value:
        yield from objects(value[0], (*path, 0))


def test_the_schema_knows_the_words_of_the_model() -> None:
    schema = json.loads(report_schema())
    defs = schema["$defs"]
    page_of, finding_of = defs["page"]["properties"], defs["finding"]["properties"]

    def same(words: list[str | None], enum: type[StrEnum], *more: None) -> bool:
        return words == [*(member.value for member in enum), *more]

    assert same(defs["status"]["enum"], PageStatus)
    assert same(defs["change"]["enum"], ChangeClass)
    assert same(defs["severity"]["enum"], Severity)
    assert same(defs["state"]["enum"], FindingState)
    assert same(page_of["paired_by"]["enum"], PairedBy, None)
    assert same(defs["family"]["enum"], Family)
    assert same(finding_of["confidence"]["enum"], Confidence)
    assert same(finding_of["side"]["enum"], Side)
    reason = defs["queue_item"]["properties"]["reasons"]["items"]["properties"]
    assert set(reason["code"]["enum"]) == set(REASONS)
    assert list(defs["status_counts"]["properties"]) == [status.value for status in PageStatus]


def test_every_object_of_the_schema_is_closed_and_every_key_required() -> None:
    def check(schema: Any) -> int:
        if isinstance(schema, list):
            return sum(map(check, schema))
        if not isinstance(schema, dict):
            return 0
        found = 0
        if "object" in schema.get("type", ()) and "properties" in schema:
            assert schema["additionalProperties"] is False
            assert schema["required"] == list(schema["properties"])
            found = 1
        return found + sum(check(value) for value in schema.values())

    assert check(json.loads(report_schema())) > 15


def test_what_upsets_readers_is_escaped_and_comes_back() -> None:
    text = "a\x00\x1b\x7f\x85\u2028\u202e\u200b\ufeff\U000e0041\udce9 \ud800 è 日本 \U0001f600"
    report = EMPTY._replace(findings=(finding(text=text, path="caf\udce9.md"),))
    data = rendered(report)
    assert "è 日本 \U0001f600" in data.decode("utf-8")
    shown = data.decode("utf-8").replace("\n", "")
    assert not set(shown) & set("\x00\x1b\x7f\x85\u2028\u202e\u200b\ufeff\U000e0041")
    assert b"\\udce9.md" in data
    (back,) = validate(report)["findings"]
    assert (back["text"], back["path"]) == (text, "caf\udce9.md")


# A high surrogate before a low one would come back as one character, in any JSON.
ANY = st.characters(exclude_categories=["Cs"]) | st.characters(
    min_codepoint=0xDC80, max_codepoint=0xDCFF, categories=["Cs"]
)


@given(st.text(ANY))
def test_any_text_comes_back(text: str) -> None:
    report = EMPTY._replace(findings=(finding(text=text, message=text, evidence={text: text}),))
    (back,) = json.loads(rendered(report))["findings"]
    assert (back["text"], back["message"], back["evidence"]) == (text, text, {text: text})


def test_what_is_no_number_is_unknown() -> None:
    nothing, endless = float("nan"), float("inf")
    report = EMPTY._replace(
        pages=(page(ht_degree=nothing),),
        findings=(finding(evidence={"chrf": endless, "words": 3}),),
    )
    data = validate(report)
    assert data["pages"][0]["ht_degree"] is None
    assert data["findings"][0]["evidence"] == {"chrf": None, "words": 3}


def test_the_order_of_mappings_does_not_show() -> None:
    def with_order(*keys: str) -> Report:
        tool = EMPTY._replace(tool=EMPTY.tool._replace(engines=dict.fromkeys(keys, "1")))
        return tool._replace(findings=(finding(evidence=dict.fromkeys(keys, 1)),))

    assert rendered(with_order("a", "b")) == rendered(with_order("b", "a"))


class Endless(tuple[Finding, ...]):
    """As many findings as asked for, made as they are read: only the reporter holds memory."""

    many = 20_000

    def __iter__(self) -> Any:
        return (finding(line=number + 1) for number in range(self.many))


def test_a_long_report_is_streamed() -> None:
    import tracemalloc

    tracemalloc.start()
    sizes = [len(chunk) for chunk in render_json(EMPTY._replace(findings=Endless()))]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sum(sizes) > 150 * CHUNK
    assert max(sizes) < CHUNK * 1.1
    assert peak < 8 * CHUNK


def test_lines_are_whole_in_every_chunk() -> None:
    chunks = list(render_json(EMPTY._replace(findings=tuple(finding() for _ in range(300)))))
    assert len(chunks) > 2
    for _, chunk in pairwise(chunks):
        assert chunk.startswith((b",\n{", b"\n]"))
