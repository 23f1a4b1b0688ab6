"""Commands that go by a database which a team shares, and what may go wrong with one."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilint.stores.decisions import postgresql
from command_line import Answers, Said, bilint
from lamps import Lamps, lamps
from postgresql import Database

PASSWORD = "lighthouse"
RIGHTS = "; to read takes SELECT on bilint_decision and bilint_decision_version, to decide INSERT"


class Team:
    """The lamps, and a database in which their reviewers decide."""

    def __init__(self, folder: Path) -> None:
        self.database = Database()
        self.site: Lamps = lamps(folder)
        self.address = self.database.role("ada", PASSWORD)
        self.user = self.address.partition("//")[2].partition(":")[0]
        self.database.on_server(f"ALTER DATABASE {self.database.name} OWNER TO {self.user}")
        self.name = self.fingerprint()

    def run(self, *arguments: str, store: str = "") -> Said:
        address = store or self.address
        said = bilint(*arguments, cwd=self.site.folder, env={"BILINT_STORE": address})
        assert PASSWORD not in said.out + said.err
        assert "Traceback" not in said.err
        return said

    def fingerprint(self) -> str:
        found = bilint("check", "--format", "json", cwd=self.site.folder).json["findings"]
        return str(next(one["fingerprint"] for one in found if one["check"] == "dnl-altered"))

    def accept(self, *more: str, store: str = "", by: str = "Ada") -> Said:
        said = ("decide", self.name, "--as", "accepted", "--reason", "ours", "--by", by)
        return self.run(*said, *more, store=store)

    def commands(self) -> list[tuple[str, ...]]:
        """Those that read, and those that decide."""
        return [
            ("check",),
            ("queue",),
            ("decisions", "list"),
            ("decide", self.name, "--as", "skipped", "--by", "Bo"),
            ("review", "--plain", "--by", "Bo"),
        ]


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    monkeypatch.setattr("sys.stdin", Answers())
    return Team(tmp_path)


def test_every_command_goes_by_it(team: Team) -> None:
    for command in (("check",), ("queue",), ("decisions", "list")):
        said = team.run(*command)
        assert "nothing was decided here yet; the first decision makes the store" in (
            said.out + said.err
        )
    assert team.database.do("SELECT to_regclass('bilint_decision')") == [(None,)]
    assert team.run("check").code == 1
    assert team.accept().code == 0
    assert team.run("check").code == 0
    assert "errors" not in team.run("queue", "--format", "json").out
    assert "accepted by Ada: ours" in team.run("decisions", "list").out
    assert (
        "not rework: accepted by Ada at 2"
        in team.run("decide", team.name, "--as", "rework", "--reason", "no", "--by", "Bo").out
    )


def test_wrong_passwords_and_places_are_told_by_every_command(team: Team) -> None:
    database = team.database
    wrong = database.of(team.user, f"{PASSWORD}s")
    for command in team.commands():
        said = team.run(*command, store=wrong)
        assert (said.code, said.out) == (2, "")
        assert f"{team.user}:***@/" in said.err
        assert f'password authentication failed for user "{team.user}"' in said.err
    for store, message in (
        (database.of(team.user, PASSWORD, "none"), 'database "none" does not exist'),
        (f"postgresql://ada:{PASSWORD}@nowhere.invalid/docs", "nowhere.invalid"),
        (f"postgresql://127.0.0.1:1/docs?user=ada&password={PASSWORD}", "/docs?user=ada: "),
        (f"postgresql://ada:{PASSWORD}@127.0.0.1:port/docs", "the address of the store cannot be"),
        (f"postgresql://ada:a@{PASSWORD}@127.0.0.1/docs", "with @ in a password as %40"),
        (f"postgres://ada:{PASSWORD}@127.0.0.1/docs", "postgres:…; try postgresql://"),
        (f"postgresql:/ada:{PASSWORD}@127.0.0.1/docs", "postgresql:…; try postgresql://"),
        (f"mysql://ada:{PASSWORD}@127.0.0.1/docs", "mysql:…; try postgresql://"),
    ):
        said = team.run("check", store=store)
        assert (said.code, said.out) == (2, "")
        assert message in said.err, said.err


def test_rights_that_are_missing_are_told_with_what_it_takes(team: Team) -> None:
    reader = team.database.role("cy", PASSWORD)
    user = reader.partition("//")[2].partition(":")[0]
    said = team.accept(store=reader)
    assert said.code == 2
    assert f"permission denied for schema public{RIGHTS}" in said.err
    assert team.accept().code == 0
    for command in team.commands():
        said = team.run(*command, store=reader)
        assert said.code == 2
        assert f"permission denied for table bilint_decision_version{RIGHTS}" in said.err
    tables = "bilint_decision, bilint_decision_version"
    team.database.do(f"GRANT SELECT ON {tables} TO {user}")
    assert team.run("check", store=reader).code == 0
    comment = ("decide", team.name, "--as", "comment", "--reason", "why?", "--by", "Cy")
    said = team.run(*comment, store=reader)
    assert (said.code, said.out) == (2, "")
    assert f"permission denied for table bilint_decision{RIGHTS}" in said.err
    team.database.do(f"GRANT INSERT ON bilint_decision TO {user}")
    assert team.run(*comment, store=reader).code == 0
    assert len(team.run("decisions", "export").out.splitlines()) == 3


def test_a_database_that_goes_away_in_the_middle_of_a_review(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert team.accept().code == 0
    answers = Answers(
        *(team.database.go_away, "a", "still right", "c", "hello?"),
        *(team.database.come_back, "a", "still right now", team.database.cut, "c", "who?"),
        "q",
    )
    monkeypatch.setattr("sys.stdin", answers)
    said = team.run("review", "--plain", "--by", "Ada")
    assert said.code == 0, said.err
    told = [line for line in said.out.splitlines() if line.startswith("not written: ")]
    assert len(told) == 2, said.out
    assert all(f"{team.user}:***@/" in line for line in told)
    # It came back, and a connection that was cut meanwhile is made anew.
    assert "Done: 1 accepted, 1 comment." in said.out
    made = team.run("decisions", "list").out
    assert "accepted by Ada: still right now" in made
    assert "comment by Ada: who?" in made
    assert made.count("by Ada") == 3


def test_a_stream_of_decisions_ends_where_the_database_went_away(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = postgresql.PostgresqlStore.record
    made = 0

    def once(self, decision):  # type: ignore[no-untyped-def]
        nonlocal made
        made += 1
        if made == 2:
            team.database.go_away()
        return record(self, decision)

    monkeypatch.setattr(postgresql.PostgresqlStore, "record", once)
    names = [team.name] * 3
    said = team.run("decide", *names, "--as", "comment", "--reason", "x", "--by", "Cy")
    team.database.come_back()
    assert said.code == 2
    # The first was told, and is there; of the others nothing is.
    assert said.out.count("comment by Cy") == 1
    assert "is not currently accepting connections" in said.err
    assert team.run("decisions", "list").out.count("by Cy: x") == 1


def test_a_table_that_somebody_holds_is_waited_for_and_then_told(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    import psycopg

    assert team.accept().code == 0
    monkeypatch.setattr(postgresql, "BUSY_SECONDS", 0.2)
    with psycopg.connect(team.database.address) as holding:
        holding.execute("LOCK TABLE bilint_decision IN EXCLUSIVE MODE")
        said = team.run("decide", team.name, "--as", "skipped", "--by", "Ada")
        assert (said.code, said.out) == (2, "")
        assert "somebody else has held the store for too long; nothing is written" in said.err
        assert team.run("check").code == 0
    assert team.run("decide", team.name, "--as", "skipped", "--by", "Ada").code == 0


def test_tables_of_another_version_or_of_nobody_are_told_by_every_command(team: Team) -> None:
    assert team.accept().code == 0
    do = team.database.do
    for statement, message in (
        ("UPDATE bilint_decision_version SET version = 9", "version 9 of the store of decisions"),
        ("DELETE FROM bilint_decision_version", "bilint_decision_version is empty"),
    ):
        do(statement)
        for command in team.commands():
            said = team.run(*command)
            assert (said.code, said.out) == (2, "")
            assert message in said.err
    do("INSERT INTO bilint_decision_version VALUES (1)")
    assert team.run("check").code == 0
    do("ALTER TABLE bilint_decision RENAME TO elsewhere")
    for command in team.commands():
        said = team.run(*command)
        assert said.code == 2
        assert '"bilint_decision" does not exist; somebody has taken it away' in said.err
    do("DROP TABLE bilint_decision_version")
    do("CREATE TABLE bilint_decision (lamp text)")
    said = team.accept()
    assert said.code == 2
    assert "already exists; it is none of Bilint's" in said.err
    assert do("SELECT key FROM elsewhere")
