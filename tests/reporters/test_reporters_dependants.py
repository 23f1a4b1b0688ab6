"""What is said of the translations of the source pages that somebody works on."""

from __future__ import annotations

from sample_reports import page

from bilint.model.alignment import ChangeClass, PageStatus
from bilint.model.report import PageResult, Report, SegmentCounts, SourceUsed, Tool, Work
from bilint.reporters.terminal import render_check
from bilint.reporters.view import View

STALE = page(
    status=PageStatus.STALE,
    segments=SegmentCounts(5, 2, 1, 1, 1),
    words_to_do=31,
    changes=(ChangeClass.PROSE, ChangeClass.STRUCTURE),
    work=Work(stale=1, new=1, obsolete=1, stale_words=20, new_words=11),
)


def told(*pages: PageResult, checked: int = 0, view: View | None = None) -> list[str]:
    report = Report(
        Tool("bilint", "0.1.0", (), "experience-league", {}),
        SourceUsed(None, None),
        pages=pages,
        findings=(),
        queue=None,
        skipped=(),
        incidents=(),
        dependants=frozenset((p.locale, p.path, p.source_path) for p in pages[checked:]),
    )
    return list(render_check(report, view or View(width=None)))


def test_locales_that_are_stale_are_listed_and_the_others_counted() -> None:
    pages = (STALE, page("fr-FR"), page("nl-NL"), page("ja-JP", status=PageStatus.COSMETIC))
    assert told(*pages) == [
        "help/a.md  and its translations",
        "  it-IT   stale   3 segments, 31 words  help/a.md",
        "  and 1 cosmetic and 2 current",
        "",
        "nothing found",
    ]


def test_verbose_lists_all() -> None:
    unknown = page("fr-FR", status=PageStatus.UNKNOWN, reason="absent-commit", words_to_do=None)
    missing = page("ja-JP", None, source_path="help/a.md", status=PageStatus.UNTRANSLATED)
    pages = (STALE, unknown, missing._replace(words_to_do=40, work=None), page("nl-NL"))
    assert told(*pages, view=View(width=None, verbose=True))[:5] == [
        "help/a.md  and its translations",
        "  it-IT   stale         3 segments, 31 words  help/a.md",
        "  fr-FR   unknown       absent-commit         help/a.md",
        "  ja-JP   untranslated  40 words",
        "  nl-NL   current       nothing               help/a.md",
    ]


def test_work_without_words() -> None:
    code = STALE._replace(words_to_do=0, work=Work(), changes=(ChangeClass.CODE,))
    done = STALE._replace(words_to_do=0, work=Work(answered=2))
    assert told(code)[1] == "  it-IT   stale   no words: code  help/a.md"
    assert told(done)[1] == "  it-IT   stale   done: stamp it  help/a.md"


def test_each_source_page_has_its_own() -> None:
    other = STALE._replace(path="help/b.md", source_path="help/b.md")
    lines = told(other, STALE)
    assert [line for line in lines if line.endswith("translations")] == [
        "help/a.md  and its translations",
        "help/b.md  and its translations",
    ]


def test_what_was_checked_is_counted_alone() -> None:
    lines = told(page("nl-NL", "help/z.md"), STALE, checked=1)
    assert lines[-1] == "nothing found on 1 page; 0 words to do"


def test_quiet_leaves_it_out() -> None:
    assert told(STALE, view=View(width=None, quiet=True)) == ["nothing found"]


def test_a_long_path_fits() -> None:
    path = "/".join(["help", *["folder"] * 20, "page.md"])
    lines = told(STALE._replace(path=path, source_path=path), view=View(width=80))
    assert max(map(len, lines[1:])) <= 80
