"""The floor: read the named blobs by one `cat-file --batch` a repository, parse each once."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import pyromark

OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
)


def main() -> None:
    """Read a JSON object of repository to blob ids, and do the least that can be done."""
    gc.disable()
    markdown = pyromark.Markdown(options=OPTIONS)
    for repository, blobs in json.loads(Path(sys.argv[1]).read_text()).items():
        process = subprocess.Popen(
            ["git", "-C", repository, "cat-file", "--batch"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        assert process.stdin and process.stdout
        for blob in blobs:
            process.stdin.write(f"{blob}\n".encode())
            process.stdin.flush()
            _id, kind, size = process.stdout.readline().split()
            assert kind == b"blob"
            data = process.stdout.read(int(size))
            process.stdout.read(1)
            for _event, _span in markdown.events_with_range(data.decode("utf-8", "replace")):
                pass
        process.stdin.close()
        process.wait()


if __name__ == "__main__":
    main()
