"""The history of runs: figures of every run that was kept, and every finding with when it stood.

A finding is stored once, with the stretches of runs in which it was there; a run of which nothing
changed adds a row of figures and no finding at all. Runs may be added in any order of time: what
is rebuilt out of git goes between those that are there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from zlib import compress, decompressobj
from zlib import error as zlib_error

from bilint.model.trend import Change, RunFigures, Trend
from bilint.stores.history.measure import Measure, measure_digest, plain, unlike
from bilint.stores.history.rows import findings_of, locale_of, moment_of, parts_of, time_of
from bilint.stores.history.seen import Difference, Seen, difference
from bilint.stores.history.stays import Stays
from bilint.stores.sqlite import Schema, opened, writing

_EVIDENCE_BYTES = 256 * 1024 * 1024

_TABLES = (
    "CREATE TABLE measure (id INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, said TEXT NOT NULL)"
    " STRICT",
    "CREATE TABLE run (moment INTEGER PRIMARY KEY, rebuilt INTEGER NOT NULL,"
    " measure INTEGER NOT NULL REFERENCES measure (id)) STRICT",
    # The source is the part whose locale is empty.
    "CREATE TABLE part (moment INTEGER NOT NULL REFERENCES run (moment) ON DELETE CASCADE,"
    " locale TEXT NOT NULL, revision TEXT, words_to_do INTEGER NOT NULL, human_share REAL,"
    " queue INTEGER NOT NULL, pages TEXT NOT NULL, findings TEXT NOT NULL,"
    " PRIMARY KEY (locale, moment)) STRICT, WITHOUT ROWID",
    "CREATE TABLE finding (id INTEGER PRIMARY KEY, locale TEXT NOT NULL, fingerprint TEXT NOT NULL,"
    " name TEXT NOT NULL, severity TEXT NOT NULL, path TEXT NOT NULL, subject TEXT NOT NULL,"
    " UNIQUE (locale, fingerprint, name, severity, path, subject)) STRICT",
    "CREATE TABLE stay (finding INTEGER NOT NULL REFERENCES finding (id), since INTEGER NOT NULL,"
    " till INTEGER NOT NULL, times INTEGER NOT NULL, PRIMARY KEY (finding, since)) STRICT,"
    " WITHOUT ROWID",
    "CREATE INDEX stay_till ON stay (till)",
    "CREATE TABLE evidence (locale TEXT PRIMARY KEY, at TEXT NOT NULL, data BLOB NOT NULL) STRICT",
)

HISTORY = Schema("history of runs", 0x424C4849, (_TABLES,))


@contextmanager
def open_history(path: str | Path, *, read_only: bool = False) -> Iterator[History]:
    """The history at `path`; made when it is not there, unless it is only read.

    Raises `StoreError`, in place of every error of the store inside of the block as well.
    """
    with opened(path, HISTORY, create=not read_only, read_only=read_only) as connection:
        yield History(connection)


class History:
    """The runs of one file, in the order of time."""

    def __init__(self, connection: Connection) -> None:
        self._store = connection
        self._stays = Stays(connection)

    # Keeping

    def keep(
        self,
        figures: RunFigures,
        measure: Measure,
        findings: Mapping[str | None, Mapping[Seen, int]],
    ) -> str:
        """Keep a run for good, in place of a rebuilt one of the same time. Its time, as kept.

        Two runs made in one second are told apart by what is added to the later one.
        """
        with writing(self._store):
            moment = moment_of(figures.at)
            if figures.rebuilt and self._is_rebuilt(moment):
                self._forget(moment)
            while self._one("SELECT 1 FROM run WHERE moment = ?", moment) is not None:
                moment += 1
            self._store.execute(
                "INSERT INTO run VALUES (?, ?, ?)",
                (moment, int(figures.rebuilt), self._measure(measure)),
            )
            for part in parts_of(figures):
                # Beside its neighbours first: as soon as it is there it is one of them.
                before, after = self._beside(part[0], moment)
                self._store.execute(
                    "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (moment, *part)
                )
                self._stays.keep(
                    part[0], (before, moment, after), findings.get(part[0] or None, {})
                )
        return time_of(moment)

    def _is_rebuilt(self, moment: int) -> bool:
        row = self._one("SELECT rebuilt FROM run WHERE moment = ?", moment)
        return row is not None and bool(row[0])

    def _measure(self, measure: Measure) -> int:
        digest = measure_digest(measure)
        self._store.execute(
            "INSERT OR IGNORE INTO measure (digest, said) VALUES (?, ?)", (digest, plain(measure))
        )
        return int(self._one("SELECT id FROM measure WHERE digest = ?", digest)[0])

    def _beside(self, locale: str, moment: int) -> tuple[int | None, int | None]:
        """The runs of a locale before and after a moment."""
        return (
            self._one(
                "SELECT max(moment) FROM part WHERE locale = ? AND moment < ?", locale, moment
            )[0],
            self._one(
                "SELECT min(moment) FROM part WHERE locale = ? AND moment > ?", locale, moment
            )[0],
        )

    # Forgetting

    def forget(self, moments: Iterable[str]) -> int:
        """Forget the runs of these times; how many there were."""
        with writing(self._store):
            gone = sum(self._forget(moment_of(at)) for at in moments)
            self._stays.forget_unused()
            self._store.execute("DELETE FROM measure WHERE id NOT IN (SELECT measure FROM run)")
        return gone

    def _forget(self, moment: int) -> bool:
        parts = self._store.execute("SELECT locale FROM part WHERE moment = ?", (moment,))
        for (locale,) in parts.fetchall():
            before, after = self._beside(locale, moment)
            self._stays.forget(locale, (before, moment, after))
        gone = self._store.execute("DELETE FROM run WHERE moment = ?", (moment,))
        return gone.rowcount > 0

    # Reading

    def trend(self, locales: Sequence[str] = ()) -> Trend:
        """All runs of some locales (none named: of all), and what the last one changed."""
        runs = self.runs(locales)
        differences = self.differences(locales)
        if not runs:
            return Trend(())
        last = runs[-1]
        befores = {one: self._beside(one or "", moment_of(last.at))[0] for one in differences}
        since = max((moment for moment in befores.values() if moment is not None), default=None)
        return Trend(
            runs,
            None if since is None else time_of(since),
            tuple(
                Change(locale, len(one.new), len(one.fixed), one.still)
                for locale, one in differences.items()
                if befores[locale] is not None
            ),
            () if since is None else self._unlike(since, moment_of(last.at)),
        )

    def runs(self, locales: Sequence[str] = ()) -> tuple[RunFigures, ...]:
        """The runs of some locales (none named: of all), oldest first."""
        parts: dict[int, dict[str, tuple[Any, ...]]] = {}
        for moment, locale, *rest in self._store.execute(
            "SELECT moment, locale, revision, words_to_do, human_share, queue, pages, findings"
            " FROM part ORDER BY moment, locale"
        ):
            if not locale or not locales or locale in locales:
                parts.setdefault(moment, {})[locale] = tuple(rest)
        found = []
        for moment, rebuilt, digest in self._store.execute(
            "SELECT moment, rebuilt, digest FROM run JOIN measure ON measure.id = measure"
            " ORDER BY moment"
        ):
            of_run = parts.get(moment, {})
            source = of_run.pop("", None)
            if of_run:
                found.append(
                    RunFigures(
                        time_of(moment),
                        None if source is None else source[0],
                        {locale: one[0] for locale, one in of_run.items()},
                        tuple(locale_of(locale, *one[1:]) for locale, one in of_run.items()),
                        {} if source is None else findings_of(source[-1]),
                        bool(rebuilt),
                        digest,
                    )
                )
        return tuple(found)

    def times(self, *, rebuilt: bool | None = None) -> tuple[str, ...]:
        """When the runs were, oldest first; with `rebuilt` only those that are, or are not."""
        rows = self._store.execute("SELECT moment, rebuilt FROM run ORDER BY moment")
        return tuple(time_of(row[0]) for row in rows if rebuilt in (None, bool(row[1])))

    def measure(self, at: str) -> Measure | None:
        """What the run of this time was judged by."""
        row = self._one(
            "SELECT said FROM measure JOIN run ON measure.id = measure WHERE moment = ?",
            moment_of(at),
        )
        return None if row is None else dict(json.loads(row[0]))

    def differences(self, locales: Sequence[str] = ()) -> dict[str | None, Difference]:
        """What the last run changed, by locale: each beside the last run that it was in."""
        runs = self.runs(locales)
        if not runs:
            return {}
        moment = moment_of(runs[-1].at)
        found: dict[str | None, Difference] = {}
        parts = self._store.execute(
            "SELECT locale FROM part WHERE moment = ? ORDER BY locale", (moment,)
        )
        for (locale,) in parts.fetchall():
            if locale and locales and locale not in locales:
                continue
            before = self._beside(locale, moment)[0]
            earlier = Counter[Seen]() if before is None else self._stays.seen(locale, before)
            found[locale or None] = difference(
                locale or None, earlier, self._stays.seen(locale, moment)
            )
        return found

    def findings(self, at: str, locale: str | None) -> Counter[Seen]:
        """The open findings of a locale (None: of the source) in a run."""
        return self._stays.seen(locale or "", moment_of(at))

    def _unlike(self, one: int, other: int) -> tuple[str, ...]:
        said = [self.measure(time_of(moment)) or {} for moment in (one, other)]
        return tuple(unlike(*said))

    # What rebuilt runs are judged by

    def keep_evidence(self, locale: str, at: str, data: bytes) -> None:
        """Keep what was learnt of a locale for the rebuilt runs; of when the pages were is `at`."""
        with writing(self._store):
            self._store.execute(
                "INSERT OR REPLACE INTO evidence VALUES (?, ?, ?)", (locale, at, compress(data))
            )

    def evidence(self, locale: str) -> tuple[str, bytes] | None:
        """What was kept by `keep_evidence`; None where nothing was, or it cannot be read."""
        row = self._one("SELECT at, data FROM evidence WHERE locale = ?", locale)
        if row is None:
            return None
        unpacked = decompressobj()
        try:
            return str(row[0]), unpacked.decompress(row[1], _EVIDENCE_BYTES)
        except zlib_error:
            return None

    def forget_evidence(self) -> None:
        """Let the next rebuilt runs learn anew."""
        with writing(self._store):
            self._store.execute("DELETE FROM evidence")

    def _one(self, statement: str, *values: object) -> Any:
        return self._store.execute(statement, values).fetchone()
