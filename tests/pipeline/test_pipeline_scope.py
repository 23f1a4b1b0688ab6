"""Named pages, and nothing but what they need: what is read, and that the answer is the same as
in a run over everything."""

from __future__ import annotations

from pathlib import Path

import pytest

from bilint.checks.registry import BY_ID
from bilint.demo import build
from bilint.model.config import Location, Settings
from bilint.model.finding import Finding
from bilint.model.report import PageResult, Report
from bilint.pipeline import run as running
from bilint.pipeline.request import Hook, Request, UsageError, Wants
from bilint.pipeline.run import run
from bilint.pipeline.workspace import Workspace
from lamps import LAMP_EN, LAMP_IT, Lamps, lamps
from repositories import Repo

ALL_PAGES_NEEDED = {"id-duplicate", "pin-unknown", "ht-degree-low"}


def settings_of(source: Path, **targets: Path) -> Settings:
    return Settings(
        source=Location(str(source), root="help"),
        targets={
            locale.replace("_", "-"): Location(str(path), root="help")
            for locale, path in targets.items()
        },
    )


def settings_for(given: Lamps) -> Settings:
    return settings_of(given.source.path, it_IT=given.italian.path, ja_JP=given.japanese.path)


def pages_of(report: Report) -> list[tuple[str, str | None]]:
    return [(page.locale, page.path) for page in report.pages or ()]


# What is read


