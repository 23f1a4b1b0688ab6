"""What a person sees. The pictures are in `golden/`; a change to them is to be looked at.

`BILINT_NEW_GOLDEN=1 pytest tests/reporters/test_reporters_terminal.py` draws them anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_reports import LETTERS, finding, page, whole_report

from bilint.model.alignment import PageStatus
from bilint.model.finding import Incident, Severity, Skipped, SourcePlace, Suggestion
from bilint.model.history import Unknown
from bilint.model.report import QueueItem, Reason, Report, SegmentCounts, SourceUsed, Tool
from bilint.queue import cut
from bilint.reporters.colour import Style
from bilint.reporters.escape import visible
from bilint.reporters.layout import width
from bilint.reporters.terminal import render_check, render_queue, render_report, render_status
from bilint.reporters.terminal_notes import MEANING
from bilint.reporters.terminal_pages import ROLES, WORST_FIRST
from bilint.reporters.view import View
from examples import examples

GOLDEN = Path(__file__).parent / "golden"
RENDER = {
    "status": render_status,
    "check": render_check,
    "queue": render_queue,
    "report": render_report,
}
PIPE = View(width=None)


def text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def empty(**more: object) -> Report:
    report = Report(
        tool=Tool("bilint", "0", (), "experience-league", {}),
        source=SourceUsed(None, None),
        pages=None,
        findings=None,
        queue=None,
        skipped=(),
        incidents=(),
    )
    return report._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "view"),
    [
        ("status-80", View(80)),
        ("status-140", View(140)),
        ("check-80", View(80)),
        ("check-verbose-140", View(140, verbose=True)),
        ("check-colour-80", View(80, Style(True))),
        ("queue-80", View(80)),
        ("report-80", View(80)),
        ("report-pipe", PIPE),
        ("status-colour-140", View(140, Style(True))),
    ],
)
def test_pictures(name: str, view: View) -> None:
    drawn = text(RENDER[name.partition("-")[0]](whole_report(), view))
    picture = GOLDEN / f"{name}.txt"
    if os.environ.get("BILINT_NEW_GOLDEN"):
        picture.write_bytes(drawn.encode())
    assert drawn == picture.read_bytes().decode()


@pytest.mark.parametrize("columns", [60, 80, 100, 140])
@pytest.mark.parametrize("name", list(RENDER))
def test_nothing_is_wider_than_the_terminal(name: str, columns: int) -> None:
    for line in RENDER[name](whole_report(), View(columns)):
        # A place is never cut: it is there to be copied.
        assert width(line) <= columns or line.startswith(LETTERS)


@pytest.mark.parametrize("name", list(RENDER))
def test_colours_change_nothing_but_colours(name: str) -> None:
    report = whole_report()._replace(diffs=None)
    plain = text(RENDER[name](report, View(80)))
    coloured = text(RENDER[name](report, View(80, Style(True))))
    assert "\x1b[" in coloured
    assert strip_colours(coloured) == plain


def strip_colours(line: str) -> str:
    head, *rest = line.split("\x1b[")
    return head + "".join(part.partition("m")[2] for part in rest)


EVIL = "\x1b]0;owned\x07\u202e\n::error::x\r##[group]y\ud800\udce9\u200b\x9b2J"


@given(st.text(max_size=12))
@examples(40)
def test_what_a_page_says_stays_text(more: str) -> None:
    evil = EVIL + more
    place = SourcePlace(evil, evil, 1, evil, evil, evil)
    report = empty(
        pages=(
            page(evil, evil, status=PageStatus.UNKNOWN, reason=evil, segments=SegmentCounts()),
            page(evil, None, source_path=evil, id=evil, words_to_do=None, reason=evil),
        ),
        findings=(
            finding(evil, evil, locale=evil, message=evil, text=evil, before=evil, after=evil),
            finding(
                evil,
                evil,
                locale=evil,
                source=place,
                evidence={evil: evil},
                suggestion=Suggestion(evil),
                severity=Severity.INFO,
            ),
        ),
        queue=(QueueItem(1, evil, evil, evil, 3, (Reason(evil, 3, evil),), 3, 3),),
        skipped=(Skipped(evil, evil, evil),),
        incidents=(Incident(evil, evil, evil),),
        stale_baseline=(evil,),
        diffs={(evil, evil): ((evil, evil[::-1]), ("", evil))},
    )
    for view in (View(80, verbose=True), PIPE, View(40, Style(True))):
        for render in RENDER.values():
            for line in render(report, view):
                bare = strip_colours(line) if view.style.on else line
                assert visible(bare) == bare
                assert not bare.lstrip().startswith("::")


# Pages


def test_statuses_are_all_known_and_the_worst_come_first() -> None:
    assert sorted(WORST_FIRST) == sorted(PageStatus)
    assert set(ROLES) == set(PageStatus)
    pages = tuple(page(path=f"help/{status}.md", status=status) for status in reversed(WORST_FIRST))
    lines = list(render_status(empty(pages=pages), PIPE))
    shown = [line.split()[0] for line in lines[2 : 2 + len(pages)]]
    assert shown == [status.value for status in WORST_FIRST]


def test_a_reason_stands_where_numbers_cannot_be_known() -> None:
    unknown = page(
        status=PageStatus.UNKNOWN,
        reason=Unknown.SHALLOW.value,
        segments=SegmentCounts(),
        words_to_do=None,
        work=None,
        ht_degree=None,
    )
    report = empty(pages=(unknown, page(path="help/b.md", words_to_do=0)))
    lines = list(render_status(report, View(80)))
    assert lines[1:4] == [
        "status   words  cur  stale  obs  new   ht  page",
        "unknown  beyond-shallow-boundary        -  help/a.md",
        "current      0   12      0    0    0  94%  help/b.md",
    ]


def test_every_reason_of_an_unknown_pin_is_explained() -> None:
    assert {reason.value for reason in Unknown} <= set(MEANING)


def test_a_share_is_rounded_down() -> None:
    pages = (page(ht_degree=99.9), page(path="help/b.md", ht_degree=float("nan")))
    lines = list(render_status(empty(pages=pages), View(80)))
    assert lines[2].split()[-2:] == ["99%", "help/a.md"]
    assert lines[3].split()[-2:] == ["-", "help/b.md"]


def test_a_page_whose_segments_are_all_answered_asks_to_be_stamped() -> None:
    lines = list(render_status(whole_report(), View(72)))
    (line,) = [line for line in lines if "answered.md" in line]
    assert line.endswith("help/answered.md  stamp it")


def test_totals_shorten_their_headings_where_there_is_no_room() -> None:
    pages = tuple(page(path=f"help/{status}.md", status=status) for status in PageStatus)
    wide = list(render_status(empty(pages=pages), View(100)))
    narrow = list(render_status(empty(pages=pages), View(80)))
    assert [line for line in wide if line.startswith("locale")] == [
        "locale  pages  stale  untranslated  clash  orphan  unknown  unpinned  cosmetic  current"
        "  words to do"
    ]
    assert [line for line in narrow if line.startswith("locale")] == [
        "locale  pages  stale  untran  clash  orphan  unknow  unpinn  cosmet  curren  words"
    ]


def test_an_empty_report_still_says_so() -> None:
    assert text(render_status(empty(pages=()), View())) == "no pages; 0 words to do\n"
    assert text(render_check(empty(findings=()), View())) == "nothing found\n"
    assert text(render_check(empty(findings=(), pages=(page(),)), View())) == (
        "nothing found on 1 page; 0 words to do\n"
    )
    assert text(render_queue(empty(queue=()), View())) == "Nothing to do.\n\n"
    assert text(render_report(empty(pages=(), findings=(), queue=()), View())) == (
        "nothing found on 0 pages; 0 words to do\n"
    )


# Findings


def test_two_of_a_kind_are_shown_and_of_three_one() -> None:
    def shown(many: int, *, verbose: bool = False) -> list[str]:
        findings = tuple(finding(line=line, source=None) for line in range(1, many + 1))
        lines = list(render_check(empty(findings=findings), View(80, verbose=verbose)))
        return [line for line in lines if line.startswith("help/") or "│ and" in line]

    assert len(shown(2)) == 2
    assert len(shown(3, verbose=True)) == 3
    first, rest = shown(3)
    assert first.startswith("help/a.md:1:6: error[high] dnl-altered: ")
    assert rest == "           │ and 2 more like this, lines 2, 3"
    assert width(shown(200)[1]) == 80


def test_findings_at_level_info_only_when_asked_for() -> None:
    report = empty(findings=(finding(severity=Severity.INFO),))
    assert text(render_check(report, View(120))) == (
        "hidden    1 at level info (--verbose shows them)\n\nnothing found\n"
    )
    assert "info[high] dnl-altered" in text(render_check(report, View(verbose=True)))


def test_the_worst_page_comes_first() -> None:
    findings = (
        finding(path="help/a.md", severity=Severity.WARNING),
        finding(path="help/b.md"),
        finding(path="help/c.md", line=9),
        finding("token-broken", path="help/c.md", line=2),
    )
    lines = list(render_check(empty(findings=findings), PIPE))
    places = [line.partition(" ")[0] for line in lines if line.startswith("help/")]
    assert places == ["help/c.md:2:6:", "help/c.md:9:6:", "help/b.md:12:6:", "help/a.md:12:6:"]


def quoted(**more: Any) -> list[str]:
    report = empty(findings=(finding(source=None, **more),))
    lines = list(render_check(report, View(60)))
    return [line for line in lines if "│" in line]


def test_carets_stand_under_what_they_mean() -> None:
    assert quoted(locale="ja-JP", before="手紙を", text="[!DNL メール]", after="で送る") == [
        "     ja-JP │ 手紙を[!DNL メール]で送る",
        "           │       ^^^^^^^^^^^^^",
    ]
    assert quoted(before="e\u0301 ", text="x", after="") == [
        "     it-IT │ e\u0301 x",
        "           │   ^",
    ]


def test_an_empty_place_has_a_caret_too() -> None:
    assert quoted(before="Fine", text="", after="") == []
    assert quoted(before="Fine", text=" ", after="qui.") == [
        "     it-IT │ Fine qui.",
        "           │     ^",
    ]


def test_a_suggestion_is_shown_as_the_text_would_read() -> None:
    place = {"before": "Fine", "text": "  ", "after": "qui."}
    assert quoted(suggestion=Suggestion(" ", safe=True), **place)[-1] == "       fix │ Fine qui."
    assert quoted(suggestion=Suggestion("", safe=False), **place)[-1] == "       try │ Finequi."


def test_text_that_runs_from_right_to_left_is_bracketed() -> None:
    assert quoted(locale="ar-SA", before="افتح ", text="[!DNL بريد]", after=" الآن") == [
        "     ar-SA │ افتح ⟦[!DNL بريد]⟧ الآن"
    ]


def test_a_long_segment_is_cut_around_the_place() -> None:
    assert quoted(before="parole " * 20, text="[!DNL Posta]", after=" altre" * 20) == [
        "     it-IT │ …le parole parole [!DNL Posta] altre altre alt…",
        "           │                   ^^^^^^^^^^^^",
    ]


# Notes


def test_what_was_skipped_is_told_once_a_reason() -> None:
    skipped = [Skipped(check, None, "no catalogue") for check in ("a", "b", "c", "d", "e")]
    skipped += [Skipped("f", f"help/{n}.md", "no base") for n in range(9)]
    lines = list(render_check(empty(findings=(), skipped=tuple(skipped)), View(80)))
    assert lines == [
        "skipped   a, b, c and 2 more checks: no catalogue",
        "skipped   f on help/0.md, help/1.md, help/2.md and 6 more pages: no base",
        "",
        "nothing found; 2 skipped",
    ]
    verbose = View(80, verbose=True)
    assert "a, b, c, d and e: no catalogue" in text(
        render_check(empty(findings=(), skipped=tuple(skipped)), verbose)
    )


def test_one_crash_on_many_pages_is_one_line() -> None:
    incidents = tuple(Incident("numbers", f"help/{n}.md", "KeyError: 1") for n in range(5))
    lines = list(render_check(empty(findings=(), incidents=incidents), View(100)))
    assert lines == [
        "incident  numbers crashed on help/0.md, help/1.md, help/2.md and 2 more pages: "
        "KeyError: 1",
        "",
        "nothing found; 5 incidents",
    ]


def test_lines_of_the_baseline_that_nothing_meets_are_told() -> None:
    gone = tuple(f"line {n}: numbers it-IT help/a.md {n}" for n in range(1, 6))
    lines = list(render_check(empty(findings=(), stale_baseline=gone), View(80)))
    assert lines[:4] == [
        "baseline  nothing is found any more for line 1: numbers it-IT help/a.md 1",
        "baseline  nothing is found any more for line 2: numbers it-IT help/a.md 2",
        "baseline  nothing is found any more for line 3: numbers it-IT help/a.md 3",
        "baseline  nor for 2 more lines",
    ]


def test_unknown_pages_are_counted_and_explained() -> None:
    lost: dict[str, Any] = {"status": PageStatus.UNKNOWN, "words_to_do": None, "work": None}
    pages = (
        page(path="help/1.md", reason="absent-commit", **lost),
        page(path="help/2.md", reason="absent-commit", **lost),
        page(path="help/3.md", reason="yaml", **lost),
        page(path="help/4.md", words_to_do=7),
    )
    lines = list(render_status(empty(pages=pages), PIPE))
    assert lines[-4:] == [
        "unknown   it-IT: 2 pages unknown (absent-commit): "
        "the pinned commit is not in the source repository",
        "unknown   it-IT: 1 page unknown (yaml)",
        "",
        "4 pages: 3 unknown and 1 current; 7 words to do; 3 pages not counted",
    ]


# The queue


def item(rank: int, minutes: int, locale: str = "it-IT") -> QueueItem:
    reason = (Reason("stale", 9, "stale"),)
    return QueueItem(rank, locale, f"help/{rank}.md", None, 9, reason, 10, minutes)


def headings(report: Report, uncut: tuple[QueueItem, ...] | None = None) -> list[str]:
    lines = render_queue(report, PIPE, uncut)
    return [line for line in lines if line.startswith(("it-IT", "de-DE"))]


def test_a_budget_says_what_it_left_out() -> None:
    whole = (item(1, 50, "de-DE"), item(1, 30), item(2, 20), item(3, 90))
    assert headings(empty(queue=whole), whole) == [
        "de-DE  1 item, 10 words to do, about 0:50 hours",
        "it-IT  3 items, 30 words to do, about 2:20 hours",
    ]
    assert headings(empty(queue=cut(whole, 45)), whole) == [
        "de-DE  none of 1 item fits into this budget",
        "it-IT  1 of 3 items, 10 words to do, about 0:30 hours",
    ]


def test_a_report_shows_the_top_of_the_queue() -> None:
    items = tuple(item(rank, 5) for rank in range(1, 13))
    lines = list(render_report(empty(queue=items), PIPE))
    assert "and 2 more items: see `bilint queue`" in lines
    assert not [line for line in lines if "help/11.md" in line]
    verbose = list(render_report(empty(queue=items), View(None, verbose=True)))
    assert [line for line in verbose if "help/12.md" in line]


def test_reasons_stand_under_the_score_that_they_add_up_to() -> None:
    lines = list(render_queue(whole_report(), PIPE))
    assert lines[1:4] == [
        "#  score  words  time  page",
        f"1    163  1,312  2:51  {LETTERS}",
        "      96               2 stale segments, 1,250 words",
    ]
