"""Invented reports for the page: with texts and a trend, hostile ones, and large ones."""

from __future__ import annotations

from sample_reports import LETTERS, PIN, finding, page, whole_report

from bilint.model.alignment import ChangeClass, PageStatus, SegmentState
from bilint.model.finding import Confidence, Family, Severity, Side, SourcePlace, Suggestion
from bilint.model.gate import BudgetResult
from bilint.model.quality import (
    By,
    Edited,
    Figures,
    Group,
    LeftOut,
    LocaleQuality,
    Quality,
    Replaced,
    Score,
)
from bilint.model.report import QueueItem, Reason, Report, SegmentCounts, SideInfo, page_key
from bilint.model.text import Span
from bilint.model.trend import Change, LocaleFigures, RunFigures, Trend
from bilint.model.unit_text import PageTexts, Piece, UnitText, pack

HOSTILE = (
    "</script><script>document.title='broken'</script>",
    "<img src=x onerror=\"document.title='broken'\">",
    "[a](javascript:document.title='broken')",
    "\x1b[31mred\x1b[0m \x07 \u202egnp.exe\u202c \u200b \u2028 \u2029 \x00",
    "<!--<script> ]]> ${document.title='broken'} `x` {{y}}",
    "'\"; $(rm -rf /) & | #",
    "\udc80\udcff lone",
)


def piece(text: str, start: int, line: int = 1) -> Piece:
    return Piece(line, start, start + len(text.encode("utf-8", "surrogatepass")), text)


def unit(
    base: Piece | None,
    head: Piece | None,
    target: Piece | None,
    state: SegmentState | None = SegmentState.CURRENT,
    change: ChangeClass | None = None,
    kind: str = "paragraph",
    words: int = 0,
) -> UnitText:
    return UnitText(kind, state, change, False, words, base, head, target)


def letters() -> PageTexts:
    """The three texts of a page with every kind of segment."""
    noon, morning = "Letters are sent at noon.", "Letters are sent every morning."
    mail = "Open [!DNL Mail] and choose a letter."
    return PageTexts(
        40,
        (
            unit(
                piece("Letters", 4, 2), piece("Letters", 4, 2), piece("Lettere", 4, 2), kind="title"
            ),
            unit(
                piece(noon, 100, 9),
                piece(morning, 100, 9),
                piece("Le lettere partono a mezzogiorno.", 120, 10),
                SegmentState.STALE,
                ChangeClass.PROSE,
                words=5,
            ),
            unit(
                piece(mail, 200, 12),
                piece(mail, 210, 12),
                piece("Apri [!DNL Posta] e scegli una lettera.", 200, 12),
            ),
            unit(
                piece("Stamps are licked.", 300, 14),
                None,
                piece("I francobolli…", 300, 14),
                SegmentState.OBSOLETE,
            ),
            unit(None, piece("Parcels are weighed.", 400, 16), None, SegmentState.NEW, words=3),
            unit(
                piece("send()", 500, 20),
                piece("post()", 500, 20),
                None,
                None,
                ChangeClass.CODE,
                "block",
            ),
        ),
    )


def trend() -> Trend:
    def run(month: int) -> RunFigures:
        return RunFigures(
            f"2026-{month:02}-01T00:00:00Z",
            PIN,
            {"it-IT": PIN, "ja-JP": None},
            tuple(
                LocaleFigures(
                    locale,
                    {PageStatus.CURRENT: 40 + month, PageStatus.STALE: 10 - month},
                    (1 + n) * 1000 - 90 * month,
                    50.0 + month if n else None,
                    {
                        (Family.TOKENS, Severity.ERROR): 12 - month,
                        (Family.LINKS, Severity.WARNING): 3,
                    },
                    7,
                )
                for n, locale in enumerate(("it-IT", "ja-JP"))
            ),
        )

    runs = tuple(map(run, range(1, 7)))
    return Trend(runs, runs[-2].at, (Change("it-IT", 2, 5, 6), Change("ja-JP", 0, 1, 3)))


def quality() -> Quality:
    scores = (Score("chrF2", 81.25, 81.2, 1.5), Score("chrF2++", 79.0), Score("TER", 21.0))
    figures = Figures(3, 120, 60, 4, 900, 400, 90, 800, 25.0, scores)
    few = Figures(1, 4, 1, 0, 30, 20, 9, 28, None, None)
    groups = (
        Group(By.PERIOD, "2025-Q4", figures),
        Group(By.PERIOD, "2026-Q1", figures._replace(untouched=90)),
        Group(By.AREA, "letters", figures),
        Group(By.AREA, "parcels", few),
    )
    edited = Edited(LETTERS, "2026-01-09", "Stamps", "Il bollo rosso", "Il francobollo rosso", 1, 2)
    replaced = Replaced("bollo", "francobollo", 7, 3)
    one = LocaleQuality("it-IT", 5, {}, figures, groups, (edited,), (replaced,), LeftOut())
    return Quality((one,), 300)


