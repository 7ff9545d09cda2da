"""The one place that knows the template engine: pages are filled in with escaping always on."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("exporter", "templates"),
        autoescape=True,  # for every template, whatever its name ends in
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        optimized=False,  # each template is filled in once or twice: it is not worth being made faster first
    )


def fill(template: str, **fields: object) -> Markup:
    """The template ``templates/<template>`` with ``fields``. Text is escaped, Markup is not; a gap is an error."""
    return Markup(_environment().get_template(template).render(fields))
