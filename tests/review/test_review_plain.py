"""`bilint review --plain`: the whole work of a reviewer, letter by letter."""

from __future__ import annotations

import io
import stat
import sys
from pathlib import Path

import pytest

from command_line import bilint, environment, program
from lamps import LAMP_IT, LAMP_IT_NOW, Lamps, lamps
from reviewing import NEW, PAGE, STALE, page, review


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


def as_it_was(given: Lamps) -> str:
    return LAMP_IT.format(pin=given.pins[0])


def queue(given: Lamps) -> list[str]:
    said = bilint("queue", "--locale", "it-IT", "--format", "json", cwd=given.folder)
    return [one["path"] or one["source_path"] for one in said.json["queue"]]


def test_a_page_is_gone_through_to_its_end_and_stamped(given: Lamps) -> None:
    assert "help/lamp.md" in queue(given)
    said = review(given, f"e {STALE}", "f", f"e {NEW}", "q")
    assert said.code == 0
    assert page(given) == LAMP_IT_NOW.format(pin=given.pins[1])
    assert "[-morning.-]{+evening, when it is dark.+}" in said.out
    assert "no longer found: dnl-altered" in said.out
    assert f"stamped: {given.pins[0]} -> {given.pins[1]}" in said.out
    assert said.out.endswith("Done: 2 edited, 1 fixed; 1 page finished.\n")
    assert "help/lamp.md" not in queue(given)


def test_a_page_half_done_keeps_what_is_open(given: Lamps) -> None:
    review(given, f"e {STALE}", "q")
    assert page(given) == as_it_was(given).replace("La lampada si accende al mattino.", STALE)
    said = review(given, "q")
    assert "source then" not in said.out
    assert "dnl-altered" in said.out
    assert "(2 left on this page)" in said.out


def test_what_is_accepted_leaves_the_queue_and_stays_left(given: Lamps) -> None:
    before = page(given)
    said = review(given, "a still right", "a 1", "a name of theirs", "q")
    assert "accepted: the segment" in said.out
    assert "accepted: dnl-altered" in said.out
    assert page(given) == before
    again = review(given, "q")
    assert "(1 left on this page)" in again.out
    assert "segment: new" in again.out
    decided = bilint("decisions", "export", cwd=given.folder)
    assert decided.out.count("\tAda\t") == 2


def test_a_reason_is_needed(given: Lamps) -> None:
    said = review(given, "a", "", "r", "", "q")
    assert "without a reason" in said.out
    assert said.out.endswith("Done: nothing was changed.\n")


def test_what_is_not_there_cannot_be_right(given: Lamps) -> None:
    said = review(given, ": state=new", "a looks fine", "q")
    assert "no translation yet" in said.out
    assert "nothing was changed" in said.out


def test_an_edit_that_loses_a_token_is_refused_unless_forced(given: Lamps) -> None:
    text = "Apri il negozio e scegli una lampada per il salone."
    said = review(given, "n", f"e {text}", "q")
    assert "not written: it lacks [!DNL Lantern Store]" in said.out
    assert page(given) == as_it_was(given)
    said = review(given, "n", f"e! {text}", "q")
    assert text in page(given)
    assert "edited: help/lamp.md:10" in said.out


@pytest.mark.parametrize(
    "text", ["# Un titolo", "Prima `riga` e [coda](", "due\x07squilli", "una\x1b[31m rossa"]
)
def test_a_text_that_would_be_something_else_is_refused(given: Lamps, text: str) -> None:
    said = review(given, f"e {text}", "q")
    assert page(given) == as_it_was(given) or "[coda](" in page(given)
    assert "\x1b" not in said.out
    assert "\x07" not in said.out


def test_everything_can_be_undone(given: Lamps) -> None:
    said = review(
        given, f"e {STALE}", "f", f"e {NEW}", "u", "u", "u", "a fine", "r again", "u", "u", "u", "q"
    )
    assert page(given) == as_it_was(given)
    assert "there is nothing to undo" in said.out
    assert said.out.endswith("Done: nothing was changed.\n")
    again = review(given, "q")
    assert "(3 left on this page)" in again.out
    assert "source then" in again.out


