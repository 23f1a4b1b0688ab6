"""What the pages of the structure checks cannot show: line ends, hostile pages, exact spans."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from two_pages import CONTEXT, paired, read

from bilint.checks.engine import run_pair
from bilint.checks.registry import CHECKS
from bilint.model.alignment import AlignedPair, Basis, Past
from bilint.model.finding import Family, Finding
from bilint.model.page import Page
from steps import grows_no_faster

STRUCTURE = [check for check in CHECKS if check.family is Family.STRUCTURE]


def pair_of(source: str, target: str, basis: Basis = Basis.BASE) -> AlignedPair:
    return paired(source, target, basis=basis, past=Past(known=True))


def findings(pair: AlignedPair) -> tuple[Finding, ...]:
    results = run_pair(pair, STRUCTURE, CONTEXT)
    assert results.incidents == ()
    return results.findings


def told(source: str, target: str) -> list[tuple[str, int]]:
    return [(one.check, one.line) for one in findings(pair_of(source, target))]


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference(ending: str) -> None:
    source = "# A\n\n## B\n\nSee `one`.\n\n| A | B |\n|---|---|\n| `x` | 1 |\n| `y` | 2 |\n"
    target = "# A\n\n### B\n\nVedi `one`.\n\n| A | B |\n|---|---|\n| `x` | 1 |\n"
    source, target = source.replace("\n", ending), target.replace("\n", ending)
    assert told(source, target) == [("heading-altered", 3), ("table-damaged", 9)]


def test_the_offered_edit_mends_the_level_of_a_heading() -> None:
    source, target = "# A\n\n## B `x`\n\nText.\n", "# A\n\n####  B `x`\n\nTesto.\n"
    (finding,) = findings(pair_of(source, target))
    assert finding.suggestion is not None
    start, end = finding.span
    mended = target[:start] + finding.suggestion.text + target[end:]
    assert mended == "# A\n\n##  B `x`\n\nTesto.\n"
    assert told(source, mended) == []


def test_a_segment_that_answers_a_change_of_the_source_is_not_extra() -> None:
    pair = pair_of("One `a`.\n\nTwo `b`.\n", "Uno `a`.\n\nDue `b`.\n")
    answered = tuple(one._replace(source=None) for one in pair.segments)
    assert all(one.likeness == 1.0 for one in answered)
    page = AlignedPair(
        pair.locale, pair.target, pair.source, pair.basis, answered, None, Past(known=True)
    )
    assert findings(page) == ()


def test_without_a_base_only_the_target_is_looked_at() -> None:
    pair = pair_of(
        "# A\n\nOne.\n", "### A\n\n<<<<<<< HEAD\nUno.\n=======\nUn.\n>>>>>>> x\n", Basis.HEAD
    )
    assert [one.check for one in findings(pair)] == ["merge-conflict"]
    alone = AlignedPair(
        "it-IT",
        Page("a.md", "", read("---\ntitle: Uno\n---\n")),
        None,
        Basis.NOTHING,
        (),
        None,
        Past(known=True),
    )
    assert [one.check for one in findings(alone)] == ["page-emptied"]


def test_half_of_a_conflict_is_found_and_an_underlined_heading_is_none() -> None:
    assert told("One.\n", "Uno.\n\n=======\n\nDue.\n\n>>>>>>> topic\n") == [("merge-conflict", 3)]
    assert told("One\n=======\n", "Uno\n=======\n") == []


def test_what_stands_in_a_conflict_is_told_once() -> None:
    source = "# A\n\nOne.\n\nTwo.\n"
    target = "# A\n\n<<<<<<< HEAD\nUno.\n=======\n## Uno\n\n- x\n>>>>>>> b\n\nDue.\n"
    assert told(source, target) == [("merge-conflict", 3)]


def test_a_collapsed_table_is_one_finding_however_many_cells_it_has() -> None:
    rows = [f"| `r{i}` | {i} |" for i in range(200)]
    source = "\n".join(["Text.", "", "| A | B |", "|---|---|", *rows, ""])
    target = "\n".join(["Testo.", "", " ".join(["| A | B |", "|—|—|", *rows]), ""])
    assert told(source, target) == [("table-damaged", 3)]


HOSTILE: dict[str, Callable[[int], tuple[str, str]]] = {
    "no counterpart": lambda n: ("\n\n".join(f"One {i}" for i in range(n)), "- x\n" * n),
    "other headings": lambda n: ("# a\n\n" * n, "## a\n\nb\n\n" * n),
    "tables": lambda n: (
        "| a | b |\n|---|---|\n| c | d |\n\n" * n,
        "| a |\n|---|\n| c |\n\n" * (n + n // 6),
    ),
    "code": lambda n: ("```\na\n```\n\nb\n\n" * n, "```\nb\n```\n\n" * (n + n // 7)),
    "tags": lambda n: ("<b>x</b> " * 10 * n, "<i>x</i> " * 10 * n),
    "attributes": lambda n: ('<a b="c" ' * 10 * n + ">", '<a b="d" ' * 10 * n + ">"),
    "pictures": lambda n: ("![a](b.png)\n\n" * n, "![a](c.png)\n\n" * (n - n // 3)),
    "markers": lambda n: (
        "# " + " " * 100 * n + "x\n\ny",
        "#" + " " * 100 * n + "\u200b\n\n" + "-" * 9,
    ),
    "conflicts": lambda n: ("a", "<<<<<<< a\n" * 10 * n),
    "dashes": lambda n: ("|a|\n|" + "-|" * 10 * n, "|a|\n|" + "- " * 10 * n),
    "quotes": lambda n: ("> a\n\n" * n, ">> b\n\nc\n\n" * n),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_cost_no_more_than_they_are_long(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What two pages may spend on comparisons ends long before these pages do.
    monkeypatch.setattr("bilint.alignment.layout.CELLS", 1_000)
    assert grows_no_faster(lambda size: findings(pair_of(*HOSTILE[name](size))), 100)


def test_an_item_that_is_missing_is_none_that_is_empty() -> None:
    source = "Do this now:\n\n* Open `a`.\n* Close `b`.\n* Go to `c`.\n"
    (lost,) = findings(pair_of(source, "Fai questo ora:\n\n* Apri `a`.\n* Vai in `c`.\n"))
    assert lost.message == "A list item of the source is missing"
    (empty,) = findings(pair_of(source, "Fai questo ora:\n\n* Apri `a`.\n*\n* Vai in `c`.\n"))
    assert empty.message == "This list item is empty; there is text in the source"
