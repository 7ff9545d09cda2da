"""What the rules mean by which blocks of a page were kept or left out: sentences for people, from ``rules.toml``."""

from __future__ import annotations

from exporter.runtime.compiled import table


def meaning(rule: str) -> str:
    """What the rule of a :class:`~exporter.results.Fate` means, in a few words; ``""`` when nobody has said it yet."""
    known: dict[str, str] = table("exporter", "rules.toml")
    if rule in known:
        return known[rule]
    fitting = [name for name in known if name.endswith("*") and rule.startswith(name[:-1])]
    return known[max(fitting, key=len)] if fitting else ""
