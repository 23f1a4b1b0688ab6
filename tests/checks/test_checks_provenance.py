"""What the pages of the provenance checks cannot show: many pages, and what evidence says."""

from __future__ import annotations

import pytest

from bilint.checks.base import Context, Corpus, PageVerdict
from bilint.checks.engine import run_corpus, run_pair
from bilint.checks.provenance import CHECKS, CORPUS_CHECKS
from bilint.learning.learn import learn
from bilint.model.alignment import (
    AlignedPair,
    Basis,
    DroppedShare,
    FakeRefresh,
    PageStatus,
    Past,
    SegmentPair,
)
from bilint.model.config import Limits
from bilint.model.document import Document, FrontMatter, Segment, SegmentKind
from bilint.model.finding import Finding, Severity
from bilint.model.history import Unknown
from bilint.model.page import Header, Page, Provenance
from bilint.model.pair import Clash, Pair, PairedBy, Pairing, Untranslated
from bilint.profiles import profile
from bilint.readers.front_matter import read_front_matter


class Same:
    """Judges of language and likeness that answer always the same."""

    def judge(self, text: str, languages: tuple[str, ...]) -> None:
        return None

    def chrf(self, hypothesis: str, reference: str) -> float:
        return 42.49 if hypothesis != reference else 100.0


CONTEXT = Context(profile("experience-league"), Same(), Same())
PAIRS = {check.id: check for check in CHECKS}


def page(share: float | None, words: int | None, path: str = "help/a.md") -> Page:
    data = b"---\nsource-git-commit: 0123456\nht-degree: 20%\n---\n"
    return Page(
        path,
        "",
        Document(data, read_front_matter(data, Limits()), ()),
        Provenance(ht_degree=share, word_count=words),
    )


def alone(target: Page, past: Past = Past(known=True)) -> AlignedPair:
    return AlignedPair("it-IT", target, None, Basis.NOTHING, (), None, past)


def low(pages: list[Page]) -> list[int]:
    """The pages, by their number, that `ht-degree-low` names."""
    context = CONTEXT._replace(evidence=learn("it-IT", pages))
    return [
        number
        for number, one in enumerate(pages)
        if run_pair(alone(one), [PAIRS["ht-degree-low"]], context).findings
    ]