def test_an_undo_never_takes_what_somebody_else_wrote(given: Lamps) -> None:
    file = given.folder / PAGE

    class Meddling(io.RawIOBase):
        def __init__(self) -> None:
            self.lines = [f"e {STALE}\n".encode(), b"", b"q\n"]

        def readline(self, *_: object) -> bytes:
            line = self.lines.pop(0)
            if not line:
                file.write_bytes(file.read_bytes() + b"\nDi Bo.\n")
                return b"u\n"
            return line

    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", type("In", (), {"buffer": Meddling(), "isatty": stream.isatty}))
        said = bilint("review", "--plain", "--by", "Ada", "--locale", "it-IT", cwd=given.folder)
    assert "not undone" in said.out
    assert page(given).endswith("\nDi Bo.\n")
    assert STALE in page(given)


def test_the_second_reviewer_is_told(given: Lamps) -> None:
    class Bo(io.RawIOBase):
        def __init__(self) -> None:
            self.step = 0

        def readline(self, *_: object) -> bytes:
            self.step += 1
            if self.step == 1:
                review(given, "r it sounds odd", "q", by="Bo")
                return b"a I like it\n"
            return b"a I like it\n" if self.step == 2 else b"q\n"

    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", type("In", (), {"buffer": Bo(), "isatty": stream.isatty}))
        said = bilint("review", "--plain", "--by", "Ada", "--locale", "it-IT", cwd=given.folder)
    assert "somebody decided meanwhile: rework by Bo" in said.out
    assert "it sounds odd. Look again" in said.out
    # Having seen it, Ada may supersede it.
    assert "accepted: the segment" in said.out


def test_skip_rework_assign_and_comment_leave_it_in_the_queue(given: Lamps) -> None:
    said = review(given, "c what lamp?", "s later", "r wrong name", "g Bo", "q")
    assert "comment: the segment" in said.out
    assert "skipped: the segment" in said.out
    assert "rework: dnl-altered" in said.out
    assert "assigned to Bo: the segment" in said.out
    assert "help/lamp.md" in queue(given)
    again = review(given, "n", "n", "q")
    assert "comment by Ada: what lamp?" in again.out
    assert "rework by Ada: wrong name" in again.out
    assert "segment: new" not in again.out  # Bo has it
    assert "segment: new" in review(given, "q", by="Bo", options=("--filter", "state=new")).out


def test_an_assignment_that_is_undone_leaves_it_to_everybody(given: Lamps) -> None:
    said = review(given, ":state=new", "g Bo", "u", "q")
    assert "undone: assigned" in said.out
    assert "assigned to Ada" not in said.out
    assert "segment: new" in review(given, "q", by="Cy", options=("--filter", "state=new")).out
    listed = bilint("decisions", "list", cwd=given.folder)
    assert "assigned to nobody by Ada: undone" in listed.out


def test_an_assignment_that_is_undone_goes_back_to_who_had_it(given: Lamps) -> None:
    review(given, ":state=new", "g Bo", "q")
    review(given, "g Ada", "u", "q", by="Bo", options=("--filter", "state=new"))
    assert "segment: new" not in review(given, "q", options=("--filter", "state=new")).out
    assert "segment: new" in review(given, "q", by="Bo", options=("--filter", "state=new")).out


def test_a_filter_takes_several_states_of_the_work(given: Lamps) -> None:
    review(given, "s later", "r wrong name", "q")
    both = review(given, "n", "n", "q", options=("--filter", "status=skipped,rework"))
    assert "skipped by Ada: later" in both.out
    assert "rework by Ada: wrong name" in both.out
    assert "segment: new" not in both.out


def test_what_another_reviewer_settled_is_told_with_the_way_to_decide_otherwise(
    given: Lamps,
) -> None:
    class Bo(io.RawIOBase):
        done = False

        def readline(self, *_: object) -> bytes:
            if self.done:
                return b"q\n"
            self.done = True
            review(given, "a it is right", "q", by="Bo")
            return b"r it sounds odd\n"

    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "stdin", type("In", (), {"buffer": Bo(), "isatty": stream.isatty}))
        said = bilint("review", "--plain", "--by", "Ada", "--locale", "it-IT", cwd=given.folder)
    assert "accepted by Bo" in said.out
    told = said.out.partition("It has left the queue; to decide otherwise: bilint decide ")[2]
    fingerprint, *_rest, after = told.split("\n")[0].split()
    again = bilint(
        *("decide", fingerprint, "--as", "rework", "--reason", "odd"),
        *("--by", "Ada", "--after", after),
        cwd=given.folder,
    )
    assert again.code == 0, again.err


def test_filters_and_search(given: Lamps) -> None:
    said = review(given, ": family=tokens", "/ mattino", "/ nowhere", ": nonsense", ":", "/", "q")
    assert "Showing family=tokens." in said.out
    assert "There is nothing of that kind: family=tokens text “mattino”." in said.out
    assert "a filter is" in said.out
    assert "Showing everything." in said.out
    assert bilint("review", "--plain", "--filter", "state=old", cwd=given.folder).code == 2


