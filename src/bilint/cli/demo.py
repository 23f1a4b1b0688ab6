"""`bilint demo`."""

from __future__ import annotations

import os
import sys

import click

from bilint.cli.options import Command, outputs
from bilint.cli.session import CommandError, answer, execute, exit_code, output_of, say
from bilint.model.config import Location, Settings
from bilint.pipeline.request import Request, Wants

FOLDER = "bilint-demo"
SETTINGS = """\
root = "help"

[source]
repository = "lantern.en"

[target.it-IT]
repository = "lantern.it-IT"

[target.ja-JP]
repository = "lantern.ja-JP"
"""


@click.command("demo", cls=Command)
@click.argument("folder", default=FOLDER, type=click.Path(file_okay=False))
@outputs
def command(folder: str, **options: object) -> None:
    """Build a small source and two locales, and show what Bilint says of them.

    The repositories are made in FOLDER (by default bilint-demo) and stay there to play with.
    """
    from pathlib import Path

    from bilint.demo import build, what_to_look_at
    from bilint.readers.settings import SETTINGS_FILE
    from bilint.reporters.escape import visible
    from bilint.reporters.terminal import render_report

    output = output_of(options)
    if os.path.lexists(folder) and (not os.path.isdir(folder) or os.listdir(folder)):  # noqa: PTH112, PTH208
        raise CommandError(f"{folder} is there and not empty; name another folder, or remove it")
    try:
        demo = build(Path(folder))
    except OSError as error:
        raise CommandError(f"{folder}: the demo cannot be built: {error}") from error
    Path(folder, SETTINGS_FILE).write_text(SETTINGS, encoding="utf-8")
    settings = Settings(
        source=Location(str(demo.source), root="help"),
        targets={locale: Location(str(path), root="help") for locale, path in demo.targets.items()},
    )
    request = Request(settings, Wants(findings=True, queue=True), jobs=output.jobs)
    report = execute(request, output._replace(quiet=True))
    answer(report, output, render_report)
    if output.output_format == "text" and not output.quiet:
        say("", *what_to_look_at(visible(folder)))
    sys.exit(exit_code(report, None, exit_zero=output.exit_zero))
