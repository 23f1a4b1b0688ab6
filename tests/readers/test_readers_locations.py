from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bilint.model.config import Location
from bilint.readers.locations import (
    LocationError,
    check_locale,
    clean_root,
    parse_source,
    parse_target,
    parse_targets,
)


def folders(*names: str) -> Callable[[str], bool]:
    return lambda name: name in names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("docs.en", Location("docs.en", None, "help")),
        ("docs.en@main", Location("docs.en", "main", "help")),
        ("docs.en::guide/", Location("docs.en", None, "guide")),
        ("docs.en@feature/x::guide", Location("docs.en", "feature/x", "guide")),
        ("docs.en@v1@2", Location("docs.en", "v1@2", "help")),
        ("docs.en::", Location("docs.en", None, "")),
        ("docs.en@main::./a//b/", Location("docs.en", "main", "a/b")),
        ("me@home/docs", Location("me@home/docs", None, "help")),
        ("me@home/docs@main", Location("me@home/docs", "main", "help")),
        ("odd::name::guide", Location("odd::name", None, "guide")),
        ("docs@main", Location("docs@main", None, "help")),
        ("docs@main@v2", Location("docs@main", "v2", "help")),
    ],
)
def test_a_source_is_understood(text: str, expected: Location) -> None:
    there = folders("docs.en", "me@home/docs", "odd::name", "docs", "docs@main")
    assert parse_source(text, "help", is_folder=there) == expected


def test_the_folders_of_the_disk_are_asked(tmp_path: Path) -> None:
    (tmp_path / "a@b").mkdir()
    assert parse_source(f"{tmp_path}/a@b@c") == Location(f"{tmp_path}/a@b", "c", "")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("gone@main::help", "there is no folder 'gone'"),
        ("~/gone", "there is no folder '~/gone'; `~` is not expanded here"),
        ("bare@main", "there is no folder 'bare'; did you mean 'bare.git'?"),
        ("", "'' names no repository; for the present folder write `.`"),
        ("@main", "'@main' names no repository; for the present folder write `.`"),
        ("docs@", "the revision after `@` is empty"),
        ("docs@HEAD~1", "'HEAD~1' is not the name of a branch, a tag or a commit"),
        ("docs@--output=x", "'--output=x' is not the name of a branch"),
        ("docs@a..b", "'a..b' is not the name of a branch"),
        ("docs@main:help", "'main:help' is not the name of a branch"),
        ("docs::../x", "the root '../x' leaves the repository"),
        ("docs::/x", "the root '/x' is absolute"),
        ("docs::a\x1bb", "the root 'a\\x1bb' holds control characters"),
        ("do\0cs", "there is no folder 'do\\x00cs'"),
    ],
)
def test_what_cannot_be_understood_is_said(text: str, message: str) -> None:
    with pytest.raises(LocationError) as caught:
        parse_source(text, is_folder=folders("docs", "bare.git"))
    assert str(caught.value).startswith(message)


def test_a_nul_never_reaches_the_disk() -> None:
    with pytest.raises(LocationError):
        parse_source("a\0b")


def test_the_locale_of_a_target_ends_at_the_first_equals_sign() -> None:
    there = folders("docs=it", "docs")
    assert parse_target("it-IT=docs=it@x=y::help", is_folder=there) == (
        "it-IT",
        Location("docs=it", "x=y", "help"),
    )


def test_a_target_without_a_locale_is_said() -> None:
    with pytest.raises(LocationError, match=r"names no locale; write it as `it-IT=docs`"):
        parse_target("docs", is_folder=folders("docs"))


def test_several_targets_keep_their_order_and_are_unique() -> None:
    there = folders("a", "b")
    targets = parse_targets(["ko=b", "it-IT=a::x"], "help", is_folder=there)
    assert list(targets.items()) == [
        ("ko", Location("b", None, "help")),
        ("it-IT", Location("a", None, "x")),
    ]
    with pytest.raises(LocationError, match="the locale ko is given twice"):
        parse_targets(["ko=a", "ko=b"], is_folder=there)


@pytest.mark.parametrize("tag", ["it", "it-IT", "zh-Hans", "zh-Hant-TW", "es-419", "gsw", "ca-x-a"])
def test_locales(tag: str) -> None:
    assert check_locale(tag) == tag


@pytest.mark.parametrize("tag", ["", "i", "italian", "it/IT", "it-", "-it", "it IT", "it-IT\n"])
def test_no_locales(tag: str) -> None:
    with pytest.raises(LocationError, match="is not a locale such as"):
        check_locale(tag)


def test_an_underscore_in_a_locale_gets_advice() -> None:
    with pytest.raises(LocationError, match=r"did you mean pt-BR\?"):
        check_locale("pt_BR")


def test_roots_are_cleaned() -> None:
    assert [clean_root(t) for t in ("", ".", "./", "a/b/", "./a/./b", "a..b")] == [
        "",
        "",
        "",
        "a/b",
        "a/b",
        "a..b",
    ]
