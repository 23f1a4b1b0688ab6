from __future__ import annotations

import random

import pytest

from bilint.model.alignment import ChangeClass, PageStatus
from bilint.model.config import Settings
from bilint.model.finding import Confidence, Family, Finding, FindingState, Severity, Side
from bilint.model.report import PageResult, QueueItem, SegmentCounts, Work
from bilint.queue import REASONS, build_queue, cut, parse_budget

SETTINGS = Settings(words_per_hour=600)  # ten words a minute
NAVIGATION = frozenset(("TOC.md",))


def page(path: str | None = "help/a.md", **more: object) -> PageResult:
    plain = PageResult(
        locale="it-IT",
        path=path,
        id=None,
        paired_by=None,
        status=PageStatus.CURRENT,
        reason=None,
        moved=False,
        pin="0" * 40,
        base_path=path,
        source_path=path,
        ht_degree=None,
        workflow=None,
        segments=SegmentCounts(10, 10, 0, 0, 0),
        words_to_do=0,
        work=Work(),
    )
    return plain._replace(**more)  # type: ignore[arg-type]


def stale(path: str = "help/a.md", work: Work | None = None, **more: object) -> PageResult:
    work = work if work is not None else Work(stale=1, stale_words=25)
    words = work.stale_words + work.new_words
    return page(path, status=PageStatus.STALE, work=work, words_to_do=words, **more)


def untranslated(words: int | None = 100, path: str = "help/a.md") -> PageResult:
    return page(
        None, status=PageStatus.UNTRANSLATED, source_path=path, words_to_do=words, work=None
    )


def finding(check: str = "dnl-altered", path: str = "help/a.md", **more: object) -> Finding:
    plain = Finding(
        check=check,
        family=Family.TOKENS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        side=Side.TARGET,
        locale="it-IT",
        path=path,
        line=3,
        column=1,
        end_line=3,
        end_column=4,
        message="Something is wrong.",
        subject="",
        source=None,
        text="abc",
        evidence={},
        suggestion=None,
        fingerprint="f",
        group=f"{check}:it-IT:{path}",
    )
    return plain._replace(**more)  # type: ignore[arg-type]


def info(check: str, path: str = "help/a.md", **more: object) -> Finding:
    return finding(check, path, severity=Severity.INFO, **more)


def reasons(item: QueueItem) -> dict[str, int]:
    return {reason.code: reason.points for reason in item.reasons}


def one(pages: PageResult, *findings: Finding) -> QueueItem:
    (item,) = build_queue([pages], findings, SETTINGS, NAVIGATION)
    return item


# What is in the queue at all


@pytest.mark.parametrize(
    "idle",
    [
        page(),
        page(status=PageStatus.COSMETIC, changes=(ChangeClass.WHITE_SPACE,)),
        page(
            status=PageStatus.UNKNOWN,
            reason="absent-commit",
            segments=SegmentCounts(),
            words_to_do=None,
            work=None,
        ),
        page(
            status=PageStatus.UNPINNED,
            reason="no-pin",
            segments=SegmentCounts(),
            words_to_do=None,
            work=None,
        ),
        stale(work=Work(answered=3), changes=(ChangeClass.PROSE, ChangeClass.LINKS)),
    ],
    ids=["current", "cosmetic", "unknown", "unpinned", "all answered"],
)
def test_a_page_with_nothing_to_do_is_not_in_the_queue(idle: PageResult) -> None:
    assert build_queue([idle], [], SETTINGS, NAVIGATION) == ()


def test_only_open_findings_on_the_target_are_work() -> None:
    assert (
        build_queue(
            [page()],
            [
                finding(state=FindingState.KNOWN),
                finding(state=FindingState.SUPPRESSED),
                finding(side=Side.SOURCE, locale=None),
                finding(locale="ja-JP"),
                finding("pin-unknown", severity=Severity.WARNING),
            ],
            SETTINGS,
        )
        == ()
    )


def test_an_unknown_page_with_an_error_is_work_of_unknown_size() -> None:
    item = one(page(status=PageStatus.UNKNOWN, words_to_do=None, work=None), finding())
    assert (item.words_to_do, item.minutes) == (None, 2)


# Why, and that it adds up


