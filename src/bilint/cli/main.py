"""`bilint` itself: finds the command, and turns what goes wrong into a message and an exit code."""

# What click calls with arguments that are of no use here.
# ruff: noqa: ARG002

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module

import click

from bilint import __version__

COMMANDS = {
    "init": "Look at a folder, recognise its layout, and write a settings file.",
    "status": "Say of every page whether it is current, stale or unknown, and what is to do.",
    "check": "Find what is broken or untranslated.",
    "queue": "List the work of each locale, the most urgent first.",
    "report": "Do all of that in one run.",
    "explain": "Explain a check.",
    "stamp": "Record that a page was brought up to date with its source.",
    "terms": "Learn the names, labels and terms of a locale.",
    "config": "Show the settings in force, or a schema.",
    "demo": "Build a small example and show what Bilint says of it.",
}

INTERRUPTED = 130


class Commands(click.Group):
    """Loads a command only when it is called: a hook must start fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"bilint.cli.{cmd_name}").command
        return command

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


def main() -> None:
    """Run `bilint` and exit: 0 fine, 1 findings, 2 wrong use, 3 incidents, 130 interrupted."""
    # Values make no cycles. Looking for some, while modules are loaded and again at the end,
    # would take a tenth of the time of a hook.
    gc.disable()
    try:
        code = group.main(prog_name="bilint", standalone_mode=False)
    except click.exceptions.Exit as error:
        code = error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("bilint: interrupted", err=True)
        code = INTERRUPTED
    except click.UsageError as error:
        click.UsageError(_escaped(error.format_message()), error.ctx).show()
        code = error.exit_code
    except click.ClickException as error:
        for line in _escaped(error.message).split("\n"):
            click.echo(f"bilint: {line}", err=True)
        code = error.exit_code
    except Exception as error:
        if os.environ.get("BILINT_DEBUG"):
            raise
        click.echo(f"bilint: {_unexpected(error)}", err=True)
        code = 3
    finally:
        gc.freeze()
    sys.exit(code if isinstance(code, int) else 0)


def _escaped(message: str) -> str:
    """A message that may quote paths and pages, safe for a terminal."""
    from bilint.reporters.escape import visible

    return "\n".join(map(visible, message.split("\n")))


def _unexpected(error: Exception) -> str:
    from bilint.checks.engine import describe_error

    return _escaped(
        f"this should not have happened: {describe_error(error)}; BILINT_DEBUG=1 shows where"
    )
