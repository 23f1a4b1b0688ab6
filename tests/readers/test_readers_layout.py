from __future__ import annotations

import os
from pathlib import Path

import pytest

from bilint.model.config import Location
from bilint.profiles import profile
from bilint.readers.layout import Layout, LayoutKind, layout_settings, recognise
from bilint.readers.settings import read_settings

PROFILE = profile("experience-league")
PINNED = "---\ntitle: Una guida\nsource-git-commit: 0123456789abcdef\n---\n# Una guida\n"


def look(folder: Path) -> Layout:
    return recognise(str(folder), PROFILE)


def write(folder: Path, *pages: str, text: str = "# A page\n") -> None:
    for page in pages:
        (folder / page).parent.mkdir(parents=True, exist_ok=True)
        (folder / page).write_text(text, encoding="utf-8")


def checkout(folder: Path, *pages: str, text: str = "# A page\n") -> Path:
    (folder / ".git").mkdir(parents=True)
    write(folder, *pages, text=text)
    return folder


def bare(folder: Path) -> Path:
    for name in ("objects", "refs"):
        (folder / name).mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    return folder


def settings_of(folder: Path, layout: Layout) -> tuple[Location | None, dict[str, Location]]:
    """What the proposed settings say when they are read back where they would be written."""
    path = folder / "bilint.toml"
    path.write_text(layout_settings(layout), encoding="utf-8")
    settings = read_settings(str(path))

    def place(location: Location) -> Location:
        name = os.path.relpath(location.repository, folder)
        return Location(name, location.revision, location.root)

    source = place(settings.source) if settings.source else None
    return source, {locale: place(target) for locale, target in settings.targets.items()}


def test_sibling_repositories_in_a_folder(tmp_path: Path) -> None:
    for tag in ("en", "it-IT", "zh-Hans"):
        checkout(tmp_path / f"shop.{tag}", "help/a.md", "README.md")
    checkout(tmp_path / "shop.tools", "a.md")
    write(tmp_path / "shop.fr", "help/a.md")
    layout = look(tmp_path)
    assert layout == Layout(
        LayoutKind.SIBLINGS,
        Location("shop.en", None, "help"),
        {
            "it-IT": Location("shop.it-IT", None, "help"),
            "zh-Hans": Location("shop.zh-Hans", None, "help"),
        },
        "help",
        (
            "shop.en, shop.it-IT and shop.zh-Hans are one documentation in several languages, by"
            " their names; shop.en is the source.",
            "Their pages are in help/.",
        ),
    )
    assert settings_of(tmp_path, layout) == (layout.source, layout.targets)
    assert 'root = "help"\n' in layout_settings(layout)


def test_repositories_behind_symbolic_links(tmp_path: Path) -> None:
    away, here = tmp_path / "away", tmp_path / "here"
    here.mkdir()
    for tag in ("en", "ja"):
        checkout(away / f"guide.{tag}", "help/a.md")
        (here / f"guide.{tag}").symlink_to(away / f"guide.{tag}", target_is_directory=True)
    (here / "guide.ko").symlink_to(away / "gone", target_is_directory=True)
    layout = look(here)
    assert layout.kind is LayoutKind.SIBLINGS
    assert layout.source == Location("guide.en", None, "help")
    assert layout.targets == {"ja": Location("guide.ja", None, "help")}


@pytest.mark.parametrize(
    ("names", "source", "targets"),
    [
        (
            ("my-docs-en", "my-docs-de", "my-docs-pt-BR", "my-docs-zh-hant", "my-docs-tools"),
            "my-docs-en",
            {"de": "my-docs-de", "pt-BR": "my-docs-pt-BR", "zh-hant": "my-docs-zh-hant"},
        ),
        (("docs_en", "docs_pt_BR"), "docs_en", {"pt-BR": "docs_pt_BR"}),
        (("guide", "guide.de-de", "guide.ja-jp"), "guide",
         {"de-de": "guide.de-de", "ja-jp": "guide.ja-jp"}),
    ],
)  # fmt: skip
def test_other_names_of_sibling_repositories(
    tmp_path: Path, names: tuple[str, ...], source: str, targets: dict[str, str]
) -> None:
    for name in names:
        checkout(tmp_path / name, "docs/a.md")
    layout = look(tmp_path)
    assert layout.source == Location(source, None, "docs")
    assert layout.targets == {tag: Location(at, None, "docs") for tag, at in targets.items()}
    alone = look(tmp_path / source)
    assert alone.source == Location(".", None, "docs")
    assert alone.targets == {tag: Location(f"../{at}", None, "docs") for tag, at in targets.items()}


