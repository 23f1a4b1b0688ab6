"""`bilint config`."""

from __future__ import annotations

from typing import Any

import click

from bilint.cli.options import Command, Option, outputs, places
from bilint.cli.session import (
    CommandError,
    check_places,
    json_line,
    lines,
    output_of,
    places_of,
    say,
    settings_of,
    write,
)


class _Group(Command, click.Group):
    """A group whose own options are listed as those of a command."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then the commands."""
        super().format_options(ctx, formatter)
        self.format_commands(ctx, formatter)


@click.group("config", cls=_Group, invoke_without_command=True, subcommand_metavar="[COMMAND]")
@places
@outputs
@click.pass_context
def command(context: click.Context, /, **options: Any) -> None:
    """Show the settings in force, each with where it comes from."""
    if context.invoked_subcommand is not None:
        return
    from bilint.readers.settings_text import effective, toml
    from bilint.reporters.escape import visible

    where, output = places_of(options), output_of(options)
    settings = settings_of(where)
    if where.locales:
        check_places(settings, where.locales)
    if output.output_format == "json":
        found = [one._asdict() for one in effective(settings)]
        write(json_line({"settings_file": settings.path, "settings": found}), output.output)
        return
    shown = [f"# settings file: {settings.path or 'none found'}"]
    shown += [f"{one.key} = {toml(one.value)}  # {one.origin}" for one in effective(settings)]
    write(lines(map(visible, shown)), output.output)


@command.command("schema", cls=Command)
@click.option("--report", cls=Option, is_flag=True, help="The JSON Schema of reports, bilint/1.")
@click.option(
    "--quality", cls=Option, is_flag=True, help="That of `bilint quality`, bilint-quality/1."
)
@click.option("--trend", cls=Option, is_flag=True, help="That of `bilint trend`, bilint-trend/1.")
def schema(report: bool, quality: bool, trend: bool) -> None:
    """Print a schema."""
    if report + quality + trend != 1:
        raise CommandError("say which schema: --report, --quality or --trend")
    from bilint.reporters.schema import quality_schema, report_schema, trend_schema

    made = report_schema if report else quality_schema if quality else trend_schema
    say(made().rstrip("\n"))
