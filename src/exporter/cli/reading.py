"""How a source is to be read, as options of every command that reads one; each command gets them as one ``read_options``."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from exporter.errors import UsageError

if TYPE_CHECKING:
    from exporter.sources.policy import ReadOptions

Command = Callable[..., Any]
"""What Click calls with the values of its options by their names."""

Decorator = Callable[[Command], Command]

READING: tuple[Decorator, ...] = (
    click.option("--from", "format", metavar="FORMAT", help="Read as one of `exporter formats`; else told by content."),
    click.option("--base-url", default="", metavar="URL", help="The web address that the page was saved from."),
    click.option(
        "--site",
        metavar="NAME",
        help="Use the rules of this site, or of a .toml file; none: no rules; else by the address.",
    ),
    click.option("--interview", "kind", flag_value="interview", help="It is an interview, whatever it looks like."),
    click.option("--article", "kind", flag_value="article", help="It is none: read no questions and answers into it."),
)

STATED: tuple[Decorator, ...] = (
    click.option("--title", metavar="TEXT", help="The headline, in place of the page's; likewise those below."),
    click.option("--deck", metavar="TEXT", help="What stands under the headline."),
    click.option("--author", "authors", metavar="NAME", multiple=True, help="Who wrote it; several by repeating."),
    click.option("--interviewer", "interviewers", metavar="NAME", multiple=True, help="Who asked."),
    click.option("--interviewee", "interviewees", metavar="NAME", multiple=True, help="Who answered."),
    click.option("--date", "published", metavar="DATE", help="When it was published, such as 2025-05-20."),
    click.option("--publication", metavar="NAME", help="The magazine or site that published it."),
    click.option("--language", metavar="TAG", help="Its language, such as en or pt-BR."),
    click.option("--source-url", metavar="URL", help="The address that results name as its source."),
)
"""What the reader knows better than the page."""

CORRECTED: tuple[Decorator, ...] = (
    click.option(
        "--corrections",
        metavar="FILE",
        help="Read by these corrections; none: by none; else by NAME.corrections.toml beside the page.",
    ),
)
"""What is said of the blocks of one page."""

CHOICE: tuple[Decorator, ...] = (
    click.option(
        "--url", metavar="PATTERN", help="Of several pages, those at this address; * stands for any part of it."
    ),
    click.option("--since", metavar="DATE", help="Of several pages, those published on this day or later."),
    click.option("--limit", type=click.IntRange(1), metavar="NUMBER", help="Of several pages, the first ones."),
)
"""Which pages of a source that holds several."""

NETWORK: tuple[Decorator, ...] = (
    click.option("--fetch-pictures", "pictures", is_flag=True, help="Fetch pictures that a saved page lacks."),
    click.option("--http", is_flag=True, help="Fetch addresses without encryption, too."),
    click.option("--header", "headers", metavar="'NAME: VALUE'", multiple=True, help="Send this to the source's host."),
    click.option("--cookies", metavar="FILE", help="Send the cookies of this file (cookies.txt, Netscape's form)."),
    click.option("--proxy", metavar="URL", help="Fetch through this proxy, http://host:port; env: the environment's."),
    click.option("--cacert", "authorities", metavar="FILE", help="Trust the certificates of this PEM file besides."),
    click.option("--private-host", "private_hosts", metavar="HOST", multiple=True, help="Let this host be not public."),
    click.option("--cache", metavar="FOLDER", help="Where fetched pages are kept; none: nowhere; else the user's own."),
    click.option("--offline", is_flag=True, help="Take everything from what was fetched before."),
)
"""What may be asked of the network when the source is an address."""


def _options(*tables: tuple[Decorator, ...]) -> Decorator:
    """The options of these tables; the command gets ``read_options`` made of them."""

    def decorated(command: Command) -> Command:
        @wraps(command)
        def called(**choices: object) -> object:
            return command(read_options=_read_options(choices, STATED in tables), **choices)

        wrapped: Command = called
        for option in reversed([option for table in tables for option in table]):
            wrapped = option(wrapped)
        return wrapped

    return decorated


listing_options = _options(CHOICE, NETWORK)
"""For commands that read none, but tell what there is."""

reading_options = _options(READING, CORRECTED, CHOICE, STATED, NETWORK)
"""For commands that read one source."""

sources_options = _options(READING, NETWORK)
"""For commands that read several, of which nothing is stated in common."""


batch_options = _options(READING, CHOICE, NETWORK)
"""For the command that exports many."""


def _read_options(choices: dict[str, Any], stated: bool) -> ReadOptions:
    """What was chosen; takes it out of ``choices``, where a command may have a title of its own."""
    from exporter.sources.policy import Choice, Network, ReadOptions, Stated

    choices["headers"] = tuple(map(_header, choices["headers"]))
    return ReadOptions(
        stated=Stated(**_taken(choices, Stated.__struct_fields__ if stated else ())),
        choice=Choice(**_taken(choices, Choice.__struct_fields__)),
        network=Network(**_taken(choices, Network.__struct_fields__)),
        **_taken(choices, ReadOptions.__struct_fields__),
    )


def _taken(choices: dict[str, Any], names: tuple[str, ...]) -> Mapping[str, Any]:
    found = {name: choices.pop(name) for name in names if name in choices}
    return {name: choice for name, choice in found.items() if choice}


def _header(stated: str) -> tuple[str, str]:
    name, colon, value = stated.partition(":")
    if not colon or not name.strip() or not stated.isprintable():
        raise UsageError(f"This is no header: {stated!r}.", "Give it as 'Name: value'.")
    return name.strip(), value.strip()
