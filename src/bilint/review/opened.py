"""The pages that are open on the desk, each with what there is to do on it."""

# os.path, as everywhere below the commands.
# ruff: noqa: PTH118

from __future__ import annotations

import os
from collections.abc import Sequence

from bilint.desk.pages import Desk, OpenPage
from bilint.edits import Shift
from bilint.model.decision import Decision, Place, Ruling, Track, Verdict
from bilint.model.digests import Digests
from bilint.model.finding import Finding
from bilint.model.record import NamedTuple
from bilint.model.report import page_places
from bilint.model.text import Span
from bilint.pipeline.request import UsageError
from bilint.readers.disk import WriteError, write_atomically
from bilint.review.ledger import Ledger, Recorded
from bilint.review.tasks import Standing, Subject, Task, Whole, is_work, tasks_of
from bilint.review.trial import Trial
from bilint.review.values import Key, Rules
from bilint.review.whole import beside_text, whole_task
from bilint.stores.decisions.settle import settle_decided


class Opened(NamedTuple):
    """A page with its tasks as they stand."""

    page: OpenPage
    tasks: tuple[Task, ...]


class Pages:
    """Pages opened, read again and written, by one desk and what is decided of them."""

    def __init__(self, desk: Desk, ledger: Ledger, rules: Rules) -> None:
        self.desk, self.ledger = desk, ledger
        self._severities, self._stamps = rules.severities, rules.stamp
        self._names = frozenset(desk.pages)
        self._opened: dict[Key, Opened] = {}
        self._extra: dict[Key, tuple[Finding, ...]] = {}
        asked = (whole_task(desk, one) for one in desk.report.pages or ())
        self._wholes = {one.key: one for one in asked if one is not None}
        self._found: dict[Key, list[Finding]] = {}
        for finding in desk.report.findings or ():
            if finding.locale is not None:
                self._found.setdefault((finding.locale, finding.path), []).append(finding)

    def __contains__(self, key: object) -> bool:
        return key in self._names

    def open(self, locale: str, path: str) -> Opened:
        """A page as it stands. Raises `UsageError` where it is gone."""
        key = (locale, path)
        if key not in self._opened:
            page = self.desk.open(locale, path)
            if key not in self._extra:
                own = {(one.check, one.fingerprint) for one in page.findings}
                self._extra[key] = tuple(
                    one
                    for one in self._found.get(key, ())
                    if (one.check, one.fingerprint) not in own
                )
            findings = settle_decided(
                (*page.findings, *self._extra[key]),
                self.ledger.findings_near(place_of(page)),
                page_places([page.page]),
                whole=False,
            ).findings
            seen = [one for one in findings if is_work(one, self._severities)]
            stamps = self._stamps and self.desk.is_writable(locale)
            beside = beside_text(page, place_of(page), stamps=stamps)
            tasks = (*tasks_of(page, seen), *((beside,) if beside is not None else ()))
            self._opened[key] = Opened(page, tasks)
        return self._opened[key]

    def tasks(self, key: Key) -> tuple[Task, ...]:
        """All that is open on a page, what is asked of the whole of it at the end."""
        tasks = self.open(*key).tasks if key in self else ()
        whole = self._wholes.get(key)
        if whole is None or whole.whole is None or self._is_settled(whole.whole):
            return tasks
        return (*tasks, whole)

    def _is_settled(self, whole: Whole) -> bool:
        standing = self.ledger.standing(whole.fingerprint, whole.place)
        ruling = standing.ruling(Digests()) if standing is not None else Ruling()
        return ruling.holds is not None and ruling.holds.verdict.settles

    def place(self, task: Task) -> Place:
        """The page of a task by all its names."""
        if task.whole is not None:
            return task.whole.place
        return place_of(self.open(*task.key).page)

    def is_open(self, key: Key) -> bool:
        """Whether a page was opened, so that nothing has to be guessed of it."""
        return key in self._opened

    def found_at_first(self, key: Key) -> Sequence[Finding]:
        """What is work of all that the run found that the session began with."""
        found = self._found.get(key, ())
        return [one for one in found if is_work(one, self._severities)]

    def close(self, key: Key | None = None) -> None:
        """Open it anew when it is asked for next; all pages, where none is named."""
        if key is None:
            self._opened.clear()
        else:
            self._opened.pop(key, None)

    def lift(self, key: Key) -> None:
        """Read a page from disk when it is asked for next."""
        self.close(key)
        try:
            self.desk.lift(*key)
        except UsageError:
            return  # gone meanwhile: whoever opens it next is told

    def write(self, key: Key, before: bytes, after: bytes) -> str | None:
        """Write a page over the bytes that were seen; why it could not be."""
        locale, path = key
        top = self.desk.side(locale).repository.work_tree or ""
        file = os.path.join(top, path)
        try:
            write_atomically(file, after, expected=before, top=top)
        except WriteError as error:
            said = str(error).replace(file, path)
            return said.removesuffix("; nothing written").removesuffix("; nothing is written")
        return None

    # ---- what only a run over everything finds ----

    def wider(self, key: Key) -> tuple[Finding, ...]:
        """The findings of a page that checking it alone does not find."""
        return self._extra.get(key, ())

    def put_back(self, key: Key, extra: tuple[Finding, ...]) -> None:
        """Take these for them again."""
        self._extra[key] = extra

    def drop_wider(self, page: OpenPage, trial: Trial) -> None:
        """They stay where nothing changed, and move along."""
        key = (page.locale, page.path)
        shift = Shift(page.data, trial.edits)
        kept = []
        for one in self._extra.get(key, ()):
            start, end = one.span
            if any(span.start <= end and start <= span.end for span in shift.then):
                continue
            kept.append(one._replace(span=Span(shift.after(start), shift.after(end))))
        self._extra[key] = tuple(kept)

    # ---- what is said of them ----

    def standing(self, task: Task) -> Standing:
        """What was said of a task and left it open."""
        verdict = assignment = None
        remarks: list[Decision] = []
        place = self.place(task)
        for subject in task.subjects:
            found = self.ledger.standing(subject.fingerprint, place)
            if found is None:
                continue
            verdict = found.ruling(subject.digests).holds or verdict
            if found.assignment is not None and found.assignment.to:
                assignment = found.assignment
            # A comment that supersedes another one takes it back.
            heads = found.heads(Track.REMARK)
            remarks += (one for one in found.history if one.key in heads and not one.supersedes)
        return Standing(verdict, assignment, tuple(remarks))

    def record(
        self,
        place: Place,
        subjects: Sequence[Subject],
        verdict: Verdict,
        *,
        reason: str = "",
        to: str = "",
    ) -> Recorded:
        """Write a verdict on things of a page; after a conflict all pages are opened anew."""
        recorded = self.ledger.record(place, subjects, verdict, reason=reason, to=to)
        if recorded.refusal is not None:
            self.close()
        return recorded


def place_of(page: OpenPage) -> Place:
    """A page by all its names."""
    return page_places([page.page])[page.locale, page.path]
