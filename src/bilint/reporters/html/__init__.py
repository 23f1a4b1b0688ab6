"""The report as a page: one file that holds everything, opens offline and asks nobody for anything.

    pool      strings that occur again and again, by number
    lists     pages, findings and queue as columns
    overview  trend, quality, what was skipped: what is small
    chunks    the texts of pages, in parts that a browser unpacks when they are looked at
    assets    the program and the styles, built from `web/`
    document  the page itself, and the policy that keeps it shut

All text out of repositories travels as packed JSON. The program shows it as text and as nothing
else.
"""

from __future__ import annotations

from collections.abc import Iterator

from bilint.model.report import Report


def render_html(report: Report) -> Iterator[bytes]:
    """The whole page, in chunks."""
    from bilint.reporters.html.document import document
    from bilint.reporters.html.payload import payload

    yield from document(payload(report))
