from __future__ import annotations

import random
from collections.abc import Callable, Collection, Iterable, Mapping

import pytest

from bilint.model.document import FrontMatter
from bilint.model.finding import Confidence
from bilint.model.page import Header, Provenance
from bilint.model.pair import Pair, PairedBy, Pairing
from bilint.pairing import CLEAR_MARGIN, LIKE_ENOUGH, pair_locale
from bilint.profiles import profile

PROFILE = profile("experience-league")


def page(path: str, ids: str = "") -> Header:
    identities = tuple(filter(None, ids.split(",")))
    return Header(path, f"blob of {path}", FrontMatter(), Provenance(ids=identities))


Renames = Callable[[Collection[Header]], Mapping[str, str]]


def never(_pages: Collection[Header]) -> Mapping[str, str]:
    raise AssertionError("the history was asked though nothing was open")


def pair(
    targets: Iterable[Header],
    sources: Iterable[Header],
    *,
    root: str = "",
    renames: Mapping[str, str] | Renames | None = None,
    redirects: Mapping[str, str] | None = None,
    likeness: Callable[[Header, Header], float] | None = None,
) -> Pairing:
    asked = renames if callable(renames) else lambda _pages: dict(renames or {})
    return pair_locale(
        "it-IT",
        list(targets),
        list(sources),
        profile=PROFILE,
        target_root=root,
        source_root=root,
        renames=asked,
        redirects=redirects,
        likeness=likeness,
    )


def source_of(pairing: Pairing, target: str) -> str | None:
    source = found(pairing, target).source
    return source.path if source else None


def found(pairing: Pairing, target: str) -> Pair:
    return next(pair for pair in pairing.pairs if pair.target.path == target)


def test_the_id_pairs_a_page_that_moved() -> None:
    pairing = pair([page("old/a.md", "A")], [page("new/a.md", "A")], renames=never)
    (only,) = pairing.pairs
    assert only.source == page("new/a.md", "A")
    assert (only.paired_by, only.confidence) == (PairedBy.ID, Confidence.HIGH)
    assert only.moved
    assert not only.ids_differ
    assert only.evidence == "both bear the id A"
    assert pairing.untranslated == ()


def test_the_id_wins_over_the_path() -> None:
    pairing = pair(
        [page("a.md", "A"), page("b.md", "B")],
        [page("b.md", "A"), page("a.md", "B")],
        renames=never,
    )
    assert source_of(pairing, "a.md") == "b.md"
    assert source_of(pairing, "b.md") == "a.md"


@pytest.mark.parametrize(("ours", "theirs"), [("", "A"), ("A", ""), ("", "")])
def test_without_an_id_on_one_side_the_path_pairs(ours: str, theirs: str) -> None:
    pairing = pair([page("x/a.md", ours)], [page("x/a.md", theirs)], renames=never)
    (only,) = pairing.pairs
    assert (only.paired_by, only.confidence) == (PairedBy.PATH, Confidence.HIGH)
    assert not only.moved
    assert not only.ids_differ


def test_the_same_path_with_another_id_pairs_with_low_confidence() -> None:
    (only,) = pair([page("a.md", "A")], [page("a.md", "B")]).pairs
    assert (only.paired_by, only.confidence) == (PairedBy.PATH, Confidence.LOW)
    assert only.ids_differ
    assert only.evidence == "the same path below the roots; the ids differ"


def test_any_id_of_a_comma_list_matches() -> None:
    pairing = pair(
        [page("a.md", "A"), page("c.md", "C,D")],
        [page("moved/a.md", "X,A"), page("moved/c.md", "D")],
        renames=never,
    )
    assert source_of(pairing, "a.md") == "moved/a.md"
    assert source_of(pairing, "c.md") == "moved/c.md"


def test_a_page_with_two_ids_leaves_the_other_to_its_rival() -> None:
    pairing = pair(
        [page("t1.md", "A,B"), page("t2.md", "A")],
        [page("s1.md", "A"), page("s2.md", "B")],
    )
    assert source_of(pairing, "t1.md") == "s2.md"
    assert source_of(pairing, "t2.md") == "s1.md"


def test_of_two_targets_with_one_id_the_same_path_decides() -> None:
    pairing = pair(
        [page("a.md", "A"), page("copy.md", "A")],
        [page("a.md", "A"), page("copy.md", "B")],
        renames=never,
    )
    first, copy = pairing.pairs
    assert (first.paired_by, first.confidence) == (PairedBy.ID, Confidence.HIGH)
    assert first.evidence == "both bear the id A, as others do; the same path decides"
    assert first.rivals == ("copy.md",)
    assert (copy.paired_by, copy.confidence) == (PairedBy.PATH, Confidence.LOW)
    assert copy.rivals == ("a.md",)
    assert pairing.clashes == ()