def report_with_texts() -> Report:
    """A report in which everything occurs, with the text of a page and what went before."""
    report = whole_report()
    places = {
        "": SideInfo("en", "https://forge.example/en/blob/{revision}/{path}#L{line}"),
        "it-IT": SideInfo("it-IT", "https://forge.example/it/blob/{revision}/{path}#L{line}"),
        "ar-SA": SideInfo("ar-SA"),
        "ja-JP": SideInfo("ja-JP"),
    }
    texts = {page_key(one): pack(letters()) for one in report.pages or () if one.path == LETTERS}
    placed = tuple(
        one._replace(span=Span(205, 217), line=12, evidence={"habit": "Mail", "of": 12})
        if one.path == LETTERS and one.suggestion is not None
        else one
        for one in report.findings or ()
    )
    arabic = PageTexts(
        4,
        (
            unit(
                None,
                piece("Open [!DNL Mail] and choose a letter.", 10, 3),
                piece("افتح [!DNL بريد] واختر رسالة (1).", 10, 3),
                None,
            ),
        ),
    )
    texts[("ar-SA", "help/stamps.md", "help/a.md")] = pack(arabic)
    texts |= {page_key(one): pack(arabic) for one in report.pages or () if one.locale == "ar-SA"}
    return report._replace(
        texts=texts,
        sides=places,
        trend=trend(),
        findings=placed,
        revisions={"it-IT": PIN},
        quality=quality(),
        budgets=(BudgetResult("it-IT", "max_errors", 1, 3),),
    )


def hostile_report() -> Report:
    """A report in which all that comes out of a repository is up to no good."""
    pages, findings, queue, texts = [], [], [], {}
    for number, text in enumerate(HOSTILE):
        path = f"help/{number}{text.replace('/', '')}.md"
        one = page(
            path=path,
            id=text,
            pin=text,
            reason=text,
            workflow=text,
            base_path=path,
            source_path=path,
            status=PageStatus.STALE,
            words_to_do=5,
        )
        pages.append(one)
        findings.append(
            finding(
                path=path,
                message=text,
                subject=text,
                text=text,
                before=text,
                after=text,
                source=SourcePlace(path, text, 1, text, text, text),
                evidence={text: text},
                suggestion=Suggestion(text + "!", safe=False),
                fingerprint=f"{number:016x}",
                span=Span(10, 10 + len(text.encode("utf-8", "surrogatepass"))),
                group=text,
            )
        )
        queue.append(
            QueueItem(number + 1, "it-IT", path, text, 5, (Reason(text, 5, text),), 5, 1, path)
        )
        texts[page_key(one)] = pack(
            PageTexts(
                1,
                (
                    unit(
                        piece(text, 10),
                        piece(text + " more", 10),
                        piece(text, 10),
                        SegmentState.STALE,
                        ChangeClass.PROSE,
                    ),
                ),
            )
        )
    return whole_report()._replace(
        pages=tuple(pages),
        findings=tuple(findings),
        queue=tuple(queue),
        texts=texts,
        sides={
            "": SideInfo("en", "javascript:document.title='broken'//{path}"),
            "it-IT": SideInfo("it-IT", "javascript:document.title='broken'//{path}"),
        },
        skipped=(),
        incidents=(),
    )


def large_report(pages: int, findings: int) -> Report:
    """So many pages in two locales, with as many findings on them."""
    locales = ("it-IT", "ja-JP")
    checks = (
        ("dnl-altered", Family.TOKENS),
        ("link-lost", Family.LINKS),
        ("number-altered", Family.NUMBERS),
        ("term-unusual", Family.TERMS),
        ("double-space", Family.TYPOGRAPHY),
    )
    rows = []
    for number in range(pages):
        path = f"help/area-{number % 12}/chapter-{number % 97}/page-{number}.md"
        rows.append(
            page(
                locale=locales[number % 2],
                path=path,
                source_path=path,
                status=PageStatus.STALE if number % 3 else PageStatus.CURRENT,
                words_to_do=number % 400,
                segments=SegmentCounts(50, 40, 5, 2, 3),
            )
        )
    rows.sort(key=lambda one: (one.locale, one.path or ""))
    found = []
    for number in range(findings):
        one = rows[number * pages // findings]
        check, family = checks[number % len(checks)]
        found.append(
            finding(
                check=check,
                family=family,
                locale=one.locale,
                path=one.path or "",
                severity=list(Severity)[number % 3],
                confidence=list(Confidence)[number % 3],
                side=Side.TARGET,
                line=number % 900 + 1,
                message=f"What number {number % 5000} says is not what the source says",
                subject=f"subject {number % 4000}",
                text=f"text of finding {number}",
                fingerprint=f"{number * 0x9E3779B97F4A7C15 % 2**64:016x}",
                source=None,
            )
        )
    queue = tuple(
        QueueItem(
            rank,
            one.locale,
            one.path,
            None,
            500 - rank % 500,
            (Reason("stale", 5, "x"),),
            9,
            5,
            one.path,
        )
        for rank, one in enumerate(rows, 1)
    )
    return whole_report()._replace(
        pages=tuple(rows),
        findings=tuple(found),
        queue=queue,
        sides={locale: SideInfo(locale) for locale in locales},
    )
