"""The one place that knows the template engine: pages are filled in with escaping always on."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from functools import cache
from types import CodeType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, compiler
from markupsafe import Markup

from exporter.runtime.compiled import kept

_MANNER: dict[str, Any] = {
    "undefined": StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "keep_trailing_newline": True,
    "optimized": False,  # each template is filled in once or twice: it is not worth being made faster first
}


class _Loader(PackageLoader):
    """Keeps compiled templates, as Python keeps compiled modules, until the template, the engine or its settings change."""

    def load(
        self,
        environment: Environment,
        name: str,
        globals: MutableMapping[str, Any] | None = None,  # noqa: A002 - the engine's own name
    ) -> Template:
        source, filename, uptodate = self.get_source(environment, name)

        def compiled() -> CodeType:
            return environment.compile(source, name, filename)

        code = kept(filename or "", f"{_engine()} {environment.autoescape} {_MANNER} {source}".encode(), compiled)
        return environment.template_class.from_code(environment, code, globals or {}, uptodate)


@cache
def _engine() -> str:
    """A value that changes with the engine's version."""
    file = os.stat(compiler.__file__)  # noqa: PTH116 - one look is enough
    return f"{file.st_mtime_ns} {file.st_size}"


@cache
def _environment() -> Environment:
    # Text is escaped in every template, whatever its name ends in.
    return Environment(loader=_Loader("exporter", "templates"), autoescape=True, **_MANNER)


def fill(template: str, **fields: object) -> Markup:
    """The template ``templates/<template>`` with ``fields``. Text is escaped, Markup is not; a gap is an error."""
    return Markup(_environment().get_template(template).render(fields))
