"""Code blocks as they are compared: what of them is for machines, and what is for people."""

from __future__ import annotations

from bilint.model.pattern import late

_C = "c cpp c++ cs csharp css dart go groovy java javascript js json json5 jsonc jsx kotlin kt "
_C += "less objc php rust rs sass scala scss solidity swift ts tsx typescript"
_HASH = "bash conf dockerfile elixir env gitignore gql graphql hcl ini julia make makefile nginx "
_HASH += "perl pl php powershell ps1 properties py python r rb robots ruby sh shell shell-session "
_HASH += "terraform tf toml vcl yaml yml zsh"
_DASH = "ada haskell hs lua sql mysql pgsql plsql tsql"
_SEMICOLON = "asm clojure conf ini lisp scheme"
_ANGLE = "html htm markdown md mdx svg vue xhtml xml xsd xsl"
_PERCENT = "erlang latex matlab octave tex"

_LINE_COMMENTS = (
    (frozenset(_C.split()), late(r"(?<![^\s;{}(),])//.*")),
    (frozenset(_HASH.split()), late(r"(?<!\S)#.*")),
    (frozenset(_DASH.split()), late(r"(?<!\S)--(?!\S).*|(?<!\S)--(?=[A-Z ]).*")),
    (frozenset(_SEMICOLON.split()), late(r"(?<!\S);.*")),
    (frozenset(_PERCENT.split()), late(r"(?<!\S)%.*")),
)
_BLOCK_COMMENTS = (
    (frozenset((*_C.split(), *_DASH.split())), "/*", "*/"),
    (frozenset(_ANGLE.split()), "<!--", "-->"),
)
_KNOWN = frozenset(f"{_C} {_HASH} {_DASH} {_SEMICOLON} {_ANGLE} {_PERCENT}".split())

# Fences that hold text for people, or diagrams with labels in them.
_TEXT_WORDS = (
    "csv diff dot email markdown md mdx mermaid none plain plaintext plantuml puml text tsv txt "
    "graphviz rst"
)
_TEXT = frozenset(_TEXT_WORDS.split())
_TAGGED = frozenset(_ANGLE.split())
_TAG_TEXT = late(r">[^<>]*(?:<|$)|^[^<>]*<")
_DATA = frozenset(("yaml", "yml", "properties", "ini", "toml", "http", "log", "console", "output"))
_DATA_VALUE = late(r"^(\s*(?:- )?[\w.\"'-]+\s*[:=])\s+\S+(?:\s+\S+)+$")
_STRING = late(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*'")
_GAP = late(r"<[^<>/=]*>|\[[^\[\]=]*\]|\{[^{}:=;\"']*\}")
_MESSAGE = late(r"[^\W\d_]\S*\s+\S|[^\x00-\x7f]")
_SIGN = late(r"[{}()\[\]<>=;\\|`]|::|->|--|\w_\w|\w/\w|/\w|\w\.\w|\"|[$@]\D|[a-z][A-Z]")
_AMOUNT = late(r"\d[.,]\d")


def is_prose(text: str, language: str) -> bool:
    """Whether a block holds text for people: it is translated as any other."""
    if language in _TEXT:
        return True
    return language not in _KNOWN and not _SIGN.search(_AMOUNT.sub("0", text))


def uncommented(text: str, language: str) -> list[str]:
    """The lines of a block without its comments; as many as the block has line feeds, and one."""
    known = language in _KNOWN
    for languages, opening, closing in _BLOCK_COMMENTS:
        if (language in languages or not known) and opening in text:
            text = _without(text, opening, closing)
    patterns = [
        pattern for languages, pattern in _LINE_COMMENTS if language in languages or not known
    ]
    lines = text.split("\n")
    for pattern in patterns:
        lines = [pattern.sub("", line) for line in lines]
    return lines


def _without(text: str, opening: str, closing: str) -> str:
    """Text without comments of several lines; their line ends stay."""
    parts = []
    position = 0
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        end = len(text) if end < 0 else end + len(closing)
        parts.append(text[position:start])
        parts.append("\n" * text.count("\n", start, end))
        position = end
        start = text.find(opening, end)
    parts.append(text[position:])
    return "".join(parts)


def messages_removed(line: str, language: str) -> str:
    """A line of code without the messages in it, and with the gaps in it alike.

    A message is a string of several words, or text between two tags. A gap (`<your name>`) is
    for the reader to fill in.
    """
    if language in _TAGGED and "<" in line:
        line = _TAG_TEXT.sub("><", line)
    if language in _DATA:
        line = _DATA_VALUE.sub(r"\1", line)
    if '"' in line or "'" in line:
        line = _STRING.sub(lambda match: '""' if _MESSAGE.search(match[0]) else match[0], line)
    if "<" in line or "[" in line or "{" in line:
        line = _GAP.sub("<>", line)
    if language not in _KNOWN and not _SIGN.search(line):
        # In a block of another kind a line without any sign is one for people.
        return ""
    return line


def strings_removed(line: str) -> str:
    """A line of code, which has no blanks left, without any string that is no key."""
    return _STRING.sub(lambda one: one[0] if line.startswith(":", one.end()) else '""', line)
