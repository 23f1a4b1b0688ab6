"""Invented reports for the tests of the reporters: two locales, and one that is written in RTL."""

from __future__ import annotations

from bilint.model.alignment import ChangeClass, PageStatus
from bilint.model.finding import (
    Confidence,
    Family,
    Finding,
    FindingState,
    Incident,
    Severity,
    Side,
    Skipped,
    SourcePlace,
    Suggestion,
)
from bilint.model.gate import StaleLine
from bilint.model.pair import PairedBy
from bilint.model.report import (
    PageResult,
    QueueItem,
    Reason,
    Report,
    SegmentCounts,
    SourceUsed,
    Tool,
    Work,
)

PIN = "5d0f1c2a9b8e7d6c5b4a39281706f5e4d3c2b1a0"
LETTERS = "help/letters/sending/letters-that-were-never-sent-and-why.md"


def page(locale: str = "it-IT", path: str | None = "help/a.md", **more: object) -> PageResult:
    plain = PageResult(
        locale=locale,
        path=path,
        id="0a1b2c3d",
        paired_by=PairedBy.ID,
        status=PageStatus.CURRENT,
        reason=None,
        moved=False,
        pin=PIN,
        base_path=path,
        source_path=path,
        ht_degree=94.0,
        workflow="tm+mt",
        segments=SegmentCounts(12, 12, 0, 0, 0),
        words_to_do=0,
        work=Work(),
    )
    return plain._replace(**more)  # type: ignore[arg-type]


def finding(check: str = "dnl-altered", path: str = "help/a.md", **more: object) -> Finding:
    plain = Finding(
        check=check,
        family=Family.TOKENS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        side=Side.TARGET,
        locale="it-IT",
        path=path,
        line=12,
        column=6,
        end_line=12,
        end_column=22,
        message="The name inside the token was translated: “Posta” should read “Mail”.",
        subject="Mail",
        source=SourcePlace(path, PIN, 12, "[!DNL Mail]", "Open ", " and choose a letter."),
        text="[!DNL Posta]",
        evidence={},
        suggestion=None,
        fingerprint="0123456789abcdef",
        group=f"{check}:it-IT:{path}",
        before="Apri ",
        after=" e scegli una lettera.",
    )
    return plain._replace(**more)  # type: ignore[arg-type]


