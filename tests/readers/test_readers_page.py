"""Headers and what pages say of their own origin."""

from __future__ import annotations

import pytest

from bilint.model.config import Limits
from bilint.model.page import Provenance
from bilint.profiles.experience_league import EXPERIENCE_LEAGUE
from bilint.readers.page import page_ids, read_header, read_page, read_provenance

LIMITS = Limits()


def said(block: str) -> Provenance:
    data = f"---\n{block}---\nText.\n".encode()
    return read_provenance(data, EXPERIENCE_LEAGUE, LIMITS)


def test_all_of_it() -> None:
    assert said(
        "exl-id: 7c0e\nsource-git-commit: 0123456789abcdef\nworkflow-type: tm+mt\n"
        "source-wordcount: '366'\nht-degree: 67%\n"
    ) == Provenance(("7c0e",), "0123456789abcdef", "tm+mt", 67.0, 366)


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("7c0e", ("7c0e",)),
        ("a1,b2", ("a1", "b2")),
        ("' a1 , b2 ,, a1 '", ("a1", "b2")),
        ("[a1, b2]", ("a1", "b2")),
        ("\n- a1\n- b2", ("a1", "b2")),
        ("null", ()),
        ("None", ()),
        ("~", ()),
        ("''", ()),
        ("' '", ()),
        ("'null,a1'", ("a1",)),
        ("{a: b}", ()),
    ],
)
def test_ids(value: str, ids: tuple[str, ...]) -> None:
    data = f"---\nexl-id: {value}\n---\n".encode()
    assert page_ids(data, EXPERIENCE_LEAGUE, LIMITS) == ids
    assert said(f"exl-id: {value}\n").ids == ids


@pytest.mark.parametrize("value", ["null", "None", "''", "' '", "[a]"])
def test_no_pin(value: str) -> None:
    assert said(f"source-git-commit: {value}\n").pin is None


def test_a_pin_is_as_written_and_not_trusted() -> None:
    assert said("source-git-commit: --output=x\n").pin == "--output=x"
    assert said("source-git-commit: 0123456\n").pin == "0123456"


@pytest.mark.parametrize(
    ("value", "share"),
    [
        ("67%", 67.0),
        ("0%", 0.0),
        ("100%", 100.0),
        ("'67.5 %'", 67.5),
        ("'67,5'", 67.5),
        ("67", 67.0),
        ("101%", None),
        ("-3%", None),
        ("high", None),
        ("null", None),
        ("1e2%", None),
    ],
)
def test_the_human_share(value: str, share: float | None) -> None:
    assert said(f"ht-degree: {value}\n").ht_degree == share


@pytest.mark.parametrize(("value", "count"), [("'366'", 366), ("0", None), ("many", None)])
def test_the_count_of_words(value: str, count: int | None) -> None:
    assert said(f"source-wordcount: {value}\n").word_count == count


def test_the_older_key_of_the_workflow() -> None:
    assert said("translation-type: tm+ht\n").workflow == "tm+ht"
    assert said("translation-type: ht\nworkflow-type: tm+mt\n").workflow == "tm+mt"


def test_nothing_is_said() -> None:
    assert read_provenance(b"Text.\n", EXPERIENCE_LEAGUE, LIMITS) == Provenance()
    assert said("title: T\n") == Provenance()


def test_what_a_mistake_in_yaml_leaves() -> None:
    assert said("product_v2: id: aid: b\nexl-id: 7c\nht-degree: 5%\n") == Provenance(
        ("7c",), None, None, 5.0, None
    )


def test_header_and_page() -> None:
    data = b"---\ntitle: T\nexl-id: 7c\n---\n# T\n\nText.\n"
    header = read_header("help/a.md", "b10b", data, EXPERIENCE_LEAGUE, LIMITS)
    assert (header.path, header.blob, header.provenance.ids) == ("help/a.md", "b10b", ("7c",))
    page = read_page(header, data, EXPERIENCE_LEAGUE, LIMITS)
    assert (page.path, page.blob) == ("help/a.md", "b10b")
    assert page.provenance is header.provenance
    assert page.document.front_matter is header.front_matter
    assert [s.text for s in page.document.segments] == ["T", "T", "Text."]
