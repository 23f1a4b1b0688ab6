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
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from sqlite3 import Connection
from typing import Any
from zlib import compress, decompressobj
from zlib import error as zlib_error

from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Finding, Severity
from bilint.model.record import NamedTuple
from bilint.model.trend import Change, LocaleFigures, RunFigures, Trend
from bilint.recognition import Mark, recognise
from bilint.stores.sqlite import Schema, opened, writing

SUBJECT_CAP = 60
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


class Seen(NamedTuple):
    """One open finding, as far as a history remembers it."""

    fingerprint: str
    check: str
    severity: Severity
    path: str
    subject: str


class Difference(NamedTuple):
    """What of a locale (None: of the source) is new and what was fixed, page by page."""

    locale: str | None
    new: tuple[Seen, ...]
    fixed: tuple[Seen, ...]
    still: int


Measure = Mapping[str, Any]
"""All that a run was judged by, as JSON can say it: settings, versions, what was learnt."""


def measure_digest(measure: Measure) -> str:
    """What stands for a measure."""
    return sha256(_plain(measure).encode()).hexdigest()[:12]


def seen(findings: Iterable[Finding]) -> dict[str | None, Counter[Seen]]:
    """The open findings of a report by locale, None for the source's own."""
    found: dict[str | None, Counter[Seen]] = {}
    for one in findings:
        if one.state.is_open:
            subject = " ".join(one.subject.split())[:SUBJECT_CAP]
            known = Seen(one.fingerprint, one.check, one.severity, one.path, _text(subject))
            found.setdefault(one.locale, Counter())[known._replace(path=_text(one.path))] += 1
    return found


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
        self._ids: dict[tuple[str, ...], int] = {}

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
            moment = _moment(figures.at)
            if figures.rebuilt and self._is_rebuilt(moment):
                self._forget(moment)
            while self._one("SELECT 1 FROM run WHERE moment = ?", moment) is not None:
                moment += 1
            self._store.execute(
                "INSERT INTO run VALUES (?, ?, ?)",
                (moment, int(figures.rebuilt), self._measure(measure)),
            )
            for part in _parts(figures):
                # Beside its neighbours first: as soon as it is there it is one of them.
                before, after = self._beside(part[0], moment)
                self._store.execute(
                    "INSERT INTO part VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (moment, *part)
                )
                self._stay(part[0], (before, moment, after), findings.get(part[0] or None, {}))
        return _at(moment)

    def _is_rebuilt(self, moment: int) -> bool:
        row = self._one("SELECT rebuilt FROM run WHERE moment = ?", moment)
        return row is not None and bool(row[0])

    def _measure(self, measure: Measure) -> int:
        digest = measure_digest(measure)
        self._store.execute(
            "INSERT OR IGNORE INTO measure (digest, said) VALUES (?, ?)", (digest, _plain(measure))
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

    def _stay(
        self,
        locale: str,
        moments: tuple[int | None, int, int | None],
        findings: Mapping[Seen, int],
    ) -> None:
        """Say of a run what was there, between the runs before and after it."""
        before, moment, after = moments
        store = self._store
        wanted = {self._finding(locale, one): times for one, times in findings.items()}
        left = {} if before is None else self._covering(locale, before)
        right = {} if after is None else self._covering(locale, after)
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
        found = self._one(
            "SELECT id FROM finding WHERE locale = ? AND fingerprint = ? AND name = ?"
            " AND severity = ? AND path = ? AND subject = ?",
            *values,
        )
        self._ids[values] = int(found[0])
        return self._ids[values]

    def _covering(self, locale: str, moment: int) -> dict[int, tuple[int, int, int]]:
        """The findings of a run, and the stretch of each: since, till, times."""
        rows = self._store.execute(
            "SELECT finding, since, till, times FROM stay JOIN finding ON finding.id = finding"
            " WHERE till >= ? AND since <= ? AND locale = ?",
            (moment, moment, locale),
        )
        return {finding: (since, till, times) for finding, since, till, times in rows}

    # Forgetting

    def forget(self, moments: Iterable[str]) -> int:
        """Forget the runs of these times; how many there were."""
        self._ids.clear()
        with writing(self._store):
            gone = sum(self._forget(_moment(at)) for at in moments)
            self._store.execute(
                "DELETE FROM finding WHERE id NOT IN (SELECT DISTINCT finding FROM stay)"
            )
            self._store.execute("DELETE FROM measure WHERE id NOT IN (SELECT measure FROM run)")
        return gone

    def _forget(self, moment: int) -> bool:
        parts = self._store.execute("SELECT locale FROM part WHERE moment = ?", (moment,))
        for (locale,) in parts.fetchall():
            before, after = self._beside(locale, moment)
            for finding, (since, till, times) in self._covering(locale, moment).items():
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
        befores = {one: self._beside(one or "", _moment(last.at))[0] for one in differences}
        since = max((moment for moment in befores.values() if moment is not None), default=None)
        return Trend(
            runs,
            None if since is None else _at(since),
            tuple(
                Change(locale, len(one.new), len(one.fixed), one.still)
                for locale, one in differences.items()
                if befores[locale] is not None
            ),
            () if since is None else self._unlike(since, _moment(last.at)),
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
                        _at(moment),
                        None if source is None else source[0],
                        {locale: one[0] for locale, one in of_run.items()},
                        tuple(_locale(locale, *one[1:]) for locale, one in of_run.items()),
                        {} if source is None else _findings(source[-1]),
                        bool(rebuilt),
                        digest,
                    )
                )
        return tuple(found)

    def times(self, *, rebuilt: bool | None = None) -> tuple[str, ...]:
        """When the runs were, oldest first; with `rebuilt` only those that are, or are not."""
        rows = self._store.execute("SELECT moment, rebuilt FROM run ORDER BY moment")
        return tuple(_at(row[0]) for row in rows if rebuilt in (None, bool(row[1])))

    def measure(self, at: str) -> Measure | None:
        """What the run of this time was judged by."""
        row = self._one(
            "SELECT said FROM measure JOIN run ON measure.id = measure WHERE moment = ?",
            _moment(at),
        )
        return None if row is None else dict(json.loads(row[0]))

    def differences(self, locales: Sequence[str] = ()) -> dict[str | None, Difference]:
        """What the last run changed, by locale: each beside the last run that it was in."""
        runs = self.runs(locales)
        if not runs:
            return {}
        moment = _moment(runs[-1].at)
        found: dict[str | None, Difference] = {}
        parts = self._store.execute(
            "SELECT locale FROM part WHERE moment = ? ORDER BY locale", (moment,)
        )
        for (locale,) in parts.fetchall():
            if locale and locales and locale not in locales:
                continue
            before = self._beside(locale, moment)[0]
            earlier = Counter[Seen]() if before is None else self._seen(locale, before)
            found[locale or None] = difference(locale or None, earlier, self._seen(locale, moment))
        return found

    def findings(self, at: str, locale: str | None) -> Counter[Seen]:
        """The open findings of a locale (None: of the source) in a run."""
        return self._seen(locale or "", _moment(at))

    def _seen(self, locale: str, moment: int) -> Counter[Seen]:
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

    def _unlike(self, one: int, other: int) -> tuple[str, ...]:
        said = [self.measure(_at(moment)) or {} for moment in (one, other)]
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


