"""Where a checkout was cloned from, and where its pages can be seen."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilint.readers.remotes import page_address, remote_addresses


def cloned(folder: Path, *addresses: str, bare: bool = False) -> str:
    config = folder / "config" if bare else folder / ".git" / "config"
    config.parent.mkdir(parents=True, exist_ok=True)
    remotes = (f'[remote "r{n}"]\n\turl = {url}\n' for n, url in enumerate(addresses))
    config.write_text("[core]\n\tbare = false\n" + "".join(remotes), encoding="utf-8")
    return str(folder)


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (
            "https://github.com/lamps/docs.en.git",
            "https://github.com/lamps/docs.en/blob/{revision}/{path}#L{line}",
        ),
        (
            "git@github.com:lamps/docs.en",
            "https://github.com/lamps/docs.en/blob/{revision}/{path}#L{line}",
        ),
        (
            "ssh://git@gitlab.com/lamps/guides/docs.git",
            "https://gitlab.com/lamps/guides/docs/-/blob/{revision}/{path}#L{line}",
        ),
        (
            "https://bitbucket.org/lamps/docs/",
            "https://bitbucket.org/lamps/docs/src/{revision}/{path}#lines-{line}",
        ),
    ],
)
def test_pages_of_well_known_forges_can_be_seen(tmp_path: Path, address: str, page: str) -> None:
    assert page_address(cloned(tmp_path, address)) == page


@pytest.mark.parametrize(
    "address",
    [
        "https://git.example/lamps/docs.git",
        "https://somebody:secret@github.com/lamps/docs.git",
        "https://github.com/lamps/{path}.git",
        "https://github.com/../docs",
        "https://github.com/lamps",
        "http://github.com/lamps/docs",
        "/srv/git/docs.git",
        "javascript:alert(1)",
    ],
)
def test_nothing_is_guessed_of_other_addresses(tmp_path: Path, address: str) -> None:
    assert page_address(cloned(tmp_path, address)) is None


def test_the_first_known_address_counts(tmp_path: Path) -> None:
    folder = cloned(tmp_path, "/srv/git/docs.git", "git@github.com:a/b.git", "git@gitlab.com:c/d")
    assert page_address(folder) == "https://github.com/a/b/blob/{revision}/{path}#L{line}"


def test_a_bare_repository_has_its_addresses_at_the_top(tmp_path: Path) -> None:
    assert remote_addresses(cloned(tmp_path, "git@github.com:a/b.git", bare=True)) == [
        "git@github.com:a/b.git"
    ]


def test_a_folder_that_is_no_clone_has_none(tmp_path: Path) -> None:
    assert remote_addresses(str(tmp_path)) == []
    assert page_address(str(tmp_path / "nowhere")) is None
