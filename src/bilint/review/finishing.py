"""Pages on which nothing is left: closed, and recorded to be up to date."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence

from bilint.desk.pages import OpenPage
from bilint.desk.stamp import Stamped
from bilint.fixes import set_value
from bilint.model.alignment import PageStatus, SegmentState
from bilint.model.finding import Severity
from bilint.review.history import History
from bilint.review.opened import Pages
from bilint.review.tasks import Task
from bilint.review.values import Did, Key, Rules
from bilint.review.whole import PIN
from bilint.staleness import may_stamp, outstanding

_NAMES = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


class Finishing:
    """Closes pages, and stamps them as the rules of the session say."""

    def __init__(self, pages: Pages, history: History, rules: Rules) -> None:
        self.closed: set[Key] = set()
        self._pages, self._history, self._rules = pages, history, rules

    def look(self, task: Task) -> tuple[str, ...]:
        """Close the page of a task if nothing is left there; what there is to say of it."""
        tasks = self._pages.tasks(task.key)
        if any(one.whole is None or one.whole.about != PIN for one in tasks):
            return self._held_back(task, tasks)
        self.closed.add(task.key)
        said = [f"{task.path}: nothing is left to do here"]
        if task.key in self._pages and self._stamps(task.locale):
            said += self._stamped(self._pages.open(*task.key).page)
        return tuple(said)

    def why_not(self, task: Task) -> str | None:
        """Why a page cannot be finished by a stamp alone; None where it can."""
        if not self._rules.stamp:
            return "only a stamp finishes this page, and --no-stamp forbids it"
        if not self._pages.desk.is_writable(task.locale):
            return "only pages of a working tree can be stamped"
        left = len(outstanding(self._pages.open(*task.key).page.judgement))
        if left:
            return f"first answer what is left on the page: {left} segment{'s' * (left > 1)}"
        return None

    def stamp(self, task: Task) -> Did:
        """Stamp a page as it is: all is there, or somebody said that it is right."""
        page = self._pages.open(*task.key).page
        stamped = self._pages.desk.stamp(*task.key, force=True)
        self._pages.close(task.key)
        if stamped.refusals:
            return Did(False, (f"not stamped: {stamped.refusals[0]}",))
        return Did(True, tuple(self._after(page, stamped)))

    def _stamps(self, locale: str) -> bool:
        return self._rules.stamp and self._pages.desk.is_writable(locale)

    def _held_back(self, task: Task, tasks: Sequence[Task]) -> tuple[str, ...]:
        """What is left on a page of which the last segment was answered, and how to stamp it."""
        if task.asked is None or not self._stamps(task.locale):
            return ()
        if may_stamp(self._pages.open(*task.key).page.judgement):
            return ()
        left = Counter(one.severity for each in tasks for one in each.findings)
        said = " and ".join(
            f"{left[one]} {name}{'s' * (left[one] > 1)}"
            for one, name in _NAMES.items()
            if left[one]
        )
        path = shlex.quote(task.path)
        return (f"every segment is answered; {said} left; `bilint stamp {path}` would take it",)

    def _stamped(self, page: OpenPage) -> Iterator[str]:
        key = (page.locale, page.path)
        units, status = page.judgement.units, page.judgement.status
        current = all(unit.state is SegmentState.CURRENT for unit in units)
        if current and status is not PageStatus.STALE:
            return
        stamped = self._pages.desk.stamp(*key)
        self._pages.close(key)
        if stamped.refusals:
            yield f"not stamped: {stamped.refusals[0]}"
            return
        yield from self._after(page, stamped)

    def _after(self, page: OpenPage, stamped: Stamped) -> Iterator[str]:
        """What a stamp did, and the human share behind it."""
        key = (page.locale, page.path)
        before = after = page.data
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