def test_of_two_targets_with_one_id_a_rename_decides() -> None:
    pairing = pair(
        [page("help/old.md", "A"), page("help/copy.md", "A")],
        [page("help/new.md", "A")],
        root="help",
        renames={"help/old.md": "help/middle.md", "help/middle.md": "help/new.md"},
    )
    old = found(pairing, "help/old.md")
    assert old.source == page("help/new.md", "A")
    assert (old.paired_by, old.confidence) == (PairedBy.ID, Confidence.HIGH)
    assert "a rename in the source decides" in old.evidence
    assert old.rivals == ("help/copy.md",)
    copy = found(pairing, "help/copy.md")
    assert (copy.source, copy.paired_by) == (None, None)
    assert "belongs to another page" in copy.evidence


def test_where_neither_path_nor_rename_decides_it_is_a_clash() -> None:
    pairing = pair([page("y.md", "A"), page("x.md", "A")], [page("z.md", "A")])
    (clash,) = pairing.clashes
    assert clash.identity == "A"
    assert [target.path for target in clash.targets] == ["x.md", "y.md"]
    assert clash.source == page("z.md", "A")
    assert pairing.pairs == ()
    assert pairing.untranslated == ()


def test_a_claimant_that_stands_at_another_sources_path_is_no_rival_for_it() -> None:
    pairing = pair(
        [page("b.md", "A"), page("x.md", "A")],
        [page("z.md", "A"), page("b.md", "B")],
    )
    stray = found(pairing, "x.md")
    assert stray.source == page("z.md", "A")
    assert (stray.paired_by, stray.confidence) == (PairedBy.ID, Confidence.MEDIUM)
    assert (found(pairing, "b.md").paired_by, source_of(pairing, "b.md")) == (
        PairedBy.PATH,
        "b.md",
    )


def test_of_two_sources_with_one_id_the_same_path_is_preferred() -> None:
    pairing = pair(
        [page("b.md", "A")],
        [page("a.md", "A"), page("b.md", "A"), page("c.md", "A")],
        renames=never,
    )
    assert source_of(pairing, "b.md") == "b.md"
    assert [lone.source.path for lone in pairing.untranslated] == ["a.md", "c.md"]


def test_of_two_sources_with_one_id_a_rename_is_followed() -> None:
    pairing = pair(
        [page("old.md", "A")],
        [page("copy.md", "A"), page("new.md", "A")],
        renames={"old.md": "new.md"},
    )
    assert source_of(pairing, "old.md") == "new.md"


def test_of_two_sources_with_one_id_the_first_is_a_guess() -> None:
    (only,) = pair([page("t.md", "A")], [page("n.md", "A"), page("m.md", "A")]).pairs
    assert only.source == page("m.md", "A")
    assert (only.paired_by, only.confidence) == (PairedBy.ID, Confidence.LOW)
    assert only.evidence == "2 source pages bear the id A; the first was taken"


def test_copied_pages_with_one_id_on_both_sides_pair_each_with_its_own() -> None:
    pairing = pair(
        [page("a.md", "A"), page("b.md", "A")],
        [page("a.md", "A"), page("b.md", "A")],
        renames=never,
    )
    assert [p.source.path for p in pairing.pairs if p.source] == ["a.md", "b.md"]
    assert [p.rivals for p in pairing.pairs] == [("b.md",), ("a.md",)]


def test_a_table_of_contents_pairs_by_path_only() -> None:
    pairing = pair(
        [page("one/TOC.md", "T"), page("two/TOC.md", "T")],
        [page("three/TOC.md", "T"), page("two/TOC.md", "U")],
        renames={"one/TOC.md": "three/TOC.md"},
        redirects={"one/TOC.md": "three/TOC.md"},
        likeness=lambda _target, _source: 1.0,
    )
    two = found(pairing, "two/TOC.md")
    assert (two.paired_by, two.ids_differ, two.rivals) == (PairedBy.PATH, False, ())
    assert source_of(pairing, "one/TOC.md") is None
    assert [lone.source.path for lone in pairing.untranslated] == ["three/TOC.md"]


def test_paths_are_compared_below_the_roots() -> None:
    pairing = pair_locale(
        "it-IT",
        [page("locales/it-IT/a.md"), page("locales/it-IT-x/a.md"), page("README.md")],
        [page("source_docs/a.md"), page("README.md")],
        profile=PROFILE,
        target_root="locales/it-IT",
        source_root="source_docs",
    )
    (only,) = pairing.pairs
    assert (only.target.path, only.source and only.source.path) == (
        "locales/it-IT/a.md",
        "source_docs/a.md",
    )
    assert not only.moved
    assert pairing.untranslated == ()


