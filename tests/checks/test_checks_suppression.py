"""Globs of page paths, and which of them are idle."""

from __future__ import annotations

import pytest

from bilint.checks.suppression import matches, unused_ignores
from bilint.model.finding import Confidence, Family, Finding, FindingState, Severity, Side
from steps import grows_no_faster


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("help/a.md", "help/a.md"),
        ("/help/a.md", "help/a.md"),
        ("TOC.md", "help/deep/down/TOC.md"),
        ("help/*.md", "help/a.md"),
        ("help/**/*.md", "help/a.md"),
        ("help/**/*.md", "help/x/y/a.md"),
        ("**/x/**", "help/x/y/a.md"),
        ("help/", "help/x/y/a.md"),
        ("help/?.md", "help/a.md"),
        ("help/[ab].md", "help/a.md"),
        ("**", "help/a.md"),
        ("help/*/*/a.md", "help/x/y/a.md"),
    ],
)
def test_globs_that_match(glob: str, path: str) -> None:
    assert matches(glob, path)


@pytest.mark.parametrize(
    ("glob", "path"),
    [
        ("help/*.md", "help/x/a.md"),
        ("help", "help/a.md"),
        ("help/a.md", "other/help/a.md"),
        ("Help/a.md", "help/a.md"),
        ("help/**/b.md", "help/a.md"),
        ("help/?.md", "help/ab.md"),
        ("help/a.md/", "help/a.md"),
    ],
)
def test_globs_that_do_not(glob: str, path: str) -> None:
    assert not matches(glob, path)


def test_a_glob_of_stars_looks_at_a_long_path_once() -> None:
    def match(size: int) -> None:
        assert not matches("**/a*a*a*a*/" * 30 + "b", "/".join(["a" * 50] * size))
        assert not matches("*a" * 40 + "b", "a" * 50 * size)

    assert grows_no_faster(match, 40)


def finding(check: str, path: str, state: FindingState) -> Finding:
    return Finding(
        check, Family.TOKENS, Severity.ERROR, Confidence.HIGH, Side.TARGET, "it-IT", path,
        1, 1, 1, 1, "", "", None, "", {}, None, "0" * 16, "", state,
    )  # fmt: skip


def test_what_the_settings_silence_in_vain_is_named() -> None:
    ignore = {"help/a.md": ("one", "two"), "help/b.md": ("*",), "other/": ("one", "*")}
    findings = [
        finding("one", "help/a.md", FindingState.SUPPRESSED),
        finding("two", "help/a.md", FindingState.OPEN),
        finding("one", "other/c.md", FindingState.SUPPRESSED),
    ]
    assert unused_ignores(ignore, findings) == (("help/a.md", "two"), ("help/b.md", "*"))