def test_only_pages_that_the_filter_leaves_are_counted_and_listed(given: Lamps) -> None:
    door = (given.italian.path / "help/door.md").read_text("utf-8")
    given.italian.commit("Nine", {"help/door.md": door.replace("dalle nove", "dalle 9 e 7")})
    said = review(given, "l", "q")
    listed = [line for line in said.out.splitlines() if line.endswith(("points", "point"))]
    assert said.out.startswith(f"{len(listed)} pages to go through as Ada. ")
    assert len(listed) == 3
    options = ("--locale", "it-IT", "--filter", "state=new")
    said = review(given, "l", f"e {NEW}", "l", "q", options=options)
    assert said.out.startswith("1 page to go through for state=new as Ada. ")
    listed = [line for line in said.out.splitlines() if line.endswith(("points", "point"))]
    assert [line.split()[-3] for line in listed] == ["help/lamp.md:"]
    assert "There is nothing of that kind: state=new." in said.out
    nothing = review(given, "q", options=("--locale", "it-IT", "--filter", "state=obsolete"))
    assert nothing.out.startswith("0 pages to go through for state=obsolete as Ada. ")


def test_what_holds_back_the_stamp_of_an_answered_page_is_told(given: Lamps) -> None:
    said = review(given, f"e {STALE}", "n", f"e {NEW}", "q")
    hint = "every segment is answered; 1 error left; `bilint stamp help/lamp.md` would take it"
    assert said.out.count(hint) == 1
    assert "stamped:" not in said.out
    assert bilint("stamp", PAGE, cwd=given.folder).code == 0


def test_what_holds_back_no_stamp_is_not_told(given: Lamps) -> None:
    options = ("--locale", "it-IT", "--no-stamp")
    said = review(given, f"e {STALE}", "n", f"e {NEW}", "q", options=options)
    assert "would take it" not in said.out


def test_the_end_of_input_is_quit_and_nothing_is_lost(given: Lamps) -> None:
    said = review(given, f"e {STALE}")
    assert said.code == 0
    assert STALE in page(given)
    assert said.out.endswith("Done: 1 edited.\n")


def test_pages_of_commits_cannot_be_edited_but_decided(given: Lamps) -> None:
    target = ("--target", "it-IT=lamps.it-IT@HEAD", "--locale", "it-IT")
    said = review(given, f"e {STALE}", "a fine as it is", "q", options=target)
    assert "read out of commits" in said.out
    assert "accepted: the segment" in said.out
    assert page(given) == as_it_was(given)


def test_without_stamp_and_with_a_share(given: Lamps) -> None:
    answers = (f"e {STALE}", "f", f"e {NEW}", "q")
    review(given, *answers, options=("--locale", "it-IT", "--no-stamp"))
    assert page(given) == LAMP_IT_NOW.format(pin=given.pins[0])
    given.italian.git("checkout", "-q", "--", ".")
    (given.folder / ".bilint/decisions.db").unlink()
    review(given, *answers, options=("--locale", "it-IT", "--human-share", "100"))
    now = LAMP_IT_NOW.format(pin=given.pins[1])
    head, _, body = page(given).partition("\n---\n")
    assert now.endswith(body)
    assert "ht-degree: 100%" in head


def test_the_same_source_elsewhere_and_a_memory_and_terms(given: Lamps) -> None:
    given.italian.commit(
        "More",
        {
            "help/hall.md": LAMP_IT_NOW.replace("11111111", "33333333").format(pin=given.pins[1]),
            "locales/it-IT/terms.po": 'msgid ""\nmsgstr "Content-Type: text/plain;'
            ' charset=UTF-8\\n"\n\nmsgid "evening"\nmsgstr "sera"\n',
        },
    )
    memory = given.folder / "old.tmx"
    memory.write_text(
        '<tmx version="1.4"><header srclang="en-US"/><body><tu><tuv xml:lang="en-US"><seg>The lamp'
        ' is switched on in the evening, when it gets dark.</seg></tuv><tuv xml:lang="it"><seg>La'
        " lampada viene accesa la sera.</seg></tuv></tu></body></tmx>"
    )
    said = review(
        given, "t 1", "u", "q", options=("--locale", "it-IT", "--memory", "old.tmx", "help/lamp.md")
    )
    assert "s1. memory 9" in said.out
    assert "\nterm: evening: sera (" in said.out
    assert "La lampada viene accesa la sera. (old.tmx)" in said.out
    assert "edited: help/lamp.md:8" in said.out
    text = memory.read_text()
    memory.write_bytes(f"<!DOCTYPE tmx SYSTEM 'tmx14.dtd'>{text}".encode("utf-16"))
    options = ("--locale", "it-IT", "--memory", "old.tmx", "help/lamp.md")
    assert "La lampada viene accesa la sera. (old.tmx)" in review(given, "q", options=options).out
    memory.write_text("<!DOCTYPE tmx [<!ENTITY a 'b'>]><tmx/>")
    said = review(given, "q", options=("--memory", "old.tmx"))
    assert (said.code, said.out) == (2, "")


