"""How a report is scored against pages that were read by hand."""

from __future__ import annotations

import json
from pathlib import Path

from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.model.finding import Confidence, Family, Severity
from bilint.model.text import LineIndex, Span
from bilint.profiles import profile
from bilint.readers.markdown import read_document
from evaluation.gold import Row, Score, Told, blocks, figures, read_rows, score_page, tell
from evaluation.kinds import KINDS, answers

PAGE = """\
---
title: Boe
---
# Boe

Una boa che
galleggia bene.

| Nome | Peso |
| --- | --- |
| Data Hub | very heavy |

```sh
buoy --list
```
"""


def document() -> Document:
    return read_document(PAGE.encode(), profile("experience-league"), Limits())


def row(line: int, kind: str, text: str = "", *, defect: bool = True, note: str = "") -> Row:
    return Row(
        "it-IT", "c" * 40, "help/a.md", line, kind, "major", defect, "rule", "", text, note, True
    )


def told(text: str, family: Family = Family.LANGUAGE, check: str = "some-check") -> Told:
    start = PAGE.index(text)
    span = Span(start, start + len(text))
    line = LineIndex(PAGE.encode()).position(start).line
    return Told(
        check, family, Severity.ERROR, Confidence.HIGH, span, (line, line), text, "", "Something"
    )


def verdicts(rows: list[Row], *found: Told, read: tuple[tuple[str, int], ...] = ()) -> list[str]:
    return [one.what for one in score_page(rows, document(), found, read).verdicts]


def test_the_block_of_a_row_is_the_segment_that_holds_its_line() -> None:
    (whole,) = blocks(document(), row(6, "untranslated"))
    assert PAGE[whole.start : whole.end] == "Una boa che\ngalleggia bene."


def test_of_several_segments_on_a_line_the_quoted_one_is_the_block() -> None:
    (cell,) = blocks(document(), row(11, "untranslated", "very heavy"))
    assert PAGE[cell.start : cell.end] == "very heavy"
    assert len(blocks(document(), row(11, "untranslated"))) == 2


def test_a_line_without_segment_is_its_own_block() -> None:
    (line,) = blocks(document(), row(14, "code"))
    assert PAGE[line.start : line.end] == "buoy --list"


def test_a_finding_of_a_compatible_family_on_a_marked_block_is_right() -> None:
    assert verdicts([row(6, "untranslated")], told("galleggia")) == ["right"]


def test_a_finding_of_another_family_or_on_another_block_is_extra() -> None:
    rows = [row(6, "untranslated"), row(11, "untranslated", "very heavy")]
    assert verdicts(rows, told("galleggia", Family.NUMBERS), told("Data Hub")) == ["extra"] * 2


def test_a_finding_on_a_row_that_marks_no_defect_is_refuted() -> None:
    rows = [row(11, "untranslated", "Data Hub", defect=False)]
    assert verdicts(rows, told("Data Hub")) == ["refuted"]


def test_what_proved_right_when_read_again_is_told_apart() -> None:
    assert verdicts([row(6, "link")], told("Data Hub"), read=(("some-check", 11),)) == ["read"]


def test_extras_are_held_against_nobody_on_a_page_not_fully_read() -> None:
    rows = [row(6, "untranslated")._replace(full=False)]
    assert verdicts(rows, told("Data Hub")) == ["open"]


def test_a_note_may_name_further_lines(tmp_path: Path) -> None:
    said = {
        "locale": "it-IT", "target_commit": "c", "target_path": "a.md", "line": 6,
        "check": "link", "severity": "minor", "label": "defect", "detectable": "rule",
        "source_text": "", "target_text": "", "note": "also lines 8-10", "scope": "full",
    }  # fmt: skip
    (tmp_path / "xx.jsonl").write_text(json.dumps(said) + "\n")
    assert read_rows(tmp_path)[0].lines == (8, 9, 10)


def test_recall_counts_defects_and_precision_counts_findings() -> None:
    rows = [row(6, "untranslated"), row(11, "link"), row(4, "number", defect=False)]
    page = score_page(rows, document(), [told("Una boa"), told("galleggia"), told("very heavy")])
    said = figures(Score((page,)))
    assert said["overall"]["recall"]["rule"] == {"defects": 2, "found": 1, "shown": 1}
    assert said["overall"]["precision"]["everything"]["right"] == 2
    assert said["overall"]["precision"]["everything"]["wrong"] == 1
    assert said["checks"]["some-check"]["precision"] == 0.6667
    assert "MISS  link" in tell(Score((page,)))


def test_a_kind_that_the_table_does_not_name_may_be_answered_by_any_family() -> None:
    assert answers("an-invented-kind").known is False
    assert Family.PROVENANCE not in answers("an-invented-kind").families
    assert all(families for families in KINDS.values())
