"""Histories told in Markdown, and what Bilint must say of them.

A story is a page of `tests/stories`. Its `##` headings are commits, `source: message` or
`LOCALE: message`, and their fences are the files that the commit writes (`md PATH`, `csv PATH`);
a list item `delete PATH` deletes one, `move PATH to PATH` moves one. `source on BRANCH: message`
commits to a branch, which the first such commit starts at the present one, and
`source merges BRANCH: message` brings it back. In a target, `{{source N}}` stands for the id of
the source's N-th commit, `{{short source N}}` for its beginning.

`## The source is a shallow clone` reads the source so; with `## One repository holds all` first,
source and targets are the folders `help` and `locales/LOCALE` of one repository.

`## Verdict` holds what is to be said of every page, a line each: locale, path, status, and what
the words `key=value` claim.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bilint.model.config import Location, Settings
from bilint.model.finding import FindingState
from bilint.model.report import PageResult, Report
from bilint.pipeline.request import Request, Wants
from bilint.pipeline.run import run
from repositories import Repo

STORIES = sorted((Path(__file__).parent / "stories").glob("*.md"))
SHALLOW = "The source is a shallow clone"
ONE = "One repository holds all"
_FENCE = re.compile(r"^```(\S*) ?(.*)$")
_PIN = re.compile(r"\{\{(short )?source (\d+)\}\}")
_SIDE = re.compile(r"(\S+)(?: (on|merges) (\S+))?: (.+)")


@dataclass
class Step:
    """One commit."""

    side: str
    message: str
    on: str | None = None
    merges: str | None = None
    files: dict[str, str | None] = field(default_factory=dict)
    moves: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Story:
    """All commits, how they are read, and what is to be said."""

    steps: list[Step] = field(default_factory=list)
    options: set[str] = field(default_factory=set)
    verdict: list[str] = field(default_factory=list)


def read_story(text: str) -> Story:
    story = Story()
    heading = ""
    lines = iter(text.splitlines())
    for line in lines:
        if line.startswith("## "):
            heading = line[3:].strip()
            if heading in (SHALLOW, ONE):
                story.options.add(heading)
            elif heading != "Verdict":
                match = _SIDE.fullmatch(heading)
                assert match, f"a commit is told as `side: message`, not {heading!r}"
                side, how, branch, message = match.groups()
                on = branch if how == "on" else None
                merges = branch if how == "merges" else None
                story.steps.append(Step(side, message, on, merges))
        elif line.startswith("* delete "):
            story.steps[-1].files[line[9:]] = None
        elif line.startswith("* move "):
            old, _, new = line[7:].partition(" to ")
            story.steps[-1].moves.append((old, new))
        elif match := _FENCE.match(line):
            inside = []
            for inner in lines:
                if inner == "```":
                    break
                inside.append(inner)
            if heading == "Verdict":
                story.verdict += [one for one in inside if one.strip()]
            else:
                story.steps[-1].files[match[2]] = "\n".join(inside) + "\n"
    assert story.verdict, "a story ends with a verdict"
    return story


def tell(story: Story, folder: Path) -> Report:
    repos: dict[str, Repo] = {}
    commits: list[str] = []

    def pinned(text: str) -> str:
        def pin(match: re.Match[str]) -> str:
            commit = commits[int(match[2]) - 1]
            return commit[:9] if match[1] else commit

        return _PIN.sub(pin, text)

    for step in story.steps:
        name = "all" if ONE in story.options else step.side
        if name not in repos:
            repos[name] = Repo(folder / name)
        commit = make(repos[name], step, pinned)
        if step.side == "source":
            commits.append(commit)
    return run(Request(settings_of(story, repos, folder), Wants(findings=True), jobs=1))


def make(repo: Repo, step: Step, pinned: Callable[[str], str]) -> str:
    if step.merges is not None:
        return repo.merge(step.merges, step.message)
    if step.on is not None:
        repo.switch(step.on)
    for old, new in step.moves:
        (repo.path / new).parent.mkdir(parents=True, exist_ok=True)
        (repo.path / old).rename(repo.path / new)
    files = {name: text and pinned(text) for name, text in step.files.items()}
    commit = repo.commit(pinned(step.message), files)
    if step.on is not None:
        repo.switch("main")
    return commit


def settings_of(story: Story, repos: dict[str, Repo], folder: Path) -> Settings:
    locales = dict.fromkeys(step.side for step in story.steps if step.side != "source")
    if ONE in story.options:
        place = str(repos["all"].path)
        return Settings(
            source=Location(place, "main", "help"),
            targets={name: Location(place, "main", f"locales/{name}") for name in locales},
        )
    source = repos["source"].path
    if SHALLOW in story.options:
        source = repos["source"].clone(folder / "shallow", "--depth=1")
    return Settings(
        source=Location(str(source), "main", "help"),
        targets={name: Location(str(repos[name].path), "main", "help") for name in locales},
    )


def said_of(page: PageResult, report: Report, keys: list[str]) -> str:
    counts = page.segments
    findings = sorted(
        finding.check
        for finding in report.findings or ()
        if (finding.path, finding.locale) == (page.path, page.locale)
        and finding.state is FindingState.OPEN
    )
    everything = {
        "id": page.id,
        "reason": page.reason,
        "paired": page.paired_by,
        "moved": "yes" if page.moved else "no",
        "changes": ",".join(page.changes),
        "current": counts.current,
        "stale": counts.stale,
        "obsolete": counts.obsolete,
        "new": counts.new,
        "answered": page.work.answered if page.work else None,
        "words": page.words_to_do,
        "source": page.source_path,
        "base": page.base_path,
        "finds": ",".join(findings),
    }
    claims = [f"{key}={everything[key]}" for key in keys]
    return " ".join([page.locale, page.path or "-", page.status, *claims])


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_story(path: Path, tmp_path: Path) -> None:
    story = read_story(path.read_text(encoding="utf-8"))
    report = tell(story, tmp_path)
    assert not report.incidents
    pages = report.pages or ()
    said = []
    for page, line in zip(pages, story.verdict, strict=True):
        keys = [word.partition("=")[0] for word in line.split()[3:]]
        said.append(said_of(page, report, keys))
    assert said == story.verdict
