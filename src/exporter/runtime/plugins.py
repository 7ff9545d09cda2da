"""What other packages add: sources, readers, writers and themes, by entry points (packaging.python.org).

They are asked last, where nothing of our own fits: to look through what is installed takes time, and nobody replaces a part
of this program unseen.
"""

from __future__ import annotations

from functools import cache
from typing import Any, Literal

from exporter.errors import UsageError

Group = Literal["sources", "readers", "writers", "themes"]


@cache
def offered(group: Group) -> dict[str, Any]:
    """What is offered under ``exporter.sources``, ``exporter.readers`` and so on, by name, in the order of the names.

    Raises :class:`UsageError`, naming the package, for what cannot be imported.
    """
    from importlib.metadata import entry_points

    found: dict[str, Any] = {}
    for point in sorted(entry_points(group=f"exporter.{group}"), key=lambda each: each.name):
        try:
            found[point.name] = point.load()
        except Exception as fault:
            package = point.dist.name if point.dist else point.value
            raise UsageError(
                f"The package {package} offers {point.name} to exporter.{group} and fails: {type(fault).__name__}: {fault}.",
                f"Update it, or take it away: pip uninstall {package}",
            ) from fault
    return found
