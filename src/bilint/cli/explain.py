"""`bilint explain`."""

from __future__ import annotations

import click

from bilint.cli.options import Command, outputs
from bilint.cli.session import CommandError, json_line, lines, output_of, write


@click.command("explain", cls=Command)
@click.argument("check", required=False)
@outputs
def command(check: str | None, **options: object) -> None:
    """Explain a check: what it finds, why it matters, what to do.

    Without a name, list all checks.
    """
    from bilint.checks.pages import page_text, shown
    from bilint.checks.registry import BY_ID

    output = output_of(options)
    if check is not None and check not in BY_ID:
        from difflib import get_close_matches

        near = get_close_matches(check[:100], BY_ID, 1)
        hint = f"; did you mean {near[0]}?" if near else "; `bilint explain` lists them all"
        raise CommandError(f"there is no check {check!r}{hint}")
    names = sorted(BY_ID) if check is None else [check]
    pages = [] if check is None else [shown(page_text(BY_ID[check].family.value, check))]
    if output.output_format == "json":
        known = [
            {
                "check": name,
                "family": BY_ID[name].family,
                "severity": BY_ID[name].severity,
                "summary": BY_ID[name].summary,
                "page": "".join(pages) or None,
            }
            for name in names
        ]
        write(json_line({"checks": known}), output.output)
        return
    width = max(map(len, names))
    said = [
        f"{name:<{width}}  {BY_ID[name].severity.value:<7}  {BY_ID[name].summary}" for name in names
    ]
    write(lines([page.rstrip("\n") for page in pages] or said), output.output)
