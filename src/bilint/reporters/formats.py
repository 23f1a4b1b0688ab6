"""The formats for programs, each loaded only when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module

from bilint.model.report import Report

FORMATS = {
    "json": "json_report.render_json",
    "html": "html.render_html",
    "markdown": "markdown_summary.render_markdown",
    "comment": "markdown_summary.render_comment",
    "github": "github.render_github",
    "sarif": "sarif.render_sarif",
    "code-scanning": "sarif.render_code_scanning",
    "junit": "junit.render_junit",
    "gitlab": "gitlab.render_gitlab",
    "rdjson": "rdjson.render_rdjson",
    "csv": "csv_report.render_csv",
}
"""The formats of findings by name, beside `text`: the module of this folder and its function."""


def renderer(name: str) -> Callable[[Report], Iterator[bytes]]:
    """The function that turns a report into the bytes of a format."""
    module, _, function = FORMATS[name].partition(".")
    render: Callable[[Report], Iterator[bytes]] = getattr(
        import_module(f"bilint.reporters.{module}"), function
    )
    return render
