"""The baseline: what is known, what is new, what is stale; and the file it lives in."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model.finding import Confidence, Family, Finding, FindingState, Severity, Side
from bilint.readers.disk import WriteError
from bilint.stores.baseline import (
    HEADER,
    BaselineError,
    Known,
    baseline_text,
    known,
    read_baseline,
    settle,
    write_baseline,
)


def finding(
    fingerprint: str = "0" * 16,
    path: str = "help/a.md",
    *,
    subject: str = "Mailbox",
    locale: str | None = "it-IT",
    state: FindingState = FindingState.OPEN,
) -> Finding:
    return Finding(
        check="dnl-altered",
        family=Family.TOKENS,
        severity=Severity.ERROR,
        confidence=Confidence.HIGH,
        side=Side.TARGET if locale else Side.SOURCE,
        locale=locale,
        path=path,
        line=3,
        column=1,
        end_line=3,
        end_column=8,
        message="The inside was translated.",
        subject=subject,
        source=None,
        text="Cassetta",
        evidence={},
        suggestion=None,
        fingerprint=fingerprint,
        group="dnl-altered:it-IT:help/a.md",
        state=state,
    )


def states(*settled: Finding) -> list[FindingState]:
    return [one.state for one in settled]


def test_what_the_baseline_holds_is_known_and_what_is_new_stays_open() -> None:
    old, new = finding("a" * 16), finding("b" * 16)
    settled = settle([new, old], [known(old)])
    assert states(*settled.findings) == [FindingState.OPEN, FindingState.KNOWN]
    assert settled.stale == ()


def test_a_line_that_meets_no_finding_is_stale() -> None:
    gone = known(finding("a" * 16))
    assert settle([], [gone]).stale == (gone,)


def test_nothing_is_stale_on_pages_that_were_not_looked_at_or_by_checks_that_did_not_run() -> None:
    gone = known(finding("a" * 16))
    assert settle([], [gone], pages=[("it-IT", "help/b.md")]).stale == ()
    assert settle([], [gone], pages=[("it-IT", "help/a.md")]).stale == (gone,)
    assert settle([], [gone], skipped=["dnl-altered"]).stale == ()


def test_a_page_may_move() -> None:
    settled = settle([finding(path="help/new.md")], [known(finding(path="help/old.md"))])
    assert states(*settled.findings) == [FindingState.KNOWN]
    assert settled.stale == ()


def test_the_same_defect_on_a_second_page_is_new() -> None:
    first, second = finding(path="help/a.md"), finding(path="help/b.md")
    settled = settle([second, first], [known(first)])
    assert states(*settled.findings) == [FindingState.OPEN, FindingState.KNOWN]


def test_a_hook_without_the_source_knows_what_was_judged_with_it() -> None:
    whole, alone = finding("a" * 16), finding("t" + "b" * 16)
    assert states(*settle([alone], [known(whole)]).findings) == [FindingState.KNOWN]
    assert states(*settle([whole], [known(alone)]).findings) == [FindingState.KNOWN]
    other = finding("t" + "b" * 16, subject="Outbox")
    assert states(*settle([other], [known(whole)]).findings) == [FindingState.OPEN]


def test_a_suppressed_finding_stays_suppressed_and_leaves_its_line_stale() -> None:
    silent = finding(state=FindingState.SUPPRESSED)
    settled = settle([silent], [known(silent)])
    assert states(*settled.findings) == [FindingState.SUPPRESSED]
    assert settled.stale == (known(silent),)


def test_the_file_has_one_sorted_line_a_finding_whatever_their_order(tmp_path: Path) -> None:
    many = [finding(f"{number:016x}", f"help/{number % 3}.md") for number in range(9)]
    text = baseline_text(many)
    assert text == baseline_text(reversed(many))
    lines = text.splitlines()
    assert lines[0] == HEADER
    assert lines[1:] == sorted(lines[1:])
    assert len(lines) == 10
    path = tmp_path / "baseline.txt"
    write_baseline(path, many)
    assert path.read_text("utf-8") == text
    assert [line._replace(line=0) for line in read_baseline(path)] == [known(f) for f in many]


def test_suppressed_findings_need_no_line() -> None:
    assert baseline_text([finding(state=FindingState.SUPPRESSED)]) == f"{HEADER}\n"


@given(
    st.text(min_size=1, max_size=20),
    st.text(max_size=80),
    st.sampled_from((None, "it-IT", "zh-Hans")),
)
def test_any_path_and_subject_come_back(path: str, subject: str, locale: str | None) -> None:
    import tempfile

    one = finding(path=path, subject=subject, locale=locale)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "baseline.txt"
        write_baseline(file, [one])
        (line,) = read_baseline(file)
    assert line._replace(line=0) == known(one)
    assert states(*settle([one], [line]).findings) == [FindingState.KNOWN]


def test_every_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    path = tmp_path / "baseline.txt"
    good = baseline_text([finding()])
    path.write_bytes(
        good.encode() + b"<<<<<<< HEAD\n\xff\n\n# a note\nzz\tdnl-altered\tit-IT\ta\tb\n"
    )
    with pytest.raises(BaselineError) as told:
        read_baseline(path)
    assert str(told.value).splitlines() == [
        f"{path}:3: expected fingerprint, check, locale, path and subject with tabs between them, "
        "found '<<<<<<< HEAD'",
        f"{path}:4: not UTF-8",
        f"{path}:7: expected fingerprint, check, locale, path and subject with tabs between them, "
        "found 'zz\\tdnl-altered\\tit-IT\\ta\\tb'",
    ]


def test_a_file_with_the_line_ends_of_windows_is_read(tmp_path: Path) -> None:
    path = tmp_path / "baseline.txt"
    path.write_bytes(baseline_text([finding()]).replace("\n", "\r\n").encode())
    assert read_baseline(path) == (known(finding())._replace(line=2),)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match=r"baseline\.txt: No such file"):
        read_baseline(tmp_path / "baseline.txt")


def test_a_write_that_fails_leaves_the_old_file_and_no_rubbish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "baseline.txt"
    write_baseline(path, [finding()])
    before = path.read_bytes()

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="No space left"):
        write_baseline(path, [finding("f" * 16)])
    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == ["baseline.txt"]


def test_the_file_and_its_folder_reach_the_disk_before_and_after_the_rename(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    monkeypatch.setattr(os, "fsync", lambda _handle: steps.append("fsync"))
    rename = os.replace

    def replace_told(old: str, new: str, **where: int | None) -> None:
        steps.append("rename")
        rename(old, new, **where)

    monkeypatch.setattr(os, "replace", replace_told)
    write_baseline(tmp_path / "baseline.txt", [finding()])
    assert steps == ["fsync", "rename", "fsync"]


def test_two_branches_that_added_lines_merge_to_what_both_know() -> None:
    ours, theirs = finding("a" * 16), finding("b" * 16)
    merged = sorted({*baseline_text([ours]).splitlines(), *baseline_text([theirs]).splitlines()})
    assert "\n".join(merged) + "\n" == baseline_text([ours, theirs])


def test_a_line_number_does_not_make_another_line() -> None:
    one = finding()
    here, there = known(one)._replace(line=2), known(one)._replace(line=9)
    settled = settle([one, one._replace(line=40)], [here, there])
    assert states(*settled.findings) == [FindingState.KNOWN, FindingState.KNOWN]
    assert isinstance(here, Known)
