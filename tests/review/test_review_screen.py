"""`bilint review` on a full screen: Textual's pilot, and a real terminal of 80 by 24."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from command_line import bilint, environment, program
from lamps import LAMP_IT, LAMP_IT_NOW, Lamps, lamps
from reviewing import NEW, PAGE, STALE, page, session

pytest.importorskip("textual")

from textual.pilot import Pilot

from bilint.review.screen import Desk as Screen
from bilint.review.screen import marked


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    return lamps(tmp_path)


@contextmanager
def screen(given: Lamps) -> Iterator[Screen]:
    with session(given, "decisions.db") as (work, suggestions):
        yield Screen(work, suggestions)


def at_the_desk(
    given: Lamps,
    do: Callable[[Pilot[None], Screen], Coroutine[Any, Any, None]],
    size: tuple[int, int] = (80, 24),
) -> None:
    async def run(app: Screen) -> None:
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            await do(pilot, app)

    with screen(given) as app:
        asyncio.run(run(app))


def shown(app: Screen) -> list[str]:
    """What a person sees, line by line."""
    return [
        "".join(segment.text for segment in strip).rstrip()
        for strip in app.screen._compositor.render_strips()
    ]


async def until(pilot: Pilot[None], app: Screen, seen: Callable[[], bool]) -> None:
    """Wait for what a person sees: the screen is painted a little after it was told."""
    for _ in range(200):
        if seen():
            return
        await pilot.pause(0.05)
    raise AssertionError("\n".join(shown(app)))


async def typed(pilot: Pilot[None], text: str) -> None:
    await pilot.press(*("space" if one == " " else one for one in text))


async def written(pilot: Pilot[None], app: Screen, text: str) -> None:
    """Put a text into the open editor and press Enter."""
    from bilint.review.screen import Editor

    app.query_one("#edit", Editor).load_text(text)
    await pilot.press("enter")
    await pilot.pause()


def test_a_page_is_finished_by_keyboard_alone(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        await until(
            pilot, app, lambda: shown(app)[0].startswith("1/2 it-IT help/lamp.md:8  3 left")
        )
        await pilot.press("e")
        await written(pilot, app, STALE)
        assert app.said == ("edited: help/lamp.md:8",)
        await pilot.press("f")
        assert "no longer found: dnl-altered" in app.said
        await pilot.press("e")
        await written(pilot, app, NEW)
        assert any("stamped" in one for one in app.said)
        await until(pilot, app, lambda: shown(app)[0] == "2/2 it-IT help/roof.md  the page")
        await pilot.press("s")
        await until(pilot, app, lambda: shown(app)[0] == "The end of the queue")
        await pilot.press("u", "l")
        await until(pilot, app, lambda: any("done help/lamp.md" in line for line in shown(app)))
        await pilot.press("escape", "u")
        assert "help/lamp.md is as it was" in [*app.said]
        await pilot.press("e")
        await written(pilot, app, NEW)

    at_the_desk(given, work)
    assert page(given) == LAMP_IT_NOW.format(pin=given.pins[1])


def test_what_is_typed_is_tried_at_once_and_escape_leaves_all(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        await pilot.press("n", "e")
        await pilot.press("ctrl+u")
        await typed(pilot, "Apri")
        asked = "Not so: it lacks [!DNL Lantern Store]. Ctrl+F writes it all the same."
        await until(pilot, app, lambda: asked in "\n".join(shown(app)))
        await pilot.press("enter")
        await pilot.pause()
        assert any("not written" in one for one in app.said)
        await pilot.press("escape")
        assert app.said == ("Nothing is changed.",)
        assert page(given) == LAMP_IT.format(pin=given.pins[0])
        await pilot.press("e", "ctrl+u")
        await typed(pilot, "Apri")
        await pilot.press("ctrl+f")
        await pilot.pause()
        assert "\nApri\n" in page(given)
        await pilot.press("u")

    at_the_desk(given, work)
    assert page(given) == LAMP_IT.format(pin=given.pins[0])


def test_accept_rework_assign_comment_skip_and_undo(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        await pilot.press("a")
        await pilot.press("enter")
        assert "without a reason" in app.said[0]
        await pilot.press("a")
        await typed(pilot, "still right")
        await pilot.press("enter")
        assert app.said == ("accepted: the segment",)
        await pilot.press("u")
        assert app.said == ("undone: accepted of help/lamp.md:8",)
        await pilot.press("c")
        await typed(pilot, "which lamp")
        await pilot.press("enter")
        await until(pilot, app, lambda: "comment by Ada: which lamp" in "\n".join(shown(app)))
        await pilot.press("r")
        await typed(pilot, "odd")
        await pilot.press("enter")
        assert app.said == ("rework: the segment",)
        await pilot.press("g")
        await typed(pilot, "Bo")
        await pilot.press("enter")
        assert app.said == ("assigned to Bo: dnl-altered",)
        await pilot.press("s")
        assert app.said == ("skipped: the segment",)
        await pilot.press("p")
        assert app.current is not None

    at_the_desk(given, work)
    assert page(given) == LAMP_IT.format(pin=given.pins[0])


def test_find_filter_queue_and_help(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        assert not app.query_one("#queue").display
        await pilot.press("slash")
        await typed(pilot, "negozio")
        await pilot.press("enter")
        assert app.said == ("Showing text “negozio”.",)
        assert app.current is not None
        assert app.current.line == 10
        await pilot.press("slash", "ctrl+u", "enter")
        await pilot.press("colon")
        await typed(pilot, "state=new")
        await pilot.press("enter")
        assert app.current.state == "new"
        await pilot.press("colon", "ctrl+u")
        await typed(pilot, "size=9")
        await pilot.press("enter")
        assert "a filter is" in app.said[0]
        await pilot.press("question_mark")
        await until(pilot, app, lambda: "  e  edit here" in "\n".join(shown(app)).replace("│", " "))
        await pilot.press("escape", "l")
        await until(pilot, app, lambda: any("62 help/lamp.md" in line for line in shown(app)))

    at_the_desk(given, work)


def test_a_wide_screen_has_the_queue_beside_it(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        await until(pilot, app, lambda: shown(app)[1].startswith("  62 help/lamp.md"))
        assert "stale: its source changed" in shown(app)[1]

    at_the_desk(given, work, (160, 48))


def test_nothing_of_a_page_is_markup_or_moves_the_cursor(given: Lamps) -> None:
    odd = "La [bold red]lampada[/] \u202e\x1b[2J\u200b al\u00a0mattino [link=x]y"
    file = given.folder / PAGE
    file.write_text(page(given).replace("La lampada si accende al mattino.", odd), "utf-8")

    async def work(pilot: Pilot[None], app: Screen) -> None:
        await until(pilot, app, lambda: "[bold red]" in "\n".join(shown(app)))
        text = "\n".join(shown(app))
        assert "La [bold red]lampada[/] <U+202E>␛[2J<U+200B> al<NBSP>mattino [link=x]y" in text
        assert "\x1b" not in text
        await pilot.press("e")
        assert "E edits it" in app.said[0]

    at_the_desk(given, work)


def test_a_change_can_be_told_without_colours() -> None:
    text = marked("Open it in the morning.", "Open it in the evening.")
    assert text.plain == "Open it in the [-morning.-] {+evening.+}"
    assert {str(one.style) for one in text.spans} >= {"red strike", "green bold underline"}


def test_where_there_is_no_screen_it_is_told(given: Lamps) -> None:
    said = bilint("review", cwd=given.folder)
    assert said.code == 2
    assert "--plain works without one" in said.err


@pytest.mark.skipif(sys.platform == "win32", reason="there is no pty")
def test_at_a_real_terminal_of_80_by_24(given: Lamps) -> None:
    pexpect = pytest.importorskip("pexpect")
    pyte = pytest.importorskip("pyte")
    env = environment(TERM="xterm-256color", LANG="C.UTF-8", PYTHONUTF8="1", NO_COLOR="1")
    command = program("review", "--by", "Ada", "--locale", "it-IT")
    child = pexpect.spawn(
        command[0], command[1:], cwd=str(given.folder), env=env, dimensions=(24, 80), timeout=60
    )
    display = pyte.Screen(80, 24)
    stream = pyte.ByteStream(display)

    def until(text: str) -> list[str]:
        for _ in range(600):
            try:
                stream.feed(child.read_nonblocking(65536, timeout=0.1))
            except pexpect.TIMEOUT:
                pass
            except pexpect.EOF:
                break
            if any(text in line for line in display.display):
                return [line.rstrip() for line in display.display]
        raise AssertionError("\n".join(display.display))

    first = until("n/p move")
    assert first[:7] == [
        "1/2 it-IT help/lamp.md:8  3 left",
        " is     stale: its source changed (prose)",
        " then   The lamp is switched on in the morning.",
        " now    The lamp is switched on in the [-morning.-] {+evening, when it is",
        "        dark.+}",
        "   ^    La lampada",
        " it-IT  La lampada si accende al mattino.",
    ]
    child.send("n")
    until("dnl-altered")
    child.send("f")
    until("fixed: help/lamp.md:10")
    child.send("q")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    fixed = LAMP_IT.format(pin=given.pins[0]).replace("Negozio Lantern", "Lantern Store")
    assert page(given) == fixed


def test_pages_that_the_filter_leaves_out_cannot_be_opened(given: Lamps) -> None:
    from textual.widgets import OptionList

    def open_ones(app: Screen) -> list[str | None]:
        queue = app.query_one("#queue", OptionList)
        return [
            item.path
            for index, item in enumerate(app.session.agenda.items)
            if not queue.get_option_at_index(index).disabled
        ]

    async def work(pilot: Pilot[None], app: Screen) -> None:
        assert app.said == ("3 pages to go through as Ada.",)
        assert open_ones(app) == ["help/lamp.md", None, "help/door.md"]
        await pilot.press("colon")
        await typed(pilot, "state=new")
        await pilot.press("enter")
        await pilot.pause()
        assert app.said == ("Showing state=new.",)
        assert open_ones(app) == ["help/lamp.md"]

    door = (given.italian.path / "help/door.md").read_text("utf-8")
    given.italian.commit("Nine", {"help/door.md": door.replace("dalle nove", "dalle 9 e 7")})
    at_the_desk(given, work)


async def pressed(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press(*keys)
    await pilot.pause(0.2)


def foot(app: Screen) -> str:
    return shown(app)[-1].strip()


def test_an_edit_begins_without_a_verdict_and_the_keys_are_told(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        await until(pilot, app, lambda: foot(app).startswith("a accept"))
        await pressed(pilot, "e")
        await pilot.pause(1)
        await until(pilot, app, lambda: "The text is as it was." in "\n".join(shown(app)))
        assert "Not so" not in "\n".join(shown(app))
        await until(
            pilot,
            app,
            lambda: (
                foot(app)
                == "Enter write  ^F write, though a token gets lost  ^U clear  Esc give up"
            ),
        )
        await pressed(pilot, "escape", "c")
        await until(pilot, app, lambda: foot(app) == "Enter answer  ^U clear  Esc give up")
        await pressed(pilot, "escape")
        await until(pilot, app, lambda: foot(app).startswith("a accept"))

    at_the_desk(given, work)


def test_ctrl_u_clears_all_lines_of_a_wrapped_text_and_ctrl_c_gives_up(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        from bilint.review.screen import Editor

        editor = app.query_one("#edit", Editor)
        await pressed(pilot, "n", "e")
        assert len(editor.text) > 40
        await pressed(pilot, "ctrl+u")
        assert editor.text == ""
        app.action_help_quit()
        await pilot.pause(0.2)
        assert app.said == ("Nothing is changed.",)
        assert not app.dialog.is_open
        await pressed(pilot, "ctrl+c")
        assert app.said == ("q quits; what was done stays done.",)

    at_the_desk(given, work, (40, 24))


def test_keys_typed_ahead_go_where_they_were_meant(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        from textual import events

        for key in ["e", "ctrl+u", *STALE.replace(" ", "~"), "enter", "u", "n", "f"]:
            name, character = ("space", " ") if key == "~" else (key, key)
            app.post_message(events.Key(name, character if len(character) == 1 else None))
        await pilot.pause(4)
        assert not app.dialog.is_open
        assert app.said == ("fixed: help/lamp.md:10", "no longer found: dnl-altered")

    at_the_desk(given, work)
    now = LAMP_IT.format(pin=given.pins[0]).replace("Negozio Lantern", "Lantern Store")
    assert page(given) == now


def test_the_head_line_fits_after_each_resize(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        await until(pilot, app, lambda: shown(app)[0] == "1/2 it-IT help/lamp.md:8  3 left")
        await pressed(pilot, "e")
        await pilot.resize_terminal(20, 6)
        await pilot.pause(0.3)
        await until(pilot, app, lambda: shown(app)[0] == "help/lamp.md:8")
        await until(pilot, app, lambda: any("La lampada si" in line for line in shown(app)))
        await pressed(pilot, "escape")
        await pilot.resize_terminal(120, 40)
        await pilot.pause(0.3)
        await until(pilot, app, lambda: shown(app)[0] == "1/2 it-IT help/lamp.md:8  3 left")
        await until(pilot, app, lambda: foot(app).startswith("a accept"))

    at_the_desk(given, work)


@pytest.mark.parametrize("turn", ["\u202e", "\u2067"])
def test_what_turns_the_direction_of_a_line_is_edited_elsewhere(given: Lamps, turn: str) -> None:
    file = given.folder / PAGE
    file.write_text(page(given).replace("una lampada", f"una {turn}lampada"), "utf-8")

    async def work(pilot: Pilot[None], app: Screen) -> None:
        await pressed(pilot, "n", "e")
        assert "E edits it" in app.said[0]
        await until(pilot, app, lambda: f"<U+{ord(turn):04X}>" in "\n".join(shown(app)))
        await until(pilot, app, lambda: turn not in "\n".join(shown(app)))

    at_the_desk(given, work)


def test_wide_and_hidden_characters_break_no_line(given: Lamps) -> None:
    odd = "ランプは夜に光る\u200f é e\u0301 \U0001f468\u200d\U0001f467 المصباح\u00a0" * 4
    file = given.folder / PAGE
    file.write_text(page(given).replace("una lampada per il salone", odd), "utf-8")

    async def work(pilot: Pilot[None], app: Screen) -> None:
        from rich.cells import cell_len

        await pressed(pilot, "n")
        for columns in (80, 40, 120):
            await pilot.resize_terminal(columns, 24)
            await pilot.pause(0.3)
            assert all(cell_len(line) <= columns for line in shown(app))
            await until(
                pilot, app, lambda: "<U+200F>" in "".join(line.strip() for line in shown(app))
            )
        await pressed(pilot, "e")
        await pilot.pause(1)
        assert "Hidden in it: <U+200F>, <U+200D>, <NBSP>." in " ".join(
            line.strip() for line in shown(app)
        )

    at_the_desk(given, work)


def test_the_second_of_two_screens_is_told_and_keeps_what_was_typed(given: Lamps) -> None:
    async def work(pilot: Pilot[None], app: Screen) -> None:
        from bilint.review.screen import Editor

        await pressed(pilot, "e")
        file = given.folder / PAGE
        file.write_bytes(file.read_bytes() + b"\nDi Bo.\n")
        await written(pilot, app, STALE)
        assert app.said[0].startswith("not written: help/lamp.md was changed by somebody else")
        await until(
            pilot, app, lambda: any("not written: help/lamp.md was" in line for line in shown(app))
        )
        await pilot.pause(0.6)
        assert any("not written: help/lamp.md was" in line for line in shown(app))
        assert app.query_one("#edit", Editor).text == STALE
        await pressed(pilot, "enter")
        assert app.said[0] == "edited: help/lamp.md:8"

    at_the_desk(given, work)
    assert STALE in page(given)
    assert page(given).endswith("\nDi Bo.\n")


def test_a_new_row_begins_with_its_cells(given: Lamps) -> None:
    english = (given.source.path / "help/door.md").read_text("utf-8")
    italian = (given.italian.path / "help/door.md").read_text("utf-8")
    table = "\n| {} |\n| --- | --- |\n| {} |\n"
    pin = given.source.commit("Table", {"help/door.md": english + table.format("A | B", "c | d")})
    page = italian.replace(given.pins[0], pin) + table.format("A | B", "ci | di")
    given.italian.commit("Table", {"help/door.md": page})
    row = f"{english}{table.format('A | B', 'c | d')}| hall | wide |\n"
    given.source.commit("Row", {"help/door.md": row})

    async def work(pilot: Pilot[None], app: Screen) -> None:
        await pressed(pilot, "colon", *"path=door.md", "enter")
        assert app.current is not None
        await pressed(pilot, "e", "enter")
        assert app.said == ("The text is as it was.",)
        await pressed(pilot, "ctrl+u", *"sala", "space", "|", "space", *"larga", "enter")
        assert "edited: help/door.md:12" in app.said

    at_the_desk(given, work)
    assert "| ci | di |\n| sala | larga |\n" in (given.italian.path / "help/door.md").read_text()
