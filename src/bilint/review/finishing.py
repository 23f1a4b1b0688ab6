"""Pages on which nothing is left: closed, and recorded to be up to date."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator

from bilint.desk.pages import OpenPage
from bilint.fixes import set_value
from bilint.model.alignment import SegmentState
from bilint.model.finding import Severity
from bilint.review.history import History
from bilint.review.opened import Opened, Pages
from bilint.review.tasks import Task
from bilint.review.values import Key, Rules

_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Finishing:
    """Closes pages, and stamps them as the rules of the session say."""

    def __init__(self, pages: Pages, history: History, rules: Rules) -> None:
        self.closed: set[Key] = set()
        self._pages, self._history, self._rules = pages, history, rules

    def look(self, task: Task) -> tuple[str, ...]:
        """Close the page of a task if nothing is left there; what there is to say of it."""
        key = (task.locale, task.path)
        opened = self._pages.open(*key)
        if opened.tasks:
            return self._held_back(task, opened)
        self.closed.add(key)
        said = [f"{task.path}: nothing is left to do here"]
        if self._stamps(task.locale):
            said += self._stamped(opened.page)
        return tuple(said)

    def _stamps(self, locale: str) -> bool:
        return self._rules.stamp and self._pages.desk.is_writable(locale)

    def _held_back(self, task: Task, opened: Opened) -> tuple[str, ...]:
        """What is left on a page of which the last segment was answered, and how to stamp it."""
        from bilint.staleness import may_stamp

        judgement = opened.page.judgement
        if task.asked is None or not self._stamps(task.locale) or may_stamp(judgement):
            return ()
        left = Counter(one.severity for each in opened.tasks for one in each.findings)
        said = " and ".join(
            f"{left[one]} {name}{'s' * (left[one] > 1)}"
            for one, name in _NAMES.items()
            if left[one]
        )
        path = shlex.quote(task.path)
        return (f"every segment is answered; {said} left; `bilint stamp {path}` would take it",)

    def _stamped(self, page: OpenPage) -> Iterator[str]:
        key = (page.locale, page.path)
        units = page.judgement.units
        if not any(unit.state is not SegmentState.CURRENT for unit in units):
            return
        before = page.data
        stamped = self._pages.desk.stamp(*key)
        self._pages.close(key)
        if stamped.refusals:
            yield f"not stamped: {stamped.refusals[0]}"
            return
        after = before
        if stamped.written:
            after = self._pages.open(*key).page.data
            yield f"stamped: {stamped.old_pin or 'no pin'} -> {stamped.pin}"
        share = self._with_share(after)
        if share is not None and self._pages.write(key, after, share) is None:
            after = share
            self._pages.lift(key)
            yield f"human share: {self._rules.human_share}"
        if after != before:
            self._history.went_on(key, before, after)

    def _with_share(self, data: bytes) -> bytes | None:
        if self._rules.human_share is None:
            return None
        desk = self._pages.desk
        keys = desk.workspace.profile.human_share_keys
        front_matter = desk.read(data).front_matter
        changed = set_value(data, front_matter, keys, f"{self._rules.human_share}%")
        if changed is None or desk.read(changed).front_matter.problems:
            return None
        return changed if changed != data else None
