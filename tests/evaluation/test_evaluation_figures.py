"""Figures that were measured reach the pages of the checks and the guide, and old ones are told."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bilint.checks.pages import FIGURES, page_text, read_page, shown
from bilint.checks.registry import BY_ID
from evaluation.corpora import AbsentError, open_corpora
from evaluation.figures import read
from tools.figures import block, guide, wanted, with_block

PAGE = """\
# some-check

## What it finds

A.

## Why it matters

B.

## What to do

C.

## When it stays quiet

D.

## Precision

Counted by eye.

## A bad one

```md target it-IT
Boa
```
"""


def precision(right: int, wrong: int, again: int = 0) -> dict[str, Any]:
    return {"right": right, "wrong": wrong, "read_again": again}


SAID: dict[str, Any] = {
    "corpora": {"harbor.it-IT": {"commit": "c" * 40, "day": "2026-01-02"}},
    "gold": {
        "overall": {
            "pages": 2,
            "precision": {
                "errors at high confidence": precision(4, 0),
                "shown by default": precision(5, 1, 1),
                "everything": precision(6, 2),
            },
            "recall": {
                name: {"defects": 10, "found": 7, "shown": 6}
                for name in ("rule", "heuristic", "semantic")
            },
        },
        "checks": {"some-check": precision(3, 1, 1), "dnl-altered": precision(3, 0)},
    },
    "seeded": {
        "overall": {"places": 30, "kinds": 3, "found": 20, "collateral": 1, "findings": 40},
        "checks": {"some-check": {"found": 9, "missed": 1, "collateral": 0}},
    },
    "edited": {
        "overall": {
            "pairs": 3,
            "segments": 90,
            "unflagged_changed": 0.2,
            "flagged": 9,
            "flagged_changed": 0.8,
        },
        "checks": {"some-check": {"segments": 9, "changed": 8, "lift": 4.4}},
    },
    "alarms": {
        "overall": {
            ground: {"segments": 1000, "error": 0.1, "warning": 1.0, "info": 2.0}
            for ground in ("human", "other project")
        },
        "checks": {},
    },
}


def test_the_figures_of_a_check_stand_at_the_end_of_its_section_on_precision() -> None:
    text = with_block(PAGE, block("some-check", SAID))
    section = read_page(text, "some_check.md").sections["Precision"]
    assert section.startswith("Counted by eye.\n\nMeasured by")
    assert "3 findings right, 2 wrong, 1 of these right when read again" in section
    assert "9 of 10 places found (90 %)" in section
    assert "8 of 9 segments that it flagged (89 %), 4.4 times" in section
    assert not any(mark in section for mark in FIGURES)


def test_writing_again_changes_nothing_and_no_figures_leave_no_block() -> None:
    once = with_block(PAGE, block("some-check", SAID))
    assert with_block(once, block("some-check", SAID)) == once
    assert block("another-check", SAID) == ""
    assert with_block(once, "") == PAGE


def test_a_reader_is_not_shown_the_comments() -> None:
    text = shown(with_block(PAGE, block("some-check", SAID)))
    assert "<!--" not in text
    assert "- on pages read by hand" in text


@pytest.mark.parametrize("check", sorted(BY_ID))
def test_every_page_there_is_can_take_figures(check: str) -> None:
    text = page_text(BY_ID[check].family.value, check)
    bare = with_block(text, "")
    told = with_block(bare, block("some-check", SAID))
    assert told != bare
    assert with_block(told, "") == bare
    assert len(read_page(told, check).examples) == len(read_page(text, check).examples)


def test_the_guide_tells_every_measure_and_every_check() -> None:
    text = guide(SAID)
    assert "| errors at high confidence | 4 | 0 | 100 % |" in text
    assert "harbor.it-IT of 2026-01-02" in text
    assert "| `dnl-altered` | error | 3 right, 0 wrong | – | – | – |" in text
    assert guide({}).startswith("---\ntitle: ")


def test_every_page_that_shows_figures_is_known(tmp_path: Path) -> None:
    pages = wanted(SAID, tmp_path / "precision.md")
    assert len(pages) == len(BY_ID) + 1
    told = {path.name for path, text in pages.items() if "3 findings right, 0 wrong" in text}
    assert told == {"dnl_altered.md"}


def test_what_is_kept_holds_no_path_of_a_machine(tmp_path: Path) -> None:
    assert read(tmp_path / "absent.json") == {}
    assert "/" not in "".join(read().get("corpora", {}))


def test_without_corpora_it_says_where_it_looked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BILINT_SHARED", str(tmp_path))
    with pytest.raises(AbsentError, match="BILINT_SHARED names"), open_corpora():
        pass
