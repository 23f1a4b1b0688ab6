"""Findings, each stored once, with the stretches of runs in which it stood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from sqlite3 import Connection

from bilint.model.finding import Severity
from bilint.stores.history.seen import Seen


class Stays:
    """The findings of one store. Runs are told by their moments; the source's locale is empty."""

    def __init__(self, connection: Connection) -> None:
        self._store = connection
        self._ids: dict[tuple[str, ...], int] = {}

    def keep(
        self,
        locale: str,
        moments: tuple[int | None, int, int | None],
        findings: Mapping[Seen, int],
    ) -> None:
        """Say of a run what was there, between the runs before and after it."""
        before, moment, after = moments
        store = self._store
        wanted = {self._finding(locale, one): times for one, times in findings.items()}
        left = {} if before is None else self.covering(locale, before)
        right = {} if after is None else self.covering(locale, after)
        for finding, (since, till, times) in left.items():
            if after is None or till < after:
                continue
            if wanted.get(finding) == times:
                del wanted[finding]
                continue
            store.execute(
                "UPDATE stay SET till = ? WHERE finding = ? AND since = ?", (before, finding, since)
            )
            store.execute("INSERT INTO stay VALUES (?, ?, ?, ?)", (finding, after, till, times))
        longer = []
        for finding, times in list(wanted.items()):
            earlier, later = left.get(finding), right.get(finding)
            if later is not None and (later[0] != after or later[2] != times):
                later = None
            if earlier is not None and (earlier[1] != before or earlier[2] != times):
                earlier = None
            if later is not None:
                store.execute("DELETE FROM stay WHERE finding = ? AND since = ?", (finding, after))
            if later is not None or earlier is not None:
                del wanted[finding]
            end = later[1] if later is not None else moment
            if earlier is not None:
                longer.append((end, finding, earlier[0]))
            elif later is not None:
                store.execute("INSERT INTO stay VALUES (?, ?, ?, ?)", (finding, moment, end, times))
        store.executemany("UPDATE stay SET till = ? WHERE finding = ? AND since = ?", longer)
        store.executemany(
            "INSERT INTO stay VALUES (?, ?, ?, ?)",
            [(finding, moment, moment, times) for finding, times in wanted.items()],
        )

    def forget(self, locale: str, moments: tuple[int | None, int, int | None]) -> None:
        """Take a run out of the stretches, between the runs before and after it."""
        before, moment, after = moments
        for finding, (since, till, times) in self.covering(locale, moment).items():
            if since < moment < till:
                continue
            self._store.execute(
                "DELETE FROM stay WHERE finding = ? AND since = ?", (finding, since)
            )
            if since == moment and till > moment:
                since = after or till
            elif till == moment and since < moment:
                till = before or since
            else:
                continue
            self._store.execute(
                "INSERT INTO stay VALUES (?, ?, ?, ?)", (finding, since, till, times)
            )

    def forget_unused(self) -> None:
        """Forget the findings that stand in no run any more."""
        self._ids.clear()
        self._store.execute(
            "DELETE FROM finding WHERE id NOT IN (SELECT DISTINCT finding FROM stay)"
        )

    def seen(self, locale: str, moment: int) -> Counter[Seen]:
        """The open findings of a run."""
        rows = self._store.execute(
            "SELECT fingerprint, name, severity, path, subject, times"
            " FROM stay JOIN finding ON finding.id = finding"
            " WHERE till >= ? AND since <= ? AND locale = ?",
            (moment, moment, locale),
        )
        found: Counter[Seen] = Counter()
        for fingerprint, check, severity, path, subject, times in rows:
            found[Seen(fingerprint, check, Severity(severity), path, subject)] += times
        return found

    def covering(self, locale: str, moment: int) -> dict[int, tuple[int, int, int]]:
        """The findings of a run, and the stretch of each: since, till, times."""
        rows = self._store.execute(
            "SELECT finding, since, till, times FROM stay JOIN finding ON finding.id = finding"
            " WHERE till >= ? AND since <= ? AND locale = ?",
            (moment, moment, locale),
        )
        return {finding: (since, till, times) for finding, since, till, times in rows}

    def _finding(self, locale: str, one: Seen) -> int:
        values = (locale, *one)
        known = self._ids.get(values)
        if known is not None:
            return known
        self._store.execute(
            "INSERT OR IGNORE INTO finding (locale, fingerprint, name, severity, path, subject)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            values,
        )
        found = self._store.execute(
            "SELECT id FROM finding WHERE locale = ? AND fingerprint = ? AND name = ?"
            " AND severity = ? AND path = ? AND subject = ?",
            values,
        ).fetchone()
        self._ids[values] = int(found[0])
        return self._ids[values]
