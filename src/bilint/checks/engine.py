"""The engine of checks: runs them, and makes findings out of what they saw.

A check only says what it sees. Here, and nowhere else, an observation gets its id, severity,
place, fingerprint and state; a check that crashes becomes an incident while the others go on;
and a check that lacks what it needs is skipped, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

from bilint.checks.base import (
    EVIDENCE_NEEDS,
    Audit,
    AuditCheck,
    Check,
    Context,
    Corpus,
    CorpusCheck,
    Late,
    Need,
    Seen,
    SourceCheck,
)
from bilint.model.alignment import AlignedPair, Basis
from bilint.model.document import Suppression
from bilint.model.finding import (
    Confidence,
    Family,
    Finding,
    FindingState,
    Incident,
    Observation,
    Severity,
    Side,
    Skipped,
)
from bilint.model.page import Page
from bilint.model.profile import Profile
from bilint.model.record import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from bilint.checks.findings import Stamp

ERROR_CAP = 300
"""Characters of an incident's error."""


class Results(NamedTuple):
    """What came of running checks: findings in the order of the page, and what did not run."""

    findings: tuple[Finding, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    incidents: tuple[Incident, ...] = ()


class Options(NamedTuple):
    """What the settings say of checks.

    `severities` override a check's own; `ignore` silences checks by a glob of page paths;
    `audits` run after all others; `known` are the ids of all checks, also of those switched off.
    """

    severities: Mapping[str, Severity] = {}
    ignore: Mapping[str, tuple[str, ...]] = {}
    audits: tuple[AuditCheck, ...] = ()
    known: frozenset[str] = frozenset()


NO_OPTIONS = Options()

_OF_THE_WHOLE = frozenset((Family.STRUCTURE, Family.CODE))
"""Families that lay whole pages beside each other: where a page is being brought up to date, part
of it is as the source was and part as it is."""


def run_pair(
    pair: AlignedPair, checks: Sequence[Check], context: Context, options: Options = NO_OPTIONS
) -> Results:
    """Run checks over one aligned pair."""
    able, skipped = _able(checks, _missing(pair, context), pair)
    seen: list[Seen] = []
    incidents: list[Incident] = []
    is_marked = cache(partial(holds, pair))
    for check, quick in able:
        if check.marks and (quick or _can_wait(check)) and not any(map(is_marked, check.marks)):
            continue
        try:
            observations = check.observe(pair, context)
            if pair.now is not None and check.family in _OF_THE_WHOLE:
                observations = _still(observations, check.observe(pair.now, context))
            for observation in observations:
                _check_span(observation, pair)
                seen.append(Seen(check, observation))
        except Exception as error:
            incidents.append(Incident(check.id, pair.target.path, describe_error(error)))
    # A page without comments for Bilint has nothing to audit; a malformed one is a problem.
    audited = options.audits and (pair.document.suppressions or pair.document.problems)
    if not seen and not audited:
        return Results((), skipped, tuple(incidents))
    from bilint.checks.findings import Ground, Stamp, fold

    stamp = Stamp(
        Ground(pair.target),
        None if pair.source is None else Ground(pair.source, pair.source_revision),
        pair.locale,
        pair.segments,
        options.severities,
    )
    findings, used = _silence(_stamped(stamp, fold(seen), pair.basis), pair.target, options)
    if audited:
        ran = frozenset(check.id for check, _ in able)
        audit = Audit(pair.document, used, ran, not skipped, options.known)
        more = _audit(audit, pair.target.path, options, incidents)
        # A comment cannot silence what is said of comments: it would hide itself.
        findings += _silence([stamp.finding(one) for one in more], None, options)[0]
    return Results(tuple(sorted(findings, key=page_order)), skipped, tuple(incidents))


def _still(then: Iterable[Observation], now: Iterable[Observation]) -> Iterator[Observation]:
    """What is wrong beside the source as it was and is not right beside the source as it is."""
    places, subjects = set(), set()
    for one in now:
        places.add(one.span)
        subjects.add(one.subject)
    for one in then:
        if one.span in places or (one.subject and one.subject in subjects):
            yield one


def skipped_on(pair: AlignedPair, checks: Sequence[Check], context: Context) -> tuple[Skipped, ...]:
    """What `run_pair` says of checks that lack something; it looks at no text for that."""
    return _able(checks, _missing(pair, context), pair)[1]


def run_source(
    page: Page,
    checks: Sequence[SourceCheck],
    profile: Profile,
    revision: str | None = None,
    options: Options = NO_OPTIONS,
) -> Results:
    """Run checks over one source page, whatever its translations. `revision` is its commit."""
    seen: list[Seen] = []
    incidents: list[Incident] = []
    for check in checks:
        try:
            if check.of is None:
                raise ValueError(f"the source part of {check.id} does not name its check")
            for observation in check.observe(page.document, profile):
                _check_bounds(observation, page)
                seen.append(Seen(check.of, observation))
        except Exception as error:
            incidents.append(Incident(check.id, page.path, describe_error(error)))
    if not seen:
        return Results((), (), tuple(incidents))
    from bilint.checks.findings import Ground, Stamp, fold

    ground = Ground(page, revision)
    stamp = Stamp(None, ground, None, (), options.severities)
    findings, _used = _silence([stamp.finding(one) for one in fold(seen)], page, options)
    return Results(tuple(sorted(findings, key=page_order)), (), tuple(incidents))


def run_corpus(
    corpus: Corpus,
    checks: Sequence[CorpusCheck],
    context: Context,
    options: Options = NO_OPTIONS,
    page_of: Callable[[str], Page | None] = lambda _path: None,
) -> Results:
    """Run checks over all pages of one locale.

    `page_of` gives a target page by its path, for those few on which something was found; a
    finding on a page that it does not give stands at 1:1.
    """
    seen: dict[str, list[Seen]] = {}
    skipped: list[Skipped] = []
    incidents: list[Incident] = []
    for check in checks:
        lacks = check.needs & _missing_around(context)
        if lacks:
            skipped.append(Skipped(check.id, None, f"{corpus.locale}: {_reasons(lacks)}"))
            continue
        try:
            for path, observation in check.observe(corpus, context):
                seen.setdefault(path, []).append(Seen(check, observation))
        except Exception as error:
            incidents.append(Incident(check.id, None, describe_error(error)))
    findings: list[Finding] = []
    from bilint.checks.findings import Ground, Stamp, fold

    for path, several in sorted(seen.items()):
        page = page_of(path)
        stamp = Stamp(Ground(page, path=path), None, corpus.locale, (), options.severities)
        stamped = [stamp.finding(one) for one in fold(several)]
        findings += sorted(_silence(stamped, page, options)[0], key=page_order)
    return Results(tuple(findings), tuple(skipped), tuple(incidents))


def skip_corpus(checks: Iterable[CorpusCheck], locale: str) -> tuple[Skipped, ...]:
    """What is said of corpus checks where only some pages of a locale were read."""
    reason = f"{locale}: needs all pages of the locale, and only some were read"
    return tuple(Skipped(check.id, None, reason) for check in checks)


def fold_skipped(skipped: Iterable[Skipped]) -> tuple[Skipped, ...]:
    """One entry for each check and reason, with the number of pages where there are several."""
    paths: dict[tuple[str | None, str], list[str | None]] = {}
    for check, path, reason in skipped:
        paths.setdefault((check, reason), []).append(path)
    folded = []
    for (check, reason), where in paths.items():
        pages = {path for path in where if path is not None}
        if len(pages) == 1 or not pages:
            folded.append(Skipped(check, next(iter(pages), None), reason))
        else:
            folded.append(Skipped(check, None, f"{reason} ({len(pages)} pages)"))
    return tuple(sorted(folded, key=lambda one: (one.check or "", one.path or "", one.reason)))


def unique_source_findings(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings without those on a source page that another locale's run told already."""
    told: set[tuple[str, str, str]] = set()
    kept = []
    for finding in findings:
        if finding.side is Side.SOURCE:
            key = (finding.check, finding.path, finding.fingerprint)
            if key in told:
                continue
            told.add(key)
        kept.append(finding)
    return tuple(kept)


def page_order(finding: Finding) -> tuple[int, int, str, str, str]:
    """The order of findings on one page."""
    return (*finding.span, finding.check, finding.subject, finding.message)


def describe_error(error: BaseException) -> str:
    """The last line of a traceback and where it came from, on one line and not too long."""
    where = ""
    trace = error.__traceback__
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename.replace("\\", "/").rpartition("/")[2]
        where = f" ({name}:{trace.tb_lineno})"
        trace = trace.tb_next
    text = " ".join(f"{type(error).__name__}: {error}".split())
    return text[:ERROR_CAP] + where


def _stamped(stamp: Stamp, seen: Iterable[Seen], basis: Basis) -> list[Finding]:
    if basis is not Basis.HEAD:
        return [stamp.finding(one) for one in seen]
    return [
        stamp.finding(one, Confidence.LOW if _compares(one) else None, trusted=False)
        for one in seen
    ]


def _compares(seen: Seen) -> bool:
    check = seen.check
    needs = frozenset[Need]() if isinstance(check, AuditCheck) else check.needs
    return Need.SOURCE in needs or seen.observation.source_span is not None


def _audit(audit: Audit, path: str, options: Options, incidents: list[Incident]) -> list[Seen]:
    seen: list[Seen] = []
    for check in options.audits:
        try:
            seen += [Seen(check, observation) for observation in check.observe(audit)]
        except Exception as error:
            incidents.append(Incident(check.id, path, describe_error(error)))
    return seen


def _silence(
    findings: list[Finding], page: Page | None, options: Options
) -> tuple[list[Finding], frozenset[Suppression]]:
    """Findings with their state, and the comments of the page that silenced one."""
    comments = page.document.suppressions if page is not None else ()
    if not comments and not options.ignore:
        return findings, frozenset()
    from bilint.checks.suppression import ignored, silencing

    used = set()
    silenced = []
    for finding in findings:
        on_page = page is not None and finding.path == page.path
        comment = silencing(comments, finding.check, finding.span.start) if on_page else None
        if comment is not None:
            used.add(comment)
        if comment is not None or ignored(options.ignore, finding.check, finding.path):
            finding = with_state(finding, FindingState.SUPPRESSED)
        silenced.append(finding)
    return silenced, frozenset(used)


def with_state(finding: Finding, state: FindingState) -> Finding:
    """The same finding in another state."""
    return finding._replace(state=state)


_WHY = {
    Need.SOURCE: "no source text to compare the page with",
    Need.BASE: "the source text that the page was translated from is not known",
    Need.HISTORY: "the history of the page was not read",
    Need.EVIDENCE: "nothing was learnt of the locale: that takes a run over all its pages",
    Need.NAMES: "too few names were seen in the locale to learn what becomes of them",
    Need.LABELS: "too few labels were seen in the locale to learn whether they are translated",
    Need.TERMS: "too little of the locale was seen to learn how terms are rendered",
    Need.REPEATS: "too little of the locale was seen to compare translations of the same text",
    Need.LENGTHS: "too little of the locale was seen to learn how long translations are",
    Need.QUOTES: "too few quotation marks were seen in the locale to learn which it uses",
    Need.SITE: "the files around the page were not looked at",
    Need.CATALOGUE: "no catalogue of user-interface labels",
    Need.TERM_BASE: "no term base",
    Need.CORPUS: "needs all pages of the locale",
}
_OF_THE_PAGE = frozenset((Need.SOURCE, Need.BASE, Need.HISTORY))


def _missing(pair: AlignedPair, context: Context) -> frozenset[Need]:
    missing = []
    if pair.source is None:
        missing.append(Need.SOURCE)
    if pair.basis is not Basis.BASE:
        missing.append(Need.BASE)
    if not pair.past.known:
        missing.append(Need.HISTORY)
    return _missing_around(context).union(missing)


def _missing_around(context: Context) -> frozenset[Need]:
    """What is missing beside the page."""
    missing = set()
    evidence = context.evidence
    if evidence is None:
        missing.add(Need.EVIDENCE)
    missing |= {
        need
        for need, field in EVIDENCE_NEEDS.items()
        if evidence is None or getattr(evidence, field) is None
    }
    if context.labels is None:
        missing.add(Need.CATALOGUE)
    if not context.terms:
        missing.add(Need.TERM_BASE)
    if context.site is None:
        missing.add(Need.SITE)
    return frozenset(missing)


def _can_wait(check: Check) -> bool:
    return isinstance(check.observe, Late) and check.observe.can_wait()


def holds(pair: AlignedPair, mark: bytes) -> bool:
    """Whether the page or its source has these bytes."""
    source = pair.source
    return mark in pair.document.data or (source is not None and mark in source.document.data)


_Able = tuple[Check, bool]


class _Plan(NamedTuple):
    """Which checks can run where something is missing, and what is said of the others.

    With each goes whether its marks are single bytes, which are found at once; those of several
    are looked for only as long as its module need not be loaded: it will know of something better.
    Which of `skipped` are said of one page alone, still without the path, stands in `of_page`.
    """

    able: tuple[_Able, ...]
    skipped: tuple[Skipped, ...]
    of_page: frozenset[int]


_recent: list[tuple[tuple[Check, ...], frozenset[Need], str, _Plan]] = []
_MOST_PLANS = 8
"""Plans kept: most pages of a run lack the same."""


def _able(
    checks: Sequence[Check], missing: frozenset[Need], pair: AlignedPair
) -> tuple[tuple[_Able, ...], tuple[Skipped, ...]]:
    """The checks that can run over a page, and what is said of those that cannot."""
    able, skipped, of_page = _planned(tuple(checks), missing, pair.locale)
    if of_page:
        path = pair.target.path
        skipped = tuple(
            [
                Skipped(one.check, path, one.reason) if at in of_page else one
                for at, one in enumerate(skipped)
            ]
        )
    return able, skipped


def _planned(checks: tuple[Check, ...], missing: frozenset[Need], locale: str) -> _Plan:
    for known, lacking, spoken, plan in _recent:
        if known is checks and lacking == missing and spoken == locale:
            return plan
    plan = _plan(checks, missing, locale)
    _recent.insert(0, (checks, missing, locale, plan))
    del _recent[_MOST_PLANS:]
    return plan


def _plan(checks: Sequence[Check], missing: frozenset[Need], locale: str) -> _Plan:
    able: list[_Able] = []
    skipped: list[Skipped] = []
    of_page: set[int] = set()
    for check in checks:
        lacks, part = check.needs & missing, ""
        if not lacks:
            able.append((check, max(map(len, check.marks), default=1) == 1))
            lacks, part = check.uses & missing, "part of it did not run: "
        if lacks:
            page_alone = lacks <= _OF_THE_PAGE
            why = _reasons(lacks if page_alone else lacks - _OF_THE_PAGE)
            if page_alone:
                of_page.add(len(skipped))
            skipped.append(Skipped(check.id, None, f"{locale}: {part}{why}"))
    return _Plan(tuple(able), tuple(skipped), frozenset(of_page))


def _reasons(lacks: frozenset[Need]) -> str:
    return "; ".join(_WHY[need] for need in Need if need in lacks)


def _check_span(observation: Observation, pair: AlignedPair) -> None:
    _check_bounds(observation, pair.source if observation.side is Side.SOURCE else pair.target)
    if observation.source_span is not None:
        _check_bounds(Observation("", observation.source_span), pair.source)


def _check_bounds(observation: Observation, page: Page | None) -> None:
    """A span out of bounds or inside a character is a fault of the check, told as such."""
    data = b"" if page is None else page.document.data
    start, end = observation.span
    if not 0 <= start <= end <= len(data):
        raise ValueError(f"span {start}-{end} lies outside a page of {len(data)} bytes")
    for at in (start, end):
        if at < len(data) and data[at] & 0xC0 == 0x80:
            raise ValueError(f"span {start}-{end} cuts a character in two")
