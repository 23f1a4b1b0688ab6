"""One reviewer at work: what they do, and what became of it.

Every action answers with what it did, or why it did not. A decision is told as made when it is
written for good; a page is written as a whole, and only over the bytes that the reviewer saw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bilint.desk.pages import Desk, OpenPage
from bilint.model.decision import Track, Verdict
from bilint.model.finding import Finding
from bilint.review.agenda import Agenda
from bilint.review.editing import Editing
from bilint.review.finishing import Finishing
from bilint.review.history import History, Step
from bilint.review.ledger import Ledger
from bilint.review.opened import Pages
from bilint.review.tasks import Standing, Subject, Task
from bilint.review.trial import Trial
from bilint.review.values import Did, Key, Rules
from bilint.review.whole import BLOCKS, PIN
from bilint.stores.decisions import DecisionStore


class Session:
    """The work of one reviewer, over the pages of one desk and the decisions of one store.

    `agenda` is what there is to go through.
    """

    def __init__(
        self, desk: Desk, store: DecisionStore, rules: Rules, now: Callable[[], str]
    ) -> None:
        """`now` tells the time, in UTC. Raises `StoreError`."""
        self.rules = rules
        ledger = Ledger(store, desk, rules.reviewer, now)
        self._pages = Pages(desk, ledger, rules)
        self.agenda = Agenda(self._pages, rules.reviewer)
        self._history = History(self._pages)
        self._finishing = Finishing(self._pages, self._history, rules)
        self._editing = Editing(self._pages, self._history, self._finished)

    @property
    def counts(self) -> dict[str, int]:
        """How often what was done."""
        return self._history.counts

    @property
    def closed(self) -> set[Key]:
        """The pages that were finished."""
        return self._finishing.closed

    def page(self, task: Task) -> OpenPage:
        """The page of a task as it stands."""
        return self._pages.open(task.locale, task.path).page

    def has_page(self, task: Task) -> bool:
        """Whether there is a page to open: what is not translated yet has none."""
        return task.key in self._pages

    def standing(self, task: Task) -> Standing:
        """What was said of a task and left it open."""
        return self._pages.standing(task)

    # ---- decisions ----

    def accept(self, task: Task, reason: str, subjects: Sequence[Subject] | None = None) -> Did:
        """No defect; or, of the segment, still right. Needs a reason."""
        if not reason.strip():
            return Did(False, ("say why: a decision without a reason helps nobody",))
        chosen = task.subjects if subjects is None else subjects
        if task.whole is not None:
            return self._accept_page(task, reason)
        if task.target is None and any(one.finding is None for one in chosen):
            return Did(False, ("there is no translation yet that could be right: write one",))
        return self._decide(task, chosen, Verdict.ACCEPTED, reason=reason)

    def _accept_page(self, task: Task, reason: str) -> Did:
        """The page may stay as it is; one that is stale is stamped as well."""
        if task.whole is None or task.whole.about not in (BLOCKS, PIN):
            return self._decide(task, task.subjects, Verdict.ACCEPTED, reason=reason)
        refusal = self._finishing.why_not(task)
        if refusal is not None:
            return Did(False, (refusal,))
        did = self._decide(task, task.subjects, Verdict.ACCEPTED, reason=reason)
        if not did.done:
            return did
        stamped = self._finishing.stamp(task)
        left = self._finished(task) if stamped.done else ()
        return Did(stamped.done, (*did.said, *stamped.said, *left))

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
        return self._decide(task, task.subjects[:1], Verdict.COMMENT, reason=words)

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
        place = self._pages.place(task)
        recorded = self._pages.record(place, subjects, verdict, reason=reason, to=to)
        said: tuple[str, ...] = ()
        if recorded.made:
            made, previous, _refusal = recorded
            wider = self._pages.wider(task.key)
            self._history.add(
                Step(str(verdict), *task.key, task.line, place, made, previous, wider)
            )
            self._pages.ledger.apply()
            self._pages.close(task.key)
            said = (f"{verdict}{f' to {to}' if to else ''}: {_names(subjects[: len(made)])}",)
        if recorded.refusal is not None:
            return Did(False, (*said, f"not written: {recorded.refusal}"))
        if verdict.track is Track.REMARK:
            return Did(True, said)
        return Did(True, (*said, *self._finished(task)))

    def _leave(self, task: Task, did: Did) -> Did:
        if did.done:
            self.agenda.leave(task)
        return did

    def _finished(self, task: Task) -> tuple[str, ...]:
        self.agenda.worked_on(task.key)
        return self._finishing.look(task)

    # ---- edits ----

    def preview(self, task: Task, text: str, *, force: bool = False) -> Trial:
        """What a text would do to the page, without writing it."""
        return self._editing.preview(task, text, force=force)

    def edit(self, task: Task, text: str, *, force: bool = False) -> Did:
        """Put another text in place of a segment. `force` lets tokens go."""
        return self._editing.text(task, text, force=force)

    def remove(self, task: Task) -> Did:
        """Take out a segment whose source is gone."""
        return self._editing.removal(task)

    def edit_page(self, task: Task, data: bytes) -> Did:
        """Put other bytes in place of the page of a task: what stands outside its segments."""
        return self._editing.whole(task, data)

    def fixes(self, task: Task) -> tuple[Finding, ...]:
        """The findings of a task that know their repair."""
        return tuple(one for one in task.findings if one.suggestion is not None)

    def fix(self, task: Task, findings: Sequence[Finding] | None = None) -> Did:
        """Make the repairs that findings know: the safe ones, or those named.

        Of a page as a whole, what the source has now in place of what it had.
        """
        if task.whole is not None:
            return self._fix_page(task)
        if findings is None:
            known = self.fixes(task)
            safe = tuple(one for one in known if one.suggestion and one.suggestion.safe)
            findings = safe or known[:1]
        return self._editing.fix(task, findings)

    def _fix_page(self, task: Task) -> Did:
        if task.whole is None or task.whole.about not in (BLOCKS, PIN):
            return Did(False, ("there is no repair for this; look at what can be done",))
        if self.page(task).judgement.blocks_to_do:
            return self._renew(task)
        return self._accept_page(task, "all is as in the source now")

    def _renew(self, task: Task) -> Did:
        did = self._editing.renew(task)
        left = self.page(task).judgement.blocks_to_do
        if not did.done or left or self._finishing.why_not(task) is not None:
            return did
        # What is now as in the source is not as at the pin: only the stamp makes them agree.
        stamped = self._finishing.stamp(task)
        return Did(True, (did.said[0], *stamped.said, *self._finished(task)))

    def undo(self) -> tuple[Did, Step | None]:
        """Take back the last thing done, and what and where that was.

        Bytes are put back where nobody changed the page since; decisions are superseded.
        """
        did, step = self._history.undo()
        if step is None:
            return did, None
        self.closed.discard(step.key)
        self.agenda.take_up(one.fingerprint for one in step.made)
        return did, step


def _names(subjects: Sequence[Subject]) -> str:
    names = ["the segment" for one in subjects if one.about is None][:1]
    names += ["the page" for one in subjects if one.about is not None and one.finding is None]
    names += sorted({one.finding.check for one in subjects if one.finding is not None})
    return ", ".join(names)
