"""What is kept built is what its sources give: where npm is and the registry answers."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from bilint.reporters import html

HTML = Path(html.__file__).parent


def installed(web: Path) -> bool:
    """Whether npm has put there exactly what the lock file names."""
    kept = web / "node_modules" / ".package-lock.json"
    if not kept.is_file():
        return False
    wanted = json.loads((web / "package-lock.json").read_bytes())["packages"]
    there = json.loads(kept.read_bytes())["packages"]
    required = {name for name, one in wanted.items() if name and not one.get("optional")}
    return required <= set(there) <= set(wanted) and all(
        one["version"] == wanted[name]["version"] for name, one in there.items()
    )


def test_a_build_gives_the_bytes_that_are_kept(tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("no npm here")
    web = tmp_path / "html" / "web"
    shutil.copytree(HTML / "web", web, ignore=shutil.ignore_patterns("node_modules"))
    if installed(HTML / "web"):
        (web / "node_modules").symlink_to(HTML / "web" / "node_modules")
    else:
        done = subprocess.run(
            [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
            cwd=web,
            capture_output=True,
            timeout=120,
            check=False,
        )
        if done.returncode != 0:
            pytest.skip("the registry does not answer")
    subprocess.run([node, "build.mjs"], cwd=web, check=True, capture_output=True, timeout=60)
    subprocess.run(
        [node, "node_modules/typescript/bin/tsc", "--noEmit"], cwd=web, check=True, timeout=120
    )
    for name in ("report.js", "report.css", "LICENSES.txt"):
        assert (web.parent / name).read_bytes() == (HTML / name).read_bytes(), name
