from __future__ import annotations

import pytest

from bilint.model.alignment import SegmentPair
from bilint.refresh import refreshed, reworded
from bilint.staleness import likely_drift
from invented_pages import TABLE, Piece, page, translate

OPENING: list[Piece] = ["# Lamps", "Each lamp has a switch.", "- Clean it weekly."]


def fake(old: str, new: str, translation: str) -> bool:
    """Whether a translation that stayed is told when its source changed from old to new."""
    found = refreshed(
        page(*OPENING, old, "Done."),
        page(*OPENING, new, "Done."),
        page(*translate(OPENING), translation, "Enod."),
        page(*translate(OPENING), translation, "Enod."),
    )
    return bool(found)


@pytest.mark.parametrize(
    ("old", "new", "translation"),
    [
        (
            "Turn the lamp on.",
            "Turn the lamp on. Wait until the orange signal fades before touching anything.",
            "Accendi la lampada.",
        ),
        (
            "The garden door opens with the small key.",
            "Nobody enters through the orchard without calling the keeper.",
            "La porta del giardino si apre con la chiave piccola.",
        ),
        ("Store up to 100 lamps.", "Store up to 250 lamps.", "Conserva fino a 100 lampade."),
    ],
)
def test_new_content_with_the_old_translation_is_told(old: str, new: str, translation: str) -> None:
    assert fake(old, new, translation)


@pytest.mark.parametrize(
    ("old", "new", "translation"),
    [
        ("Clean the lapms weekly.", "Clean the lamps weekly.", "Pulisci le lampade."),
        ("Lamps & shades & cords", "Lamps and shades and cords", "Lampade, paralumi e cavi"),
        ("Lamp overview", "Lamps overview", "Panoramica delle lampade"),
        ("Usecases of lamps", "Use cases of lamps", "Casi d'uso delle lampade"),
        ("Deployment models", "Deployment patterns", "Modelli di distribuzione"),
        ("Open it through the panel.", "Open it via the panel.", "Aprilo dal pannello."),
        ("The 3rd lamp burns.", "The third lamp burns.", "La terza lampada brucia."),
        ("See [LampKit](a.md).", "See [Lamp Kit Studio](a.md).", "Vedi [Lamp Kit Studio](a.md)."),
        ("Light it in the morning.", "In the morning, light it.", "Accendila al mattino."),
        ("Light it.", "Light it!", "Accendila."),
        ("Use `lamp --on`.", "Use `lamp --start --slowly --twice`.", "Usa `lamp --on`."),
        ("Store up to 5 lamps.", "Store up to five lamps.", "Conserva fino a 5 lampade."),
    ],
)
def test_what_a_translation_rightly_survives_is_not_told(
    old: str, new: str, translation: str
) -> None:
    assert not fake(old, new, translation)


def test_a_translation_that_changed_is_not_told() -> None:
    old_base, new_base = page(*OPENING, "Old text here."), page(*OPENING, *TABLE[1:2], TABLE[7])
    target = translate(OPENING)
    assert refreshed(old_base, new_base, page(*target, "Dlo."), page(*target, "Wen.")) == ()


def test_the_pair_told_is_that_of_the_new_versions() -> None:
    old, new = "Turn it on.", "Never leave anything burning while nobody watches."
    old_base, new_base = page("# A", old), page("# A, moved down", "More.", new)
    target = page("# Una riga in più", "# A", "Accendila.")
    assert refreshed(old_base, old_base, target, target) == ()
    found = refreshed(page("# A", old), page("# A", new), page("# A", "Accendila."), target)
    assert found == (SegmentPair(page("# A", new).segments[1], target.segments[2], 1.0),)
    assert reworded(old_base.segments[1], new_base.segments[2], target.segments[2])


def test_drift_is_told_only_where_pages_can_be_compared() -> None:
    target = page(*translate(TABLE))
    assert likely_drift(target, page("# Quite another page", "With one paragraph.")) is None
    same = likely_drift(target, page(*TABLE))
    assert same is not None
    assert (same.new, same.lost, same.changed, same.words) == (0, 0, 0, 0)
    longer = likely_drift(target, page(*TABLE, "## Something new", "It has five words here."))
    assert longer is not None
    assert (longer.new, longer.lost, longer.changed, longer.words) == (2, 0, 0, 7)
    shorter = likely_drift(target, page(*TABLE[:-1]))
    assert shorter is not None
    assert (shorter.new, shorter.lost) == (0, 1)
    links: list[Piece] = [f"- See [the lamp](lamp-{n}.md)." for n in range(9)]
    target = page(*translate([*TABLE, *links]))
    other = likely_drift(target, page(*TABLE, *links[:8], "- See [the lamp](shade.md)."))
    assert other is not None
    assert (other.new, other.lost, other.changed) == (0, 0, 1)
