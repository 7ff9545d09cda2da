"""``exporter sites``: the rules for single sites that are known, a lint for one's own, the import of other people's."""

from __future__ import annotations

import click

from exporter.cli.options import examples, json_option
from exporter.cli.output import print_json, print_rows, say, status


@click.command(
    help="Lists the sites whose rules are known; checks a file of rules, on a page if one is given; or takes over a site "
    f"config of the common form (title: body: strip: with XPath) and prints it as a file of rules.\n\n{examples('sites')}",
)
@click.argument("page", required=False)
@click.option("--check", "checked", metavar="FILE", help="Check this file of rules; with PAGE, count what they take.")
@click.option("--import", "config", metavar="FILE", help="Print this site config as a file of rules.")
@json_option
def sites(page: str | None, checked: str | None, config: str | None, as_json: bool) -> None:
    """Chooses between the three."""
    if checked and config:
        raise click.UsageError("--check and --import are two things; ask for one of them.")
    if page and not checked:
        raise click.UsageError("A page is tried with the rules that --check names.")
    if checked:
        _check(checked, page, as_json)
    elif config:
        _import(config, as_json)
    else:
        _list(as_json)


def _list(as_json: bool) -> None:
    from exporter.readers.sites import known

    rows = [(each.name, " ".join(each.hosts), str(len(each.selectors)), each.summary) for each in known()]
    print_rows(("site", "hosts", "selectors", "what it is"), rows, as_json)


def _check(file: str, page: str | None, as_json: bool) -> None:
    from exporter.readers.sites import load
    from exporter.readers.sites.lint import taken

    rules = load(file)
    found = taken(rules, page)
    rows = [(each.role, "-" if each.elements is None else str(each.elements), each.selector) for each in found]
    print_rows(("key", "elements", "selector"), rows, as_json)
    hosts = ", ".join(rules.hosts) or "no host, so that it is used by --site only"
    idle = sum(each.elements == 0 for each in found)
    tried = f"; {idle} take nothing on the page" if idle else ""
    status(f"{file}: {len(found)} selectors, for {hosts}{tried}", "yellow" if idle else "green")


def _import(config: str, as_json: bool) -> None:
    from exporter.readers.sites.siteconfig import imported

    taken_over = imported(config)
    if as_json:
        print_json(taken_over)
    else:
        say(taken_over.toml.removesuffix("\n"))
    for line in taken_over.left:
        status(f"not taken over: {line}", "yellow")