def whole_report() -> Report:
    """A report in which everything occurs."""
    stale = page(
        path=LETTERS,
        base_path="help/letters.md",
        source_path="help/letters.md",
        status=PageStatus.STALE,
        segments=SegmentCounts(46, 40, 3, 1, 2),
        words_to_do=1312,
        changes=(ChangeClass.PROSE, ChangeClass.LINKS),
        work=Work(2, 1, 2, 1250, 62, 1),
    )
    pages = (
        page(locale="ar-SA", path="help/stamps.md", words_to_do=0, ht_degree=None),
        page(path="help/TOC.md", id=None, paired_by=PairedBy.PATH, workflow=None, ht_degree=None),
        stale,
        page(
            path="help/cosmetic.md",
            status=PageStatus.COSMETIC,
            changes=(ChangeClass.WHITE_SPACE,),
            ht_degree=99.6,
        ),
        page(
            path="help/lost.md",
            status=PageStatus.UNKNOWN,
            reason="absent-commit",
            segments=SegmentCounts(),
            words_to_do=None,
            base_path=None,
            work=None,
            ht_degree=0.0,
        ),
        page(
            path="help/answered.md",
            status=PageStatus.STALE,
            moved=True,
            source_path="help/old/answered.md",
            segments=SegmentCounts(8, 7, 1, 0, 0),
            words_to_do=0,
            changes=(ChangeClass.PROSE,),
            work=Work(answered=1),
        ),
        page(
            path=None,
            source_path="help/parcels.md",
            paired_by=None,
            pin=None,
            base_path=None,
            status=PageStatus.UNTRANSLATED,
            segments=SegmentCounts(23, 0, 0, 0, 23),
            words_to_do=640,
            ht_degree=None,
            workflow=None,
            work=None,
        ),
        page(locale="ja-JP", path="help/日本語/切手.md"),
    )
    findings = (
        finding(
            check="token-broken",
            side=Side.SOURCE,
            locale=None,
            path="help/letters.md",
            message="A token is not closed.",
            subject="DNL Mail",
            source=None,
            text="[!DNL Mail",
            before="Close ",
            after=" before you leave.",
            group="token-broken:source:help/letters.md",
            severity=Severity.WARNING,
            confidence=Confidence.MEDIUM,
        ),
        finding(
            locale="ar-SA",
            path="help/stamps.md",
            text="[!DNL بريد]",
            before="افتح ",
            after=" واختر رسالة.",
            group="dnl-altered:ar-SA:help/stamps.md",
        ),
        finding(path=LETTERS, suggestion=Suggestion("[!DNL Mail]", safe=True)),
        *(
            finding(
                check="token-glued",
                path=LETTERS,
                line=line,
                column=9,
                end_line=line,
                end_column=10,
                severity=Severity.WARNING,
                confidence=Confidence.LOW,
                message="A letter follows a token without a blank.",
                subject="Mail",
                source=None,
                text="e",
                before="[!DNL Mail]",
                after=" poi si chiude.",
                group=f"token-glued:it-IT:{LETTERS}",
            )
            for line in (20, 31, 31, 44)
        ),
        finding(path=LETTERS, line=50, state=FindingState.KNOWN),
        finding(path=LETTERS, line=51, state=FindingState.SUPPRESSED),
        finding(
            check="title-whitespace",
            family=Family.FRONT_MATTER,
            path="help/TOC.md",
            line=1,
            column=1,
            end_line=1,
            end_column=1,
            severity=Severity.INFO,
            message="The title ends in a blank.",
            subject="title",
            source=None,
            text="",
            before="",
            after="",
            evidence={"blanks": 2, "share": 0.5, "note": None},
            group="title-whitespace:it-IT:help/TOC.md",
        ),
        finding(
            locale="ja-JP",
            path="help/日本語/切手.md",
            line=3,
            text="[!DNL メール]",
            before="「",
            after="」を開き、手紙を選びます。",
            group="dnl-altered:ja-JP:help/日本語/切手.md",
        ),
    )
    queue = (
        QueueItem(
            1,
            "it-IT",
            LETTERS,
            "0a1b2c3d",
            163,
            (
                Reason("stale", 96, "2 stale segments, 1,250 words"),
                Reason("errors", 30, "1 error: dnl-altered"),
                Reason("warnings", 4, "4 warnings: token-glued (4)"),
                Reason("links", 33, "links or images changed in the source"),
            ),
            1312,
            171,
            LETTERS,
        ),
        QueueItem(
            2,
            "it-IT",
            None,
            "0a1b2c3d",
            35,
            (Reason("untranslated", 35, "not translated yet: 640 words"),),
            640,
            77,
            "help/parcels.md",
        ),
    )
    return Report(
        tool=Tool("bilint", "0.1.0", ("dnl-altered",), "experience-league", {"pyromark": "0.10.3"}),
        source=SourceUsed("guide.en", PIN),
        pages=pages,
        findings=findings,
        queue=queue,
        skipped=(
            Skipped("ht-degree-dropped", "help/lost.md", "it-IT: the history was not read"),
            Skipped("fake-refresh", "help/lost.md", "it-IT: the history was not read"),
            Skipped(None, "help/huge.md", "larger than 2,097,152 bytes"),
        ),
        incidents=(Incident("numbers", "help/lost.md", "ValueError: no such number (x.py:7)"),),
        stale_baseline=(
            StaleLine(3, "dnl-altered", "it-IT", "help/a.md", "Mail", "89abcdef01234567"),
        ),
        unused_ignores=("help/old/** = dnl-altered",),
        diffs={
            ("it-IT", LETTERS): (
                ("Letters are sent at noon.", "Letters are sent every morning."),
                ("Stamps are licked.", ""),
                ("", "Parcels are weighed."),
            )
        },
    )
