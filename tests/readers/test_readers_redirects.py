from __future__ import annotations

import pytest

from bilint.readers.redirects import MOST_BYTES, Move, moved_pages, read_redirects
from steps import grows_no_faster


def moves(*rows: tuple[str, str]) -> list[Move]:
    return [Move(*row) for row in rows]


def test_rows_are_read_and_the_heading_is_not() -> None:
    data = b"source,dest\n/docs/shop/a.html,/docs/shop/b.html\n\n /docs/x , /docs/y ,note\nlone\n"
    table = read_redirects(data)
    assert table.moves == (
        Move("/docs/shop/a.html", "/docs/shop/b.html"),
        Move("/docs/x", "/docs/y"),
    )
    assert table.problems == ()


def test_a_mark_quotes_and_windows_line_ends_are_read() -> None:
    data = b'\xef\xbb\xbf"/docs/shop/a,b.html","/docs/shop/c.html"\r\n/docs/shop/d,/docs/shop/e\r\n'
    assert read_redirects(data).moves == (
        Move("/docs/shop/a,b.html", "/docs/shop/c.html"),
        Move("/docs/shop/d", "/docs/shop/e"),
    )


def test_bytes_that_are_no_text_do_not_stop_it() -> None:
    table = read_redirects(b"/docs/\xff,/docs/b\n\x00,\x00\n/docs/c,/docs/d\n")
    assert table.moves[-1] == Move("/docs/c", "/docs/d")


def test_an_endless_field_is_told_with_its_line() -> None:
    data = b"/docs/a,/docs/b\n/docs/c," + b"x" * 200_000 + b"\n/docs/d,/docs/e\n"
    table = read_redirects(data)
    assert table.moves == (Move("/docs/a", "/docs/b"),)
    (problem,) = table.problems
    assert problem.code == "csv"
    assert problem.message.startswith("the redirects table ends at line 2: ")


def test_a_table_beyond_all_measure_is_not_read() -> None:
    table = read_redirects(b"/a,/b\n" * (MOST_BYTES // 6 + 1))
    assert table.moves == ()
    assert [problem.code for problem in table.problems] == ["too-large"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/docs/shop/guide/cart/old.html", "/docs/shop/guide/cart/new.html"),
        ("https://site.example/docs/shop/cart/old.html", "https://w.example/docs/shop/cart/new"),
        ("/en/docs/shop/cart/old", "/en/docs/shop/cart/new#top"),
        ("/docs/shop/cart/old.html?lang=en", "/docs/shop/all/cart/deep/new.html?lang=en"),
    ],
)
def test_addresses_of_the_site_become_paths(old: str, new: str) -> None:
    found = moved_pages(moves((old, new)), ["cart/old.md"], ["cart/new.md", "other/new.md"])
    assert found == {"cart/old.md": "cart/new.md"}


def test_a_page_in_no_folder_is_found_right_below_its_product() -> None:
    table = moves(("/docs/shop/guide/old.html", "/docs/shop/new.html"))
    assert moved_pages(table, ["guide/old.md"], ["new.md", "cart/other.md"]) == {
        "guide/old.md": "new.md"
    }
    deep = moves(("/docs/shop/guide/old.html", "/docs/shop/guide/deep/new.html"))
    assert moved_pages(deep, ["guide/old.md"], ["new.md"]) == {}


def test_what_leads_into_another_product_is_dropped() -> None:
    table = moves(
        ("/docs/shop/cart/old.html", "/docs/ledger/cart/new.html"),
        ("/docs/shop/cart/older.html", "https://forum.example/t5/cart/new"),
    )
    assert moved_pages(table, ["cart/old.md", "cart/older.md"], ["cart/new.md"]) == {}


@pytest.mark.parametrize("pages", [[], ["new.md"], ["a/cart/new.md", "b/cart/new.md"]])
def test_what_maps_nowhere_or_to_several_pages_is_dropped(pages: list[str]) -> None:
    table = moves(("/docs/shop/cart/old.html", "/docs/shop/cart/new.html"))
    assert moved_pages(table, ["cart/old.md"], pages) == {}


def test_a_page_that_still_has_its_source_has_not_moved() -> None:
    table = moves(("/docs/shop/cart/old.html", "/docs/shop/cart/new.html"))
    assert moved_pages(table, ["cart/old.md"], ["cart/old.md", "cart/new.md"]) == {}


def test_a_chain_is_followed_to_its_end() -> None:
    table = moves(
        ("/docs/shop/cart/one", "/docs/shop/cart/two"),
        ("/docs/shop/cart/two.html", "/docs/shop/cart/three.html"),
    )
    found = moved_pages(table, ["cart/one.md"], ["cart/three.md"])
    assert found == {"cart/one.md": "cart/three.md"}


def test_a_circle_leads_nowhere() -> None:
    table = moves(
        ("/docs/shop/cart/one", "/docs/shop/cart/two"),
        ("/docs/shop/cart/two", "/docs/shop/cart/one"),
    )
    assert moved_pages(table, ["cart/one.md"], ["cart/two.md"]) == {}


def test_pages_given_up_for_one_other_have_not_moved_there() -> None:
    table = moves(
        ("/docs/shop/cart/sizes.html", "/docs/shop/cart/catalogue.html"),
        ("/docs/shop/cart/colours.html", "/docs/shop/cart/catalogue.html"),
    )
    pages = ["cart/sizes.md", "cart/colours.md"]
    assert moved_pages(table, pages, ["cart/catalogue.md"]) == {}


def test_a_hostile_table_is_mapped_in_as_many_steps_as_it_is_long() -> None:
    folders = [f"f{n}" for n in range(50)]

    def map_pages(size: int) -> None:
        data = b"".join(b"/x/f%d/o,/x/f%d/p\n" % (n, n) for n in range(size))
        found = moved_pages(
            read_redirects(data).moves,
            [f"{folder}/o.md" for folder in folders],
            [f"{folder}/p.md" for folder in folders],
        )
        assert len(found) == len(folders)

    assert grows_no_faster(map_pages, 500)
