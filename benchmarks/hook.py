"""The hook on one changed page against a bare interpreter."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.measure import as_installed, in_turn, median

PAGE = "help/blueprints/overview.md"
SETTINGS = """\
root = "help"

[source]
repository = "../lantern.en"

[target.it-IT]
repository = "."
"""


def main() -> None:
    """Print the difference."""
    from bilint.demo import build

    with tempfile.TemporaryDirectory() as folder:
        as_installed(folder)
        target = build(Path(folder)).targets["it-IT"]
        page = target / PAGE
        page.write_bytes(page.read_bytes().replace(b"collaudata", b"sperimentata"))
        subprocess.run(["git", "-C", str(target), "add", PAGE], check=True)
        (target / "bilint.toml").write_text(SETTINGS)
        hook = [sys.executable, "-m", "bilint", "check", "--staged"]
        bare = [sys.executable, "-c", "pass"]
        said = subprocess.run(hook, cwd=target, capture_output=True, text=True, check=False)
        if "nothing found on 1 page" not in said.stdout:
            raise SystemExit(f"the hook does not run: {said.stdout}{said.stderr}")
        hooks, bares = in_turn([hook, bare], 21, str(target))
    for name, of in (("wall", lambda cost: cost.wall), ("cpu", lambda cost: cost.cpu)):
        ours, theirs = ([of(cost) * 1000 for cost in costs] for costs in (hooks, bares))
        more = median([a - b for a, b in zip(ours, theirs, strict=True)])
        least = min(ours) - min(theirs)
        print(
            f"{name:<5} hook {median(ours):.0f} ms, bare python {median(theirs):.0f} ms,"
            f" difference {more:.0f} ms, of the fastest runs {least:.0f} ms"
        )


if __name__ == "__main__":
    main()
