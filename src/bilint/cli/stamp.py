"""`bilint stamp`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from bilint.cli.options import Command, Option, outputs, places
from bilint.cli.session import (
    check_places,
    json_line,
    lines,
    output_of,
    places_of,
    refusals,
    settings_of,
    write,
)
from bilint.pipeline.request import Request

if TYPE_CHECKING:
    from bilint.desk.stamp import Stamped


@click.command("stamp", cls=Command)
@click.argument("paths", metavar="PAGE...", nargs=-1, required=True)
@click.option("--force", cls=Option, is_flag=True, help="Stamp although segments are still open.")
@click.option(
    "--dry-run", cls=Option, is_flag=True, help="Say what would be written, and write nothing."
)
@places
@outputs
def command(paths: tuple[str, ...], force: bool, dry_run: bool, **options: Any) -> None:
    """Record that a page was brought up to date with its source.

    Writes the new pin into the page's front matter, the last commit that touched the source page,
    and changes no other byte. Refuses while a stale or new segment is unanswered or an obsolete
    one still stands, and while the source page has changes that are not committed. Exits with 1
    when a page was refused.
    """
    from bilint.cli.stores import going_by_decisions
    from bilint.desk.stamp import stamp

    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    check_places(settings, where.locales)
    with refusals():
        request = going_by_decisions(Request(settings, locales=where.locales, paths=paths))
        results = stamp(request, force=force, dry_run=dry_run)
    if output.output_format == "json":
        write(json_line({"stamped": [_object(result) for result in results]}), output.output)
    else:
        write(lines(_told(results, quiet=output.quiet)), output.output)
    if any(result.failed for result in results):
        sys.exit(3)
    sys.exit(int(any(result.refusals for result in results) and not output.exit_zero))


def _told(results: Sequence[Stamped], *, quiet: bool) -> Iterator[str]:
    from shlex import quote

    from bilint.reporters.escape import visible

    for result in results:
        name = visible(f"{result.locale} {result.path}")
        if result.refusals:
            yield f"{name}: not stamped"
            yield from (f"  {visible(reason)}" for reason in result.refusals)
            if result.undecided:
                yield (
                    "  Where the translation is still right, say so:"
                    f" `bilint review {visible(quote(result.path))}`, or `bilint decide FINGERPRINT"
                    " --as accepted --reason WHY` (`bilint status --diff -v` tells fingerprints)."
                )
        elif quiet:
            continue
        elif result.pin == result.old_pin:
            yield f"{name}: already at {result.pin}"
        else:
            done = "stamped" if result.written else "would be stamped"
            yield f"{name}: {done}, {visible(result.old_pin or 'no pin')} -> {result.pin}"


def _object(result: Stamped) -> dict[str, object]:
    return {
        "locale": result.locale,
        "path": result.path,
        "old_pin": result.old_pin,
        "pin": result.pin,
        "written": result.written,
        "refusals": list(result.refusals),
    }
