"""What an edit does: it is tried, written as a whole page, and told of in decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from bilint.answers import asked
from bilint.desk.fix import mend
from bilint.desk.pages import OpenPage
from bilint.edits import edit_of
from bilint.fixes import Fix
from bilint.model.decision import Verdict
from bilint.model.digests import Digests
from bilint.model.finding import Finding
from bilint.model.segment_text import digest
from bilint.review.blocks import try_renewal
from bilint.review.history import History, Step
from bilint.review.ledger import Recorded
from bilint.review.opened import Pages, place_of
from bilint.review.tasks import Subject, Task
from bilint.review.trial import Trial, try_page, try_removal, try_text, whole_change
from bilint.review.values import Did


class Editing:
    """Changes of pages. `finish` is asked about a page after each of them."""

    def __init__(
        self, pages: Pages, history: History, finish: Callable[[Task], tuple[str, ...]]
    ) -> None:
        self._pages, self._history, self._finish = pages, history, finish

    def preview(self, task: Task, text: str, *, force: bool) -> Trial:
        """What a text would do to the page, without writing it."""
        try:
            return try_text(self._pages.desk, self._page(task), task, text, force=force)
        finally:
            self._pages.lift(task.key)

    def text(self, task: Task, text: str, *, force: bool) -> Did:
        """Another text for a segment."""
        return self._try(
            task, lambda page: try_text(self._pages.desk, page, task, text, force=force)
        )

    def removal(self, task: Task) -> Did:
        """Out with a segment."""
        return self._try(task, lambda page: try_removal(self._pages.desk, page, task))

    def whole(self, task: Task, data: bytes) -> Did:
        """Other bytes for the page."""
        return self._try(task, lambda page: try_page(self._pages.desk, page, data))

    def renew(self, task: Task) -> Did:
        """What the source has now in place of code and pictures that are as it had them."""
        return self._try(task, lambda page: try_renewal(self._pages.desk, page), Verdict.FIXED)

    def fix(self, task: Task, findings: Sequence[Finding]) -> Did:
        """The repairs that findings know."""
        refusal = self._unwritable(task)
        if refusal is not None:
            return refusal
        page = self._page(task)
        fixes = [
            Fix(one, edit_of(page.path, page.data, one.span, one.suggestion.text))
            for one in findings
            if one.suggestion is not None
        ]
        if not fixes:
            return Did(False, ("no finding here knows its repair",))
        mended = mend(self._pages.desk, page, fixes)
        refused = tuple(f"{one.finding.check}: {one.reason}" for one in mended.refused)
        if not mended.fixed:
            self._pages.lift(task.key)
            return Did(False, refused or ("nothing changed",))
        edit = whole_change(page.path, page.data, mended.page.data)
        trial = Trial(mended.page.data, gone=mended.fixed, edits=(edit,))
        did = self._carry_out(task, page, trial, Verdict.FIXED)
        return did._replace(said=(*did.said, *refused))

    def _page(self, task: Task) -> OpenPage:
        return self._pages.open(*task.key).page

    def _unwritable(self, task: Task) -> Did | None:
        if self._pages.desk.is_writable(task.locale):
            return None
        return Did(
            False,
            (
                f"the pages of {task.locale} are read out of commits; name a checkout without a"
                " revision to edit them",
            ),
        )

    def _try(
        self,
        task: Task,
        trial_of: Callable[[OpenPage], Trial],
        verdict: Verdict = Verdict.EDITED,
    ) -> Did:
        refusal = self._unwritable(task)
        if refusal is not None:
            return refusal
        page = self._page(task)
        try:
            trial = trial_of(page)
        except BaseException:
            self._pages.lift(task.key)
            raise
        return self._carry_out(task, page, trial, verdict)

    def _carry_out(self, task: Task, page: OpenPage, trial: Trial, verdict: Verdict) -> Did:
        """Write a page that was tried, then the decisions that tell of it."""
        key = task.key
        if trial.objection is not None:
            self._pages.lift(key)
            hint = " (`e!`, or Ctrl+F while editing, writes it all the same)" if trial.lost else ""
            return Did(False, (f"not written: {trial.objection}{hint}",))
        failure = self._pages.write(key, page.data, trial.data)
        self._pages.lift(key)
        if failure is not None:
            return Did(False, (f"not written: {failure}",))
        wider = self._pages.wider(key)
        self._pages.drop_wider(page, trial)
        said = [f"{verdict}: {task.where}"]
        recorded = self._tell_of(task, page, trial, verdict)
        step = Step(
            str(verdict),
            *key,
            task.line,
            place_of(page),
            recorded.made,
            recorded.previous,
            wider,
            page.data,
            trial.data,
        )
        self._history.add(step)
        self._pages.ledger.apply()
        self._pages.close(key)
        if trial.gone:
            said.append(f"no longer found: {', '.join(sorted({one.check for one in trial.gone}))}")
        said += (f"new: {one.check} at line {one.line}: {one.message}" for one in trial.new)
        if recorded.refusal is not None:
            said.append(f"the page is written, but the decision is not: {recorded.refusal}")
        return Did(True, (*said, *self._finish(task)), trial.new)

    def _tell_of(self, task: Task, before: OpenPage, trial: Trial, verdict: Verdict) -> Recorded:
        """The decisions that an edit comes to: on segments, and on what is no longer found."""
        page = self._page(task)
        subjects = [Subject(*one) for one in _rewritten(task, before, page)]
        own = [one for one in subjects if task.asked and one.fingerprint == task.asked.fingerprint]
        target = own[0].digests.target if own else _target_at(task, page)
        left = {one.fingerprint for one in page.findings}
        gone = {one.fingerprint: one for one in reversed(trial.gone)}
        for name in dict.fromkeys(one.fingerprint for one in trial.gone):
            one = gone[name]
            if name not in left and one.locale is not None:
                digests = Digests(one.digests.source, target)
                subjects.append(Subject(name, digests, one, one.check))
        return self._pages.record(place_of(page), subjects, verdict)


def _rewritten(task: Task, before: OpenPage, after: OpenPage) -> Iterator[tuple[str, Digests]]:
    """The segments that waited for an answer and have another translation now, or none."""
    now = {one.fingerprint: one.digests for one in asked(after.judgement.units, task.locale)}
    for one in asked(before.judgement.units, task.locale):
        if one.unit.answered:
            continue
        own = task.asked is not None and one.fingerprint == task.asked.fingerprint
        digests = now.get(one.fingerprint)
        if digests is None and own:
            digests = Digests(one.digests.source, _target_at(task, after))
        if digests is not None and digests.target != one.digests.target:
            yield one.fingerprint, digests


def _target_at(task: Task, page: OpenPage) -> str:
    segment = page.segment_at(task.offset)
    return digest(segment.text) if segment is not None else ""