def test_root_files_take_part_only_without_a_root() -> None:
    files = [page("README.md"), page("help/a.md")]
    assert [p.target.path for p in pair(files, files).pairs] == ["README.md", "help/a.md"]
    assert [p.target.path for p in pair(files, files, root="help").pairs] == ["help/a.md"]


def test_a_rename_pairs_what_id_and_path_left() -> None:
    asked: list[list[str]] = []

    def renames(pages: Collection[Header]) -> Mapping[str, str]:
        asked.append([page.path for page in pages])
        return {"help/old.md": "help/mid.md", "help/mid.md": "help/new.md"}

    targets = [page("help/old.md"), page("help/there.md")]
    sources = [page("help/new.md", "A"), page("help/there.md")]
    pairing = pair(targets, sources, root="help", renames=renames)
    only, _there = pairing.pairs
    assert only.source == page("help/new.md", "A")
    assert (only.paired_by, only.confidence) == (PairedBy.RENAME, Confidence.HIGH)
    assert only.moved
    assert only.evidence == "renamed in the source from old.md"
    assert asked == [["help/old.md"]]


def test_a_rename_between_differing_ids_is_of_low_confidence() -> None:
    (only,) = pair([page("o.md", "A")], [page("n.md", "B")], renames={"o.md": "n.md"}).pairs
    assert (only.paired_by, only.confidence) == (PairedBy.RENAME, Confidence.LOW)
    assert only.ids_differ


@pytest.mark.parametrize(("near", "far"), [("a.md", "b.md"), ("b.md", "a.md")])
def test_the_nearest_of_two_renames_into_one_page_wins(near: str, far: str) -> None:
    pairing = pair([page(near), page(far)], [page("c.md")], renames={far: near, near: "c.md"})
    assert source_of(pairing, near) == "c.md"
    assert source_of(pairing, far) is None


def test_renames_in_a_circle_end() -> None:
    pairing = pair([page("a.md")], [page("c.md")], renames={"a.md": "b.md", "b.md": "a.md"})
    assert source_of(pairing, "a.md") is None


def test_a_page_renamed_out_of_the_root_has_no_source() -> None:
    pairing = pair(
        [page("help/a.md")], [page("help/b.md")], root="help", renames={"help/a.md": "x/b.md"}
    )
    assert source_of(pairing, "help/a.md") is None


def test_the_redirects_table_comes_after_renames() -> None:
    pairing = pair(
        [page("help/a.md"), page("help/b.md")],
        [page("help/x.md"), page("help/y.md")],
        root="help",
        renames={"help/a.md": "help/x.md"},
        redirects={"a.md": "y.md", "b.md": "y.md"},
    )
    assert found(pairing, "help/a.md").paired_by is PairedBy.RENAME
    second = found(pairing, "help/b.md")
    assert (second.paired_by, second.confidence) == (PairedBy.REDIRECT, Confidence.MEDIUM)
    assert second.source == page("help/y.md")
    assert second.evidence == "moved by the redirects table from b.md"


def test_a_redirect_between_differing_ids_is_no_move() -> None:
    pairing = pair([page("a.md", "A")], [page("b.md", "B")], redirects={"a.md": "b.md"})
    assert source_of(pairing, "a.md") is None
    assert [lone.source.path for lone in pairing.untranslated] == ["b.md"]


def test_the_history_is_not_asked_when_only_untranslated_pages_are_left() -> None:
    pairing = pair([page("a.md")], [page("a.md"), page("b.md")], renames=never)
    assert [lone.source.path for lone in pairing.untranslated] == ["b.md"]


def test_the_history_is_not_asked_when_only_orphans_are_left() -> None:
    pairing = pair([page("a.md"), page("b.md", "B")], [page("a.md")], renames=never)
    orphan = found(pairing, "b.md")
    assert (orphan.source, orphan.paired_by, orphan.moved) == (None, None, False)
    assert orphan.evidence == "no source page bears its id or path"


def likes(**scores: float) -> Callable[[Header, Header], float]:
    def likeness(target: Header, source: Header) -> float:
        return scores.get(f"{target.path[0]}{source.path[0]}", 0.0)

    return likeness


