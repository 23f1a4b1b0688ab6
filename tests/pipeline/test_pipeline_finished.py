"""A translation that was brought up to date and not stamped yet: what checks measure it by."""

from __future__ import annotations

from pathlib import Path

import pytest

from command_line import bilint
from lamps import LAMP_IT_NOW, Lamps, lamps

NOW_EN = """\
---
title: The lamp
exl-id: 11111111-1111-4111-8111-111111111111
---
# The lamp

Mend the lamp before you hang it up:

```shell
lantern lamps mend
```

The lamp is switched on in the evening, when it is dark.

Open [!DNL Lantern Store] and choose a lamp for the hall.

| State | Meaning |
| --- | --- |
| `on` | It is dark. |

Nobody has to look after it.
"""
NOW_IT = """\
---
title: La lampada
exl-id: 11111111-1111-4111-8111-111111111111
source-git-commit: {pin}
---
# La lampada

Ripara la lampada prima di appenderla:

```shell
lantern lamps mend
```

La lampada si accende la sera, quando è buio.

Apri [!DNL Lantern Store] e scegli una lampada per il salone.

| Stato | Significato |
| --- | --- |
| `on` | È buio. |

Nessuno deve occuparsene.
"""


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


HALF_IT = LAMP_IT_NOW.replace(
    "La lampada si accende la sera, quando è buio.\n",
    """\
Ripara la lampada prima di appenderla:

```shell
lantern lamps mend
```

La lampada si accende la sera, quando è buio.
""",
)


def test_what_is_translated_ahead_of_the_rest_is_no_defect(given: Lamps) -> None:
    assert found(given, HALF_IT) == []


def test_what_neither_source_has_is_one_beside_work_that_goes_on(given: Lamps) -> None:
    listed = HALF_IT.replace("Nessuno deve", "* Nessuno deve")
    assert found(given, listed) == [("list-damaged", 18)]
    noted = HALF_IT.replace("Nessuno deve", "> [!NOTE]\n>\n> Nessuno sa nulla.\n\nNessuno deve")
    assert found(given, noted) == [("block-extra", 20)]
    broken = HALF_IT.replace("[!DNL Lantern Store]", "[!DNL Negozio]")
    assert {check for check, _line in found(given, broken)} == {"dnl-altered"}
