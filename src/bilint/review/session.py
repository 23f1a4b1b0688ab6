"""One reviewer at work: a queue, where they are in it, and what they do.

Every action answers with what it did, or why it did not. A decision is told as made when it is
written for good; a page is written as a whole, and only over the bytes that the reviewer saw.
"""

# os.path, as everywhere below the commands.
# ruff: noqa: PTH118

from __future__ import annotations

import os
import shlex
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from bilint.answers import asked
from bilint.desk.fix import mend
from bilint.desk.pages import Desk, OpenPage
from bilint.edits import Shift, edit_of
from bilint.fixes import Fix, set_value
from bilint.model.decision import (
    Decision,
    Decisions,
    Place,
    Standing,
    Track,
    Verdict,
    nearest,
    standings,
)
from bilint.model.digests import Digests
from bilint.model.finding import Finding, Severity
from bilint.model.record import NamedTuple
from bilint.model.report import QueueItem, page_key, page_places
from bilint.model.segment_text import digest
from bilint.model.text import Span
from bilint.model.unit_text import unpack
from bilint.pipeline.request import UsageError
from bilint.readers.disk import WriteError, write_atomically
from bilint.review import tasks as work
from bilint.review.tasks import Filter, Subject, Task, is_work, tasks_of
from bilint.review.trial import Trial, try_page, try_removal, try_text, whole_change
from bilint.stores.decisions import ConflictError, DecisionStore, StoreError
from bilint.stores.decisions.settle import settle_decided

ALWAYS = (Severity.ERROR, Severity.WARNING)
"""Findings that are shown; notes are when they are asked for."""


class Did(NamedTuple):
    """What became of an action: `said` tells it, in sentences; `done` is whether it was done."""

    done: bool
    said: tuple[str, ...]
    new: tuple[Finding, ...] = ()


class Rules(NamedTuple):
    """How a session goes. `human_share` is written into a page when it is finished."""

    reviewer: str
    severities: tuple[Severity, ...] = ALWAYS
    stamp: bool = True
    human_share: int | None = None


class Item(NamedTuple):
    """A piece of the queue: a page to open, or (`path` None) one that is decided as a whole."""

    locale: str
    path: str | None
    queued: QueueItem | None

    @property
    def name(self) -> str:
        """The page; the source page where there is none."""
        return self.path or (self.queued.source_path if self.queued else None) or ""


class _Step(NamedTuple):
    """What can be undone: bytes of a page, and decisions, newest last."""

    what: str
    locale: str
    path: str
    before: bytes | None
    after: bytes | None
    made: tuple[Decision, ...]
    previous: tuple[tuple[Decision, ...], ...]
    extra: tuple[Finding, ...] = ()


class _Opened(NamedTuple):
    """A page with its tasks as they stand."""

    page: OpenPage
    tasks: tuple[Task, ...]