def test_one_page_in_ten_is_low_however_many_there_are() -> None:
    for count in (9, 10, 19, 20, 100):
        pages = [page(0.0, number + 1) for number in range(count)]
        assert low(pages) == list(range(count - count // 10, count))


def test_words_weigh_as_much_as_the_share() -> None:
    short_by_machine = [page(0.0, 10) for _ in range(9)]
    assert low([*short_by_machine, page(60.0, 500)]) == [9]


def test_pages_alike_at_the_border_are_all_named_and_a_page_without_machine_words_never() -> None:
    assert low([page(0.0, 50)] * 2 + [page(0.0, 10)] * 8) == [0, 1]
    assert low([page(100.0, 50)] * 20) == []


def test_a_page_that_does_not_count_its_words_is_not_ranked() -> None:
    pages = [page(0.0, 10) for _ in range(10)]
    assert low([*pages, page(0.0, None)]) == list(range(10))
    assert low([page(0.0, 10)] * 9 + [page(0.0, None)]) == []


def test_the_evidence_of_a_low_page_says_how_many_words() -> None:
    pages = [page(0.0, number) for number in range(1, 20)] + [page(20.0, 999)]
    context = CONTEXT._replace(evidence=learn("it-IT", pages))
    (finding,) = run_pair(alone(pages[-1]), [PAIRS["ht-degree-low"]], context).findings
    assert finding.evidence == {"human_share": 20.0, "machine_words": 799, "rank": 1, "pages": 20}
    assert finding.line == 3


@pytest.mark.parametrize(
    ("before", "now", "severity", "chrf"),
    [
        (100.0, 80.0, Severity.WARNING, 42.4),
        (100.0, 80.1, Severity.INFO, None),
        (20.0, 0.0, Severity.WARNING, 42.4),
    ],
)
def test_a_drop_is_a_warning_from_twenty_points(
    before: float, now: float, severity: Severity, chrf: float | None
) -> None:
    past = Past(known=True, dropped=DroppedShare(before, "a" * 40, "Prima."))
    (finding,) = run_pair(
        alone(page(now, 10), past), [PAIRS["ht-degree-dropped"]], CONTEXT
    ).findings
    assert finding.severity is severity
    assert finding.evidence == {
        "share_before": before,
        "share": now,
        "commit": "a" * 40,
        "chrf": chrf,
    }


def test_a_fake_refresh_shows_its_first_segments() -> None:
    def segment(text: str, start: int) -> Segment:
        return Segment(SegmentKind.PARAGRAPH, "p", start, start + len(text), text)

    source = Page("help/s.md", "", Document(b"One.\nTwo.\nSix.\nTen.\n", FrontMatter(), ()))
    stayed = tuple(
        SegmentPair(segment(f"{word}.", 5 * number), segment(f"{word}o.", 0))
        for number, word in enumerate(("One", "Two", "Six", "Ten"))
    )
    past = Past(known=True, refresh=FakeRefresh("b" * 40, "c" * 40, stayed, "Prima."))
    pair = AlignedPair("it-IT", page(None, None), source, Basis.BASE, (), "d" * 40, past)
    (finding,) = run_pair(pair, [PAIRS["pin-fake-refresh"]], CONTEXT).findings
    assert finding.line == 2
    assert finding.text == "0123456"
    assert finding.source is not None
    assert (finding.source.line, finding.source.text) == (1, "One.")
    assert finding.evidence == {
        "pin_before": "b" * 40,
        "commit": "c" * 40,
        "segments": 4,
        "chrf": 42.4,
        "source_1": "One.",
        "target_1": "Oneo.",
        "source_2": "Two.",
        "target_2": "Twoo.",
        "source_3": "Six.",
        "target_3": "Sixo.",
    }


# Over the corpus


def header(path: str, *ids: str) -> Header:
    return Header(path, "", FrontMatter(), Provenance(ids=ids))


def corpus(
    pairs: tuple[Pair, ...] = (),
    clashes: tuple[Clash, ...] = (),
    verdicts: dict[str, PageVerdict] | None = None,
) -> Corpus:
    return Corpus("it-IT", Pairing("it-IT", pairs, clashes, ()), verdicts or {})


def unknown(reason: Unknown) -> PageVerdict:
    return PageVerdict(PageStatus.UNKNOWN, reason.value)


def told(one: Corpus) -> tuple[Finding, ...]:
    return run_corpus(one, CORPUS_CHECKS, CONTEXT).findings


def test_unknown_pins_are_one_finding_with_their_reasons() -> None:
    verdicts = {
        "help/c.md": unknown(Unknown.ABSENT),
        "help/b.md": unknown(Unknown.SHALLOW),
        "help/d.md": unknown(Unknown.ABSENT),
        "help/a.md": PageVerdict(PageStatus.CURRENT, None),
        "help/e.md": unknown(Unknown.MALFORMED),
        "help/f.md": PageVerdict(PageStatus.UNPINNED, "no-pin"),
        "help/g.md": unknown(Unknown.NO_SOURCE),
    }
    (finding,) = told(corpus(verdicts=verdicts))
    assert (finding.path, finding.line, finding.column) == ("help/b.md", 1, 1)
    assert finding.severity is Severity.WARNING
    assert finding.message == (
        "3 of 7 pages cannot be told fresh or stale: 2 pages name a commit that is not in the "
        "source repository; 1 page names a commit beyond the boundary of a shallow clone"
    )
    assert finding.evidence == {
        "pages": 3,
        "of": 7,
        "absent-commit": 2,
        "beyond-shallow-boundary": 1,
    }


def test_every_reason_for_which_a_well_formed_pin_is_unknown_is_told() -> None:
    for reason in set(Unknown) - {Unknown.MALFORMED, Unknown.NO_SOURCE}:
        (finding,) = told(corpus(verdicts={"help/a.md": unknown(reason)}))
        assert finding.evidence[reason.value] == 1


def test_pages_of_a_clash_name_each_other() -> None:
    targets = tuple(header(f"help/{name}.md", "one") for name in "dabce")
    findings = told(corpus(clashes=(Clash("it-IT", "one", targets, None),)))
    assert [finding.path for finding in findings] == [f"help/{name}.md" for name in "abcde"]
    assert findings[0].message == (
        "This page and help/b.md, help/c.md, help/d.md and 1 more bear the same id"
    )


def test_source_pages_that_bear_an_id_are_counted_wherever_they_are_paired() -> None:
    one = Pair("it-IT", header("help/a.md", "one", "two"), header("help/a.md", "one"), PairedBy.ID)
    other = Pair("it-IT", header("help/b.md", "two"), None, None)
    listed = Untranslated("it-IT", header("help/c.md", "two", "three"))
    stray = Clash("it-IT", "four", (header("help/d.md", "four"),), header("help/e.md", "two"))
    told_of = told(
        Corpus("it-IT", Pairing("it-IT", (one, other), (stray,), (listed,)), {}),
    )
    assert [finding.path for finding in told_of] == ["help/a.md", "help/b.md"]
    assert {finding.evidence["source_pages_that_bear_it"] for finding in told_of} == {2}


def test_the_page_at_the_path_of_the_source_keeps_its_id() -> None:
    source = header("help/a.md", "one")
    own = Pair("it-IT", header("help/a.md", "one"), source, PairedBy.ID)
    other = Pair("it-IT", header("help/copy.md", "one"), header("help/copy.md"), PairedBy.PATH)
    (finding,) = told(corpus((own, other)))
    assert finding.path == "help/copy.md"
    assert finding.subject == "one"
    assert finding.message.endswith("; it belongs to help/a.md")
