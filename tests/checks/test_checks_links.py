"""The links family beyond what its pages show: addresses, edges, suggestions and any text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_pages import PROFILE, NoJudge, NoSimilarity, paired, read

from bilint.checks.base import Check, Context
from bilint.checks.links.addresses import address_of, file_of, is_address, leads_away, names_of
from bilint.checks.links.parts import broken_links, is_empty, words
from bilint.checks.registry import CHECKS
from bilint.model.alignment import AlignedPair
from bilint.model.anchors import anchors
from bilint.model.finding import Confidence, Family, Observation
from bilint.model.profile import LinkPolicy
from examples import examples
from steps import grows_no_faster

LINKS: Mapping[str, Check] = {check.id: check for check in CHECKS if check.family is Family.LINKS}
ITALIAN = names_of("it-IT", "en", PROFILE.links)


class Files:
    """A site of pages by path; other files have no content."""

    def __init__(self, pages: Mapping[str, str]) -> None:
        self.pages = pages

    def exists(self, path: str) -> bool:
        return path in self.pages

    def anchors(self, path: str) -> frozenset[str] | None:
        return anchors(read(self.pages[path])) if path in self.pages else None


def observe(
    check: str,
    pair: AlignedPair,
    site: Mapping[str, str] | None = None,
    source_site: Mapping[str, str] | None = None,
) -> list[Observation]:
    context = Context(
        PROFILE,
        NoJudge(),
        NoSimilarity(),
        site=None if site is None else Files(site),
        source_site=None if source_site is None else Files(source_site),
    )
    return list(LINKS[check].observe(pair, context))


def found(check: str, source: str | None, target: str, locale: str = "it-IT") -> list[str]:
    """The texts that a check marks."""
    pair = paired(source, target, locale)
    data = pair.document.data
    return [data[one.span.start : one.span.end].decode() for one in observe(check, pair)]


def mended(check: str, source: str, target: str, locale: str = "it-IT") -> str:
    """The target with every suggestion put in place."""
    data = target.encode()
    for one in sorted(observe(check, paired(source, target, locale)), key=lambda o: -o.span.start):
        if one.suggestion is not None:
            data = data[: one.span.start] + one.suggestion.text.encode() + data[one.span.end :]
    return data.decode()


# Addresses


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("https://example.org/en/docs/a.html", "https://example.org/it/docs/a"),
        ("https://example.org/docs/a?lang=en", "https://example.org/docs/a.html?lang=it"),
        ("https://example.org/docs/a", "https://example.org/docs/a?hl=it&lang=it"),
        ("http://www.example.org/a/", "https://example.org/a"),
        ("https://en.example.org/a", "https://it.example.org/a"),
        (
            "https://git.example.org/o/guide.en/issues",
            "https://git.example.org/o/guide.it-IT/issues",
        ),
        ("/help/en-us/a.md#b", "/help/it_IT/a#b"),
        ("./a.md", "a.md"),
        ("assets/chart.png", "assets/chart_it.png"),
        ("https://example.org/go/terms", "https://example.org/go/terms_it"),
        ("a%20b.md", "a b.md"),
    ],
)
def test_localization_leaves_the_place_an_address_leads_to(source: str, target: str) -> None:
    assert address_of(source, ITALIAN) == address_of(target, ITALIAN)


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("https://example.org/a---b", "https://example.org/a—b"),
        ("https://example.org/de/a", "https://example.org/it/a"),
        ("a.md#limits", "a.md"),
        ("a.md", "b.md"),
        ("a/b.md", "b.md"),
        ("https://example.org/a?x=1", "https://example.org/a?x=2"),
        ("/a.md", "a.md"),
    ],
)
def test_other_places_are_told_apart(source: str, target: str) -> None:
    assert address_of(source, ITALIAN) != address_of(target, ITALIAN)


def test_sites_call_languages_by_their_countries() -> None:
    japanese = names_of("ja-JP", "en", PROFILE.links)
    assert address_of("https://a.org/jp/x", japanese) == address_of("https://a.org/x", japanese)
    plain = names_of("ja", "en", LinkPolicy())
    assert address_of("https://a.org/jp/x", plain) != address_of("https://a.org/x", plain)


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("b.md", "help/x/b.md"),
        ("../b.md#c", "help/b.md"),
        ("/b.md?x", "b.md"),
        ("#c", "help/x/a.md"),
        ("../../../b.md", None),
        ("./c%20d.png", "help/x/c d.png"),
    ],
)
def test_a_relative_address_leads_to_a_file(address: str, path: str | None) -> None:
    assert file_of(address, "help/x/a.md") == path


def test_words_are_no_addresses() -> None:
    assert not any(map(is_address, ("AJO", "으", "beta", "v1.2", "z. B.", "a@b.org")))
    assert all(map(is_address, ("a.md", "#x", "/a", "../a", "http://a", "a/b.png", "mailto:a")))
    assert leads_away("a@b.org")
    assert leads_away("tel:1")
    assert not leads_away("a.md#b:c")


@given(st.text())
def test_any_address_can_be_taken_apart(text: str) -> None:
    address_of(text, ITALIAN)
    file_of(text, "help/a.md")


# Parts


def test_the_words_of_a_link_are_what_a_reader_sees() -> None:
    assert words("**[!DNL Beacon]** &amp; `x`<br>y\u200b") == "Beacon & x y"
    assert is_empty("&#128279;")
    assert is_empty(" &#x200B; ")
    assert is_empty("[!UICONTROL &#x200B;]")
    assert not is_empty("![](a.png)")
    assert not is_empty("*1*")


def test_pieces_of_links_are_told_with_their_addresses() -> None:
    text = "Vedi [a] (b.md), c](https://d.org) e [f, e [g](h.md"
    pieces = broken_links(read(text).segments[0])
    assert [one.address for one in pieces] == ["b.md", "https://d.org", "h.md"]
    assert pieces[0].mended == "[a](b.md)"
    data = text.encode()
    assert data[pieces[1].span.start : pieces[1].span.end] == b"](https://d.org) e ["


# Checks


def test_a_link_without_words_is_told_without_a_source_too() -> None:
    (one,) = observe("link-text-lost", paired(None, "Vedi [](a.md) e [](#b)."))
    assert one.subject == "a.md"
    assert one.confidence is Confidence.MEDIUM


def test_links_to_one_place_stand_for_each_other_by_their_words() -> None:
    source = "The [guide](a.md) and [Beacon](a.md)."
    assert found("link-text-cut", source, "[Beacon](a.md) e la [guida](a.md).") == []


def test_a_created_link_is_parted_by_a_blank_or_escaped() -> None:
    source = "**[!DNL Hub] (H)** is new."
    assert mended("link-created", source, "**[!DNL Hub](H)** è nuovo.") == (
        "**[!DNL Hub] (H)** è nuovo."
    )
    assert mended("link-created", source, "**[!DNL Hub](H)** 새로운.", "ko-KR") == (
        "**[!DNL Hub]\\(H)** 새로운."
    )


def test_parted_and_full_width_links_are_mended() -> None:
    source = "See [a](a.md) and [b](b.md)."
    assert mended("link-broken", source, "参照 [a] (a.md) [b]（b.md）。", "ja-JP") == (
        "参照 [a](a.md) [b](b.md)。"
    )


def test_blanks_of_a_link_are_moved_out_where_words_would_touch() -> None:
    source = "See the [guide](a.md) now."
    assert (
        mended("link-padded", source, "Vedi la[ guida ](a.md)ora.") == "Vedi la [guida](a.md) ora."
    )
    assert mended("link-padded", source, "Vedi la [ guida ](a.md).") == "Vedi la [guida](a.md)."


def test_a_link_that_a_moved_page_leads_along_is_followed() -> None:
    pair = paired("See [a](old.md).", "Vedi [a](new.md).")
    assert len(observe("link-target-altered", pair, {"help/new.md": "", "help/old.md": ""})) == 1
    assert observe("link-target-altered", pair, {"help/new.md": ""}) == []


def test_a_definition_that_bears_another_name_is_told_so() -> None:
    source = "See [a][one].\n\n[one]: https://example.org/a\n"
    (one,) = observe(
        "link-lost", paired(source, "Vedi [a][one].\n\n[uno]: https://example.org/a\n")
    )
    assert "its definition is named `uno`" in one.message
    assert one.suggestion is not None
    assert one.suggestion.text == "[a][uno]"
    (one,) = observe("link-lost", paired(source, "Vedi [a][one].\n"))
    assert "definition is gone" in one.message


def test_a_picture_of_another_file_is_told_where_it_stands() -> None:
    source = "One\n\n![a](a.png)\n\nTwo\n"
    assert found("image-lost", source, "Uno\n\n![a](b.png)\n\nDue\n") == ["![a](b.png)"]
    assert mended("image-lost", source, "Uno\n\n![a](b.png)\n\nDue\n") == (
        "Uno\n\n![a](a.png)\n\nDue\n"
    )


def test_a_video_may_have_another_address_but_not_be_gone() -> None:
    video = ">[!VIDEO](//video.tv.adobe.com/v/{})\n"
    source = "One\n\n" + video.format(1) + "\nTwo\n"
    assert found("image-lost", source, "Uno\n\n" + video.format(2) + "\nDue\n") == []
    assert len(observe("image-lost", paired(source, "Uno\n\nDue\n"))) == 1


def test_a_fragment_is_looked_for_on_the_page_that_it_leads_to() -> None:
    pair = paired("See [a](b.md#one).", "Vedi [a](b.md#one).")
    source = {"help/b.md": "# One"}
    assert len(observe("link-fragment-missing", pair, {"help/b.md": "# Uno"}, source)) == 1
    assert observe("link-fragment-missing", pair, {"help/b.md": "# Uno {#one}"}, source) == []
    assert (
        observe("link-fragment-missing", pair, {"help/b.md": "# Uno"}, {"help/b.md": "# X"}) == []
    )
    assert observe("link-fragment-missing", pair, {"help/b.md": "# Uno"}, None) == []


HOSTILE: list[Callable[[int], str]] = [
    lambda size: "](http://a.b)" * size,
    lambda size: "[x](a.md)" * size,
    lambda size: "[x" * size,
    lambda size: "![a](b.png)\n\n" * size,
    lambda size: "".join(f"[{i}](a.md#{i})" for i in range(size)),
    lambda size: "".join(f"[](a{i}.md)" for i in range(size)),
    lambda size: "[ x" + "&#x200B;" * size + "](a.md)",
    lambda size: "（" * size + "]（a.md）" * (size // 4),
]


@pytest.mark.parametrize("target", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize(
    "source", [HOSTILE[1], HOSTILE[4], lambda _size: "Plain."], ids=["links", "many", "none"]
)
def test_hostile_pages_cost_no_more_than_they_are_long(
    source: Callable[[int], str], target: Callable[[int], str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # As many pieces of links as are told end long before these pages do.
    monkeypatch.setattr("bilint.checks.links.parts._MOST", 20)

    def check_all(size: int) -> None:
        pair = paired(source(size), target(size))
        for check in LINKS:
            observe(check, pair, {}, {})

    assert grows_no_faster(check_all, 200)


@examples(150)
@given(
    st.text(alphabet="ab [](){}!#./:<>\"'&;„“」]（）*-\n|`\u200bあ", max_size=80),
    st.text(alphabet="ab [](){}!#./:<>\"'&;„“」]（）*-\n|`\u200bあ", max_size=80),
)
def test_any_text_can_be_checked(source: str, target: str) -> None:
    for locale in ("it-IT", "ja-JP"):
        pair = paired(source, target, locale)
        size = len(pair.document.data)
        for check in LINKS:
            for one in observe(check, pair, {}, {}):
                assert 0 <= one.span.start <= one.span.end <= size
                pair.document.data[one.span.start : one.span.end].decode()
