"""A translation that was brought up to date and not stamped yet: what checks measure it by."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import bilint
from lamps import LAMP_EN_NOW, LAMP_IT_NOW, Lamps, lamps

MEND_EN = """\
Mend the lamp before you hang it up:

```shell
lantern lamps mend
```

"""
MEND_IT = MEND_EN.replace(
    "Mend the lamp before you hang it up", "Ripara la lampada prima di appenderla"
)
STATES_EN = """\
| State | Meaning |
| --- | --- |
| `on` | It is dark. |

"""
STATES_IT = """\
| Stato | Significato |
| --- | --- |
| `on` | È buio. |

"""
NOW_EN = LAMP_EN_NOW.replace("The lamp is", f"{MEND_EN}The lamp is").replace(
    "Nobody", f"{STATES_EN}Nobody"
)
HALF_IT = LAMP_IT_NOW.replace("La lampada si", f"{MEND_IT}La lampada si")
NOW_IT = HALF_IT.replace("Nessuno", f"{STATES_IT}Nessuno")


@pytest.fixture
def given(tmp_path: Path) -> Lamps:
    given = lamps(tmp_path)
    given.italian.commit("Up to date", {"help/lamp.md": LAMP_IT_NOW.format(pin=given.pins[-1])})
    given.source.commit("More of the lamp", {"help/lamp.md": NOW_EN})
    return given


def found(given: Lamps, text: str) -> list[tuple[str, int]]:
    given.italian.write({"help/lamp.md": text.format(pin=given.pins[-1])})
    report = bilint("check", "lamps.it-IT/help/lamp.md", "--format", "json", cwd=given.folder)
    return [(one["check"], one["line"]) for one in report.json["findings"]]


def test_what_the_source_has_by_now_is_no_defect(given: Lamps) -> None:
    assert found(given, LAMP_IT_NOW) == []
    assert found(given, NOW_IT) == []


def test_what_the_source_never_had_is_one(given: Lamps) -> None:
    assert found(given, NOW_IT.replace("lamps mend", "lamps ripara")) == [
        ("code-block-altered", 11)
    ]
    assert found(given, NOW_IT.replace("[!DNL Lantern Store]", "[!DNL Negozio]")) == [
        ("dnl-altered", 16)
    ]


def test_what_is_translated_ahead_of_the_rest_is_no_defect(given: Lamps) -> None:
    assert found(given, HALF_IT) == []


def test_what_neither_source_has_is_one_beside_work_that_goes_on(given: Lamps) -> None:
    listed = HALF_IT.replace("Nessuno deve", "* Nessuno deve")
    assert found(given, listed) == [("list-damaged", 18)]
    noted = HALF_IT.replace("Nessuno deve", "> [!NOTE]\n>\n> Nessuno sa nulla.\n\nNessuno deve")
    assert found(given, noted) == [("block-extra", 20)]
    broken = HALF_IT.replace("[!DNL Lantern Store]", "[!DNL Negozio]")
    assert {check for check, _line in found(given, broken)} == {"dnl-altered"}
