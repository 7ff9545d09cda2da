"""Defaults of one's own: options as a TOML file states them, in place of those of the program.

The file stands in the user's folder for configuration (``~/.config/exporter/config.toml`` on Linux). Its keys are the long
names of options; a table named like a command is for that command alone, and ``[profile.NAME]`` holds both for ``--profile``.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click

from exporter.errors import UsageError
from exporter.runtime.compiled import Toml

NO_FILE = "none"
MAX_BYTES = 256 * 1024
_FOLDERS = ("~/.config/exporter", "~/Library/Application Support/exporter", "~/AppData/Local/exporter")
"""Where a file of defaults may stand: only if one of these is there, the exact place is asked for, which takes time."""


def default_map(
    commands: Callable[[], Mapping[str, click.Command]], file: str | None, profile: str | None
) -> dict[str, Toml]:
    """The defaults of each command, by the names of its parameters; empty where nothing is stated.

    ``commands`` gives all of them by name; it is called only where there is a file, because it loads every one.
    ``file`` is a path, ``"none"``, or None for the user's own, which need not exist. Raises :class:`UsageError` naming the
    file for what cannot be read, for a key that is no option, and for a profile that it does not hold.
    """
    place = _place(file)
    stated = _read(place) if place is not None else {}
    profiles = _tables(stated.pop("profile", {}), place)
    if profile is not None and profile not in profiles:
        held = ", ".join(sorted(profiles)) or "none"
        raise UsageError(f"There is no profile {profile!r} in {place or 'the defaults'}.", f"Those it holds: {held}.")
    if not stated and profile is None:
        return {}
    layers = (stated, profiles[profile]) if profile is not None else (stated,)
    known = commands()
    made: dict[str, Toml] = {name: {} for name in known}
    for layer in layers:
        _apply(layer, known, made, place)
    return made


def _place(file: str | None) -> Path | None:
    if file == NO_FILE:
        return None
    if file:
        return Path(file)
    home = os.environ.get("XDG_CONFIG_HOME")
    folders = (os.path.join(home, "exporter"),) if home else tuple(map(os.path.expanduser, _FOLDERS))  # noqa: PTH118 - faster
    if not any(map(os.path.isdir, folders)):
        return None
    from platformdirs import user_config_path

    own = user_config_path("exporter") / "config.toml"
    return own if own.is_file() else None


def _read(place: Path) -> Toml:
    import tomllib

    from exporter.runtime.files import content_of

    try:
        content = content_of(place, MAX_BYTES)
        if len(content) > MAX_BYTES:
            raise UsageError(
                f"The defaults in {place} are larger than {MAX_BYTES // 1024} KiB.", "Real ones have a few lines."
            )
        return tomllib.loads(content.decode("utf-8"))
    except (OSError, ValueError) as fault:
        raise UsageError(
            f"The defaults in {place} cannot be read: {fault}.", "docs/cli.md shows a whole file."
        ) from fault


def _tables(profiles: Any, place: Path | None) -> dict[str, Toml]:
    if not isinstance(profiles, dict) or not all(isinstance(each, dict) for each in profiles.values()):
        raise UsageError(f"A profile in {place} is no table.", "One begins with a line such as [profile.print].")
    return profiles


def _apply(
    layer: Mapping[str, Any], commands: Mapping[str, click.Command], made: dict[str, Toml], place: Path | None
) -> None:
    """Puts the options of a layer into the defaults of each command that has them; those of a command's own table last."""
    common = {key: value for key, value in layer.items() if not isinstance(value, dict)}
    for key in common:
        _check(key, {name for command in commands.values() for name in _parameters(command)}, place)
    for name, command in commands.items():
        own = layer[name] if isinstance(layer.get(name), dict) else {}  # there are options of the same name
        parameters = _parameters(command)
        for key in own:
            _check(key, set(parameters), place)
        made[name].update({parameters[key]: value for key, value in {**common, **own}.items() if key in parameters})
    for key, value in layer.items():
        if isinstance(value, dict):
            _check(key, set(commands), place)


def _parameters(command: click.Command) -> dict[str, str]:
    """The long names of a command's options, and the parameters behind them."""
    options = (each for each in command.params if isinstance(each, click.Option))
    return {opt.removeprefix("--"): str(each.name) for each in options for opt in each.opts if opt.startswith("--")}


def _check(key: str, known: set[str], place: Path | None) -> None:
    if key not in known:
        from difflib import get_close_matches

        near = get_close_matches(key, known, 1)
        advice = f"Do you mean {near[0]}?" if near else "Its keys are the long names of options: theme, paper, device …"
        raise UsageError(f"There is no option {key!r}, which {place} states.", advice)
