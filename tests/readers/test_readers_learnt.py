"""What was learnt of a locale, written and read; what is not trusted is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model.evidence import Evidence, Rendering, Spread, Usage
from bilint.model.text import Problem
from bilint.readers.learnt import SCHEMA, read_evidence, write_evidence

LIMIT = 10_000_000
COUNTS = st.integers(0, 10**6)
NUMBERS = st.floats(0, 1e6)
RENDERINGS = st.dictionaries(
    st.text(),
    st.dictionaries(
        st.text(), st.builds(Rendering, COUNTS, st.lists(st.text(), max_size=3).map(tuple))
    ),
)
EVIDENCE = st.builds(
    Evidence,
    st.just("it-IT"),
    st.lists(NUMBERS).map(sorted).map(tuple),
    st.none() | st.dictionaries(st.text(), st.builds(Usage, COUNTS, COUNTS, COUNTS, COUNTS)),
    st.none() | RENDERINGS,
    st.none() | RENDERINGS,
    st.none() | RENDERINGS,
    st.none() | RENDERINGS,
    st.none() | st.dictionaries(st.text(), st.builds(Spread, NUMBERS, NUMBERS, COUNTS)),
    st.none() | st.dictionaries(st.text(), COUNTS),
)


@given(EVIDENCE)
def test_what_is_written_is_read(evidence: Evidence) -> None:
    data = write_evidence(evidence)
    again = read_evidence(data, "it-IT", LIMIT)
    assert again == evidence
    assert isinstance(again, Evidence)
    assert write_evidence(again) == data


def said(**more: Any) -> bytes:
    return json.dumps({"schema": SCHEMA, "locale": "it-IT", **more}).encode()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "Expecting value"),
        (b"\xff", "decode"),
        (b"[]", "a table was expected"),
        (b"[" * 100_000, "too deep"),
        (json.dumps({"schema": "other/1", "locale": "it-IT"}).encode(), f"not {SCHEMA}"),
        (json.dumps({"schema": SCHEMA, "locale": "fr-FR"}).encode(), "not of it-IT"),
        (said(machine_words=[True]), "a number was expected"),
        (said(machine_words=[float("nan")]), "a number was expected"),
        (said(names={"Beacon": [1, 2]}), "4 counts were expected"),
        (said(names={"Beacon": [1, 2, 3, -4]}), "a count was expected"),
        (said(terms={"lamp": {"lampada": [1]}}), "a count and a list of places"),
        (said(terms={"lamp": {"lampada": [1, [2]]}}), "a text was expected"),
        (said(lengths={"short": [1, 2]}), "two numbers and a count"),
        (said(quotes=["«»"]), "a table was expected"),
    ],
)
def test_what_is_of_another_kind_is_refused(data: bytes, reason: str) -> None:
    problem = read_evidence(data, "it-IT", LIMIT)
    assert isinstance(problem, Problem)
    assert problem.code == "evidence-unreadable"
    assert reason in problem.message


def test_a_file_above_the_limit_is_refused() -> None:
    problem = read_evidence(said(), "it-IT", 10)
    assert isinstance(problem, Problem)
    assert problem.code == "too-large"
