"""`bilint init`."""

from __future__ import annotations

import os

import click

from bilint.cli.options import Command, Option, outputs, repositories
from bilint.cli.session import CommandError, json_line, lines, output_of, warn, write
from bilint.model.record import TYPE_CHECKING

if TYPE_CHECKING:
    from bilint.model.config import Location
    from bilint.readers.layout import Layout


@click.command("init", cls=Command)
@click.argument("folder", default=".", type=click.Path(exists=True, file_okay=False))
@click.option(
    "--force", cls=Option, is_flag=True, help="Replace a settings file that is there already."
)
@click.option("--dry-run", cls=Option, is_flag=True, help="Print the settings, write nothing.")
@repositories
@outputs
def command(
    folder: str,
    force: bool,
    dry_run: bool,
    source: str | None,
    targets: tuple[str, ...],
    root: str | None,
    **options: object,
) -> None:
    """Look at a folder, recognise its layout, and write a commented settings file, bilint.toml.

    Says what it decided and by what. Knows repositories beside each other (docs.en, docs.it-IT;
    docs-en, docs-it; docs, docs.it-IT), also behind symbolic links, folders of one repository
    (docs/en, docs/it), and a localized repository alone. With --source or --target nothing is
    looked for. Where the pages can be seen is told by where the repositories were cloned from, if
    that is a forge that everybody knows.
    """
    from bilint.readers.disk import WriteError, write_atomically
    from bilint.readers.layout import layout_settings, with_forge
    from bilint.readers.settings import SETTINGS_FILE
    from bilint.reporters.escape import visible

    path = os.path.normpath(os.path.join(folder, SETTINGS_FILE))  # noqa: PTH118
    if os.path.lexists(path) and not force and not dry_run:
        raise CommandError(f"{path} is there already; --force replaces it")
    layout = with_forge(_layout(folder, source, targets, root), folder)
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


def _layout(folder: str, source: str | None, targets: tuple[str, ...], root: str | None) -> Layout:
    """What is said of the layout, or else recognised. Raises `CommandError`."""
    from bilint.model.config import Settings
    from bilint.profiles import profile
    from bilint.readers.layout import given, recognise, with_root
    from bilint.readers.locations import LocationError, clean_root, parse_source, parse_targets

    def seen_from_there(place: Location) -> Location:
        if os.path.isabs(place.repository):  # noqa: PTH117
            return place
        return place._replace(repository=os.path.relpath(place.repository, folder))

    try:
        pages = clean_root(root) if root is not None else None
        if source is None and not targets:
            layout = recognise(folder, profile(Settings().profile))
            return layout if pages is None else with_root(layout, pages)
        named = parse_targets(targets, pages or "")
        return given(
            seen_from_there(parse_source(source, pages or "")) if source is not None else None,
            {locale: seen_from_there(place) for locale, place in named.items()},
            pages or "",
        )
    except LocationError as error:
        raise CommandError(str(error)) from error
