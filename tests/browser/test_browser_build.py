"""What is kept built is what its sources give: where npm is and the registry answers."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bilint.reporters import html

HTML = Path(html.__file__).parent


def test_a_build_gives_the_bytes_that_are_kept(tmp_path: Path) -> None:
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        pytest.skip("no npm here")
    web = tmp_path / "html" / "web"
    shutil.copytree(HTML / "web", web, ignore=shutil.ignore_patterns("node_modules"))
    installed = subprocess.run(
        [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        cwd=web,
        capture_output=True,
        timeout=120,
        check=False,
    )
    if installed.returncode != 0:
        pytest.skip("the registry does not answer")
    subprocess.run([node, "build.mjs"], cwd=web, check=True, capture_output=True, timeout=60)
    subprocess.run(
        [node, "node_modules/typescript/bin/tsc", "--noEmit"], cwd=web, check=True, timeout=120
    )
    for name in ("report.js", "report.css", "LICENSES.txt"):
        assert (web.parent / name).read_bytes() == (HTML / name).read_bytes(), name
