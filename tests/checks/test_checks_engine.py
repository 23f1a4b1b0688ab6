"""The engine: what it makes of observations, and what it does when a check fails."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import pytest

from bilint.checks.base import (
    Audit,
    AuditCheck,
    Check,
    Context,
    Corpus,
    CorpusCheck,
    CorpusObservation,
    Need,
    PageVerdict,
    SourceCheck,
)
from bilint.checks.engine import (
    Options,
    fold_skipped,
    run_corpus,
    run_pair,
    run_source,
    skip_corpus,
    unique_source_findings,
)
from bilint.model.alignment import AlignedPair, Basis, PageStatus, Past, SegmentPair
from bilint.model.document import Document, FrontMatter, Segment, SegmentKind, Suppression
from bilint.model.evidence import Evidence
from bilint.model.finding import (
    Confidence,
    Family,
    FindingState,
    Observation,
    Severity,
    Side,
    Skipped,
    Suggestion,
)
from bilint.model.page import Page
from bilint.model.pair import Pairing
from bilint.model.text import Span
from bilint.profiles import profile


class NoJudge:
    """A judge of languages and of likeness that nobody should ask here."""

    def judge(self, text: str, languages: tuple[str, ...]) -> None:
        raise AssertionError("not asked")

    def chrf(self, hypothesis: str, reference: str) -> float:
        raise AssertionError("not asked")


CONTEXT = Context(profile("experience-league"), NoJudge(), NoJudge())

Observe = Callable[[AlignedPair, Context], Iterable[Observation]]


def check(name: str, observe: Observe, **more: object) -> Check:
    settings: dict[str, object] = {
        "family": Family.TOKENS,
        "severity": Severity.WARNING,
        "confidence": Confidence.HIGH,
        "summary": "A check of the tests.",
        **more,
    }
    return Check(name, observe=observe, **settings)  # type: ignore[arg-type]


def finds(word: str, subject: str = "", **more: object) -> Observe:
    """An observation at every place of the word in the target."""

    def observe(pair: AlignedPair, _context: Context) -> Iterator[Observation]:
        data, wanted = pair.document.data, word.encode()
        at = data.find(wanted)
        while at >= 0:
            span = Span(at, at + len(wanted))
            yield Observation(f"{word} is here.", span, subject or word, **more)  # type: ignore[arg-type]
            at = data.find(wanted, at + 1)

    return observe


def document(text: str, *suppressions: Suppression) -> Document:
    """A page of one paragraph a line."""
    data = text.encode()
    segments, start = [], 0
    for line in data.split(b"\n"):
        if line:
            end = start + len(line)
            segments.append(Segment(SegmentKind.PARAGRAPH, "p", start, end, line.decode()))
        start += len(line) + 1
    return Document(data, FrontMatter(), tuple(segments), suppressions=suppressions)


KNOWN_PAST = Past(known=True)


def pair(
    target: str | Document,
    source: str | None = "Messages go out.\nThey come back.\n",
    *,
    basis: Basis | None = None,
    locale: str = "it-IT",
    path: str = "help/a.md",
    past: Past = KNOWN_PAST,
) -> AlignedPair:
    """Line beside line."""
    page = Page(path, "", target if isinstance(target, Document) else document(target))
    if source is None:
        alone = tuple(SegmentPair(None, one) for one in page.document.segments)
        return AlignedPair(locale, page, None, Basis.NOTHING, alone, None, past)
    base = Page("help/source.md", "", document(source))
    segments = tuple(
        SegmentPair(left, right)
        for left, right in zip(base.document.segments, page.document.segments, strict=False)
    )
    return AlignedPair(locale, page, base, basis or Basis.BASE, segments, "c" * 40, past)


TARGET = "I messaggi partono.\nEssi — sì — tornano.\n"


def test_a_finding_says_where_it_is_in_lines_and_code_points() -> None:
    (finding,) = run_pair(pair(TARGET), [check("one", finds("tornano"))], CONTEXT).findings
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (2, 13, 2, 20)
    assert finding.text == "tornano"
    assert (finding.before, finding.after) == ("Essi — sì — ", ".")
    assert finding.path == "help/a.md"
    assert finding.locale == "it-IT"
    assert finding.side is Side.TARGET
    assert finding.state is FindingState.OPEN


def test_it_shows_the_source_segment_that_stands_beside_it() -> None:
    (finding,) = run_pair(pair(TARGET), [check("one", finds("tornano"))], CONTEXT).findings
    assert finding.source is not None
    assert finding.source[:4] == ("help/source.md", "c" * 40, 2, "They come back.")


def test_a_source_span_is_shown_with_what_stands_around_it() -> None:
    observe = finds("tornano", source_span=Span(22, 26))
    (finding,) = run_pair(pair(TARGET), [check("one", observe)], CONTEXT).findings
    assert finding.source is not None
    assert finding.source.text == "come"
    assert (finding.source.before, finding.source.after) == ("They ", " back.")


def test_what_concerns_the_whole_page_stands_at_its_beginning() -> None:
    observe: Observe = lambda _pair, _context: [Observation("The page is odd.")]  # noqa: E731
    (finding,) = run_pair(pair(TARGET), [check("one", observe)], CONTEXT).findings
    assert (finding.line, finding.column, finding.end_line, finding.end_column) == (1, 1, 1, 1)
    assert finding.text == finding.before == finding.after == ""


def test_messages_end_without_a_full_stop_whoever_wrote_them() -> None:
    observe: Observe = lambda _pair, _context: [  # noqa: E731
        Observation("One thing is odd"),
        Observation("Two are odd."),
    ]
    findings = run_pair(pair(TARGET), [check("one", observe)], CONTEXT).findings
    assert [one.message for one in findings] == ["One thing is odd", "Two are odd"]


def test_a_long_text_is_cut() -> None:
    (finding,) = run_pair(pair("è" * 3000), [check("one", finds("è" * 3000))], CONTEXT).findings
    assert finding.text == "è" * 500 + "…"


def test_severity_comes_from_the_settings_then_the_observation_then_the_check() -> None:
    plain = check("one", finds("Essi"))
    own = check("one", finds("Essi", severity=Severity.INFO, confidence=Confidence.LOW))
    forced = Options(severities={"one": Severity.ERROR})
    (first,) = run_pair(pair(TARGET), [plain], CONTEXT).findings
    (second,) = run_pair(pair(TARGET), [own], CONTEXT).findings
    (third,) = run_pair(pair(TARGET), [own], CONTEXT, forced).findings
    assert [one.severity for one in (first, second, third)] == [
        Severity.WARNING,
        Severity.INFO,
        Severity.ERROR,
    ]
    assert [one.confidence for one in (first, second)] == [Confidence.HIGH, Confidence.LOW]


def test_compared_with_head_nothing_is_sure_nor_safe() -> None:
    suggestion = Suggestion("x", safe=True)
    compares = check("one", finds("Essi", suggestion=suggestion), needs=frozenset((Need.SOURCE,)))
    alone = check("two", finds("partono"))
    results = run_pair(pair(TARGET, basis=Basis.HEAD), [compares, alone], CONTEXT)
    by_check = {finding.check: finding for finding in results.findings}
    assert by_check["one"].confidence is Confidence.LOW
    assert by_check["one"].suggestion == Suggestion("x", safe=False)
    assert by_check["two"].confidence is Confidence.HIGH


# Fingerprints


def prints(
    target: str | Document,
    source: str | None = "Messages go out.\nThey come back.\n",
    **more: object,
) -> list[str]:
    one = pair(target, source, **more)  # type: ignore[arg-type]
    return [
        finding.fingerprint
        for finding in run_pair(one, [check("one", finds("MARK"))], CONTEXT).findings
    ]


def test_a_fingerprint_survives_moving_rewording_and_rewrapping() -> None:
    first = prints("Uno.\nDue MARK.\n")
    assert first == prints("Uno.\nDue e altro MARK, ancora.\n")
    assert first == prints("Due MARK.\n", "They   come back.\n")
    assert first == prints("Uno.\nDue MARK.\n", path="help/moved.md")


def test_an_edited_source_another_locale_and_another_subject_make_another() -> None:
    first = prints("Uno.\nDue MARK.\n")
    assert first != prints("Uno.\nDue MARK.\n", "Messages go out.\nThey came back.\n")
    assert first != prints("Uno.\nDue MARK.\n", locale="de-DE")
    other = run_pair(
        pair("Uno.\nDue MARK.\n"), [check("one", finds("MARK", "another"))], CONTEXT
    ).findings
    assert first != [finding.fingerprint for finding in other]


def test_repeated_findings_of_one_segment_are_told_apart_in_their_order() -> None:
    once = prints("MARK.\n")
    thrice = prints("MARK MARK e MARK.\n")
    assert len(set(thrice)) == 3
    assert thrice[0] == once[0]


def test_without_a_source_the_fingerprint_is_of_the_target_and_marked_so() -> None:
    (alone,) = prints("Due MARK.\n", None)
    assert alone.startswith("t")
    assert len(alone) == 17
    assert alone == prints("Uno.\nDue   MARK.\n", None)[0]
    assert alone != prints("Tre MARK.\n", None)[0]
    assert not prints("Due MARK.\n")[0].startswith("t")


def test_quote_marks_and_unicode_forms_do_not_matter() -> None:
    assert prints("> MARK perche\u0301\n> s\u00ec\n", None) == prints(
        "> MARK perch\u00e9 \n> si\u0300\n", None
    )


# Folding


def test_of_two_checks_that_say_the_same_of_one_place_the_graver_stands() -> None:
    mild = check("mild", finds("Essi"))
    grave = check("grave", finds("Essi"), severity=Severity.ERROR)
    results = run_pair(pair(TARGET), [mild, grave], CONTEXT)
    assert [finding.check for finding in results.findings] == ["grave"]


def test_other_subjects_families_and_places_are_not_folded() -> None:
    checks = [
        check("one", finds("Essi")),
        check("two", finds("Essi", "another")),
        check("three", finds("Essi"), family=Family.TERMS),
        check("four", finds("Ess", "Essi")),
    ]
    results = run_pair(pair(TARGET), checks, CONTEXT)
    assert sorted(finding.check for finding in results.findings) == ["four", "one", "three", "two"]


def test_a_check_says_what_it_sees_twice_at_one_place_twice() -> None:
    observe: Observe = lambda _pair, _context: [  # noqa: E731
        Observation("Lost.", Span(0, 4), "Save"),
        Observation("Lost.", Span(0, 4), "Save"),
    ]
    results = run_pair(pair(TARGET), [check("one", observe)], CONTEXT)
    assert len(results.findings) == 2
    assert len({finding.fingerprint for finding in results.findings}) == 2


def test_a_check_yields_where_the_other_speaks_and_nowhere_else() -> None:
    yielding = check("whole", finds("s"), yields_to=frozenset(("word",)))
    results = run_pair(pair(TARGET), [yielding, check("word", finds("messaggi"))], CONTEXT)
    told = [(finding.check, finding.column, finding.line) for finding in results.findings]
    assert told == [("word", 3, 1), ("whole", 2, 2), ("whole", 3, 2), ("whole", 8, 2)]


# Failing well


def crashing(_pair: AlignedPair, _context: Context) -> Iterator[Observation]:
    yield Observation("Seen before the fall.", Span(0, 1), "first")
    raise KeyError("no such\nthing")


def test_a_check_that_crashes_is_an_incident_and_the_others_go_on() -> None:
    checks = [check("bad", crashing), check("good", finds("Essi"))]
    results = run_pair(pair(TARGET), checks, CONTEXT)
    assert [finding.check for finding in results.findings] == ["bad", "good"]
    (incident,) = results.incidents
    assert incident[:2] == ("bad", "help/a.md")
    assert incident.error.startswith("KeyError: 'no such\\nthing' (test_checks_engine.py:")
    assert "\n" not in incident.error


@pytest.mark.parametrize("span", [Span(0, 999), Span(-1, 2), Span(3, 2), Span(26, 27)])
def test_a_span_that_cannot_be_is_an_incident(span: Span) -> None:
    observe: Observe = lambda _pair, _context: [Observation("?", span)]  # noqa: E731
    results = run_pair(pair(TARGET), [check("bad", observe)], CONTEXT)
    assert results.findings == ()
    assert [incident.check for incident in results.incidents] == ["bad"]


def test_what_a_check_lacks_is_told_and_it_does_not_run() -> None:
    needs = [Need.SOURCE, Need.BASE, Need.HISTORY, Need.EVIDENCE, Need.CATALOGUE]
    checks = [check(need.value, crashing, needs=frozenset((need,))) for need in needs]
    results = run_pair(pair(TARGET, None, past=Past()), checks, CONTEXT)
    assert not (results.incidents or results.findings)
    assert results.skipped == (
        Skipped("source", "help/a.md", "it-IT: no source text to compare the page with"),
        Skipped(
            "base",
            "help/a.md",
            "it-IT: the source text that the page was translated from is not known",
        ),
        Skipped("history", "help/a.md", "it-IT: the history of the page was not read"),
        Skipped(
            "evidence",
            None,
            "it-IT: nothing was learnt of the locale: that takes a run over all its pages",
        ),
        Skipped("catalogue", None, "it-IT: no catalogue of user-interface labels"),
    )


def test_with_all_that_it_needs_it_runs() -> None:
    needs = frozenset((Need.SOURCE, Need.BASE, Need.HISTORY, Need.EVIDENCE))
    context = CONTEXT._replace(evidence=Evidence("it-IT"))
    results = run_pair(pair(TARGET), [check("one", finds("Essi"), needs=needs)], context)
    assert len(results.findings) == 1
    assert results.skipped == ()


def test_a_check_that_only_partly_lacks_something_runs_and_says_so() -> None:
    partly = check("one", finds("Essi"), uses=frozenset((Need.EVIDENCE,)))
    results = run_pair(pair(TARGET), [partly], CONTEXT)
    assert len(results.findings) == 1
    assert results.skipped == (
        Skipped(
            "one",
            None,
            "it-IT: part of it did not run: nothing was learnt of the locale: "
            "that takes a run over all its pages",
        ),
    )


def test_skips_are_told_once_with_their_number_of_pages() -> None:
    why = "it-IT: no source text"
    skipped = [
        Skipped("b", "help/2.md", why),
        Skipped("a", "help/1.md", why),
        Skipped("b", "help/1.md", why),
        Skipped("c", None, "it-IT: no catalogue"),
        Skipped("c", None, "it-IT: no catalogue"),
    ]
    assert fold_skipped(skipped) == (
        Skipped("a", "help/1.md", why),
        Skipped("b", None, f"{why} (2 pages)"),
        Skipped("c", None, "it-IT: no catalogue"),
    )


# Suppression


def silence(start: int, end: int, *names: str) -> Suppression:
    return Suppression(Span(0, 1), Span(start, end), frozenset(names), "")


def test_a_comment_silences_what_it_names_in_its_scope() -> None:
    text = document(TARGET, silence(0, 20, "one"))
    checks = [check("one", finds("o")), check("two", finds("messaggi"))]
    findings = run_pair(pair(text), checks, CONTEXT).findings
    assert {(f.check, f.line, f.state) for f in findings} == {
        ("one", 1, FindingState.SUPPRESSED),
        ("two", 1, FindingState.OPEN),
        ("one", 2, FindingState.OPEN),
    }


def test_a_comment_that_names_nothing_silences_everything_in_its_scope() -> None:
    text = document(TARGET, silence(0, 20))
    checks = [check("one", finds("partono")), check("two", finds("messaggi"))]
    findings = run_pair(pair(text), checks, CONTEXT).findings
    assert {finding.state for finding in findings} == {FindingState.SUPPRESSED}


@pytest.mark.parametrize(
    ("glob", "names", "silent"),
    [
        ("help/a.md", ("one",), True),
        ("help/*.md", ("*",), True),
        ("a.md", ("one",), True),
        ("help/", ("one",), True),
        ("**/a.md", ("one",), True),
        ("help/**", ("one",), True),
        ("help/a.md", ("two",), False),
        ("*/b.md", ("one",), False),
        ("*", ("one",), True),
        ("help/*/a.md", ("one",), False),
        ("a", ("one",), False),
    ],
)
def test_the_settings_silence_by_path(glob: str, names: tuple[str, ...], silent: bool) -> None:
    options = Options(ignore={glob: names})
    (finding,) = run_pair(pair(TARGET), [check("one", finds("Essi"))], CONTEXT, options).findings
    assert (finding.state is FindingState.SUPPRESSED) is silent


def test_an_audit_hears_which_comments_did_something_and_what_ran() -> None:
    heard: list[Audit] = []

    def observe(audit: Audit) -> Iterator[Observation]:
        heard.append(audit)
        for comment in audit.document.suppressions:
            if comment not in audit.used:
                yield Observation("Idle.", comment.span, "idle")

    auditor = AuditCheck(
        "audit", Family.PROVENANCE, Severity.INFO, Confidence.HIGH, "Tells.", observe
    )
    options = Options(audits=(auditor,), known=frozenset(("one", "two")))
    busy, idle = silence(0, 20, "one"), silence(0, 99, "two")
    checks = [
        check("one", finds("messaggi")),
        check("two", finds("nowhere"), needs=frozenset((Need.CATALOGUE,))),
    ]
    results = run_pair(pair(document(TARGET, busy, idle)), checks, CONTEXT, options)
    (audit,) = heard
    assert audit.used == {busy}
    assert audit.ran == {"one"}
    assert not audit.complete
    assert audit.known == {"one", "two"}
    assert [finding.check for finding in results.findings] == ["audit", "one"]


def test_a_comment_cannot_silence_what_is_said_of_comments() -> None:
    auditor = AuditCheck(
        "audit",
        Family.PROVENANCE,
        Severity.INFO,
        Confidence.HIGH,
        "Tells.",
        lambda audit: [Observation("Idle.", one.span) for one in audit.document.suppressions],
    )
    text = document(TARGET, silence(0, 99))
    (finding,) = run_pair(pair(text), [], CONTEXT, Options(audits=(auditor,))).findings
    assert finding.state is FindingState.OPEN


# The source, and the corpus


def test_a_source_page_is_told_once_and_without_a_locale() -> None:
    described = check("one", finds("x"))
    part = SourceCheck("one", lambda page, _profile: [Observation("Odd.", Span(0, 8), "odd")])
    page = Page("help/source.md", "", document("Messages go out."))
    results = run_source(page, [part._replace(of=described)], CONTEXT.profile, "c" * 40)
    (finding,) = results.findings
    assert (finding.side, finding.locale, finding.path) == (Side.SOURCE, None, "help/source.md")
    assert (finding.check, finding.family, finding.text) == ("one", Family.TOKENS, "Messages")
    assert finding.source is None
    assert not finding.fingerprint.startswith("t")


def test_a_check_over_pairs_may_speak_of_the_source_and_locales_do_not_repeat_it() -> None:
    observe: Observe = lambda _pair, _context: [  # noqa: E731
        Observation("Odd.", Span(0, 8), "odd", side=Side.SOURCE)
    ]
    findings = [
        finding
        for locale in ("it-IT", "de-DE")
        for finding in run_pair(
            pair(TARGET, locale=locale), [check("one", observe)], CONTEXT
        ).findings
    ]
    assert len(findings) == 2
    (finding,) = unique_source_findings(findings)
    assert (finding.side, finding.locale, finding.path) == (Side.SOURCE, None, "help/source.md")


def corpus_check(*seen: CorpusObservation, needs: frozenset[Need] = frozenset()) -> CorpusCheck:
    return CorpusCheck(
        "many",
        Family.PROVENANCE,
        Severity.WARNING,
        Confidence.HIGH,
        "Looks at all.",
        lambda _corpus, _context: seen,
        needs | {Need.CORPUS},
    )


CORPUS = Corpus(
    "it-IT", Pairing("it-IT", (), (), ()), {"help/a.md": PageVerdict(PageStatus.CURRENT, None)}
)


def test_a_corpus_finding_stands_on_the_page_it_names() -> None:
    seen = CorpusObservation("help/a.md", Observation("Twice.", Span(2, 10), "id"))
    page = Page("help/a.md", "", document(TARGET, silence(0, 20, "many")))
    near = run_corpus(CORPUS, [corpus_check(seen)], CONTEXT, page_of={"help/a.md": page}.get)
    (finding,) = near.findings
    assert (finding.path, finding.line, finding.column) == ("help/a.md", 1, 3)
    assert finding.text == "messaggi"
    assert finding.state is FindingState.SUPPRESSED
    far = run_corpus(CORPUS, [corpus_check(seen)], CONTEXT)
    (finding,) = far.findings
    assert (finding.path, finding.line, finding.column) == ("help/a.md", 1, 1)


def test_the_fingerprint_of_a_corpus_finding_does_not_need_the_page() -> None:
    seen = CorpusObservation("help/a.md", Observation("Twice.", Span(2, 10), "id"))
    page = Page("help/a.md", "", document(TARGET))
    near = run_corpus(CORPUS, [corpus_check(seen)], CONTEXT, page_of={"help/a.md": page}.get)
    far = run_corpus(CORPUS, [corpus_check(seen)], CONTEXT)
    assert near.findings[0].fingerprint == far.findings[0].fingerprint


def test_a_corpus_check_that_crashes_or_lacks_something_is_told() -> None:
    def crash(_corpus: Corpus, _context: Context) -> Iterator[CorpusObservation]:
        raise RuntimeError("lost")
        yield

    bad = corpus_check()._replace(observe=crash)
    results = run_corpus(CORPUS, [bad, corpus_check(needs=frozenset((Need.EVIDENCE,)))], CONTEXT)
    assert [one.check for one in results.incidents] == ["many"]
    assert [one.check for one in results.skipped] == ["many"]


def test_where_only_some_pages_are_read_corpus_checks_are_skipped_by_name() -> None:
    (skipped,) = skip_corpus([corpus_check()], "it-IT")
    assert skipped == Skipped(
        "many", None, "it-IT: needs all pages of the locale, and only some were read"
    )


def test_the_order_of_checks_does_not_matter() -> None:
    checks = [check(name, finds(word)) for name, word in (("a", "o"), ("b", "s"), ("c", "Essi"))]
    there = run_pair(pair(TARGET), checks, CONTEXT)
    back = run_pair(pair(TARGET), checks[::-1], CONTEXT)
    assert there.findings == back.findings
