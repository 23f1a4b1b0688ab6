"""What the README shows is what the demo prints, line by line."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from bilint.cli.commands import group

README = Path(__file__).parents[1] / "README.md"


def test_the_run_that_the_readme_shows_is_a_real_one(tmp_path: Path) -> None:
    shown = README.read_text(encoding="utf-8").partition("<!-- demo -->")[2]
    block = shown.partition("```text\n")[2].partition("```")[0].splitlines()
    result = CliRunner().invoke(group, ["demo", str(tmp_path / "demo")], catch_exceptions=False)
    printed = iter(result.stdout.splitlines())
    assert len(block) > 20
    for line in block:
        if line in ("", "…"):
            continue
        beginning = line.removesuffix("…")
        assert any(one.startswith(beginning) for one in printed), line
