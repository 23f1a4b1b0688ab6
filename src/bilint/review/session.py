"""One reviewer at work: what they do, and what became of it.

Every action answers with what it did, or why it did not. A decision is told as made when it is
written for good; a page is written as a whole, and only over the bytes that the reviewer saw.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bilint.desk.pages import Desk, OpenPage
from bilint.model.decision import Verdict
from bilint.model.finding import Finding
from bilint.review.agenda import Agenda
from bilint.review.editing import Editing
from bilint.review.finishing import Finishing
from bilint.review.history import History
from bilint.review.ledger import Ledger
from bilint.review.opened import Pages
from bilint.review.tasks import Standing, Subject, Task
from bilint.review.trial import Trial
from bilint.review.values import Did, Key, Rules
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
        self._pages = Pages(desk, ledger, rules.severities)
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

    def standing(self, task: Task) -> Standing:
        """What was said of a task and left it open."""
        return self._pages.standing(task)

    # ---- decisions ----

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
        subjects = task.subjects[:1]
        recorded = self._pages.record(self.page(task), subjects, Verdict.COMMENT, reason=words)
        if recorded.refusal is not None:
            return Did(False, (recorded.refusal,))
        self._history.count("comment")
        return Did(True, (f"comment: {_names(subjects)}",))

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
        key = (task.locale, task.path)
        recorded = self._pages.record(self.page(task), subjects, verdict, reason=reason, to=to)
        said: tuple[str, ...] = ()
        if recorded.made:
            self._history.add(str(verdict), key, recorded, self._pages.wider(key))
            self._pages.ledger.apply()
            self._pages.close(key)
            told = subjects[: len(recorded.made)]
            said = (f"{verdict}{f' to {to}' if to else ''}: {_names(told)}",)
        if recorded.refusal is not None:
            return Did(False, (*said, recorded.refusal))
        return Did(True, (*said, *self._finished(task)))

    def _leave(self, task: Task, did: Did) -> Did:
        if did.done:
            self.agenda.leave(task)
        return did

    def _finished(self, task: Task) -> tuple[str, ...]:
        self.agenda.worked_on((task.locale, task.path))
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
        """Make the repairs that findings know: the safe ones, or those named."""
        if findings is None:
            known = self.fixes(task)
            safe = tuple(one for one in known if one.suggestion and one.suggestion.safe)
            findings = safe or known[:1]
        return self._editing.fix(task, findings)

    def undo(self) -> tuple[Did, Key | None]:
        """Take back the last thing done, and where that was.

        Bytes are put back where nobody changed the page since; decisions are superseded.
        """
        did, step, is_gone = self._history.undo()
        if step is None:
            return did, None
        if is_gone:
            self.closed.discard(step.key)
            self.agenda.take_up(one.fingerprint for one in step.made)
        return did, step.key


def _names(subjects: Sequence[Subject]) -> str:
    checks = [one.finding.check for one in subjects if one.finding is not None]
    names = ["the segment"] * (len(checks) < len(subjects))
    names += sorted(set(checks))
    return ", ".join(names)