def difference(
    locale: str | None, earlier: Mapping[Seen, int], later: Mapping[Seen, int]
) -> Difference:
    """What is new and what was fixed: findings are the same by their fingerprint.

    Of several with one fingerprint, those on other pages are the ones that came or went.
    """
    then, now = sorted(Counter(earlier).elements()), sorted(Counter(later).elements())
    same = recognise([_mark(locale, one) for one in then], [_mark(locale, one) for one in now])
    gone = set(range(len(then))) - set(same.values())
    return Difference(
        locale,
        _in_order(one for index, one in enumerate(now) if index not in same),
        _in_order(then[index] for index in gone),
        len(same),
    )


def _mark(locale: str | None, one: Seen) -> Mark:
    return Mark(one.fingerprint, one.check, locale, one.path, one.subject)


def _in_order(findings: Iterable[Seen]) -> tuple[Seen, ...]:
    """The worst first, page by page."""
    return tuple(sorted(findings, key=lambda one: (one.severity.rank, one.path, one.check, one)))


def unlike(one: Measure, other: Measure) -> Iterator[str]:
    """By what two runs were measured differently, in words; of locales that both looked at."""
    one, other = _of_shared(one, other), _of_shared(other, one)
    for key in sorted({*one, *other}):
        left, right = one.get(key), other.get(key)
        if left == right:
            continue
        if isinstance(left, list) and isinstance(right, list):
            gone = [f"-{name}" for name in left if name not in right]
            come = [f"+{name}" for name in right if name not in left]
            yield f"{key}: {_short(', '.join((*come, *gone)))}"
        elif isinstance(left, dict) and isinstance(right, dict):
            for name in sorted({*left, *right}):
                if left.get(name) != right.get(name):
                    yield f"{key} {name}: {_said(left.get(name))}, then {_said(right.get(name))}"
        else:
            yield f"{key}: {_said(left)}, then {_said(right)}"


