"""The commands, one module each. Adding one is adding a module with a function of the command's name, and a line here.

A command's module is imported when the command is called: help shows all of them and needs none.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple, cast

from exporter.writers import WRITERS, Writer

if TYPE_CHECKING:
    import click


class CommandEntry(NamedTuple):
    """A command as the table knows it. ``writer`` is set for the commands that write one format each."""

    name: str
    summary: str
    writer: Writer | None = None

    def command(self) -> click.Command:
        """The command itself; its module is imported now, not before."""
        if self.writer is not None:
            return export_command(self.writer)
        return cast("click.Command", getattr(import_module(f"{__name__}.{self.name}"), self.name))


COMMANDS: tuple[CommandEntry, ...] = (
    *(CommandEntry(each.name, each.summary, each) for each in WRITERS),
    CommandEntry("bind", "many articles as one book"),
    CommandEntry("batch", "many pages into a folder"),
    CommandEntry("watch", "results that follow their source"),
    CommandEntry("ls", "Lists the pages that a source holds."),
    CommandEntry("explain", "Shows what became of each block of the page."),
    CommandEntry("correct", "Writes a file in which you say what a block is."),
    CommandEntry("proof", "Shows what a proof-reader finds in the PDF."),
    CommandEntry("opds", "Makes an OPDS catalogue of a folder of exports."),
    CommandEntry("check", "Checks a finished EPUB or PDF."),
    CommandEntry("preview", "Draws the pages of the PDF as pictures."),
    CommandEntry("formats", "Lists the formats, and the kinds of sources that are opened."),
    CommandEntry("themes", "Lists the themes, or begins a new one."),
    CommandEntry("devices", "Lists the devices that --device of epub knows."),
    CommandEntry("doctor", "Checks what is installed, and says how to mend it."),
    CommandEntry("schema", "Prints the JSON Schema of the json format."),
    CommandEntry("sites", "Lists the sites that are known; checks rules of yours."),
    CommandEntry("man", "Prints the manual page, for man."),
)
"""Every command, in the order in which help prints them."""


def export_command(writer: Writer) -> click.Command:
    """The command that writes this format."""
    from exporter.cli.commands.export import command_of

    return command_of(writer)
