"""Which names and labels a locale keeps, learnt from its segment pairs."""

from __future__ import annotations

import pytest

from bilint.learning.labels import learn_labels
from bilint.learning.names import learn_names, names_within, runs, stands_in
from bilint.model.bitext import Bitext, Row
from bilint.model.document import SegmentKind
from bilint.model.evidence import Rendering, Usage


def row(
    source: str,
    target: str,
    *,
    labels: tuple[tuple[str, str], ...] = (),
    names: tuple[str, ...] = (),
) -> Row:
    return Row(SegmentKind.PARAGRAPH, source, target, 3, labels, names)


def page(*rows: Row, human: float | None = None, path: str = "help/a.md") -> Bitext:
    return Bitext("it-IT", path, human, rows)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("You can open Data Hub from the menu.", ["Data Hub"]),
        ("Lantern Studio keeps all of your files for you.", []),
        ("Later, the file goes to SeaLink and to the iBuoy app.", ["SeaLink", "iBuoy"]),
        ("Say yes. Harbor then asks for a name.", []),
        ("Lantern Studio Data Hub Blueprint Overview For Teams", []),
        ("Too short for Harbor.", []),
    ],
)
def test_names_are_capitals_within_a_sentence(text: str, names: list[str]) -> None:
    assert list(names_within(text)) == names


def test_runs_tell_whether_a_sentence_begins_there() -> None:
    found = [(run.text, run.opens) for run in runs("Open it. Then ask Data Hub (Harbor).")]
    assert found == [("Open", True), ("Then", True), ("Data Hub", False), ("Harbor", False)]


def test_a_name_ends_where_its_letters_do() -> None:
    assert stands_in("Hub", "Data Hub에서")
    assert not stands_in("Hub", "Hubs and Hubble")


def test_names_are_counted_once_for_each_wording_and_apart_where_people_translated() -> None:
    rows = [
        row(f"You can open Data Hub from menu number {n}.", f"Apri Data Hub dal menu {n}.")
        for n in range(4)
    ]
    lost = row("You will never find Data Hub in that menu.", "Non troverai mai il centro dati.")
    human = page(rows[0], lost, human=100.0)
    learnt = learn_names([page(*rows, *rows), human])
    assert learnt == {"Data Hub": Usage(4, 1, 1, 1)}


def test_a_word_that_is_mostly_written_small_is_no_name() -> None:
    rows = [
        row(f"This is the Segment of page {n}, a segment like others.", f"Il Segment {n} ...")
        for n in range(9)
    ]
    assert learn_names([page(*rows)]) is None


def test_names_in_tokens_are_names_and_what_stayed_as_it_was_tells_nothing() -> None:
    rows = [row(f"Ask {n}", f"Chiedi {n} Buoy", names=("Buoy",)) for n in range(3)]
    same = [row(f"Ask Compass {n}", f"Ask Compass {n}", names=("Compass",)) for n in range(3)]
    assert learn_names([page(*rows, *same)]) == {"Buoy": Usage(3, 0, 0, 0)}


def test_labels_are_paired_by_what_stayed_and_then_by_order() -> None:
    rows = [
        row(
            f"Click Save in Files, step {n}",
            f"In Files, passo {n}, fai clic su Salva",
            labels=(("Save", "Files"), ("Files", "Salva&#x200B;")),
        )
        for n in range(3)
    ]
    assert learn_labels([page(*rows, *rows)]) == {
        "Files": {"Files": Rendering(3, ("help/a.md:3",) * 3)},
        "Save": {"Salva": Rendering(3, ("help/a.md:3",) * 3)},
    }


def test_too_little_teaches_nothing() -> None:
    few = [row("Click Save now", "Fai clic su Salva", labels=(("Save", "Salva"),))]
    assert learn_labels([page(*few)]) is None
    assert learn_names([page(*few)]) is None
