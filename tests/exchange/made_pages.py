"""Pages for tests of exchange: invented, and as odd as real ones."""

from __future__ import annotations

from hypothesis import strategies as st

from bilint.exchange.inline import number_like, read_text, shown
from bilint.model.config import Limits
from bilint.model.document import Document
from bilint.model.exchange import Bundle, ExchangeUnit, UnitState
from bilint.profiles import profile
from bilint.readers.markdown import read_document

PROFILE = profile("experience-league")

SOURCE = """\
---
title: The beacon
description: "How a beacon: is set up"
---
# The beacon {#beacon}

Open [!DNL Harbor] and select **[!UICONTROL Signals]** in the [menu](help/menu.md "Menu").
A second line of the same paragraph with `code & <more>` and <b>bold</b> words.

A hard break~~
ends this line.

>[!NOTE]
>
>Mind the [!DNL Buoy] and
>the second line {width=50}.

* One
* Two, see <https://example.org>

| Name | Meaning |
|---|---|
| `lamp` | A lamp = a light |

=1+1 is no formula here, and +this is none.

![A lamp in the fog](assets/lamp.png)
""".replace("~", " ")

TARGET = """\
---
title: Il faro
description: "Come si imposta: un faro"
---
# Il faro {#beacon}

Apri [!DNL Harbor] e seleziona **[!UICONTROL Segnali]** nel [menu](help/it/menu.md "Menu").
Una seconda riga dello stesso paragrafo con `code & <more>` e parole <b>in grassetto</b>.

Un'interruzione~~
finisce questa riga.

>[!NOTE]
>
>Attenzione alla [!DNL Buoy] e
>alla seconda riga {width=50}.

* Uno
* Due, vedi <https://example.org>

| Nome | Significato |
|---|---|
| `lamp` | Una lampada = una luce |

=1+1 non è una formula qui, e +questa neppure.

![Una lampada nella nebbia](assets/lamp.png)
""".replace("~", " ")


def document(text: str | bytes) -> Document:
    data = text.encode() if isinstance(text, str) else text
    return read_document(data, PROFILE, Limits())


def bundle_of(source: str, target: str, state: UnitState = UnitState.CURRENT) -> Bundle:
    """The units of two pages that are built alike."""
    units = []
    pairs = zip(document(source).segments, document(target).segments, strict=True)
    for index, (left, right) in enumerate(pairs):
        text = read_text(left)
        units.append(
            ExchangeUnit(
                key=f"k{index:07}",
                path="help/the beacon.md",
                line=index + 1,
                kind=left.kind,
                state=state,
                source=text,
                target=number_like(text, read_text(right)) if state != UnitState.NEW else (),
                previous=shown(left).upper() if state is UnitState.STALE else None,
                notes=("warning x: a <note> & more",) if index % 2 else (),
            )
        )
    return Bundle("it-IT", "en", tuple(units))


_WORD = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\n\r"), min_size=1, max_size=12
)
_PIECES = st.sampled_from(
    (
        "[!DNL Harbor]", "[!UICONTROL Sig nal]", "[a link](x/y.md)", "`code`", "<b>bold</b>",
        "<br/>", "{{name}}", "{#anchor}", "**strong**", "  \n", "\\\n", "\n", "\n  ", "=2", "'=3",
        "\u2028", "\x0b", "\x00", "\u200b", "é", "日本", "]", "[", "&amp;", "](", "![alt](i.png)",
    )
)  # fmt: skip
PARAGRAPHS = st.lists(st.one_of(_WORD, _PIECES), min_size=1, max_size=12).map(" ".join)
"""Texts that may or may not come to one paragraph."""

PAGES = st.lists(
    st.tuples(st.sampled_from(("", "# ", "* ", "> ", "1. ", "| a | ", "<p>")), PARAGRAPHS),
    min_size=1,
    max_size=5,
).map(lambda blocks: "\n\n".join(sign + text for sign, text in blocks) + "\n")