def test_reasons_of_a_stale_page() -> None:
    work = Work(stale=4, obsolete=2, new=3, stale_words=100, new_words=50, answered=1)
    item = one(
        stale(work=work, changes=(ChangeClass.PROSE, ChangeClass.TITLE, ChangeClass.CODE)),
        finding("title-whitespace", severity=Severity.INFO),
    )
    assert [tuple(reason) for reason in item.reasons] == [
        ("stale", 52, "4 stale segments, 100 words"),
        ("new", 18, "3 new segments, 50 words"),
        ("code", 15, "code changed in the source"),
        ("obsolete", 11, "2 obsolete segments"),
        ("title", 10, "title or description changed in the source"),
        ("notes", 1, "1 note: title-whitespace"),
    ]
    assert item.score == 107
    assert item.words_to_do == 150


def test_findings_are_told_by_severity_with_their_checks() -> None:
    item = one(
        page(),
        finding("a-check"),
        finding("b-check", confidence=Confidence.LOW),
        finding("b-check", confidence=Confidence.HIGH),
        finding("b-check", confidence=Confidence.HIGH),
        finding("c-check", severity=Severity.WARNING),
        finding("c-check", severity=Severity.WARNING, confidence=Confidence.MEDIUM),
    )
    # 40 for the first of each check; for repeats a quarter of 40 and of 8.
    assert [tuple(reason) for reason in item.reasons] == [
        ("errors", 40 + 40 + 10 + 2, "4 errors: b-check (3), a-check"),
        ("warnings", 8 + 1, "2 warnings: c-check (2)"),
    ]


def test_many_findings_do_not_grow_for_ever() -> None:
    item = one(page(), *(finding(f"check-{n}") for n in range(50)))
    assert reasons(item) == {"errors": 160}


def test_a_code_change_alone_is_work_without_words() -> None:
    item = one(stale(work=Work(), changes=(ChangeClass.CODE, ChangeClass.LINKS)))
    assert reasons(item) == {"code": 15, "links": 8}
    assert (item.words_to_do, item.minutes) == (0, 1)


def test_without_the_units_of_a_page_its_counts_stand_in() -> None:
    item = one(stale(work=Work(2, 1, 0, 90), segments=SegmentCounts(9, 6, 2, 1, 0)))
    without = one(
        page(
            status=PageStatus.STALE,
            work=None,
            words_to_do=90,
            segments=SegmentCounts(9, 6, 2, 1, 0),
        )
    )
    assert without == item


def test_an_untranslated_page_is_found_by_its_source() -> None:
    item = one(untranslated(400, "help/new.md"))
    assert (item.path, item.source_path, item.words_to_do) == (None, "help/new.md", 400)
    assert [tuple(r) for r in item.reasons] == [
        ("untranslated", 25, "not translated yet: 400 words")
    ]
    assert one(untranslated(None)).reasons[0].text == "not translated yet"


def test_an_orphan_and_a_clash_ask_for_a_decision_not_for_words() -> None:
    orphan = one(page(status=PageStatus.ORPHAN, work=Work(obsolete=9)))
    clash = one(page(status=PageStatus.CLASH, words_to_do=None, work=None))
    assert reasons(orphan) == {"orphan": 25}
    assert reasons(clash) == {"clash": 25}
    assert orphan.minutes == clash.minutes == 5


def test_a_fake_refresh_tells_how_much_stayed() -> None:
    item = one(
        page(), finding("pin-fake-refresh", severity=Severity.WARNING, evidence={"segments": 3})
    )
    assert [tuple(r) for r in item.reasons] == [
        ("fake-refresh", 40, "the pin was advanced, and 3 changed segments stayed as before")
    ]
    assert item.minutes == 5


def test_a_dropped_share_weighs_by_its_severity() -> None:
    small = one(page(), info("ht-degree-dropped", evidence={"share_before": 94.5, "share": 71}))
    large = one(page(), finding("ht-degree-dropped", severity=Severity.WARNING))
    assert [tuple(r) for r in small.reasons] == [
        ("human-share-dropped", 5, "the share that people translated fell from 94% to 71%")
    ]
    assert [tuple(r) for r in large.reasons] == [
        ("human-share-dropped", 15, "the share that people translated fell")
    ]


def test_machine_translated_words_are_reviewed_faster_than_translated() -> None:
    item = one(page(), info("ht-degree-low", evidence={"machine_words": 900}))
    assert [tuple(r) for r in item.reasons] == [
        ("machine-share", 20, "900 words that no person saw")
    ]
    assert item.minutes == 20  # a sample of 600 words, in the time of 200
    alone = one(stale()).minutes
    both = one(stale(), info("ht-degree-low", evidence={"machine_words": 900})).minutes
    assert both == alone + 20  # whatever else there is to do
    unsaid = one(page(), info("ht-degree-low", evidence={"machine_words": None}))
    assert reasons(unsaid) == {"machine-share": 5}


