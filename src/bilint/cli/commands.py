"""The commands of `bilint`: finds the one that is named, and runs it."""

# What click calls with arguments that are of no use here.
# ruff: noqa: ARG002

from __future__ import annotations

from importlib import import_module
from keyword import iskeyword
from typing import Any

import click

from bilint import __version__
from bilint.cli.session import CommandError, CutError

COMMANDS = {
    "init": "Look at a folder, recognise its layout, and write a settings file.",
    "status": "Say of every page whether it is current, stale or unknown, and what is to do.",
    "check": "Find what is broken or untranslated.",
    "queue": "List the work of each locale, the most urgent first.",
    "report": "Do all of that in one run.",
    "baseline": "Write, show or prune the file of findings that are known.",
    "explain": "Explain a check.",
    "review": "Go through the queue: accept, edit, fix, and lose nothing.",
    "fix": "Repair what findings know how to repair.",
    "stamp": "Record that a page was brought up to date with its source.",
    "export": "Write segments to a file for a translator's own tool.",
    "import": "Write a translator's file back into the pages.",
    "decide": "Decide about findings and segments, for good.",
    "decisions": "List what was decided, and carry it from store to store.",
    "trend": "Tell how things went over the runs that were kept.",
    "diff": "Say what a change caused, from one revision to another.",
    "history": "Rebuild past runs out of git, list the runs that are kept, forget some.",
    "badge": "Draw a locale's badge.",
    "quality": "Measure machine translation by what people made of it.",
    "terms": "Learn the names, labels and terms of a locale.",
    "config": "Show the settings in force, or a schema.",
    "demo": "Build a small example and show what Bilint says of it.",
}


class _Refused(click.ClickException):
    exit_code = CommandError.exit_code


class _Cut(click.ClickException):
    exit_code = CutError.exit_code


class Commands(click.Group):
    """Loads a command only when it is called: a hook must start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        # A module cannot be called `import`.
        name = f"{cmd_name}_" if iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"bilint.cli.{name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run it; what cannot be done as it was asked for is told as click tells it."""
        try:
            return super().invoke(ctx)
        except CommandError as error:
            told = _Cut if isinstance(error, CutError) else _Refused
            raise told(str(error)) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without loading them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="`bilint COMMAND --help` tells the options of a command; `bilint demo` shows it all.",
)
@click.version_option(__version__, "-V", "--version", message="bilint %(version)s")
@click.pass_context
def group(context: click.Context, /) -> None:
    """Bilint, the bilingual linter for documentation.

    It pairs every translated page with the very version of its source that it was translated
    from, and says what is stale, broken or untranslated, segment by segment.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


def run() -> int:
    """Run the command that the command line names; the exit code.

    Raises `CommandError`, and `KeyboardInterrupt`.
    """
    try:
        code = group.main(prog_name="bilint", standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except click.Abort as error:
        raise KeyboardInterrupt from error
    except click.UsageError as error:
        click.UsageError(_escaped(error.format_message()), error.ctx).show()
        code = error.exit_code
    except click.ClickException as error:
        for line in _escaped(error.message).split("\n"):
            click.echo(f"bilint: {line}", err=True)
        code = error.exit_code
    return code if isinstance(code, int) else 0


def _escaped(message: str) -> str:
    """A message that may quote paths and pages, safe for a terminal."""
    from bilint.reporters.escape import visible

    return "\n".join(map(visible, message.split("\n")))