def test_an_obsolete_segment_is_taken_out(given: Lamps) -> None:
    lamp = (given.source.path / "help/lamp.md").read_text("utf-8")
    given.source.commit("Less", {"help/lamp.md": lamp[: lamp.index("\nOpen")]})
    said = review(given, ": state=obsolete", "d", "q")
    assert "edited: help/lamp.md:10" in said.out
    gone = "\nApri [!DNL Negozio Lantern] e scegli una lampada per il salone.\n"
    assert page(given) == as_it_was(given).replace(gone, "")


def test_an_editor_of_ones_own(given: Lamps) -> None:
    script = given.folder / "editor"
    script.write_text(
        "#!/usr/bin/env python3\nimport os, sys\np = sys.argv[1]\n"
        "assert os.stat(p).st_mode & 0o77 == 0\n"
        "text = open(p, encoding='utf-8').read()\nassert 'source now: The lamp' in text\n"
        "open(p, 'w', encoding='utf-8').write(text.replace('al mattino', 'di sera'))\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    said = review(given, "E", "q", env={"EDITOR": str(script)})
    assert "edited" in said.out
    assert "La lampada si accende di sera.\n" in page(given)
    said = review(given, "n", "E", "q", env={"EDITOR": str(given.folder / "nowhere")})
    assert "cannot be started" in said.out


def test_what_is_hidden_in_a_page_is_shown(given: Lamps) -> None:
    file = given.folder / PAGE
    odd = "al\u00a0mattino\u200b \x1b[31m\u202erosso"
    file.write_text(page(given).replace("al mattino", odd), "utf-8")
    said = review(given, "q")
    assert "al<NBSP>mattino<U+200B> ␛[31m<U+202E>rosso" in said.out
    assert "\x1b" not in said.out


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_at_a_real_terminal(given: Lamps) -> None:
    pexpect = pytest.importorskip("pexpect")
    env = environment(TERM="dumb", LANG="C.UTF-8", PYTHONUTF8="1")
    command = program("review", "--plain", "--by", "Ada", "--locale", "it-IT")
    child = pexpect.spawn(
        command[0], command[1:], cwd=str(given.folder), env=env, encoding="utf-8", timeout=60
    )
    child.expect_exact("Decide [")
    child.sendline("e")
    child.expect_exact("Text: La lampada si accende al mattino.")
    child.sendcontrol("u")
    child.sendline(STALE)
    child.expect_exact("edited: help/lamp.md:8")
    child.expect_exact("Decide [")
    child.sendeof()
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    assert page(given) == as_it_was(given).replace("La lampada si accende al mattino.", STALE)


def test_what_stands_outside_the_text_is_edited_in_the_page(given: Lamps) -> None:
    code = "\n```shell\nlantern --{}\n```\n"
    lamp = (given.source.path / "help/door.md").read_text("utf-8")
    pin = given.source.commit("Code", {"help/door.md": lamp + code.format("on")})
    door = (given.italian.path / "help/door.md").read_text("utf-8")
    wrong = door.replace(given.pins[0], pin) + code.format("acceso")
    given.italian.commit("Code", {"help/door.md": wrong})
    script = given.folder / "editor"
    script.write_text(
        "#!/usr/bin/env python3\nimport sys\np = sys.argv[1]\ndata = open(p, 'rb').read()\n"
        "open(p, 'wb').write(data.replace(b'--acceso', b'--on'))\n"
    )
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    options = ("--locale", "it-IT", "help/door.md")
    said = review(given, "e", "E", "q", options=options, env={"VISUAL": str(script)})
    assert "segment: outside the text" in said.out
    assert "P edits the page" in said.out
    assert "no longer found: code-block-altered" in said.out
    now = (given.italian.path / "help/door.md").read_text("utf-8")
    assert now == wrong.replace("acceso", "on")
