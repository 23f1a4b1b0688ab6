"""Puts what the demo prints into the README, shortened."""

from __future__ import annotations

import tempfile
from pathlib import Path

from click.testing import CliRunner

from bilint.cli.commands import group

README = Path(__file__).parents[1] / "README.md"
OPEN, CLOSE = "<!-- demo -->\n", "<!-- /demo -->"
WIDEST = 120
SHOWN = (
    ("━━ Pages", "ja-JP"),
    ("help/blueprints/activation.md:24:9", "help/blueprints/activation.md:24:43"),
    ("help/blueprints/messages.md:16:68", "help/blueprints/privacy.md"),
    ("help/blueprints/privacy.md:6:20", "ja-JP"),
    ("━━ Queue", "ja-JP"),
)
"""Where each stretch that is shown begins, and where it ends."""


def main() -> None:
    """Rewrite the run that the README shows."""
    with tempfile.TemporaryDirectory() as folder:
        lines = CliRunner().invoke(group, ["demo", f"{folder}/demo"]).stdout.splitlines()
    shown: list[str] = []
    for first, last in SHOWN:
        start = next(i for i, line in enumerate(lines) if line.startswith(first))
        stop = next(i for i, line in enumerate(lines) if i > start and line.startswith(last))
        shown += [*lines[start:stop], "…", ""] if last == "ja-JP" else lines[start:stop]
    shown += [line for line in lines if line.endswith(" skipped")][-1:]
    text = "\n".join(one if len(one) <= WIDEST else f"{one[: WIDEST - 1]}…" for one in shown)
    before, _, rest = README.read_text(encoding="utf-8").partition(OPEN)
    after = rest.partition(CLOSE)[2]
    README.write_text(f"{before}{OPEN}\n```text\n{text}\n```\n\n{CLOSE}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
