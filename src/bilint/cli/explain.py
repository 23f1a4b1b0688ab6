"""`bilint explain`."""

from __future__ import annotations

import click

from bilint.cli.options import Command
from bilint.cli.session import CommandError, say


@click.command("explain", cls=Command)
@click.argument("check", required=False)
def command(check: str | None) -> None:
    """Explain a check: what it finds, why it matters, what to do.

    Without a name, list all checks.
    """
    from bilint.checks.pages import page_text, shown
    from bilint.checks.registry import BY_ID

    if check is None:
        width = max(map(len, BY_ID))
        say(
            *(
                f"{name:<{width}}  {known.severity.value:<7}  {known.summary}"
                for name, known in sorted(BY_ID.items())
            )
        )
        return
    if check not in BY_ID:
        from difflib import get_close_matches

        near = get_close_matches(check[:100], BY_ID, 1)
        hint = f"; did you mean {near[0]}?" if near else "; `bilint explain` lists them all"
        raise CommandError(f"there is no check {check!r}{hint}")
    say(shown(page_text(BY_ID[check].family.value, check)).rstrip("\n"))