def test_programs_are_no_translations(tmp_path: Path) -> None:
    for name in ("shop", "shop-is", "shop-ts", "lamp.it"):
        checkout(tmp_path / name, "docs/a.md", text=PINNED)
    assert look(tmp_path).kind is LayoutKind.NOTHING
    assert look(tmp_path / "shop").targets == {}


def test_of_several_groups_the_largest_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    for name in ("shop.en", "shop.it", "desk.en", "desk.it", "desk.ko", "lone.it"):
        checkout(tmp_path / name, "help/a.md")
    layout = look(tmp_path)
    assert layout.source == Location("desk.en", None, "help")
    assert list(layout.targets) == ["it", "ko"]
    assert layout.doubts == ("There is also shop, which needs settings of its own.",)


def test_a_checkout_is_preferred_to_the_bare_repository_beside_it(tmp_path: Path) -> None:
    bare(tmp_path / "shop.en.git")
    bare(tmp_path / "shop.it.git")
    checkout(tmp_path / "shop.it", "docs/a.md")
    layout = look(tmp_path)
    assert layout.source == Location("shop.en.git", None, "docs")
    assert layout.targets == {"it": Location("shop.it", None, "docs")}


def test_where_all_are_bare_the_root_is_in_doubt(tmp_path: Path) -> None:
    bare(tmp_path / "shop.en.git")
    bare(tmp_path / "shop.it.git")
    layout = look(tmp_path)
    assert (layout.source, layout.root) == (Location("shop.en.git"), "")
    assert layout.doubts == (
        "They are bare, so their files were not seen: name the pages' `root`.",
    )


def test_without_a_common_folder_of_pages_every_page_counts(tmp_path: Path) -> None:
    checkout(tmp_path / "shop.en", "help/a.md")
    checkout(tmp_path / "shop.it", "pages/a.md")
    layout = look(tmp_path)
    assert layout.root == ""
    assert layout.reasons[-1] == ("They have no folder of pages in common, so every page counts.")


@pytest.mark.parametrize(
    ("tags", "source"), [(("en-US", "en"), "en"), (("en-GB", "en-US"), "en-US")]
)
def test_of_several_englishes_one_is_the_source(
    tmp_path: Path, tags: tuple[str, ...], source: str
) -> None:
    for tag in tags:
        checkout(tmp_path / f"shop.{tag}", "help/a.md")
    assert look(tmp_path).source == Location(f"shop.{source}", None, "help")


def test_a_target_finds_its_source_beside_it(tmp_path: Path) -> None:
    checkout(tmp_path / "shop.en", "help/a.md")
    checkout(tmp_path / "shop.ko", "help/a.md")
    here = checkout(tmp_path / "shop.it-IT", "help/a.md")
    layout = look(here)
    assert layout.source == Location("../shop.en", None, "help")
    assert layout.targets == {"it-IT": Location(".", None, "help")}
    assert settings_of(here, layout) == (layout.source, layout.targets)


def test_a_source_finds_all_translations_beside_it(tmp_path: Path) -> None:
    here = checkout(tmp_path / "shop.en", "help/a.md")
    checkout(tmp_path / "shop.ko", "help/a.md")
    checkout(tmp_path / "shop.it-IT", "help/a.md")
    layout = look(here)
    assert layout.source == Location(".", None, "help")
    assert layout.targets == {
        "it-IT": Location("../shop.it-IT", None, "help"),
        "ko": Location("../shop.ko", None, "help"),
    }
    assert settings_of(here, layout) == (layout.source, layout.targets)


def test_the_folder_looked_at_is_meant_even_when_it_is_bare(tmp_path: Path) -> None:
    here = bare(tmp_path / "shop.it.git")
    checkout(tmp_path / "shop.it", "help/a.md")
    checkout(tmp_path / "shop.en", "help/a.md")
    layout = look(here)
    assert layout.targets == {"it": Location(".", None, "help")}
    assert layout.source == Location("../shop.en", None, "help")


