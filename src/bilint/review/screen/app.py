"""What is done on the screen when a key is struck: decisions, edits, undo."""

from __future__ import annotations

import re
from collections.abc import Callable

from bilint.review import answers, showing
from bilint.review.screen.looks import unchanged, verdict
from bilint.review.screen.stage import Stage
from bilint.review.session import Session
from bilint.review.tasks import Task
from bilint.review.values import Did

_PATH = 48
"""Columns of a path in what is said of an action."""
_UNSHOWABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb]")
"""What would act on the terminal in a text that is edited: controls, and turns of direction."""


class Desk(Stage):
    """A session on a screen of 80 columns and more."""

    def _after(self, task: Task, did: Did) -> None:
        """Tell what became of it and go on."""
        self.tell(*(showing.shortened(one, task.path, _PATH) for one in did.said))
        self.queue.list_again(self.session, self.place)
        self.go(self.session.agenda.at(self.place, task))

    def _with(self, do: Callable[[Task], None]) -> None:
        if self.current is None:
            self.tell("There is nothing to decide on; p goes back.")
        else:
            do(self.current)

    def action_accept(self) -> None:
        """No defect, or still right."""

        def ask(task: Task) -> None:
            def answer(said: str) -> None:
                try:
                    subjects, reason = answers.subjects_and_reason(task, said)
                except answers.AnswerError as error:
                    self.tell(str(error))
                else:
                    self._after(task, self.session.accept(task, reason, subjects))

            some = " (`1,3 why` takes some)" if len(task.subjects) > 1 else ""
            self.dialog.ask(f"Accept, because{some}:", answer)

        self._with(ask)

    def action_rework(self) -> None:
        """To be done again."""
        self._ask_for("To be done again, because:", self.session.rework)

    def action_skip(self) -> None:
        """Left for later."""
        self._with(lambda task: self._after(task, self.session.skip(task)))

    def action_assign(self) -> None:
        """Somebody else's."""
        self._ask_for("Assign it to:", self.session.assign)

    def action_comment(self) -> None:
        """Words for others."""
        self._ask_for("Comment:", self.session.comment)

    def _ask_for(self, prompt: str, act: Callable[[Task, str], Did]) -> None:
        self._with(
            lambda task: self.dialog.ask(prompt, lambda said: self._after(task, act(task, said)))
        )

    def action_fix(self) -> None:
        """Repairs."""

        def fix(task: Task) -> None:
            known = self.session.fixes(task)
            safe = [one for one in known if one.suggestion is not None and one.suggestion.safe]
            if len(known) <= 1 or len(safe) == len(known):
                self._after(task, self.session.fix(task))
            else:
                self.dialog.ask(
                    "Repair which findings (Enter: the safe ones, or the first):",
                    lambda said: self._after(task, answers.fix(self.session, task, said)),
                )

        self._with(fix)

    def action_take(self) -> None:
        """A suggestion in place of the translation."""

        def take(task: Task) -> None:
            texts = [one.text for one in self.proposals if one.whole]

            def answer(said: str) -> None:
                self._after(task, answers.take(self.session, task, texts, said))

            if not texts:
                self.tell("There is no text to take here.")
            elif len(texts) == 1:
                answer("1")
            else:
                self.dialog.ask(f"Take which suggestion (1-{len(texts)}):", answer)

        self._with(take)

    def action_delete(self) -> None:
        """Out with what the source dropped."""
        self._with(lambda task: self._after(task, answers.delete(self.session, task)))

    def action_edit(self) -> None:
        """Edit in place."""

        def edit(task: Task) -> None:
            if task.unit is None:
                self.tell("There is no segment here to edit; P edits the page.")
                return
            text = answers.own_text(self.session, task)
            if _UNSHOWABLE.search(text):
                self.tell("This text has characters that a line cannot show: E edits it.")
                return
            self.dialog.edit(text, self._attempt, self._write)

        self._with(edit)

    def _attempt(self, text: str) -> str:
        if self.current is None:
            return ""
        if text == answers.own_text(self.session, self.current):
            return unchanged(text)
        return verdict(self.session.preview(self.current, text), text)

    def _write(self, text: str, force: bool) -> None:
        task = self.current
        if task is None:
            return
        if text == answers.own_text(self.session, task):
            self.tell("The text is as it was.")
            return
        did = self.session.edit(task, text, force=force)
        if did.done:
            self.dialog.close()
        self._after(task, did)

    def action_own_editor(self) -> None:
        """Edit somewhere else: the segment, or the page where there is none."""
        self._elsewhere(answers.edit_elsewhere)

    def action_edit_page(self) -> None:
        """Edit the whole page somewhere else."""
        self._elsewhere(answers.edit_page_elsewhere)

    def _elsewhere(self, edit: Callable[[Session, Task], Did]) -> None:
        def act(task: Task) -> None:
            with self.suspend():
                did = edit(self.session, task)
            self._after(task, did)

        self._with(act)

    def action_undo(self) -> None:
        """Take the last thing back, and go there."""
        did, step = self.session.undo()
        path = step.path if step is not None else ""
        self.tell(*(showing.shortened(one, path, _PATH) for one in did.said))
        for index, item in enumerate(self.session.agenda.items):
            if step is not None and item.key == step.key:
                self.queue.list_again(self.session, index)
                waiting = self.session.agenda.waiting(item)
                self.go((index, waiting[0]) if waiting else self.session.agenda.after(index, None))
                return
