"""Stores of decisions: what every one of them promises, whatever it is made of."""

from __future__ import annotations

import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

from bilint.model.decision import Decision, Place, Track, Verdict, standings
from bilint.stores.decisions import ConflictError, StoreError, open_store
from bilint.stores.decisions.text import sealed, text_of
from deciding import LAMP, NEW_TARGET, PRINT, SEGMENT, decision
from examples import examples
from postgresql import fresh

MEMORY = "/dev/shm" if os.path.isdir("/dev/shm") else None
"""Where what need not last is faster."""

DOOR = Place("it-IT", "22222222", "help/door.md", "help/porta.md")
NAMES = ("decisions.db", "decisions.txt")


@pytest.fixture(params=[*NAMES, "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a store of each kind is to be."""
    return fresh() if request.param == "postgresql" else str(tmp_path / request.param)


def record(place: str, one: Decision) -> Decision:
    with open_store(place) as store:
        return store.record(one)


def read(place: str) -> tuple[Decision, ...]:
    with open_store(place, create=False, read_only=True) as store:
        return store.read()


def test_what_was_decided_is_there_with_who_when_and_why(place: str) -> None:
    first = record(place, decision())
    assert first.key
    second = record(place, decision(Verdict.COMMENT, "Bo", at=5, reason="look at the logo too"))
    assert read(place) == (first, second)
    assert first._replace(key="") == decision()


def test_a_second_reviewer_is_told_and_nothing_is_written(place: str) -> None:
    first = record(place, decision())
    with pytest.raises(ConflictError, match="accepted by Ada at 2026-01-01T09") as told:
        record(place, decision(Verdict.REWORK, "Bo", at=60))
    assert told.value.others == (first,)
    assert read(place) == (first,)


def test_who_has_seen_it_may_supersede_it_and_it_stays_in_the_history(place: str) -> None:
    first = record(place, decision())
    second = record(place, decision(Verdict.REWORK, "Bo", at=60, after=(first.key,)))
    assert read(place) == (first, second)
    (one,) = standings(read(place))
    assert one.verdicts == (second,)
    with pytest.raises(ConflictError, match="rework by Bo"):
        record(place, decision(Verdict.ACCEPTED, "Cy", at=90, after=(first.key,)))


def test_what_is_to_be_superseded_must_be_there(place: str) -> None:
    with pytest.raises(ConflictError, match="nothing stands any more"):
        record(place, decision(after=("0" * 20,)))
    with open_store(place) as store:
        assert store.read() == ()


def test_the_page_may_have_moved_and_lost_a_name_meanwhile(place: str) -> None:
    first = record(place, decision())
    for moved in (
        LAMP._replace(target_path="help/nuovo.md", source_path="help/new.md"),
        LAMP._replace(id=None, source_path="help/new.md"),
        LAMP._replace(id=None, target_path="help/nuovo.md"),
    ):
        with pytest.raises(ConflictError):
            record(place, decision(Verdict.REWORK, "Bo", place=moved))
    assert read(place) == (first,)


def test_the_same_sentence_on_another_page_is_another_subject(place: str) -> None:
    other = Place("it-IT", "22222222", "help/door.md", "help/porta.md")
    record(place, decision())
    record(place, decision(Verdict.REWORK, "Bo", place=other))
    record(place, decision(Verdict.REWORK, "Bo", place=LAMP._replace(locale="fr-FR")))
    assert len(standings(read(place))) == 3


def test_verdicts_assignments_and_comments_do_not_stand_in_each_others_way(place: str) -> None:
    first = record(place, decision())
    assigned = record(place, decision(Verdict.ASSIGNED, "Bo", at=1))
    comments = [
        record(place, decision(Verdict.COMMENT, "Cy", at=2 + number, reason="why?"))
        for number in range(3)
    ]
    (one,) = standings(read(place))
    assert one.verdicts == (first,)
    assert one.assignment == assigned
    assert one.history == (first, assigned, *comments)
    with pytest.raises(ConflictError, match="assigned by Bo"):
        record(place, decision(Verdict.ASSIGNED, "Cy", at=3))


def test_the_order_is_that_of_writing_and_not_that_of_clocks(place: str) -> None:
    late = record(place, decision(at=3000))
    early = record(place, decision(Verdict.REWORK, at=10, after=(late.key,)))
    assert read(place) == (late, early)


def test_decisions_made_elsewhere_are_taken_over_once_and_never_dropped(
    place: str, tmp_path: Path
) -> None:
    ours = record(place, decision())
    theirs = sealed(decision(Verdict.REWORK, "Bo", at=3))
    with open_store(place) as store:
        assert store.add([theirs, ours]) == 1
        assert store.add([theirs, ours]) == 0
        assert set(store.read()) == {ours, theirs}
    (one,) = standings(read(place))
    assert one.contradicting == (ours, theirs)
    # Somebody who has seen both settles it.
    last = record(place, decision(by="Cy", at=9, after=(ours.key, theirs.key)))
    (one,) = standings(read(place))
    assert one.verdicts == (last,)
    assert not one.contradicting


def test_both_kinds_of_file_say_the_same(tmp_path: Path) -> None:
    made = [sealed(decision(fingerprint=f"{n:016x}", at=n)) for n in range(20)]
    texts = []
    for name in NAMES:
        with open_store(str(tmp_path / name)) as store:
            store.add(made)
            texts.append(text_of(store.read()))
    assert texts[0] == texts[1] == (tmp_path / "decisions.txt").read_text()


@pytest.mark.parametrize("odd", ["-", "", "a\tb\nc\\u0041", "\ud800\x00\u2028 \u202e", "「」🏮"])
def test_any_text_comes_back_as_it_was(place: str, odd: str) -> None:
    where = LAMP._replace(target_path=f"help/{odd}.md", id=odd)
    made = record(place, decision(place=where, reason=odd, subject=odd))
    assert read(place) == (made,)


@pytest.mark.parametrize(
    "wrong",
    [decision()._replace(at="yesterday"), decision()._replace(fingerprint="x"), decision(by="A")],
)
def test_what_no_store_could_give_back_is_refused(place: str, wrong: Decision) -> None:
    if wrong.by == "A":
        wrong = wrong._replace(check=None)
    with pytest.raises(StoreError, match="cannot be decided so"):
        record(place, wrong)


def test_a_store_that_is_not_there_is_empty_and_told(place: str) -> None:
    with open_store(place, create=False, read_only=True) as store:
        assert store.read() == ()
        (told,) = store.faults
        assert "nothing was decided here yet" in told
        if "://" not in place:
            with pytest.raises(StoreError, match="opened to be read"):
                store.record(decision())
    assert not os.path.exists(place)
    made = record(place, decision())
    with open_store(place, create=False, read_only=True) as store:
        assert store.read() == (made,)
        assert store.faults == ()


@pytest.mark.parametrize("name", NAMES)
def test_a_store_in_a_folder_that_is_not_there_is_a_mistake(tmp_path: Path, name: str) -> None:
    place = str(tmp_path / "decsions" / name)
    for read_only in (True, False):
        with (
            pytest.raises(StoreError, match=r"there is no folder .*decsions"),
            open_store(place, create=not read_only, read_only=read_only),
        ):
            pass


def test_a_disk_that_may_only_be_read_is_told_and_read(place: str) -> None:
    if "://" in place or os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    made = record(place, decision())
    folder = Path(place).parent
    folder.chmod(stat.S_IRUSR | stat.S_IXUSR)
    os.chmod(place, stat.S_IRUSR)
    try:
        assert read(place) == (made,)
        with pytest.raises(StoreError, match=r"decisions\."):
            record(place, decision(Verdict.REWORK, at=9, after=(made.key,)))
        assert read(place) == (made,)
    finally:
        folder.chmod(stat.S_IRWXU)


def test_the_default_folder_keeps_itself_out_of_git(tmp_path: Path) -> None:
    record(str(tmp_path / ".bilint" / "decisions.db"), decision())
    assert (tmp_path / ".bilint" / ".gitignore").read_text() == "*\n"


def test_a_repository_may_name_a_text_and_no_database(tmp_path: Path) -> None:
    place = str(tmp_path / "decisions.db")
    record(place, decision())
    with (
        pytest.raises(StoreError, match=r"decisions\.db:1"),
        open_store(place, create=False, text_only=True) as store,
    ):
        store.read()


def test_a_database_with_a_trigger_of_somebody_else_is_refused(tmp_path: Path) -> None:
    place = str(tmp_path / "decisions.db")
    record(place, decision())
    with sqlite3.connect(place) as other:
        other.execute("CREATE TRIGGER t AFTER INSERT ON decision BEGIN DELETE FROM decision; END")
    other.close()
    with pytest.raises(StoreError, match="somebody else has changed"):
        record(place, decision(Verdict.COMMENT))


def test_a_row_that_is_no_decision_is_told(tmp_path: Path) -> None:
    place = str(tmp_path / "decisions.db")
    record(place, decision())
    with sqlite3.connect(place) as other:
        other.execute("UPDATE decision SET verdict = 'maybe'")
    other.close()
    with pytest.raises(StoreError, match=r"decisions\.db: holds what is no decision: .*'maybe'"):
        read(place)


def test_the_decisions_near_some_pages_come_with_their_whole_history(place: str) -> None:
    before = LAMP._replace(id=None, source_path=None, target_path="help/a\\tb\n.md")
    moved = LAMP._replace(id=None, source_path=None, target_path="help/nuovo.md")
    first = record(place, decision(place=before))
    second = record(place, decision(Verdict.REWORK, at=1, place=moved, after=(first.key,)))
    other = record(place, decision(fingerprint="c" * 16, at=5, place=DOOR))
    for near in (before, moved):
        with open_store(place) as store:
            found = store.read([near])
        assert [one for one in found if one != other] == [first, second]
    with open_store(place) as store:
        assert store.read([DOOR])[-1] == other
        assert set(store.read([DOOR, before])) == {first, second, other}
        if not place.endswith(".txt"):
            assert store.read([DOOR]) == (other,)
            assert store.read([]) == ()


def test_a_database_that_cannot_be_reached_is_told_without_its_password() -> None:
    pytest.importorskip("psycopg")
    with (
        pytest.raises(StoreError, match=r"postgresql://ada:\*\*\*@127\.0\.0\.1:1/docs: ") as told,
        open_store("postgresql://ada:lantern@127.0.0.1:1/docs"),
    ):
        pass
    assert "lantern" not in str(told.value)
    with pytest.raises(StoreError, match="no store is named so: mysql"), open_store("mysql://x/y"):
        pass


def test_an_older_database_is_brought_forward_and_a_copy_kept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = fresh()
    made = record(place, decision())
    module = "bilint.stores.decisions.postgresql.MIGRATIONS"
    from bilint.stores.decisions.postgresql import MIGRATIONS

    more = ("ALTER TABLE bilint_decision ADD COLUMN minutes integer",)
    broken = (*MIGRATIONS, (*more, "no SQL"))
    monkeypatch.setattr(module, broken)
    with pytest.raises(StoreError, match="syntax error"):
        record(place, decision(Verdict.COMMENT))
    monkeypatch.setattr(module, (*MIGRATIONS, more))
    with pytest.raises(StoreError, match="older store of decisions"):
        read(place)
    with open_store(place) as store:
        assert store.read() == (made,)
    monkeypatch.setattr(module, MIGRATIONS)
    with pytest.raises(StoreError, match="version 2 of the store of decisions is newer"):
        record(place, decision(Verdict.COMMENT))
    import psycopg

    with psycopg.connect(place) as connection:
        kept = connection.execute("SELECT key FROM bilint_decision_v1").fetchall()
    assert kept == [(made.key,)]


KEYS = st.sampled_from((PRINT, "c" * 16, SEGMENT))
PLACES = st.sampled_from(
    (
        LAMP,
        LAMP._replace(target_path="help/nuovo.md"),
        LAMP._replace(id=None),
        Place("it-IT", "22222222", "help/door.md", "help/porta.md"),
    )
)


class Reviewing(RuleBasedStateMachine):
    """Reviewers who have seen something, and then decide, while others decide too."""

    kind = "decisions.db"
    seen = Bundle("seen")

    @initialize()
    def empty(self) -> None:
        import tempfile

        self.open = ExitStack()
        folder = self.open.enter_context(tempfile.TemporaryDirectory(dir=MEMORY))
        place = os.path.join(folder, self.kind) if self.kind else fresh()
        self.store = self.open.enter_context(open_store(place))
        self.written: list[Decision] = []
        self.clock = 0

    @rule(target=seen)
    def look(self) -> tuple[Decision, ...]:
        return tuple(self.written)

    @rule(
        seen=seen,
        fingerprint=KEYS,
        where=PLACES,
        verdict=st.sampled_from(Verdict),
        name=st.sampled_from(("Ada", "Bo")),
        digests=st.sampled_from((decision().digests, NEW_TARGET)),
    )
    def decide(self, seen, fingerprint, where, verdict, name, digests) -> None:  # type: ignore[no-untyped-def]
        self.clock += 1
        draft = decision(
            verdict, name, fingerprint=fingerprint, at=self.clock, place=where, digests=digests
        )
        track = verdict.track
        before = self._heads(seen, draft)
        now = self._heads(self.written, draft)
        draft = draft._replace(supersedes=tuple(sorted(before)))
        if track is Track.REMARK or before == now:
            self.written.append(self.store.record(draft))
            return
        with pytest.raises(ConflictError) as told:
            self.store.record(draft)
        assert {one.key for one in told.value.others} == now - before

    @rule(verdict=st.sampled_from((Verdict.ACCEPTED, Verdict.REWORK)), fingerprint=KEYS)
    def bring(self, verdict, fingerprint) -> None:  # type: ignore[no-untyped-def]
        self.clock += 1
        other = sealed(decision(verdict, "Elsewhere", fingerprint=fingerprint, at=self.clock))
        assert self.store.add([other]) == 1
        self.written.append(other)

    def _heads(self, made, draft) -> frozenset[str]:  # type: ignore[no-untyped-def]
        if draft.verdict.track is Track.REMARK:
            return frozenset()
        own = [
            (draft.place.nearness(one.place), one)
            for one in standings(made)
            if one.fingerprint == draft.fingerprint
        ]
        best = max(own, key=lambda pair: pair[0], default=(0, None))
        return best[1].heads(draft.verdict.track) if best[0] and best[1] else frozenset()

    @invariant()
    def everything_is_there(self) -> None:
        found = self.store.read()
        assert len(found) == len(self.written)
        assert set(found) == set(self.written)
        place = {one.key: index for index, one in enumerate(found)}
        for one in found:
            assert all(place[key] < place[one.key] for key in one.supersedes)

    def teardown(self) -> None:
        self.open.close()


class ReviewingText(Reviewing):
    """The same in a text file."""

    kind = "decisions.txt"


class ReviewingShared(Reviewing):
    """The same in a database that a team shares."""

    kind = ""


FEW = settings(
    examples(60),
    stateful_step_count=20,
    suppress_health_check=[HealthCheck.too_slow],
)
TestReviewing = Reviewing.TestCase
TestReviewing.settings = FEW
TestReviewingText = ReviewingText.TestCase
TestReviewingText.settings = FEW
TestReviewingShared = ReviewingShared.TestCase
TestReviewingShared.settings = settings(FEW, max_examples=examples(20).max_examples)


@pytest.fixture(autouse=True)
def nothing_from_around(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.delenv("BILINT_STORE", raising=False)
    yield
