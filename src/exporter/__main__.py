"""``python -m exporter``, and the console script. Signals are heeded before the command line is loaded, which takes a while."""

from __future__ import annotations

import gc
import sys

from exporter.runtime import signals

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

RARELY = 300_000
"""New objects after which Python looks for those that nobody needs: nearly all that a command makes it needs to its end.

No more than pile up where the collector is off (:mod:`exporter.runtime.garbage`): with fewer, all that a layout has made
would be looked through as soon as it is on again.
"""


def main() -> NoReturn:
    """Runs the command line and ends the program with its exit code."""
    signals.end_at_once()
    gc.set_threshold(RARELY, 10, 10)  # before anything is loaded: modules make much and leave nothing
    from exporter.runtime import expressions

    known = expressions.remember()
    from exporter import cli

    cli.open_streams()
    try:
        signals.raise_ended()
        exit_code = cli.run(sys.argv[1:])
        signals.ignore()
    except signals.Ended as fault:  # just before the work, or just after it
        exit_code = cli.ended(fault)
    cli.close_streams()
    known.store()
    gc.freeze()  # or Python would look through all that is left, only to end
    sys.exit(exit_code)


if __name__ == "__main__":
    main()