_OF_LOCALES = ("root", "learnt from", "catalogue", "term base")


def _of_shared(one: Measure, other: Measure) -> Measure:
    """What is said of all locales, and of those that stand in both."""
    left, right = one.get("root"), other.get("root")
    if not isinstance(left, dict) or not isinstance(right, dict):
        return one
    shared = left.keys() & right.keys()
    said = dict(one)
    for key in _OF_LOCALES:
        value = said.get(key)
        if isinstance(value, dict):
            said[key] = {name: value[name] for name in value if name in shared}
        elif isinstance(value, list):
            said[key] = [name for name in value if name in shared]
    return said


def _said(value: object) -> str:
    return (
        "nothing" if value is None else _short(value if isinstance(value, str) else _plain(value))
    )


def _short(text: str) -> str:
    return text if len(text) <= 200 else text[:199] + "…"


def _parts(
    figures: RunFigures,
) -> Iterator[tuple[str, str | None, int, float | None, int, str, str]]:
    """What is stored of a run: the source, whose locale is empty, and every locale."""
    source = _plain(_counts(figures.source_findings))
    yield ("", figures.source_revision, 0, None, 0, "{}", source)
    for one in figures.locales:
        yield (
            one.locale,
            figures.revisions.get(one.locale),
            one.words_to_do,
            one.human_share,
            one.queue,
            _plain({status.value: count for status, count in one.pages.items()}),
            _plain(_counts(one.findings)),
        )


def _counts(findings: Mapping[tuple[Family, Severity], int]) -> dict[str, list[int]]:
    """The counts of each family by severity, the worst first."""
    counts: dict[str, list[int]] = {}
    for (family, severity), count in findings.items():
        counts.setdefault(family.value, [0] * len(Severity))[severity.rank] = count
    return counts


def _findings(said: str) -> Mapping[tuple[Family, Severity], int]:
    return {
        (Family(family), severity): counts[severity.rank]
        for family, counts in sorted(json.loads(said).items())
        for severity in Severity
        if counts[severity.rank]
    }


def _locale(
    locale: str, words: int, share: float | None, queue: int, pages: str, findings: str
) -> LocaleFigures:
    counts = json.loads(pages)
    return LocaleFigures(
        locale,
        {status: counts[status.value] for status in PageStatus if status.value in counts},
        words,
        share,
        _findings(findings),
        queue,
    )


_START = datetime(1970, 1, 1, tzinfo=UTC)
_STEP = timedelta(microseconds=1)


def _moment(at: str) -> int:
    """Microseconds since 1970: what runs are ordered by."""
    return (datetime.fromisoformat(at) - _START) // _STEP


def _at(moment: int) -> str:
    return (_START + moment * _STEP).isoformat().replace("+00:00", "Z")


def _plain(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))


def _text(text: str) -> str:
    """Text that SQLite takes: a path may hold bytes that are no character."""
    return text.encode("utf-8", "backslashreplace").decode()
