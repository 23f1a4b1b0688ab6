"""`bilint import`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, outputs, places
from bilint.cli.session import (
    CommandError,
    Output,
    check_places,
    execute,
    json_line,
    lines,
    output_of,
    places_of,
    refusals,
    settings_of,
    view_of,
    warn,
    write,
)
from bilint.pipeline.request import Request, Wants

if TYPE_CHECKING:
    from bilint.desk.decide import Made
    from bilint.desk.imported import Imported
    from bilint.desk.rechecking import RecheckedPage


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
    "--check/--no-check",
    "check",
    cls=Option,
    default=True,
    help="Check the pages again that were written. [default: yes]",
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
    check: bool,
    rejects_file: str | None,
    by: str | None,
    **options: Any,
) -> None:
    """Write a translator's file back into the pages.

    FILE is what `bilint export` wrote and a tool has changed; its format is recognised. Texts go
    back segment by segment, and no other byte of a page changes. A text is refused when it lost
    a token, when its source or its translation was changed meanwhile, or when the page would be
    read otherwise; it is then kept in a file of the same format. Then the pages are checked
    again: what is found no longer, and what is new. Exits with 1 when something was refused, or
    when a translation brought an error in.
    """
    from bilint.cli.import_text import Outcome, as_object, told
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
        if not (returned.entries or returned.problems):
            warn(f"{file}: there is nothing in it")
        rules = Rules(force=force, fuzzy=fuzzy, dry_run=dry_run)
        imported = write_back(request, returned, rules)
    kept = rejects(name, imported, settings.source_language)
    kept_in = None
    decided: list[Made] = []
    # What is written is told, whatever fails then.
    failures: list[CommandError] = []
    if kept is not None and not dry_run:
        place = rejects_file or rejects_path(file, kept)
        try:
            write([kept], place)
            kept_in = place
        except CommandError as error:
            failures.append(CommandError(f"{error}; what was not written stands in {file} alone"))
    try:
        decided += () if dry_run else _decide(imported, request, output, by)
    except CommandError as error:
        failures.append(error)
    checked = _checked(request, imported, output) if check else ()
    outcome = Outcome(file, imported, checked, tuple(decided), returned.problems, kept_in)
    if output.output_format == "json":
        write(json_line(as_object(outcome)), output.output)
    else:
        style = view_of(output).style
        write(lines(told(outcome, style, diff=diff, quiet=output.quiet)), output.output)
    for problem in returned.problems:
        warn(f"{file}:{problem.span.start}: {problem.message}")
    if kept_in is not None:
        warn(f"what was not written is kept in {kept_in}")
    for failure in failures:
        warn(str(failure))
    if failures:
        sys.exit(max(one.exit_code for one in failures))
    if any(one.incidents for one in checked):
        sys.exit(3)
    failed = (
        any(one.refused for one in imported)
        or any(one.refusal is not None for one in decided)
        or bool(returned.problems)
        or bool(outcome.new_errors)
    )
    sys.exit(int(failed and not output.exit_zero))


def _checked(
    request: Request, imported: Sequence[Imported], output: Output
) -> tuple[RecheckedPage, ...]:
    """What became of the findings of the pages that were written."""
    if not any(one.pages for one in imported):
        return ()
    from bilint.desk.rechecking import recheck
    from bilint.reporters.progress import ProgressBar

    request = request._replace(wants=Wants(findings=True))
    with refusals(), ProgressBar(sys.stderr, "pages", quiet=output.quiet) as progress:
        return tuple(page for one in imported for page in recheck(request, one, progress))


def _decide(
    imported: Sequence[Imported], request: Request, output: Output, by: str | None
) -> Iterator[Made]:
    """Make the decisions of a table, now that its texts are written; each is told when made."""
    decided = [
        (one, name) for i in imported for one in i.decided for name in one.entry.fingerprints
    ]
    if not decided:
        return
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
        yield from decide(request, asks, store, lambda one: execute(one, output), now)
