"""What was learnt, written among what people made."""

from __future__ import annotations

import polib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilint.model.habit import Habit
from bilint.readers.catalogue import read_catalogue, read_terms
from bilint.readers.habits import HabitsError, write_habits

BUOY = Habit("buoy", "boa", 41, 44, "segments", 12, (("gavitello", 3),))
CHART = Habit("sea chart", "carta nautica", 9, 9, "segments", 0)
HAND = b"""# Made by the crew.
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

# Lamps

# asked on board
#, forbidden
msgid   "lamp"
msgstr ""
"lampa"
"dina"
#~ msgid "gone"
#~ msgstr "andato"

msgid "Buoy"
msgstr ""
"""


def written(data: bytes | None, *habits: Habit) -> bytes:
    found = write_habits(data, habits, "it-IT")
    assert found is not None
    return found.data


def test_a_new_file() -> None:
    data = written(None, BUOY, CHART)
    assert data.decode() == (
        'msgid ""\nmsgstr ""\n"Language: it_IT\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n\n'
        '#. 41 of 44 segments, 12 of them translated by people; else "gavitello" 3\n'
        '#, learnt\nmsgid "buoy"\nmsgstr "boa"\n\n'
        '#. 9 of 9 segments\n#, learnt\nmsgid "sea chart"\nmsgstr "carta nautica"\n'
    )
    assert written(data, BUOY, CHART) == data
    assert len(polib.pofile(data.decode())) == 2


def test_habits_demand_nothing() -> None:
    data = written(None, BUOY, CHART)
    assert read_terms(data, "terms.po").terms == {}
    assert read_catalogue(data, "ui.po").labels == {}
    taken = data.replace(b'#, learnt\nmsgid "buoy"', b'msgid "buoy"')
    assert list(read_terms(taken, "terms.po").terms) == ["buoy"]


def test_what_people_made_wins_and_stays_as_it_is() -> None:
    data = written(HAND, BUOY, CHART)
    assert data.startswith(HAND)
    assert b'"boa"' not in data, "an empty entry of theirs wins as well"
    assert b"carta nautica" in data
    assert written(data) == HAND
    assert written(data, CHART) == data


def test_a_habit_without_its_flag_is_theirs() -> None:
    data = written(None, BUOY, CHART).replace(b'#, learnt\nmsgid "buoy"\nmsgstr "boa"',
                                              b'msgid "buoy"\nmsgstr "gavitello"')  # fmt: skip
    again = written(data, BUOY._replace(times=50), CHART)
    assert again == data
    assert [*read_terms(again, "terms.po").terms["buoy"].renderings] == ["gavitello"]


def test_what_is_no_habit_any_more_goes_and_counts_are_brought_up_to_date() -> None:
    data = written(HAND, CHART)
    newer = written(data, CHART._replace(times=12, places=13))
    assert b"12 of 13" in newer
    assert b"9 of 9" not in newer


def test_an_entry_of_theirs_between_habits_stays_where_it_is() -> None:
    own = b'\n# ours\nmsgid "mast"\nmsgstr "albero"\n'
    data = written(HAND, CHART) + own
    assert written(data) == HAND + own
    assert written(data, CHART).startswith(HAND + own)


def test_what_other_files_have_is_not_repeated() -> None:
    assert write_habits(None, [BUOY], "it-IT", ["Buoy"]) is None


def test_line_ends_are_those_of_the_file() -> None:
    crlf = HAND.replace(b"\n", b"\r\n")
    data = written(crlf, CHART)
    assert data.startswith(crlf)
    assert data.count(b"\n") == data.count(b"\r\n")
    assert written(data, CHART) == data


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b'msgid "a"\nmsgstr "b\n', "line 2: this string is not terminated"),
        (b'msgid "\xff"\nmsgstr "b"\n', "line 1: the catalogue is not UTF-8"),
        (b'msgid "a"\nmsgstr "b"\n\nmsgid "a"\n', "line 4: an entry needs one msgid"),
        (b"<<<<<<< HEAD\n", "line 1: this line is neither"),
    ],
)
def test_nothing_is_written_into_a_damaged_file(data: bytes, why: str) -> None:
    with pytest.raises(HabitsError, match=why):
        write_habits(data, [BUOY], "it-IT")


TEXT = st.text(st.sampled_from('ab "\\\n#é한,|'), min_size=1, max_size=8).filter(
    lambda text: bool(text.strip())
)
HABITS = st.lists(
    st.builds(Habit, TEXT, TEXT, st.integers(0, 9), st.integers(0, 9), st.just("segments")),
    max_size=4,
    unique_by=lambda one: " ".join(one.source.split()),
)
PIECES = st.lists(
    st.sampled_from(
        (b"# alone\n", b"\n", b"\n\n", b'msgid "x"\nmsgstr "y"\n', b'#~ msgid "o"\n#~ msgstr "p"\n')
    ),
    max_size=6,
)


@given(PIECES, HABITS, HABITS)
def test_theirs_outlives_any_change_of_habits(
    pieces: list[bytes], first: list[Habit], then: list[Habit]
) -> None:
    hand = HAND + b"\n" + b"\n".join(pieces) + b'\nmsgid "end"\nmsgstr "fine"\n'
    data = written(hand, *first)
    again = written(data, *then)
    assert data.startswith(hand)
    assert again.startswith(hand)
    assert written(again, *then) == again
    assert written(again) == hand


def test_an_obsolete_entry_right_above_a_habit_stays() -> None:
    gone = b'\n#~ msgid "gone"\n#~ msgstr "andato"\n'
    data = written(HAND, CHART)
    place = data.index(b"\n#. 9 of 9")
    mixed = data[:place] + gone + data[place + 1 :]
    assert written(mixed) == HAND + gone
