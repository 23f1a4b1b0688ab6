"""Where `bilint` begins: by the shortest way for a hook, else by the command that is named.

What goes wrong becomes a message and an exit code here.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence

INTERRUPTED = 130

_STAGED = ("check", "--staged")
_FLAGS = {
    "--whole-tree": "whole_tree",
    "--exit-zero": "exit_zero",
    "-q": "quiet",
    "--quiet": "quiet",
    "-v": "verbose",
    "--verbose": "verbose",
}
"""What a hook may say beside `check --staged` without the whole command line being loaded."""


def main() -> None:
    """Run `bilint` and exit: 0 fine, 1 findings, 2 wrong use, 3 incidents, 130 interrupted."""
    # Values make no cycles. Looking for some, while modules are loaded and again at the end,
    # would take a tenth of the time of a hook.
    gc.disable()
    try:
        code = _run(sys.argv[1:])
    except KeyboardInterrupt:
        _tell("interrupted")
        code = INTERRUPTED
    except Exception as error:
        code = _failed(error)
    finally:
        gc.freeze()
    sys.exit(code)


def _run(arguments: Sequence[str]) -> int:
    if tuple(arguments[:2]) == _STAGED and _FLAGS.keys() >= set(arguments[2:]):
        return _hook({_FLAGS[flag] for flag in arguments[2:]})
    from bilint.cli.commands import run

    return run()


def _hook(flags: set[str]) -> int:
    """`bilint check --staged`, as a hook calls it."""
    from bilint.cli.checking import Asked, check
    from bilint.cli.session import Output, Places

    output = Output(
        formats=(("text", None),),
        output=None,
        jobs=None,
        exit_zero="exit_zero" in flags,
        quiet="quiet" in flags,
        verbose="verbose" in flags,
        color="auto",
    )
    places = Places(None, (), None, None, (), trust_owner=False, allow_alternates=False)
    return check(Asked(staged=True, whole_tree="whole_tree" in flags), places, output)


def _failed(error: Exception) -> int:
    from bilint.cli.session import CommandError

    if isinstance(error, CommandError):
        _tell(str(error))
        return error.exit_code
    if os.environ.get("BILINT_DEBUG"):
        raise error
    from bilint.checks.engine import describe_error

    _tell(f"this should not have happened: {describe_error(error)}; BILINT_DEBUG=1 shows where")
    return 3


def _tell(message: str) -> None:
    """Say why nothing came of it; the message may quote paths and pages."""
    from bilint.cli.session import warn

    warn(message)
