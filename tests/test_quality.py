"""The quality of translations in figures, out of literals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from bilint.model.quality import ENOUGH, By, Period, Replaced, Score, Unit
from bilint.quality import LONGEST, Telling, area, claim, measure, period, replaced


class Scorer:
    """Scores nothing: tells of how many pairs it was asked."""

    signatures: Mapping[str, str] = {"size": "size|v:1"}

    def __init__(self, pairs: Sequence[tuple[str, str]]) -> None:
        self.pairs = pairs

    def scores(self, selection: Sequence[int]) -> tuple[Score, ...]:
        return (Score("size", float(len(selection))),)

    def edits(self, index: int) -> int:
        before, after = self.pairs[index]
        return len(set(before.split()) ^ set(after.split()))

    def reference_words(self, index: int) -> int:
        return len(self.pairs[index][1].split())


def unit(before: str, after: str | None = None, path: str = "help/a/b.md", **more: object) -> Unit:
    words = len(before.split())
    made = Unit(path, 0, "2024-05-17", 60.0, None, before, after or before, words)
    return made._replace(**more)  # type: ignore[arg-type]


SAME = unit("La lampada è accesa.")
EDITED = unit("La boa è rossa.", "Il gavitello è rosso.")
NOTHING = Telling(by=(), top=5)


def test_what_was_left_and_what_it_took() -> None:
    figures = measure("it-IT", [SAME] * 30 + [EDITED] * 10, NOTHING, Scorer).figures
    assert (figures.segments, figures.untouched, figures.pairs) == (40, 30, 1)
    assert (figures.words, figures.words_touched) == (160, 40)
    assert (figures.edits, figures.reference_words) == (60, 160)
    assert figures.claimed == 60.0
    assert figures.scores == (Score("size", 40.0),)


def test_nothing_is_said_of_too_few() -> None:
    result = measure("it-IT", [EDITED] * (ENOUGH - 1), NOTHING, Scorer)
    assert result.figures.segments == ENOUGH - 1
    assert result.figures.scores is None
    assert not result.signatures and not result.edited


def test_groups_of_too_few_are_named_without_scores() -> None:
    units = [SAME] * 30 + [unit("La boa.", path="help/c/d.md")]
    groups = measure("it-IT", units, Telling(by=(By.AREA,)), Scorer, root="help").groups
    assert [(one.name, one.figures.segments) for one in groups] == [("a", 30), ("c", 1)]
    assert [one.figures.scores is not None for one in groups] == [True, False]


def test_areas_are_as_deep_as_it_takes_to_tell_them_apart() -> None:
    units = [unit("x", path="help/a/b/x.md"), unit("x", path="help/a/c/y.md")] * 20
    groups = measure("it-IT", units, Telling(by=(By.AREA,)), Scorer, root="help").groups
    assert [one.name for one in groups] == ["a/b", "a/c"]
    groups = measure("it-IT", units, Telling(by=(By.AREA,), depth=1), Scorer, root="help").groups
    assert [one.name for one in groups] == ["a"]


def test_what_people_had_translated_before_is_no_work_of_a_machine() -> None:
    units = [EDITED] * 30 + [SAME._replace(remembered=True)] * 5
    result = measure("it-IT", units, NOTHING, Scorer)
    assert (result.figures.segments, result.left_out.remembered) == (30, 5)
    result = measure("it-IT", units, NOTHING._replace(everything=True), Scorer)
    assert (result.figures.segments, result.left_out.remembered) == (35, 0)


def test_a_segment_that_would_take_for_ever_is_left_out_and_counted() -> None:
    result = measure("it-IT", [EDITED] * 30 + [unit("x" * (LONGEST + 1))], NOTHING, Scorer)
    assert (result.figures.segments, result.left_out.too_long) == (30, 1)


def test_the_claim_is_weighed_by_words() -> None:
    units = [SAME._replace(claimed=100.0, words=30)] * 30 + [SAME._replace(claimed=0.0, words=10)]
    units += [SAME._replace(claimed=None, words=10_000)]
    assert measure("it-IT", units, NOTHING, Scorer).figures.claimed == pytest.approx(98.9, abs=0.1)


def test_markup_that_changed_under_the_same_text_is_counted() -> None:
    units = [SAME] * 30 + [SAME._replace(markup=True), EDITED._replace(markup=True)]
    assert measure("it-IT", units, NOTHING, Scorer).figures.markup_only == 1


def test_the_same_edit_is_listed_once_with_its_newest_place() -> None:
    later = EDITED._replace(path="help/z.md", day="2025-01-01")
    edited = measure("it-IT", [*[SAME] * 30, EDITED, later], NOTHING, Scorer).edited
    assert [(one.path, one.day, one.times, one.edits) for one in edited] == [
        ("help/z.md", "2025-01-01", 2, 6)
    ]


def test_what_is_replaced_in_several_segments_is_a_habit() -> None:
    units = [
        unit(f"La boa {color} oscilla.", f"Il gavitello {color} oscilla.", path=f"help/{color}.md")
        for color in ("rossa", "verde", "gialla")
    ]
    assert list(replaced(units, 5)) == [Replaced("La boa", "Il gavitello", 3, 3)]
    assert list(replaced(units[:2], 5)) == []
    assert list(replaced([units[0]] * 3, 5)) == []


def test_articles_and_punctuation_are_no_news() -> None:
    units = [unit(f"il faro {n},", f"un faro {n}.") for n in "abc"]
    assert list(replaced(units, 5, frozenset(("il", "un")))) == []


@pytest.mark.parametrize(
    ("path", "root", "depth", "name"),
    [
        ("help/a/b/c.md", "help", 1, "a"),
        ("help/a/b/c.md", "help", 2, "a/b"),
        ("help/a/b/c.md", "help", 9, "a/b"),
        ("help/c.md", "help", 1, "."),
        ("a/c.md", "", 1, "a"),
    ],
)
def test_areas(path: str, root: str, depth: int, name: str) -> None:
    assert area(path, root, depth) == name


@pytest.mark.parametrize(
    ("length", "name"),
    [(Period.YEAR, "2024"), (Period.QUARTER, "2024-Q2"), (Period.MONTH, "2024-05")],
)
def test_periods(length: Period, name: str) -> None:
    assert period("2024-05-17", length) == name


@pytest.mark.parametrize(
    ("share", "name"),
    [(None, "unknown"), (0.0, "0-9 %"), (9.9, "0-9 %"), (89.0, "80-89 %"), (100.0, "90-100 %")],
)
def test_claims(share: float | None, name: str) -> None:
    assert claim(share) == name