def test_a_share_that_contradicts_its_workflow_is_an_error_like_others() -> None:
    item = one(page(), finding("ht-degree-low", evidence={"machine_words": 900}))
    assert reasons(item) == {"errors": 40}


def test_navigation_counts_as_much_again_and_never_alone() -> None:
    note = info("title-whitespace", path="help/TOC.md")
    assert reasons(one(page("help/TOC.md"), note)) == {"navigation": 1, "notes": 1}
    assert reasons(one(stale("help/TOC.md"))) == {"stale": 33, "navigation": 30}
    assert reasons(one(untranslated(100, "TOC.md"))) == {"untranslated": 15, "navigation": 15}
    assert reasons(one(stale("help/TOC.md.md"))) == {"stale": 33}
    assert build_queue([page("help/TOC.md")], [], SETTINGS, NAVIGATION) == ()


def test_every_code_is_documented_and_points_add_up() -> None:
    pages, findings = site()
    items = build_queue(pages, findings, SETTINGS, NAVIGATION)
    assert {reason.code for item in items for reason in item.reasons} == set(REASONS)
    for item in items:
        assert item.score == sum(reason.points for reason in item.reasons)
        assert all(reason.points > 0 for reason in item.reasons)
        assert item.minutes >= 1


# In which order


def test_the_order_that_somebody_who_answers_for_a_site_wants() -> None:
    """Broken and misleading first, missing next, what might read better last."""
    pages = [
        page("help/note.md"),
        page("help/machine.md"),
        untranslated(900, "help/missing.md"),
        stale("help/slightly-stale.md"),
        stale("help/very-stale.md", Work(stale=12, stale_words=400)),
        page("help/broken.md"),
        page("help/two-broken.md"),
        page("help/refreshed.md"),
    ]
    findings = [
        info("title-whitespace", path="help/note.md"),
        info("ht-degree-low", path="help/machine.md", evidence={"machine_words": 2000}),
        finding(path="help/broken.md"),
        finding(path="help/two-broken.md"),
        finding("token-broken", path="help/two-broken.md"),
        finding("pin-fake-refresh", path="help/refreshed.md", severity=Severity.WARNING),
    ]
    items = build_queue(pages, findings, SETTINGS, NAVIGATION)
    assert [item.path or item.source_path for item in items] == [
        "help/very-stale.md",
        "help/two-broken.md",
        "help/broken.md",
        "help/refreshed.md",
        "help/missing.md",
        "help/slightly-stale.md",
        "help/machine.md",
        "help/note.md",
    ]
    assert [item.rank for item in items] == [1, 2, 3, 4, 5, 6, 7, 8]


def test_stale_words_go_before_as_many_missing_ones() -> None:
    changed = stale("help/z.md", Work(stale=5, stale_words=500))
    missing = untranslated(500, "help/a.md")
    items = build_queue([missing, changed], [], SETTINGS)
    assert [item.path for item in items] == ["help/z.md", None]


def test_ranks_count_within_a_locale_and_ties_go_by_path() -> None:
    pages = [
        stale("help/b.md"),
        stale("help/a.md"),
        stale("help/c.md", locale="de-DE"),
        page(None, status=PageStatus.UNTRANSLATED, source_path="help/0.md", words_to_do=784),
    ]
    items = build_queue(pages, [], SETTINGS)
    assert [(item.locale, item.rank, item.score, item.path) for item in items] == [
        ("de-DE", 1, 33, "help/c.md"),
        ("it-IT", 1, 33, None),
        ("it-IT", 2, 33, "help/a.md"),
        ("it-IT", 3, 33, "help/b.md"),
    ]


def test_the_order_of_pages_and_findings_does_not_matter() -> None:
    pages, findings = site()
    expected = build_queue(pages, findings, SETTINGS, NAVIGATION)
    for seed in range(5):
        shuffled = random.Random(seed)
        shuffled.shuffle(pages)
        shuffled.shuffle(findings)
        assert build_queue(pages, findings, SETTINGS, NAVIGATION) == expected