class Counted:
    """A source of forty pages and their translations, and the blobs that a run reads of them."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.source = Repo(folder / "docs.en")
        pin = self.source.commit("Publish", {f"help/{n}.md": self.page(n) for n in range(40)})
        self.target = Repo(folder / "docs.it")
        self.target.commit("Translate", {f"help/{n}.md": self.page(n, pin=pin) for n in range(40)})
        self.reads: list[list[str]] = []
        counted = self

        class Counting(Workspace):
            def close(self) -> None:
                counted.reads.append(
                    [blob for one in self._repositories.values() for blob in one.reads]
                )
                super().close()

        monkeypatch.setattr(running, "Workspace", Counting)

    @staticmethod
    def page(number: int, *, pin: str = "", identity: int | None = None) -> str:
        number_of_id = number if identity is None else identity
        lines = [f"exl-id: 00000000-0000-4000-8000-{number_of_id:012}"]
        lines += [f"source-git-commit: {pin}"] if pin else []
        return "\n".join(["---", *lines, "---", f"# Page {number}", "", f"It is {number}.", ""])

    def run(self, *paths: str, hook: bool = False) -> tuple[Report, int]:
        settings = settings_of(self.source.path, it=self.target.path)
        request = Request(
            settings,
            Wants(findings=True),
            paths=paths or None,
            hook=Hook(str(self.target.path), {}) if hook else None,
            history=not hook,
            jobs=1,
        )
        self.reads.clear()
        report = run(request)
        return report, len(self.reads[0])


@pytest.fixture
def counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Counted:
    return Counted(tmp_path, monkeypatch)


def test_a_named_page_is_read_with_its_source_and_no_other(counted: Counted) -> None:
    # On disk there is no blob to read: the base is what comes out of the repository, and one
    # committed version of the page, for its past.
    report, reads = counted.run("help/7.md")
    assert pages_of(report) == [("it", "help/7.md")]
    assert reads <= 3
    _, all_reads = counted.run()
    assert all_reads >= 40


def test_a_staged_page_is_read_with_its_source_and_no_other(counted: Counted) -> None:
    pin = counted.source.git("rev-parse", "HEAD").strip()
    counted.target.write({"help/7.md": counted.page(7, pin=pin) + "More.\n"})
    counted.target.git("add", "-A")
    report, reads = counted.run(hook=True)
    assert pages_of(report) == [("it", "help/7.md")]
    assert reads == 2, "the staged page and its base"


def test_an_id_that_contradicts_the_path_needs_the_ids_of_all(counted: Counted) -> None:
    pin = counted.source.git("rev-parse", "HEAD").strip()
    counted.target.write({"help/7.md": None, "help/8.md": counted.page(8, pin=pin, identity=7)})
    counted.target.git("add", "-A")
    report, reads = counted.run(hook=True)
    (page,) = report.pages or ()
    assert (page.path, page.source_path, page.moved) == ("help/8.md", "help/7.md", True)
    assert reads > 35


def test_a_page_without_an_id_is_found_at_its_path(counted: Counted) -> None:
    pin = counted.source.git("rev-parse", "HEAD").strip()
    text = counted.page(7, pin=pin).replace("exl-id", "no-id")
    counted.target.write({"help/7.md": text})
    counted.target.git("add", "-A")
    report, reads = counted.run(hook=True)
    (page,) = report.pages or ()
    assert (page.source_path, page.paired_by) == ("help/7.md", "path")
    assert reads == 2


# That the answer is the same


def of_page(report: Report, locale: str, path: str) -> tuple[list[PageResult], list[Finding]]:
    pages = [p for p in report.pages or () if (p.locale, p.path) == (locale, path)]
    findings = [
        f
        for f in report.findings or ()
        if (f.locale, f.path) == (locale, path) and f.check not in ALL_PAGES_NEEDED
    ]
    return pages, findings


def test_a_page_alone_says_what_it_says_among_all(tmp_path: Path) -> None:
    demo = build(tmp_path)
    settings = settings_of(
        demo.source, **{name.replace("-", "_"): path for name, path in demo.targets.items()}
    )
    request = Request(settings, Wants(findings=True), jobs=1)
    whole = run(request)
    checked = 0
    for page in whole.pages or ():
        if page.path is None:
            continue
        path = str(demo.targets[page.locale] / page.path)
        alone = run(request._replace(paths=(path,)))
        assert of_page(alone, page.locale, page.path) == of_page(whole, page.locale, page.path)
        assert len(alone.pages or ()) == 1
        checked += len(alone.findings or ())
    assert checked > 5


@pytest.mark.parametrize("paths", [("help",), (".",), ("help/lamp.md", "help/door.md", "help")])
def test_what_is_not_asked_of_some_pages_is_told_by_name(tmp_path: Path, paths: tuple[str]) -> None:
    given = lamps(tmp_path)
    report = run(Request(settings_for(given), Wants(findings=True), paths=paths, jobs=1))
    whole = run(Request(settings_for(given), Wants(findings=True), jobs=1))
    assert report.pages == whole.pages
    assert report.findings == whole.findings
    skipped = {(one.check, one.reason) for one in report.skipped}
    for locale in ("it-IT", "ja-JP"):
        for check in ("id-duplicate", "pin-unknown"):
            reason = f"{locale}: needs all pages of the locale, and only some were read"
            assert (check, reason) in skipped
    assert {one.check for one in report.skipped} <= set(BY_ID)


# What a path means


def named(given: Lamps, *paths: str) -> list[tuple[str, str | None]]:
    return pages_of(run(Request(settings_for(given), paths=paths, jobs=1)))


def test_a_path_in_the_repositories_means_the_page_in_all_of_them(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    assert named(given, "help/door.md") == [("it-IT", "help/door.md"), ("ja-JP", "help/door.md")]
    assert named(given, "./help//door.md") == named(given, "help/door.md")


def test_a_file_on_disk_means_that_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = lamps(tmp_path)
    monkeypatch.chdir(given.italian.path)
    assert named(given, "help/door.md") == [("it-IT", "help/door.md")]
    monkeypatch.chdir("help")
    assert named(given, "door.md") == [("it-IT", "help/door.md")]
    assert named(given, "../../lamps.ja-JP/help/door.md") == [("ja-JP", "help/door.md")]
    assert named(given, str(given.japanese.path / "help")) == [
        ("ja-JP", "help/cellar.md"),
        ("ja-JP", "help/door.md"),
    ]


def test_a_folder_around_the_repositories_means_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = lamps(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert len(named(given, ".")) == 7
    assert named(given, "lamps.it-IT") == [("it-IT", "help/door.md"), ("it-IT", "help/lamp.md")]


def test_a_way_through_a_symbolic_link(tmp_path: Path) -> None:
    given = lamps(tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    path = str(tmp_path / "link" / "lamps.it-IT" / "help" / "door.md")
    assert named(given, path) == [("it-IT", "help/door.md")]


def test_a_source_page_means_its_translations(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    report = run(
        Request(settings_for(given), paths=(str(given.source.path / "help" / "lamp.md"),), jobs=1)
    )
    assert pages_of(report) == [("it-IT", "help/lamp.md"), ("ja-JP", None)]
    assert all(map(report.is_dependant, report.pages or ()))


def test_a_translation_elsewhere_belongs_to_its_source_page(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    given.italian.git("mv", "help/lamp.md", "help/lampada.md")
    page = str(given.source.path / "help" / "lamp.md")
    assert named(given, page) == [("it-IT", "help/lampada.md"), ("ja-JP", None)]


def test_no_page_twice(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    pages = named(given, "help/lamp.md", "help", str(given.source.path))
    assert len(pages) == 7
    assert len(set(pages)) == 6, "ja-JP lacks two pages"


def test_a_page_that_git_does_not_track_is_looked_at_when_named(tmp_path: Path) -> None:
    given = lamps(tmp_path)
    new = given.italian.path / "help" / "roof.md"
    new.write_text(LAMP_IT.format(pin=given.pins[1]).replace("11111111", "33333333"))
    assert named(given, str(new)) == [("it-IT", "help/roof.md")]
    assert ("it-IT", "help/roof.md") not in named(given, "help")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("README.md", "is no page of the source or of a locale that was named"),
        ("help/link.md", "a symbolic link, or behind one: such files are not read"),
        ("help/plan.svg", "is no page of the source or of a locale that was named"),
        ("/etc/hostname", "is no page of the source or of a locale that was named"),
        ("../help/door.md", "is no page of the source or of a locale that was named"),
    ],
)
def test_what_is_no_page(tmp_path: Path, name: str, told: str) -> None:
    given = lamps(tmp_path)
    (given.italian.path / "help" / "link.md").symlink_to("lamp.md")
    given.italian.git("add", "-A")
    (given.italian.path / "help" / "plan.svg").write_text("<svg/>")
    with pytest.raises(UsageError, match=told):
        named(given, name)


# Folders of one repository


def one_repository(folder: Path) -> Repo:
    repo = Repo(folder)
    pin = repo.commit("Publish", {"docs/lamp.md": LAMP_EN, "docs/de/old.md": "# Alt\n"})
    repo.commit("Translate", {"docs/it/lamp.md": LAMP_IT.format(pin=pin)})
    return repo


def test_a_translation_below_the_source_is_no_source_page(tmp_path: Path) -> None:
    repo = one_repository(tmp_path / "docs")
    place = str(repo.path)
    settings = Settings(
        source=Location(place, root="docs"),
        targets={
            "it": Location(place, root="docs/it"),
            "de": Location(str(repo.path / "docs"), root="de"),
        },
    )
    report = run(Request(settings, Wants(findings=True), jobs=1))
    assert [(p.locale, p.path, p.source_path) for p in report.pages or ()] == [
        ("de", "docs/de/old.md", None),
        ("de", None, "docs/lamp.md"),
        ("it", "docs/it/lamp.md", "docs/lamp.md"),
    ]
    report = run(Request(settings, paths=("docs/it",), jobs=1))
    assert pages_of(report) == [("it", "docs/it/lamp.md")]


def test_a_folder_of_a_repository_as_the_repository(tmp_path: Path) -> None:
    repo = one_repository(tmp_path / "docs")
    settings = Settings(
        source=Location(str(repo.path / "docs")),
        targets={"it": Location(str(repo.path / "docs" / "it"), "main")},
    )
    report = run(Request(settings, jobs=1))
    assert ("it", "docs/it/lamp.md") in pages_of(report)
    (page,) = [page for page in report.pages or () if page.path == "docs/it/lamp.md"]
    assert (page.status, page.moved) == ("current", False)
