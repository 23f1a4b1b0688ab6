"""`bilint init`."""

from __future__ import annotations

import os

import click

from bilint.cli.options import Command, Option, outputs
from bilint.cli.session import CommandError, json_line, lines, output_of, warn, write


@click.command("init", cls=Command)
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--force", cls=Option, is_flag=True, help="Replace a settings file that is there already."
)
@click.option("--dry-run", cls=Option, is_flag=True, help="Print the settings, write nothing.")
@outputs
def command(folder: str, force: bool, dry_run: bool, **options: object) -> None:
    """Look at a folder, recognise its layout, and write a commented settings file, bilint.toml.

    Says what it decided and by what. Knows repositories beside each other (docs.en, docs.it-IT;
    docs-en, docs-it; docs, docs.it-IT), also behind symbolic links, folders of one repository
    (docs/en, docs/it), and a localized repository alone.
    """
    from bilint.model.config import Settings
    from bilint.profiles import profile
    from bilint.readers.disk import WriteError, write_atomically
    from bilint.readers.layout import layout_settings, recognise
    from bilint.readers.settings import SETTINGS_FILE
    from bilint.reporters.escape import visible

    path = os.path.normpath(os.path.join(folder, SETTINGS_FILE))  # noqa: PTH118
    if os.path.lexists(path) and not force and not dry_run:
        raise CommandError(f"{path} is there already; --force replaces it")
    layout = recognise(folder, profile(Settings().profile))
    text = layout_settings(layout)
    output = output_of(options)
    if not dry_run:
        try:
            write_atomically(path, text.encode())
        except WriteError as error:
            raise CommandError(str(error)) from error
    if output.output_format == "json":
        told = {"file": path, "written": not dry_run, "layout": layout.kind, "settings": text}
        told |= {"reasons": layout.reasons, "doubts": layout.doubts}
        write(json_line(told), output.output)
        return
    reasons = () if output.quiet else layout.reasons
    if dry_run:
        for reason in reasons:
            warn(reason)
        write(lines([text.rstrip("\n")]), output.output)
    else:
        then = "`bilint status` says how things stand." if layout.targets else "Complete it."
        written = visible(f"{path} written. {then}")
        write(lines([*map(visible, reasons), written]), output.output)
    for doubt in layout.doubts:
        warn(f"please check: {doubt}")
