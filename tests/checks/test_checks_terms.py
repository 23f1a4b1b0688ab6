"""Where the checks of terms point to in the source."""

import pytest
from two_pages import CONTEXT, Observer, paired

from bilint.checks.terms import name_glued, term_divided, term_unusual
from bilint.checks.terms.scan import scan
from bilint.model.evidence import Evidence, Rendering, Renderings


def ways(**times: int) -> Renderings:
    return {form: Rendering(times[form], ("help/b.md:1",)) for form in times}


SOURCE = """\
# Data sets

The export pattern is there.

Every pattern is kept.

No pattern is lost.
"""
TARGET = """\
# Serie di dati

Lo schema di esportazione esiste.

Ogni modello resta.

Nessun modello va perso.
"""


@pytest.mark.parametrize(
    ("check", "terms", "places"),
    [
        (
            term_divided,
            {
                "pattern": ways(modello=60, schema=30),
                "export pattern": ways(modello=9, schema=8),
            },
            ["pattern"],
        ),
        (
            term_unusual,
            {"pattern": ways(modello=90), "export pattern": ways(modello=60, schema=1)},
            ["export pattern"],
        ),
    ],
)
def test_the_source_shows_the_term(
    check: Observer, terms: dict[str, Renderings], places: list[str]
) -> None:
    pair = paired(SOURCE, TARGET)
    assert pair.source is not None
    data = pair.source.document.data
    context = CONTEXT._replace(evidence=Evidence("it-IT", terms=terms))
    found = list(check.observe(pair, context))
    spans = [one.source_span for one in found if one.source_span is not None]
    assert [data[span.start : span.end].decode() for span in spans] == places


def test_a_page_may_end_with_what_is_looked_for() -> None:
    pair = paired("The rule.\n\nThe Web SDK", "La regola.\n\nWebSDK")
    assert [one.subject for one in name_glued.observe(pair, CONTEXT)] == ["WebSDK"]
    assert scan(pair).targets_holding([b"WebSDK", b"ola", b"SDK."]) == {1: [b"WebSDK"], 0: [b"ola"]}