class Session:
    """The work of one reviewer, over the pages of one desk and the decisions of one store."""

    def __init__(
        self, desk: Desk, store: DecisionStore, rules: Rules, now: Callable[[], str]
    ) -> None:
        """`now` tells the time, in UTC. Raises `StoreError`."""
        self.desk, self.rules = desk, rules
        self.filter = Filter()
        self.counts: dict[str, int] = {}
        self.closed: set[tuple[str, str]] = set()
        self._store, self._now = store, now
        self._known: list[Decision] = []
        self._by_print: dict[str, list[Decision]] = {}
        self._left: set[str] = set()
        self._steps: list[_Step] = []
        self._opened: dict[tuple[str, str], _Opened] = {}
        self._extra: dict[tuple[str, str], tuple[Finding, ...]] = {}
        self._worked: set[tuple[str, str]] = set()
        self._pages = frozenset(desk.pages)
        report = desk.report
        self._results = {
            (one.locale, one.path): one for one in report.pages or () if one.path is not None
        }
        self._findings: dict[tuple[str, str], list[Finding]] = {}
        for finding in report.findings or ():
            if finding.locale is not None:
                self._findings.setdefault((finding.locale, finding.path), []).append(finding)
        self._learn(store.read())
        self.items = self._items()

    # ---- the queue ----

    def _items(self) -> tuple[Item, ...]:
        return tuple(Item(one.locale, one.path, one) for one in self.desk.report.queue or ())

    def can_open(self, item: Item) -> bool:
        """Whether there is a page to work on; otherwise it is decided about as a whole."""
        return item.path is not None and (item.locale, item.path) in self._pages

    @property
    def is_filtered(self) -> bool:
        """Whether only some of the work is looked at."""
        return self.filter != Filter()

    def is_listed(self, item: Item) -> bool:
        """Whether a piece of the queue has anything that the filter leaves."""
        return not self.is_filtered or bool(self.tasks(item))

    def tasks(self, item: Item) -> tuple[Task, ...]:
        """What is open on a page and passes the filter, in its order.

        What somebody else was asked to see to is passed over, unless the filter asks for it.
        """
        if not self.can_open(item) or item.path is None or not self._may_pass(item):
            return ()
        found = []
        for task in self._open(item.locale, item.path).tasks:
            standing = self.standing(task)
            other = standing.assignment is not None and standing.assignment.to not in (
                "",
                self.rules.reviewer,
            )
            if other and self.filter.statuses is None:
                continue
            if self.filter.takes(task, standing.status):
                found.append(task)
        return tuple(found)

    def _may_pass(self, item: Item) -> bool:
        """Whether a page may have what the filter asks for, as far as the run can tell.

        Most pages need not be opened to know that they have not.
        """
        wanted, key = self.filter, (item.locale, item.path or "")
        if wanted.locale not in (None, item.locale):
            return False
        if wanted.path is not None and wanted.path not in key[1]:
            return False
        if key in self._opened or key in self._worked:
            return True
        findings = self._findings.get(key, ())
        for values, attribute in ((wanted.severities, "severity"), (wanted.families, "family")):
            if values is not None and not any(
                getattr(one, attribute).value in values for one in findings
            ):
                return False
        if wanted.states is not None and "finding" not in wanted.states:
            segments = self._results[key].segments if key in self._results else None
            if segments is not None and not any(
                getattr(segments, state) for state in wanted.states
            ):
                return False
        return wanted.text is None or self._has_text(key, wanted.text.casefold(), findings)

    def _has_text(self, key: tuple[str, str], text: str, findings: Sequence[Finding]) -> bool:
        page = self._results.get(key)
        packed = (self.desk.report.texts or {}).get(page_key(page)) if page is not None else None
        if packed is None or text in key[1].casefold():
            return True
        if any(text in f"{one.check} {one.message} {one.text}".casefold() for one in findings):
            return True
        return any(
            text in piece.text.casefold()
            for unit in unpack(packed).units
            for piece in (unit.base, unit.head, unit.target)
            if piece is not None
        )

    def has_tasks(self, item: Item) -> bool:
        """Whether anything on a page can be worked on here, whatever the filter."""
        if not self.can_open(item) or item.path is None:
            return False
        return bool(self._open(item.locale, item.path).tasks)

    def is_left(self, task: Task) -> bool:
        """Whether it was left for later in this session."""
        return task.names <= self._left

    def waiting(self, item: Item) -> tuple[Task, ...]:
        """The tasks of a page that were not left for later."""
        return tuple(one for one in self.tasks(item) if not self.is_left(one))

    def after(self, place: int, task: Task | None) -> tuple[int, Task] | None:
        """The first task after another one on the page of an item, or on those after it."""
        for index in range(place, len(self.items)):
            for one in self.waiting(self.items[index]):
                if index > place or task is None or _place(one) > _place(task):
                    return index, one
        return None

    def before(self, place: int, task: Task | None) -> tuple[int, Task] | None:
        """The last task before another one, be it left or not."""
        for index in range(place, -1, -1):
            for one in reversed(self.tasks(self.items[index])):
                if index < place or task is None or _place(one) < _place(task):
                    return index, one
        return None

    def at(self, place: int, task: Task) -> tuple[int, Task] | None:
        """Where to go on after something was done at a task: there, if more is open, or after."""
        if place < len(self.items):
            for one in self.waiting(self.items[place]):
                if one.names & task.names or _place(one) >= _place(task):
                    return place, one
        return self.after(place + 1, None)

    # ---- a page ----

    def page(self, task: Task) -> OpenPage:
        """The page of a task as it stands."""
        return self._open(task.locale, task.path).page

    def standing(self, task: Task) -> work.Standing:
        """What was said of a task and left it open."""
        verdict = assignment = None
        remarks: list[Decision] = []
        place = self._place(self._opened[task.locale, task.path].page)
        for subject in task.subjects:
            found = self._standing(subject.fingerprint, place)
            if found is None:
                continue
            verdict = found.ruling(subject.digests).holds or verdict
            if found.assignment is not None and found.assignment.to:
                assignment = found.assignment
            remarks += (one for one in found.history if one.verdict is Verdict.COMMENT)
        return work.Standing(verdict, assignment, tuple(remarks))

    def _open(self, locale: str, path: str) -> _Opened:
        key = (locale, path)
        if key not in self._opened:
            page = self.desk.open(locale, path)
            if key not in self._extra:
                own = {(one.check, one.fingerprint) for one in page.findings}
                self._extra[key] = tuple(
                    one
                    for one in self._findings.get(key, ())
                    if (one.check, one.fingerprint) not in own
                )
            findings = settle_decided(
                (*page.findings, *self._extra[key]),
                self._standings_near(page),
                page_places([page.page]),
                whole=False,
            ).findings
            seen = [one for one in findings if is_work(one, self.rules.severities)]
            self._opened[key] = _Opened(page, tasks_of(page, seen))
        return self._opened[key]

    def _place(self, page: OpenPage) -> Place:
        return page_places([page.page])[page.locale, page.path]

    # ---- decisions ----

    def _learn(self, decisions: Sequence[Decision]) -> None:
        self._known = list(decisions)
        self._by_print = {}
        for one in self._known:
            self._by_print.setdefault(one.fingerprint, []).append(one)
        self.desk.go_by(Decisions.of(self._known))
        self._opened.clear()

    def _standing(self, fingerprint: str, place: Place) -> Standing | None:
        return nearest(place, standings(self._by_print.get(fingerprint, ())))

    def _standings_near(self, page: OpenPage) -> list[Standing]:
        place = self._place(page)
        own = [one for one in self._known if not one.on_segment and place.nearness(one.place)]
        names = {one.fingerprint for one in own}
        return list(standings(one for name in sorted(names) for one in self._by_print[name]))

    def _record(
        self,
        page: OpenPage,
        subject: Subject,
        verdict: Verdict,
        *,
        reason: str = "",
        to: str = "",
    ) -> tuple[Decision, tuple[Decision, ...]]:
        """Write a decision for good; with what it superseded. Raises as a store does."""
        place = self._place(page)
        standing = self._standing(subject.fingerprint, place)
        track = verdict.track
        heads = standing.heads(track) if standing is not None and track is not Track.REMARK else ()
        previous = tuple(one for one in (standing.history if standing else ()) if one.key in heads)
        finding = subject.finding
        decision = self._store.record(
            Decision(
                fingerprint=subject.fingerprint,
                verdict=verdict,
                place=place,
                digests=subject.digests,
                by=self.rules.reviewer,
                at=self._now(),
                reason=" ".join(reason.split()),
                check=finding.check if finding is not None else None,
                subject=finding.subject if finding is not None else "",
                to=to,
                supersedes=tuple(heads),
            )
        )
        self._known.append(decision)
        self._by_print.setdefault(decision.fingerprint, []).append(decision)
        return decision, previous

    def _decide(
        self,
        task: Task,
        subjects: Sequence[Subject],
        verdict: Verdict,
        *,
        reason: str = "",
        to: str = "",
    ) -> Did:
        """The same verdict on several subjects, each written for itself."""
        page = self.page(task)
        made: list[Decision] = []
        previous: list[tuple[Decision, ...]] = []
        refusal: str | None = None
        for subject in subjects:
            try:
                decision, before = self._record(page, subject, verdict, reason=reason, to=to)
            except ConflictError as error:
                refusal = self._conflict(error)
                break
            except StoreError as error:
                refusal = f"not written: {error}"
                break
            made.append(decision)
            previous.append(before)
        if made:
            self._did(
                _Step(
                    str(verdict),
                    task.locale,
                    task.path,
                    None,
                    None,
                    tuple(made),
                    tuple(previous),
                    self._extra.get((task.locale, task.path), ()),
                )
            )
            self.desk.go_by(Decisions.of(self._known))
            self._opened.pop((task.locale, task.path), None)
        said = [f"{verdict}{f' to {to}' if to else ''}: {_names(subjects[: len(made)])}"] * bool(
            made
        )
        if refusal is not None:
            return Did(False, (*said, refusal))
        return Did(True, (*said, *self._finished(task)))

    def _conflict(self, error: ConflictError) -> str:
        """Somebody else decided meanwhile: what they said is shown, and counts as seen."""
        said = "; ".join(
            f"{one.verdict} by {one.by} at {one.at}" + (f": {one.reason}" if one.reason else "")
            for one in error.others
        )
        try:
            self._learn(self._store.read())
        except StoreError as failure:
            return f"not written: {failure}"
        if not said:
            said = "what you saw does not stand any more"
        settled = [one for one in error.others if one.verdict.settles]
        then = "Look again, and then decide"
        if settled:  # nothing shows it any more
            one = settled[-1]
            then = (
                "It has left the queue; to decide otherwise:"
                f" bilint decide {one.fingerprint} --as … --after {one.key}"
            )
        return f"not written, as somebody decided meanwhile: {said}. {then}"

    # ---- what a reviewer does ----

    def accept(self, task: Task, reason: str, subjects: Sequence[Subject] | None = None) -> Did:
        """No defect; or, of the segment, still right. Needs a reason."""
        if not reason.strip():
            return Did(False, ("say why: a decision without a reason helps nobody",))
        chosen = task.subjects if subjects is None else subjects
        if task.target is None and any(one.finding is None for one in chosen):
            return Did(False, ("there is no translation yet that could be right: write one",))
        return self._decide(task, chosen, Verdict.ACCEPTED, reason=reason)

    def rework(self, task: Task, reason: str) -> Did:
        """It has to be done again, by a translator. Needs a reason."""
        if not reason.strip():
            return Did(False, ("say why: whoever does it again has to know",))
        did = self._decide(task, task.subjects, Verdict.REWORK, reason=reason)
        return self._leave(task, did)

    def skip(self, task: Task, reason: str = "") -> Did:
        """Leave it for later. It stays in the queue."""
        return self._leave(task, self._decide(task, task.subjects, Verdict.SKIPPED, reason=reason))

    def assign(self, task: Task, to: str) -> Did:
        """Let somebody else see to it."""
        to = " ".join(to.split())
        if not to:
            return Did(False, ("say to whom",))
        did = self._decide(task, task.subjects, Verdict.ASSIGNED, to=to)
        return self._leave(task, did) if to != self.rules.reviewer else did

    def comment(self, task: Task, words: str) -> Did:
        """Say something for others to read. It stays, and changes nothing."""
        if not words.strip():
            return Did(False, ("there is nothing said",))
        subject = task.subjects[0]
        try:
            self._record(self.page(task), subject, Verdict.COMMENT, reason=words)
        except ConflictError as error:
            return Did(False, (self._conflict(error),))
        except StoreError as error:
            return Did(False, (f"not written: {error}",))
        self._count("comment")
        return Did(True, (f"comment: {_names((subject,))}",))

    def _leave(self, task: Task, did: Did) -> Did:
        if did.done:
            self._left |= task.names
        return did

    def leave(self, task: Task) -> None:
        """Pass over a task without a word, for this session."""
        self._left |= task.names

    def preview(self, task: Task, text: str, *, force: bool = False) -> Trial:
        """What a text would do to the page, without writing it."""
        page = self.page(task)
        try:
            return try_text(self.desk, page, task, text, force=force)
        finally:
            self._lift(task)

    def edit(self, task: Task, text: str, *, force: bool = False) -> Did:
        """Put another text in place of a segment. `force` lets tokens go."""
        refusal = self._unwritable(task)
        if refusal is not None:
            return refusal
        page = self.page(task)
        try:
            trial = try_text(self.desk, page, task, text, force=force)
        except BaseException:
            self._lift(task)
            raise
        return self._carry_out(task, page, trial, Verdict.EDITED)

    def remove(self, task: Task) -> Did:
        """Take out a segment whose source is gone."""
        refusal = self._unwritable(task)
        if refusal is not None:
            return refusal
        page = self.page(task)
        return self._carry_out(task, page, try_removal(self.desk, page, task), Verdict.EDITED)

    def edit_page(self, task: Task, data: bytes) -> Did:
        """Put other bytes in place of the page of a task: what stands outside its segments."""
        refusal = self._unwritable(task)
        if refusal is not None:
            return refusal
        page = self.page(task)
        return self._carry_out(task, page, try_page(self.desk, page, data), Verdict.EDITED)

    def fixes(self, task: Task) -> tuple[Finding, ...]:
        """The findings of a task that know their repair."""
        return tuple(one for one in task.findings if one.suggestion is not None)

    def fix(self, task: Task, findings: Sequence[Finding] | None = None) -> Did:
        """Make the repairs that findings know: the safe ones, or those named."""
        refusal = self._unwritable(task)
        if refusal is not None:
            return refusal
        known = self.fixes(task)
        if findings is None:
            safe = tuple(one for one in known if one.suggestion and one.suggestion.safe)
            findings = safe or known[:1]
        page = self.page(task)
        fixes = [
            Fix(one, edit_of(page.path, page.data, one.span, one.suggestion.text))
            for one in findings
            if one.suggestion is not None
        ]
        if not fixes:
            return Did(False, ("no finding here knows its repair",))
        mended = mend(self.desk, page, fixes)
        refused = tuple(f"{one.finding.check}: {one.reason}" for one in mended.refused)
        if not mended.fixed:
            self._lift(task)
            return Did(False, refused or ("nothing changed",))
        edit = whole_change(page.path, page.data, mended.page.data)
        trial = Trial(mended.page.data, gone=mended.fixed, edits=(edit,))
        did = self._carry_out(task, page, trial, Verdict.FIXED)
        return did._replace(said=(*did.said, *refused))

    # ---- the page on disk ----

    def _unwritable(self, task: Task) -> Did | None:
        if self.desk.is_writable(task.locale):
            return None
        return Did(
            False,
            (
                f"the pages of {task.locale} are read out of commits; name a checkout without a"
                " revision to edit them",
            ),
        )

    def _file(self, locale: str, path: str) -> tuple[str, str]:
        top = self.desk.side(locale).repository.work_tree or ""
        return os.path.join(top, path), top

    def _lift(self, task: Task) -> None:
        self._opened.pop((task.locale, task.path), None)
        try:
            self.desk.lift(task.locale, task.path)
        except UsageError:
            return  # gone meanwhile: whoever opens it next is told

    def _carry_out(self, task: Task, page: OpenPage, trial: Trial, verdict: Verdict) -> Did:
        """Write a page that was tried, then the decisions that tell of it."""
        if trial.objection is not None:
            self._lift(task)
            hint = " (force it to write it all the same)" if trial.lost else ""
            return Did(False, (f"not written: {trial.objection}{hint}",))
        failure = self._write(task.locale, task.path, page.data, trial.data)
        self._lift(task)
        if failure is not None:
            return Did(False, (f"not written: {failure}",))
        extra = self._extra.get((task.locale, task.path), ())
        self._drop_extra(page, trial)
        said = [f"{verdict}: {task.path}:{task.line}"]
        made, previous, refusal = self._tell_of(task, trial, verdict)
        self._did(
            _Step(
                str(verdict),
                task.locale,
                task.path,
                page.data,
                trial.data,
                tuple(made),
                tuple(previous),
                extra,
            )
        )
        self.desk.go_by(Decisions.of(self._known))
        self._opened.pop((task.locale, task.path), None)
        if trial.gone:
            said.append(f"no longer found: {', '.join(sorted({one.check for one in trial.gone}))}")
        said += (f"new: {one.check} at line {one.line}: {one.message}" for one in trial.new)
        if refusal is not None:
            said.append(f"the page is written, but the decision is not: {refusal}")
        return Did(True, (*said, *self._finished(task)), trial.new)

    def _write(self, locale: str, path: str, before: bytes, after: bytes) -> str | None:
        """Write a page; why it could not be."""
        place, top = self._file(locale, path)
        try:
            write_atomically(place, after, expected=before, top=top)
        except WriteError as error:
            return str(error)
        return None

    def _tell_of(
        self, task: Task, trial: Trial, verdict: Verdict
    ) -> tuple[list[Decision], list[tuple[Decision, ...]], str | None]:
        """The decisions that an edit comes to: on the segment, and on what is no longer found."""
        page = self._open(task.locale, task.path).page
        subjects: list[Subject] = []
        if task.asked is not None:
            subjects.append(Subject(task.asked.fingerprint, self._digests_now(task, page)))
        left = {one.fingerprint for one in page.findings}
        target = subjects[0].digests.target if subjects else None
        for finding in dict.fromkeys(one.fingerprint for one in trial.gone):
            one = next(each for each in trial.gone if each.fingerprint == finding)
            if finding not in left and one.locale is not None:
                now = target or self._target_at(task, page)
                subjects.append(Subject(finding, Digests(one.digests.source, now), one))
        made: list[Decision] = []
        previous: list[tuple[Decision, ...]] = []
        for subject in subjects:
            try:
                decision, before = self._record(page, subject, verdict)
            except ConflictError as error:
                return made, previous, self._conflict(error)
            except StoreError as error:
                return made, previous, str(error)
            made.append(decision)
            previous.append(before)
        return made, previous, None

    def _digests_now(self, task: Task, page: OpenPage) -> Digests:
        if task.asked is None:
            return Digests()
        name = task.asked.fingerprint
        for one in asked(page.judgement.units, task.locale):
            if one.fingerprint == name:
                return one.digests
        return Digests(task.asked.digests.source, self._target_at(task, page))

    def _target_at(self, task: Task, page: OpenPage) -> str:
        segment = page.segment_at(task.offset)
        return digest(segment.text) if segment is not None else ""

    def _drop_extra(self, page: OpenPage, trial: Trial) -> None:
        """What only a run over everything finds stays where nothing changed, and moves along."""
        key = (page.locale, page.path)
        shift = Shift(page.data, trial.edits)
        kept = []
        for one in self._extra.get(key, ()):
            start, end = one.span
            if any(span.start <= end and start <= span.end for span in shift.then):
                continue
            kept.append(one._replace(span=Span(shift.after(start), shift.after(end))))
        self._extra[key] = tuple(kept)

    # ---- a page that is finished ----

    def _finished(self, task: Task) -> tuple[str, ...]:
        """Close a page on which nothing is left, and record that it is up to date."""
        key = (task.locale, task.path)
        self._worked.add(key)
        opened = self._open(*key)
        if opened.tasks:
            return self._held_back(task, opened)
        self.closed.add(key)
        said = [f"{task.path}: nothing is left to do here"]
        if self.rules.stamp and self.desk.is_writable(task.locale):
            said += self._stamped(opened.page)
        return tuple(said)

    def _held_back(self, task: Task, opened: _Opened) -> tuple[str, ...]:
        """What is left on a page of which the last segment was answered, and how to stamp it."""
        from bilint.staleness import may_stamp

        judgement = opened.page.judgement
        if (
            task.asked is None
            or not self.rules.stamp
            or not self.desk.is_writable(task.locale)
            or may_stamp(judgement)
        ):
            return ()
        left = Counter(one.severity for each in opened.tasks for one in each.findings)
        names = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
        said = " and ".join(
            f"{left[one]} {name}{'s' * (left[one] > 1)}" for one, name in names.items() if left[one]
        )
        path = shlex.quote(task.path)
        return (f"every segment is answered; {said} left; `bilint stamp {path}` would take it",)

    def _stamped(self, page: OpenPage) -> Iterator[str]:
        from bilint.model.alignment import SegmentState

        units = page.judgement.units
        if not any(unit.state is not SegmentState.CURRENT for unit in units):
            return
        before = page.data
        stamped = self.desk.stamp(page.locale, page.path)
        self._opened.pop((page.locale, page.path), None)
        if stamped.refusals:
            yield f"not stamped: {stamped.refusals[0]}"
            return
        after = before
        if stamped.written:
            after = self._open(page.locale, page.path).page.data
            yield f"stamped: {stamped.old_pin or 'no pin'} -> {stamped.pin}"
        share = self._with_share(after)
        if share is not None and self._write(page.locale, page.path, after, share) is None:
            after = share
            self.desk.lift(page.locale, page.path)
            self._opened.pop((page.locale, page.path), None)
            yield f"human share: {self.rules.human_share}"
        if after != before:
            step = self._steps[-1] if self._steps else None
            if step is not None and (step.locale, step.path) == (page.locale, page.path):
                first = step.before if step.before is not None else before
                self._steps[-1] = step._replace(before=first, after=after)

    def _with_share(self, data: bytes) -> bytes | None:
        if self.rules.human_share is None:
            return None
        document = self.desk.read(data)
        keys = self.desk.workspace.profile.human_share_keys
        changed = set_value(data, document.front_matter, keys, f"{self.rules.human_share}%")
        if changed is None or self.desk.read(changed).front_matter.problems:
            return None
        return changed if changed != data else None

    # ---- undo ----

    def _did(self, step: _Step) -> None:
        self._steps.append(step)
        self._count(step.what)

    def _count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def undo(self) -> tuple[Did, tuple[str, str] | None]:
        """Take back the last thing done, and where that was.

        Bytes are put back where nobody changed the page since; decisions are superseded.
        """
        if not self._steps:
            return Did(False, ("there is nothing to undo",)), None
        step = self._steps[-1]
        key = (step.locale, step.path)
        said = []
        if step.before is not None and step.after is not None:
            failure = self._write(step.locale, step.path, step.after, step.before)
            if failure is not None:
                return Did(False, (f"not undone: {failure}",)), key
            said.append(f"{step.path} is as it was")
            self._extra[key] = step.extra
        self._opened.clear()
        try:
            self.desk.lift(step.locale, step.path)
        except UsageError as error:
            return Did(False, (f"not undone: {error}",)), key
        page = self.desk.open(step.locale, step.path)
        refusals = []
        for decision, before in zip(reversed(step.made), reversed(step.previous), strict=True):
            try:
                self._take_back(page, decision, before)
            except ConflictError as error:
                refusals.append(self._conflict(error))
            except StoreError as error:
                refusals.append(f"not written: {error}")
        self._steps.pop()
        self.counts[step.what] -= 1
        self.closed.discard(key)
        self._left -= {one.fingerprint for one in step.made}
        self.desk.go_by(Decisions.of(self._known))
        self._opened.clear()
        return Did(not refusals, (*said, f"undone: {step.what}", *refusals)), key

    def _take_back(self, page: OpenPage, decision: Decision, before: tuple[Decision, ...]) -> None:
        """Supersede a decision by what stood before it, or by saying that it is open again."""
        standing = self._standing(decision.fingerprint, self._place(page))
        heads = standing.heads(decision.verdict.track) if standing is not None else ()
        if decision.key not in heads:
            return
        last = before[-1] if before else None
        assigned = decision.verdict is Verdict.ASSIGNED
        verdict = last.verdict if last is not None else Verdict.REOPENED
        if assigned:
            verdict = Verdict.ASSIGNED
        made = self._store.record(
            decision._replace(
                verdict=verdict,
                by=self.rules.reviewer,
                at=self._now(),
                reason=last.reason if last is not None else "undone",
                digests=last.digests if last is not None else decision.digests,
                to=last.to if last is not None else "",  # nobody has it, as before
                supersedes=(decision.key,),
                key="",
            )
        )
        self._known.append(made)
        self._by_print.setdefault(made.fingerprint, []).append(made)


def _place(task: Task) -> tuple[int, int, int]:
    return (task.offset, task.position, task.line)


def _names(subjects: Sequence[Subject]) -> str:
    checks = [one.finding.check for one in subjects if one.finding is not None]
    names = ["the segment"] * (len(checks) < len(subjects))
    names += sorted(set(checks))
    return ", ".join(names)
