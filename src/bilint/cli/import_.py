"""`bilint import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, outputs, places
from bilint.cli.session import (
    Output,
    check_places,
    execute,
    json_line,
    lines,
    output_of,
    places_of,
    refusals,
    settings_of,
    warn,
    write,
)
from bilint.model.text import Problem
from bilint.pipeline.request import Request
from bilint.reporters.escape import visible

if TYPE_CHECKING:
    from bilint.desk.decide import Made
    from bilint.desk.imported import Imported, Refused, Rewritten

_SHOWN = 100


@click.command("import", cls=Command)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, dir_okay=False))
@click.option(
    "--dry-run", cls=Option, is_flag=True, help="Say what would be written, and write nothing."
)
@click.option("--diff", cls=Option, is_flag=True, help="Show what changes in each page.")
@click.option(
    "--fuzzy", cls=Option, is_flag=True, help="Write also what is marked as needing work."
)
@click.option(
    "--force", cls=Option, is_flag=True, help="Write also what lost a token, a link or code."
)
@click.option(
    "--rejects",
    "rejects_file",
    cls=Option,
    metavar="FILE",
    type=click.Path(dir_okay=False),
    help="Where to keep what is not written. [default: FILE.rejected, beside FILE]",
)
@click.option(
    "--by",
    cls=Option,
    metavar="NAME",
    help="Who made the decisions in a table. [default: BILINT_REVIEWER, or your name here]",
)
@places
@outputs
def command(
    file: str,
    dry_run: bool,
    diff: bool,
    fuzzy: bool,
    force: bool,
    rejects_file: str | None,
    by: str | None,
    **options: Any,
) -> None:
    """Write a translator's file back into the pages.

    FILE is what `bilint export` wrote and a tool has changed; its format is recognised. Texts go
    back segment by segment, and no other byte of a page changes. A text is refused when it lost
    a token, when its source or its translation was changed meanwhile, or when the page would be
    read otherwise; it is then kept in a file of the same format. Exits with 1 when something was
    refused.
    """
    from bilint.cli.stores import going_by_decisions
    from bilint.desk.imported import Rules
    from bilint.desk.translation_file import read_translations, rejects, rejects_path
    from bilint.desk.writing_back import write_back

    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    with refusals():
        name, returned = read_translations(file, settings.limits.catalogue)
        request = going_by_decisions(Request(settings, locales=where.locales))
        rules = Rules(force=force, fuzzy=fuzzy, dry_run=dry_run)
        imported = write_back(request, returned, rules)
    kept = rejects(name, imported, settings.source_language)
    kept_in = None
    if kept is not None and not dry_run:
        kept_in = rejects_file or rejects_path(file)
        write([kept], kept_in)
    decided = () if dry_run else _decide(imported, request, output, by)
    if output.output_format == "json":
        write(json_line(_object(imported, returned.problems, kept_in, decided)), output.output)
    else:
        told = (
            *_told(imported, file, diff=diff, quiet=output.quiet),
            *_decisions(imported, decided, dry_run=dry_run),
        )
        write(lines(told), output.output)
    for problem in returned.problems:
        warn(f"{file}:{problem.span.start}: {problem.message}")
    if kept_in is not None:
        warn(f"what was not written is kept in {kept_in}")
    refused = (
        any(one.refused for one in imported)
        or any(one.refusal is not None for one in decided)
        or bool(returned.problems)
    )
    sys.exit(int(refused and not output.exit_zero))


def _decide(
    imported: Sequence[Imported], request: Request, output: Output, by: str | None
) -> tuple[Made, ...]:
    """Make the decisions of a table, now that its texts are written."""
    decided = [
        (one, name) for i in imported for one in i.decided for name in one.entry.fingerprints
    ]
    if not decided:
        return ()
    from bilint.cli.decide import now, reviewer
    from bilint.cli.stores import decision_store
    from bilint.desk.decide import Ask, decide
    from bilint.model.decision import Verdict

    name = reviewer(by)
    asks = [
        Ask(
            fingerprint,
            Verdict(one.entry.decision),
            name,
            " ".join(one.entry.comment.split()),
            path=one.path,
            locales=(one.locale,),
        )
        for one, fingerprint in decided
    ]
    with refusals(), decision_store(request.settings, quiet=output.quiet) as store:
        return tuple(decide(request, asks, store, lambda one: execute(one, output), now))


def _decisions(
    imported: Sequence[Imported], decided: Sequence[Made], *, dry_run: bool
) -> Iterator[str]:
    for made in decided:
        if made.refusal is not None:
            yield visible(f"{made.ask.path}: not {made.ask.verdict}: {made.refusal}")
    count = sum(made.refusal is None for made in decided)
    if dry_run:
        count = sum(len(one.entry.fingerprints) for i in imported for one in i.decided)
    if count:
        noun = "decision" if count == 1 else "decisions"
        yield f"{count} {noun} {'to make' if dry_run else 'made'}"


def _told(imported: Sequence[Imported], file: str, *, diff: bool, quiet: bool) -> Iterator[str]:
    for one in imported:
        for page in one.pages:
            if not quiet:
                done = "" if one.written else "would be "
                count = len(page.taken)
                noun = "segment" if count == 1 else "segments"
                new = ", a new page" if page.before is None else ""
                yield visible(f"{one.locale} {page.path}") + f": {count} {noun} {done}written{new}"
            if diff:
                yield from _diff(page)
        for refused in one.refused:
            yield _refusal(refused, file)
            text = "".join(p if isinstance(p, str) else p.text for p in refused.entry.target)
            yield f"  {visible(text if len(text) <= _SHOWN else text[:_SHOWN] + '…')}"
    yield _summary(imported)


def _refusal(refused: Refused, file: str) -> str:
    place = f"{refused.path}:{refused.line}" if refused.path else refused.entry.key
    return visible(f"{file}:{refused.entry.line}: not written to {place}: {refused.reason}")


def _summary(imported: Sequence[Imported]) -> str:
    taken = sum(len(one.taken) for one in imported)
    pages = sum(len(one.pages) for one in imported)
    refused = sum(len(one.refused) for one in imported)
    same = sum(one.same for one in imported)
    there = sum(one.there for one in imported)
    undecided = sum(one.undecided for one in imported)
    would = "" if all(one.written for one in imported) else "would be "
    parts = [f"{taken} segments {would}written in {pages} pages", f"{refused} refused"]
    parts += [f"{same} unchanged"]
    parts += [f"{there} there already"] if there else []
    parts += [f"{undecided} without a translation"] if undecided else []
    return ", ".join(parts)


def _diff(page: Rewritten) -> Iterator[str]:
    from difflib import unified_diff

    before = (page.before or b"").decode("utf-8", "replace")
    after = page.after.decode("utf-8", "replace")
    name = page.path
    diff = unified_diff(
        _lines(before), _lines(after), f"a/{name}" if page.before is not None else "/dev/null",
        f"b/{name}", lineterm="",
    )  # fmt: skip
    yield from map(visible, diff)


def _lines(text: str) -> list[str]:
    lines = text.replace("\r\n", "\n").split("\n")
    return lines if lines[-1] else lines[:-1]


def _object(
    imported: Sequence[Imported],
    problems: Sequence[Problem],
    kept_in: str | None,
    decided: Sequence[Made],
) -> dict[str, object]:
    return {
        "imported": [
            {
                "locale": one.locale,
                "written": one.written,
                "pages": [
                    {
                        "path": page.path,
                        "new": page.before is None,
                        "segments": [
                            {"line": t.line, "before": t.before, "after": t.after}
                            for t in page.taken
                        ],
                    }
                    for page in one.pages
                ],
                "refused": [
                    {
                        "line": refused.entry.line,
                        "path": refused.path,
                        "reason": refused.reason,
                        "text": "".join(
                            p if isinstance(p, str) else p.text for p in refused.entry.target
                        ),
                    }
                    for refused in one.refused
                ],
                "unchanged": one.same,
                "there": one.there,
                "undecided": one.undecided,
            }
            for one in imported
        ],
        "problems": [{"line": p.span.start, "message": p.message} for p in problems],
        "rejects": kept_in,
        "decisions": [
            {"fingerprint": one.ask.fingerprint, "as": one.ask.verdict, "refusal": one.refusal}
            for one in decided
        ],
    }
