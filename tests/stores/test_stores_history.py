"""The history of runs: kept in any order, compared, forgotten, and never half written."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model.alignment import PageStatus
from bilint.model.finding import Family, Severity
from bilint.model.trend import Change, LocaleFigures, RunFigures
from bilint.stores.history.measure import Measure, unlike
from bilint.stores.history.seen import Seen, difference
from bilint.stores.history.store import open_history
from bilint.stores.sqlite import StoreError
from command_line import environment
from examples import examples

MEASURE: Measure = {"bilint": "1", "checks": ["dnl-altered", "link-broken"]}
TOKENS = (Family.TOKENS, Severity.ERROR)


def figures(at: str, count: int = 0, *, rebuilt: bool = False, locale: str = "it-IT") -> RunFigures:
    return RunFigures(
        at,
        "5" * 40,
        {locale: "a" * 40},
        (
            LocaleFigures(
                locale,
                {PageStatus.STALE: 2, PageStatus.CURRENT: 3},
                120,
                48.25,
                {TOKENS: count} if count else {},
                2,
            ),
        ),
        {},
        rebuilt,
    )


def finding(name: str, path: str = "help/lamp.md", check: str = "dnl-altered") -> Seen:
    return Seen(name, check, Severity.ERROR, path, "Harbor")


def day(number: int) -> str:
    return f"2024-05-{number:02}T00:00:00Z"


def keep(path: Path, at: str, *names: str, rebuilt: bool = False, locale: str = "it-IT") -> None:
    found = Counter(finding(name) for name in names)
    with open_history(path) as history:
        run = figures(at, len(names), rebuilt=rebuilt, locale=locale)
        history.keep(run, MEASURE, {locale: found})


def names(path: Path, at: str, locale: str = "it-IT") -> list[str]:
    with open_history(path, read_only=True) as history:
        return sorted(one.fingerprint for one in history.findings(at, locale).elements())


def test_figures_come_back_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    keep(path, day(1), "a")
    with open_history(path, read_only=True) as history:
        (run,) = history.runs()
        assert run == figures(day(1), 1)._replace(measure=run.measure)
        assert history.measure(run.at) == MEASURE
    assert [one.name for one in tmp_path.iterdir()] == ["runs.db"]


def test_what_is_new_and_what_was_fixed(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    keep(path, day(1), "a", "b", "b")
    keep(path, day(2), "b", "c")
    with open_history(path, read_only=True) as history:
        trend = history.trend()
        (of_source, of_locale) = history.differences().values()
    assert trend.since == day(1)
    assert trend.changes == (Change(None, 0, 0, 0), Change("it-IT", 1, 2, 1))
    assert trend.unlike == ()
    assert of_source.locale is None
    assert [one.fingerprint for one in of_locale.new] == ["c"]
    assert [one.fingerprint for one in of_locale.fixed] == ["a", "b"]


def test_a_run_of_another_locale_is_nothing_to_compare_with(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    keep(path, day(1), "a")
    keep(path, day(2), "x", locale="de-DE")
    keep(path, day(3), "a", "b")
    with open_history(path, read_only=True) as history:
        assert Change("it-IT", 1, 0, 1) in history.trend().changes
        assert [run.at for run in history.runs(["de-DE"])] == [day(2)]


def test_a_finding_is_the_same_on_a_page_that_moved_and_without_the_source() -> None:
    earlier = Counter([finding("a", "help/old.md"), finding("0f", "help/x.md")])
    later = Counter([finding("a", "help/new.md"), finding("t0f", "help/x.md")])
    assert difference("it-IT", earlier, later) == ("it-IT", (), (), 2)


def test_two_runs_of_one_second_are_both_kept(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    keep(path, day(1), "a")
    keep(path, day(1), "b")
    with open_history(path, read_only=True) as history:
        first, second = history.times()
    assert (names(path, first), names(path, second)) == (["a"], ["b"])


def test_a_rebuilt_run_takes_the_place_of_an_older_one_of_its_time(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    keep(path, day(1), "a", rebuilt=True)
    keep(path, day(2), "a", "b", rebuilt=True)
    keep(path, day(1), "c", rebuilt=True)
    with open_history(path, read_only=True) as history:
        assert history.times() == (day(1), day(2))
    assert names(path, day(1)) == ["c"]
    assert names(path, day(2)) == ["a", "b"]


def test_runs_measured_otherwise_say_by_what() -> None:
    other = {**MEASURE, "bilint": "2", "checks": ["link-broken", "link-lost"], "root": {"": "x"}}
    assert list(unlike(MEASURE, other)) == [
        "bilint: 1, then 2",
        "checks: +link-lost, -dnl-altered",
        'root: nothing, then {"":"x"}',
    ]
    assert list(unlike({"a": {"x": 1}}, {"a": {"x": 2}})) == ["a x: 1, then 2"]


def test_locales_that_only_one_run_looked_at_make_no_difference() -> None:
    both = {
        "root": {"source": "help", "it-IT": "help", "fr-FR": "help"},
        "learnt from": {"it-IT": "its pages", "fr-FR": "its pages"},
        "term base": ["fr-FR", "it-IT"],
    }
    one = {
        "root": {"source": "help", "it-IT": "help"},
        "learnt from": {"it-IT": "its pages"},
        "term base": ["it-IT"],
    }
    assert list(unlike(both, one)) == list(unlike(one, both)) == []
    assert list(unlike(both, {**one, "term base": []})) == ["term base: -it-IT"]


def test_a_path_that_is_no_text_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    with open_history(path) as history:
        strange = finding("a")._replace(path="help/\\udce9.md")
        history.keep(figures(day(1)), MEASURE, {"it-IT": Counter([strange])})
        assert history.findings(day(1), "it-IT") == Counter([strange])


def test_evidence_comes_back_and_goes(tmp_path: Path) -> None:
    with open_history(tmp_path / "runs.db") as history:
        history.keep_evidence("it-IT", day(1), b"learnt" * 100)
        assert history.evidence("it-IT") == (day(1), b"learnt" * 100)
        assert history.evidence("de-DE") is None
        history.forget_evidence()
        assert history.evidence("it-IT") is None


def test_only_a_history_is_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no history of runs here"):
        names(tmp_path / "none.db", day(1))


RUNS = st.dictionaries(
    st.integers(1, 9), st.lists(st.sampled_from("abcd"), max_size=6), min_size=1, max_size=7
)


@examples(30)
@given(runs=RUNS, order=st.randoms(use_true_random=False), gone=st.sets(st.integers(1, 9)))
def test_every_run_has_what_it_had_whatever_came_before_or_after(
    tmp_path_factory: pytest.TempPathFactory,
    runs: dict[int, list[str]],
    order: object,
    gone: set[int],
) -> None:
    path = tmp_path_factory.mktemp("runs") / "runs.db"
    days = list(runs)
    order.shuffle(days)  # type: ignore[attr-defined]
    with open_history(path) as history:
        for number in days:
            found = Counter(finding(name) for name in runs[number])
            history.keep(figures(day(number)), MEASURE, {"it-IT": found})
        assert history.forget(day(number) for number in gone) == len(gone & runs.keys())
        left = [number for number in sorted(runs) if number not in gone]
        assert history.times() == tuple(day(number) for number in left)
        for number in left:
            had = Counter(finding(name) for name in runs[number])
            assert history.findings(day(number), "it-IT") == had


def test_what_does_not_change_takes_no_room(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    many = Counter(finding(f"{number:016x}") for number in range(500))
    with open_history(path) as history:
        for number in range(1, 29):
            history.keep(figures(day(number), 500), MEASURE, {"it-IT": many})
    with open_history(path, read_only=True) as history:
        assert history.findings(day(14), "it-IT") == many
        assert history._store.execute("SELECT count(*) FROM stay").fetchone() == (500,)


WRITER = """
import sys
from collections import Counter
from test_stores_history import MEASURE, figures, finding
from bilint.stores.history.store import open_history
with open_history(sys.argv[1]) as history:
    for number in range(int(sys.argv[2]), 10_000):
        at = f"{2000 + number // 360}-{number % 360 // 30 + 1:02}-{number % 28 + 1:02}T00:00:00Z"
        found = Counter(finding(f"{number + one}") for one in range(40))
        kept = history.keep(figures(at, 40), MEASURE, {"it-IT": found})
        print(kept, number, flush=True)
"""


def test_a_kill_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    path = tmp_path / "runs.db"
    told: dict[str, int] = {}
    here = Path(__file__).parent
    env = environment()
    env["PYTHONPATH"] += f":{here}:{here.parent}"
    for _ in range(4):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path), str(len(told))],
            env=env, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert writer.stdout is not None
        for _line in range(15):
            kept, count = writer.stdout.readline().split()
            told[kept] = int(count)
        writer.send_signal(signal.SIGKILL)
        for line in writer.stdout.read().splitlines():
            if len(line.split()) == 2:
                told[line.split()[0]] = int(line.split()[1])
        writer.wait()
        with open_history(path) as history:
            assert history._store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert told.keys() <= set(history.times())
            for at, number in told.items():
                assert history.findings(at, "it-IT")[finding(f"{number}")] == 1