@pytest.mark.parametrize(
    ("pages", "source", "targets"),
    [
        (
            ["source_docs/a.md", "locales/it-IT/a.md", "locales/it-IT/ui.po"],
            "source_docs",
            {"it-IT": "locales/it-IT"},
        ),
        (
            ["source_docs/a.md", "locales/it-IT/source_docs/a.md"],
            "source_docs",
            {"it-IT": "locales/it-IT/source_docs"},
        ),
        (
            ["docs/en/a.md", "docs/it/a.md", "docs/pt_BR/a.md", "docs/api/a.md"],
            "docs/en",
            {"it": "docs/it", "pt-BR": "docs/pt_BR"},
        ),
        (["en/a.md", "it/a.md", "js/a.md"], "en", {"it": "it"}),
        (
            ["docs/x/a.md", "i18n/it/docusaurus-plugin-content-docs/current/x/a.md"],
            "docs",
            {"it": "i18n/it/docusaurus-plugin-content-docs/current"},
        ),
        (["docs/a.md", "i18n/it/docs/a.md"], "docs", {"it": "i18n/it/docs"}),
    ],
)
@pytest.mark.parametrize("is_repository", [True, False])
def test_folders_of_one_repository(
    tmp_path: Path,
    pages: list[str],
    source: str,
    targets: dict[str, str],
    is_repository: bool,
) -> None:
    if is_repository:
        (tmp_path / ".git").mkdir()
    write(tmp_path, *pages)
    layout = look(tmp_path)
    assert layout.kind is LayoutKind.FOLDERS
    assert layout.source == Location(".", None, source)
    assert layout.targets == {tag: Location(".", None, root) for tag, root in targets.items()}
    assert layout.doubts == ()
    assert settings_of(tmp_path, layout) == (layout.source, layout.targets)


def test_a_language_folder_without_pages_in_common_does_not_count(tmp_path: Path) -> None:
    write(tmp_path, "docs/en/a.md", "docs/it/a.md", "docs/is/b.md")
    assert list(look(tmp_path).targets) == ["it"]


def test_two_ways_to_read_a_folder_are_both_told(tmp_path: Path) -> None:
    write(tmp_path, "docs/en/a.md", "docs/it/a.md")
    write(tmp_path, "help/a.md", "help/b.md", "i18n/ko/help/a.md", "i18n/ko/help/b.md")
    layout = look(tmp_path)
    assert layout.source == Location(".", None, "help")
    assert layout.doubts == ("docs/en/ and docs/it could be meant as well (at the same paths: 1).",)


def test_a_localized_repository_alone(tmp_path: Path) -> None:
    here = checkout(tmp_path / "shop.it-IT", "help/a.md", "help/b/c.md", text=PINNED)
    write(here, "help/d.md")
    layout = look(here)
    assert layout.kind is LayoutKind.LOCALIZED
    assert layout.source is None
    assert layout.targets == {"it-IT": Location(".", None, "help")}
    assert layout.reasons[0].startswith("2 of 3 pages looked at name the source commit")
    assert settings_of(here, layout) == (None, layout.targets)


def test_the_locale_is_read_from_where_it_was_cloned(tmp_path: Path) -> None:
    here = checkout(tmp_path / "build", "help/a.md", text=PINNED)
    (here / ".git" / "config").write_text(
        '[remote "origin"]\n\turl = https://git.example/me/shop.pt-BR.git\n'
    )
    assert list(look(here).targets) == ["pt-BR"]


def test_a_localized_repository_without_a_language_in_its_name_is_a_doubt(tmp_path: Path) -> None:
    here = checkout(tmp_path / "build", "help/a.md", text=PINNED)
    layout = look(here)
    assert (layout.kind, layout.targets, layout.root) == (LayoutKind.LOCALIZED, {}, "help")
    assert "cannot be told from its name" in layout.doubts[0]
    assert "# [target.it-IT]\n" in layout_settings(layout)


def test_a_name_that_looks_like_a_language_is_not_enough(tmp_path: Path) -> None:
    here = checkout(tmp_path / "shop.it-IT", "help/a.md")
    assert look(here).kind is LayoutKind.NOTHING


def test_nothing_recognised_still_gives_a_settings_file(tmp_path: Path) -> None:
    write(tmp_path, "notes/a.md")
    layout = look(tmp_path)
    assert layout.kind is LayoutKind.NOTHING
    assert layout.doubts == ("Fill in `[source]` and a `[target]` for every locale.",)
    assert settings_of(tmp_path, layout) == (None, {})


def test_a_missing_folder_is_nothing(tmp_path: Path) -> None:
    assert look(tmp_path / "gone").kind is LayoutKind.NOTHING


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    here = checkout(tmp_path / "shop.it", "help/a.md", text=PINNED)
    (here / "help" / "loop").symlink_to(here / "help", target_is_directory=True)
    os.mkfifo(here / "help" / "pipe.md")
    os.mkfifo(here / ".git" / "config")
    assert look(here).reasons[0].startswith("1 of 1 pages looked at")
