"""A small documentation of lamps in English, Italian and Japanese, with real commits.

- `help/lamp.md`: it-IT is stale, a paragraph changed and another is new; a name is translated
- `help/door.md`: current in both locales
- `help/roof.md`: no translation at all
- `help/cellar.md`: ja-JP only, the source page is gone
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from repositories import Repo

LAMP_EN = """\
---
title: The lamp
exl-id: 11111111-1111-4111-8111-111111111111
---
# The lamp

The lamp is switched on in the morning.

Open [!DNL Lantern Store] and choose a lamp for the hall.
"""
LAMP_EN_NOW = """\
---
title: The lamp
exl-id: 11111111-1111-4111-8111-111111111111
---
# The lamp

The lamp is switched on in the evening, when it is dark.

Open [!DNL Lantern Store] and choose a lamp for the hall.

Nobody has to look after it.
"""
LAMP_IT = """\
---
title: La lampada
exl-id: 11111111-1111-4111-8111-111111111111
source-git-commit: {pin}
---
# La lampada

La lampada si accende al mattino.

Apri [!DNL Negozio Lantern] e scegli una lampada per il salone.
"""
LAMP_IT_NOW = """\
---
title: La lampada
exl-id: 11111111-1111-4111-8111-111111111111
source-git-commit: {pin}
---
# La lampada

La lampada si accende la sera, quando è buio.

Apri [!DNL Lantern Store] e scegli una lampada per il salone.

Nessuno deve occuparsene.
"""
DOOR_EN = """\
---
title: The door
exl-id: 22222222-2222-4222-8222-222222222222
---
# The door

The door is open from nine to five.
"""
DOOR_IT = """\
---
title: La porta
exl-id: 22222222-2222-4222-8222-222222222222
source-git-commit: {pin}
---
# La porta

La porta è aperta dalle nove alle cinque.
"""
DOOR_JA = """\
---
title: ドア
exl-id: 22222222-2222-4222-8222-222222222222
source-git-commit: {pin}
---
# ドア

ドアは 9 時から 5 時まで開いています。
"""
CELLAR_EN = """\
# The cellar

* Twelve steps lead down.
* Mind [!DNL Lantern Steps].

## The key

It hangs at the door.
"""
CELLAR_JA = """\
---
source-git-commit: {pin}
---
# 地下室

* 階段は 12 段あります。
* [!DNL Lantern Steps] に気を付けてください。

## 鍵

ドアに掛かっています。
"""
ROOF_EN = """\
# The roof

The roof is new.
"""

SETTINGS = """\
root = "help"

[source]
repository = "lamps.en"

[target.it-IT]
repository = "lamps.it-IT"

[target.ja-JP]
repository = "lamps.ja-JP"
"""


class Lamps(NamedTuple):
    """The repositories, in one folder with a settings file; `pins` are the source's commits."""

    folder: Path
    source: Repo
    italian: Repo
    japanese: Repo
    pins: tuple[str, ...]


def lamps(folder: Path) -> Lamps:
    """A copy of them in a folder, for a test to write to; git builds them once a session."""
    model = _built()
    shutil.copytree(model.folder, folder, dirs_exist_ok=True)
    return Lamps(
        folder,
        model.source.copied(folder / model.source.path.name),
        model.italian.copied(folder / model.italian.path.name),
        model.japanese.copied(folder / model.japanese.path.name),
        model.pins,
    )


@cache
def _built() -> Lamps:
    folder = Path(tempfile.mkdtemp(prefix="lamps-"))

    def remove(made_by: int = os.getpid()) -> None:
        if os.getpid() == made_by:
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)
    source = Repo(folder / "lamps.en")
    first = source.commit(
        "Publish",
        {
            "help/lamp.md": LAMP_EN,
            "help/door.md": DOOR_EN,
            "help/cellar.md": CELLAR_EN,
            "README.md": "# The lamps\n",
        },
    )
    italian = Repo(folder / "lamps.it-IT")
    italian.commit(
        "Translate",
        {"help/lamp.md": LAMP_IT.format(pin=first), "help/door.md": DOOR_IT.format(pin=first)},
    )
    japanese = Repo(folder / "lamps.ja-JP")
    japanese.commit(
        "Translate",
        {"help/door.md": DOOR_JA.format(pin=first), "help/cellar.md": CELLAR_JA.format(pin=first)},
    )
    second = source.commit(
        "Evenings", {"help/lamp.md": LAMP_EN_NOW, "help/roof.md": ROOF_EN, "help/cellar.md": None}
    )
    (folder / "bilint.toml").write_text(SETTINGS)
    return Lamps(folder, source, italian, japanese, (first, second))