def test_a_clear_likeness_pairs_what_is_left() -> None:
    pairing = pair([page("t.md")], [page("a.md"), page("b.md")], likeness=likes(ta=0.95, tb=0.5))
    (only,) = pairing.pairs
    assert only.source == page("a.md")
    assert (only.paired_by, only.confidence) == (PairedBy.LIKENESS, Confidence.LOW)
    assert only.evidence == "likeness 0.95, all others below 0.80"
    assert [lone.source.path for lone in pairing.untranslated] == ["b.md"]


@pytest.mark.parametrize(
    "scores",
    [
        {"ta": LIKE_ENOUGH - 0.01},
        {"ta": 0.95, "tb": 0.95 - CLEAR_MARGIN / 2},
        {"ta": 0.95, "tb": 0.95},
        {"ta": 0.95, "ua": 0.95 - CLEAR_MARGIN / 2},
        {"ta": 0.95, "ua": 0.95},
    ],
)
def test_a_likeness_that_is_low_or_not_clear_pairs_nothing(scores: dict[str, float]) -> None:
    pairing = pair(
        [page("t.md"), page("u.md")],
        [page("a.md"), page("b.md")],
        likeness=likes(**scores),
    )
    assert source_of(pairing, "t.md") is None
    assert source_of(pairing, "u.md") is None
    assert len(pairing.untranslated) == 2


def test_likeness_is_not_asked_of_pages_whose_ids_differ() -> None:
    pairing = pair([page("t.md", "A")], [page("a.md", "B")], likeness=likes(ta=1.0))
    assert source_of(pairing, "t.md") is None


def test_likeness_is_asked_a_bounded_number_of_times() -> None:
    asked: list[tuple[str, str]] = []

    def likeness(target: Header, source: Header) -> float:
        asked.append((target.path, source.path))
        return 1.0 if source.path == "s/199.md" else 0.0

    targets = [page("t/199.md"), *(page(f"t/x{n}.md") for n in range(19))]
    pairing = pair(targets, [page(f"s/{n}.md") for n in range(200)], likeness=likeness)
    assert len(asked) <= 20 * 50
    assert source_of(pairing, "t/199.md") == "s/199.md"


def random_world(seed: int) -> tuple[list[Header], list[Header], dict[str, str], dict[str, str]]:
    chance = random.Random(seed)
    names = [f"{folder}/{name}.md" for folder in "pq" for name in "abcde"] + ["p/TOC.md"]

    def some() -> list[Header]:
        chosen = chance.sample(names, chance.randint(0, len(names)))
        return [
            page(name, ",".join(chance.choices("ABCD", k=chance.choice((0, 1, 1, 2)))))
            for name in chosen
        ]

    moves = [{chance.choice(names): chance.choice(names) for _ in range(4)} for _ in range(2)]
    return some(), some(), moves[0], moves[1]


@pytest.mark.parametrize("seed", range(60))
def test_every_page_is_in_exactly_one_place_and_order_does_not_matter(seed: int) -> None:
    targets, sources, renames, redirects = random_world(seed)

    def likeness(target: Header, source: Header) -> float:
        return 0.9 if target.path[2] == source.path[2] else 0.1

    def run(left: list[Header], right: list[Header]) -> Pairing:
        return pair(left, right, renames=renames, redirects=redirects, likeness=likeness)

    pairing = run(targets, sources)
    paired = [p.target.path for p in pairing.pairs]
    clashing = [t.path for clash in pairing.clashes for t in clash.targets]
    assert sorted(paired + clashing) == sorted(t.path for t in targets)
    used = [p.source.path for p in pairing.pairs if p.source]
    used += [clash.source.path for clash in pairing.clashes if clash.source]
    used += [lone.source.path for lone in pairing.untranslated]
    assert sorted(used) == sorted(s.path for s in sources)

    chance = random.Random(seed + 1)
    assert run(chance.sample(targets, len(targets)), sources[::-1]) == pairing


def test_a_page_against_itself_is_never_moved() -> None:
    pages = [page("a.md", "A"), page("b.md"), page("c/TOC.md"), page("d.md", "A,B")]
    pairing = pair(pages, pages, renames=never)
    assert all(p.source == p.target and not p.moved for p in pairing.pairs)
    assert len(pairing.pairs) == 4


def test_many_pages_under_one_id_cost_no_more_than_many_pages() -> None:
    targets = [page(f"t/{n}.md", "A") for n in range(20_000)]
    sources = [page(f"s/{n}.md", "A") for n in range(20_000)]
    pairing = pair(targets, sources)
    (clash,) = pairing.clashes
    assert len(clash.targets) == 20_000
    assert len(pairing.untranslated) == 19_999
    same = pair(targets, targets)
    assert all(p.source == p.target and len(p.rivals) == 20 for p in same.pairs)
