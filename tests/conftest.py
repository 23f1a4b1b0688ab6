"""What all tests share."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from examples import load_profile

load_profile()

# Who runs the tests in the background of a script has Ctrl-C ignored, and every program that is
# started here would inherit that: a test that interrupts one would wait for long.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
