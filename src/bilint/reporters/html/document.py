"""The page itself. Its policy lets run what is built into it, and lets nothing in or out."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from html import escape

from bilint.reporters.html.assets import program, styles
from bilint.reporters.html.payload import Payload


def document(payload: Payload) -> Iterator[bytes]:
    """The page in UTF-8, in chunks."""
    script, style = program(), styles()
    policy = "; ".join(
        (
            "default-src 'none'",
            f"script-src {_hash(script)}",
            f"style-src {_hash(style)}",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
    yield (
        "<!doctype html>\n"
        '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="robots" content="noindex">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>{escape(payload.title)}</title>\n"
        f"<style>{style}</style>\n</head>\n<body>\n"
        '<div id="app"><main class="loading"><h1>Bilint report</h1>'
        "<p>The report is being opened.</p></main></div>\n"
        "<noscript><p>This report needs JavaScript, which is built into this file; nothing is"
        " loaded from anywhere. The same content as data: "
        "<code>bilint report --format json</code>.</p></noscript>\n"
    ).encode()
    yield from _data("core", payload.core)
    for number, part in enumerate(payload.parts):
        yield from _data(f"part-{number}", part)
    yield f"<script>{script}</script>\n</body>\n</html>\n".encode()


def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def _data(name: str, data: bytes) -> Iterator[bytes]:
    """A block of data. No program: a browser leaves it alone, and base64 can close nothing."""
    yield f'<script type="application/octet-stream" id="{name}">'.encode()
    yield b64encode(data)
    yield b"</script>\n"