def site() -> tuple[list[PageResult], list[Finding]]:
    """Pages and findings in which every reason occurs."""
    classes = (ChangeClass.TITLE, ChangeClass.CODE, ChangeClass.LINKS)
    pages = [
        stale("help/TOC.md", Work(1, 1, 1, 20, 20), changes=classes),
        untranslated(77, "help/u.md"),
        page("help/o.md", status=PageStatus.ORPHAN),
        page("help/c.md", status=PageStatus.CLASH, words_to_do=None, work=None),
        page("help/f.md"),
    ]
    findings = [
        finding(path="help/f.md"),
        finding("b", path="help/f.md", severity=Severity.WARNING, confidence=Confidence.LOW),
        finding("b", path="help/f.md", severity=Severity.WARNING),
        info("n", path="help/f.md"),
        finding("pin-fake-refresh", path="help/f.md", severity=Severity.WARNING),
        finding("ht-degree-dropped", path="help/f.md", severity=Severity.WARNING),
        info("ht-degree-low", path="help/f.md", evidence={"machine_words": 10}),
    ]
    return pages, findings


# How long it takes


@pytest.mark.parametrize(
    ("words", "minutes"), [(1, 1), (10, 1), (11, 2), (600, 60), (601, 61), (6000, 600)]
)
def test_minutes_are_rounded_up(words: int, minutes: int) -> None:
    assert one(untranslated(words)).minutes == minutes


def test_findings_take_time_and_repeats_take_less() -> None:
    assert one(page(), finding()).minutes == 2
    assert one(page(), finding(), finding("token-broken")).minutes == 4
    assert one(page(), *[finding()] * 5).minutes == 4  # 120 s and four times 30 s
    assert one(page(), info("title-whitespace")).minutes == 1


def test_segments_take_time_beside_their_words() -> None:
    item = one(stale(work=Work(stale=4, obsolete=2, stale_words=100)))
    assert item.minutes == 13  # ten for the words, three for six segments


@pytest.mark.parametrize("pace", [0.0, -1.0, float("nan")])
def test_a_pace_of_nothing_is_refused(pace: float) -> None:
    with pytest.raises(ValueError, match="words_per_hour must be more than 0"):
        build_queue([], [], Settings(words_per_hour=pace))


# What fits


def items_of(*minutes: int, locale: str = "it-IT") -> list[QueueItem]:
    return [
        QueueItem(rank, locale, f"help/{rank}.md", None, 10, (), 0, length)
        for rank, length in enumerate(minutes, 1)
    ]


def test_a_budget_takes_what_fits_in_order_and_keeps_ranks() -> None:
    queue = items_of(50, 90, 40, 30, 20)
    assert [item.rank for item in cut(queue, 120)] == [1, 3, 4]
    assert cut(queue, 19) == ()
    assert cut(queue, 230) == tuple(queue)


def test_a_budget_is_for_each_locale() -> None:
    queue = [*items_of(50, 90, locale="de-DE"), *items_of(60, 60)]
    assert [(i.locale, i.rank) for i in cut(queue, 60)] == [("de-DE", 1), ("it-IT", 1)]


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("90m", 90),
        ("2h", 120),
        ("1h30m", 90),
        ("1h 30m", 90),
        ("1d", 480),
        ("1d2h3m", 603),
        (" 2H ", 120),
        ("0h5m", 5),
    ],
)
def test_budgets(text: str, minutes: int) -> None:
    assert parse_budget(text) == minutes


@pytest.mark.parametrize(
    "text",
    ["", " ", "2", "h", "0m", "-2h", "1.5h", "30m2h", "2 hours", "٢h", "1h1h", "9999999h", "1e3m"],
)
def test_what_is_no_budget_is_refused_with_what_would_be_one(text: str) -> None:
    with pytest.raises(ValueError, match="is not a budget of time: write 90m, 2h, 1h30m or 1d"):
        parse_budget(text)


def test_untranslated_text_takes_the_time_of_its_words() -> None:
    few = finding("untranslated-segment", text="two words")
    many = finding("untranslated-segment", text=" ".join(["word"] * 100))
    assert one(page(), many).minutes > one(page(), few).minutes


def test_a_table_that_is_gone_is_deleted_in_one_stroke() -> None:
    some = one(stale(work=Work(obsolete=30)))
    assert one(stale(work=Work(obsolete=1_000))).minutes == some.minutes


def test_a_fall_of_a_point_or_two_is_no_reason() -> None:
    fall = info("ht-degree-dropped", evidence={"share_before": 26.0, "share": 24.0})
    assert build_queue([page()], [fall], SETTINGS, NAVIGATION) == ()
