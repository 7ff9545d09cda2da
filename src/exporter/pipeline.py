"""Source → reader → document → transforms → writer → file: the whole way, and each half of it."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path

from msgspec.structs import replace

from exporter import readers, themes, writers
from exporter.belongings import is_own, protect
from exporter.corrections import Corrections, corrections_in, corrections_of, place_for, with_precedence
from exporter.devices import device_named, size_of
from exporter.errors import ExporterError, UsageError, WriteError
from exporter.images import picture_in
from exporter.language import has_no_words
from exporter.model import Document
from exporter.model.walk import validate
from exporter.notices import Notice, notice
from exporter.results import Proofs, Reading, Report
from exporter.runtime.files import STANDARD_OUTPUT, check_target, store
from exporter.sources import open_source
from exporter.sources.corrections import NO_CORRECTIONS, file_at, with_corrections
from exporter.sources.local import STANDARD_INPUT
from exporter.sources.policy import DEFAULTS as READ_DEFAULTS
from exporter.sources.policy import ReadOptions, Stated
from exporter.sources.source import Source
from exporter.sources.urls import is_address
from exporter.transforms import PRINTED, transformed
from exporter.transforms.joining import joined
from exporter.transforms.stated import check_stated, with_stated
from exporter.writers import Writer
from exporter.writers.options import LINKS, NO_COVER, Options
from exporter.writers.xhtml.numbering import distinct

AnySource = str | os.PathLike[str] | bytes | Source
"""A path, ``"-"`` for standard input, a page's bytes, or a :class:`~exporter.Source`."""

AnyTarget = str | os.PathLike[str]
"""A path, or ``"-"`` for standard output."""

DEFAULTS = Options()


def input_formats() -> tuple[str, ...]:
    """The names that ``format`` of :func:`read` takes, sorted."""
    return tuple(sorted(reader.name for reader in readers.READERS))


def output_formats() -> tuple[str, ...]:
    """The names that ``format`` of :func:`write` takes, sorted."""
    return tuple(sorted(writer.name for writer in writers.WRITERS))


def theme_names() -> tuple[str, ...]:
    """The names of the themes that come with the program, sorted."""
    return themes.theme_names()


def read(
    source: AnySource,
    *,
    format: str | None = None,
    base_url: str = "",
    site: str | None = None,
    read_options: ReadOptions | None = None,
) -> Reading:
    """The document of a page, with the notices made on the way and what became of each block.

    ``format`` is one of :func:`input_formats`, recognised from the content when None; ``base_url`` the web address that
    the page was saved from; ``site`` a site of ``exporter sites``, a file of rules, a folder of them, or
    ``"none"``; rules are found by the page's address when None. ``read_options`` gives all of these, and more, in their
    place. Raises :class:`UsageError`, :class:`SourceError`, :class:`ExtractionError` or :class:`InvalidDocument`.
    """
    wanted = read_options or ReadOptions(format, base_url, site)
    check_stated(wanted.stated)
    reader = readers.named(wanted.format) if wanted.format else None
    page = opened(source, wanted)
    corrections = corrections_of(page)
    check_corrected(corrections)
    pages = (page, *(replace(each, corrections=page.corrections) for each in page.further))
    reading = joined([(reader or readers.sniff(each)).read(each, wanted) for each in pages])
    stated = with_precedence(wanted.stated, corrections.stated)
    # Transforms come after what the reader states: typography needs the language that is meant.
    document, said = transformed(with_stated(reading.document, stated))
    validate(document)
    notices = (*page.notices, *_corrected(corrections, reading), *reading.notices, *said)
    return replace(reading, document=document, notices=notices)


def check_corrected(corrections: Corrections) -> None:
    """Raises :class:`UsageError`, which names the file, for a date, a language or an address in it that is none."""
    try:
        check_stated(corrections.stated)
    except UsageError as fault:
        raise UsageError(f"{corrections.origin}: {fault.message}", fault.advice) from fault


def _corrected(corrections: Corrections, reading: Reading) -> Iterator[Notice]:
    """What is to be said of the file of corrections as a whole."""
    if corrections == Corrections(origin=corrections.origin):
        return
    besides = " and what is known of it" if corrections.stated != Stated() else ""
    yield notice("corrections", file=corrections.origin, count=len(corrections.blocks), besides=besides)
    if corrections.blocks and not reading.fates:
        yield notice("corrections-idle", file=corrections.origin)


def explain(reading: Reading, target: AnyTarget, *, source: AnySource | None = None) -> None:
    """Writes what became of each block of the page, as one HTML file that loads nothing and holds none of its markup.

    Raises :class:`WriteError`, and :class:`UsageError` for a target that another format's files are called like or, where
    the ``source`` of the reading is given, that belongs to it.
    """
    from exporter.writers.explanation import explanation

    check_explanation(target, source)
    store(explanation(reading), target)


def check_explanation(target: AnyTarget, source: AnySource | None = None) -> None:
    """Finds out, before the page is read, what :func:`explain` would say of the target."""
    writer_for(target, "html")
    check_target(target)
    protect(target, _kept(source))


def write_corrections(
    source: AnySource,
    target: AnyTarget | None = None,
    *,
    read_options: ReadOptions = READ_DEFAULTS,
    force: bool = False,
) -> tuple[str, int]:
    """Writes a file of corrections with a line for each block of the page; gives its place, and the number of blocks.

    Without a ``target`` it stands beside the page, else in the current folder. A file that is there already is kept; with
    ``force``, lines for the blocks that it lacks are put into it. Raises :class:`WriteError`, and what :func:`read` raises.
    """
    # Late: it brings what reads such files, of which other commands know nothing.
    from exporter.corrections.skeleton import skeleton

    page = opened(source, read_options)
    place = os.fspath(target or place_for(page))
    check_target(place)
    protect(place, replace(page, corrections=None))
    known = _known_corrections(place, force) if place != STANDARD_OUTPUT else ""
    reading = read(page, read_options=read_options)
    store(skeleton(reading, Path(page.origin).name, known).encode(), place)
    return place, len({fate.identity for fate in reading.fates})


def _known_corrections(place: str, force: bool) -> str:
    """The text of the file that is there; ``""`` where there is none."""
    if not os.path.lexists(place):
        return ""
    if not force:
        raise WriteError(f"There are corrections already: {place}.", "Put new blocks into them with --force.")
    file = file_at(Path(place))
    corrections_in(file)
    return file.content.decode("utf-8-sig")


def render(document: Document, format: str, options: Options = DEFAULTS) -> tuple[bytes, tuple[Notice, ...]]:
    """The finished file as bytes, stored nowhere. Raises as :func:`write` does."""
    writer = writers.named(format)
    check_options(writer, options)
    validate(document)
    said: tuple[Notice, ...] = ()
    if "verbatim" in writer.options and not options.verbatim:
        document, said = transformed(document, PRINTED)
    content, notices = writer.render(document, dated(options))
    return content, said + notices + (() if writer.whole else without_words([document.article.metadata.language]))


def without_words(languages: Iterable[str]) -> tuple[Notice, ...]:
    """What is to be said where results have words that one of their languages has not, once a language."""
    return tuple(
        notice("language-without-words", language=each) for each in dict.fromkeys(languages) if has_no_words(each)
    )


def proofread(document: Document, options: Options = DEFAULTS) -> Proofs:
    """What a proof-reader finds on the pages of the document's PDF, before and after the typesetting loop; nothing is stored.

    Raises as :func:`write` does.
    """
    from exporter.writers import pdf

    check_options(writers.named("pdf"), options)
    validate(document)
    if not options.verbatim:
        document, _ = transformed(document, PRINTED)
    return pdf.proofread(distinct(document), dated(options))


def write(
    document: Document,
    target: AnyTarget,
    *,
    format: str | None = None,
    theme: str | None = None,
    options: Options = DEFAULTS,
    source: AnySource | None = None,
) -> tuple[Notice, ...]:
    """Writes the document to a file, whole or not at all, and returns what is to be said about it.

    ``format`` is one of :func:`output_formats`, told by the target's suffix when None; ``theme`` overrules that of the
    ``options``; ``source`` is what the document was read from: neither it nor what belongs to it is ever overwritten.
    Raises :class:`UsageError`, :class:`InvalidDocument`, :class:`ThemeError` or :class:`WriteError`.
    """
    chosen = replace(options, theme=theme) if theme else options
    writer = writer_for(target, format)
    check_target(target)
    protect(target, _kept(source), files_named(chosen))
    content, notices = render(document, writer.name, chosen)
    store(content, target)
    return notices


def export(
    source: AnySource,
    target: AnyTarget | None = None,
    *,
    format: str | None = None,
    source_format: str | None = None,
    base_url: str = "",
    site: str | None = None,
    theme: str | None = None,
    options: Options = DEFAULTS,
    read_options: ReadOptions | None = None,
) -> Report:
    """Reads a page and writes it: :func:`read`, then :func:`write`. ``source_format`` is the ``format`` of the first.

    Without a ``target``, the file stands in the current folder under the source's name with the format's suffix; a target
    that is a folder takes it in under that name. Where that would be the source itself, it is NAME-exported. What can be
    wrong with the call or the target is found before the page is read. Raises what the two raise.
    """
    begun = time.perf_counter()
    chosen = replace(options, theme=theme) if theme else options
    writer = writers.named(format) if target is None and format else writer_for(target or "", format)
    check_options(writer, chosen)
    wanted = read_options or ReadOptions(source_format, base_url, site)
    check_stated(wanted.stated)
    if wanted.format:
        readers.named(wanted.format)
    if target is not None and not _is_folder(target, writer):
        check_target(target)
    page = opened(source, wanted)
    place = _place(target, page, writer, chosen)
    check_target(place)
    protect(place, page, (*files_named(chosen), *_files_read(source, wanted)))
    reading = read(page, read_options=wanted)
    notices = reading.notices + write(reading.document, place, format=writer.name, options=chosen)
    return Report(page.origin, os.fspath(place), notices, time.perf_counter() - begun)


def failed(source: object, target: object, fault: ExporterError) -> Report:
    """The report of an export that made nothing."""
    where = "" if target is None else str(target)
    return Report(str(source), where, exit_code=fault.exit_code, failure=fault.message, advice=fault.advice)


def _is_folder(target: AnyTarget, writer: Writer) -> bool:
    """Whether results go into it. What is named as a result is meant to be one: a book of some programs is a folder."""
    named = os.fspath(target)
    return os.path.isdir(named) and named != STANDARD_OUTPUT and not named.lower().endswith(writer.suffix)  # noqa: PTH112 - what can be no path is no folder


def opened(source: AnySource, read_options: ReadOptions = READ_DEFAULTS) -> Source:
    """The source with its content, not yet read as anything. Raises :class:`UsageError` or :class:`SourceError`."""
    return with_corrections(source, read_options) if isinstance(source, Source) else open_source(source, read_options)


def _kept(source: AnySource | None) -> Source | None:
    """What is to be protected of a source that was read before: nothing of bytes or an address, and a pipe is read once."""
    if source is None or isinstance(source, bytes) or (isinstance(source, str) and is_address(source)):
        return None
    return Source("page", b"") if source == STANDARD_INPUT else opened(source)


def files_named(options: Options) -> tuple[str, ...]:
    """The user's own files that the options name: whichever of these words are paths."""
    theme = options.theme if "/" in options.theme or os.sep in options.theme else ""
    cover = "" if options.cover == NO_COVER else options.cover
    return tuple(filter(None, (theme, options.style, cover, options.icc)))


def _files_read(source: AnySource, options: ReadOptions) -> Iterator[str]:
    """The file that the source came out of, the rules it is read by, and what is sent and trusted on the way."""
    if isinstance(source, str | os.PathLike) and not os.path.isdir(source):  # noqa: PTH112 - as above
        yield os.fspath(source)
    named = "" if options.corrections == NO_CORRECTIONS else options.corrections
    yield from filter(None, (options.site, named, options.network.cookies, options.network.authorities))


def _place(target: AnyTarget | None, source: Source, writer: Writer, options: Options) -> AnyTarget:
    """The target; under the source's title in the folder that it is, or in the current one without it.

    A name that nobody chose is never the source's own.
    """
    if target is not None and not _is_folder(target, writer):
        return target
    folder = Path(target or "")
    suffix = writer.suffix_for(options)
    place = folder / (source.title + suffix)
    return folder / f"{source.title}-exported{suffix}" if is_own(place, source) else place


def writer_for(target: AnyTarget, format: str | None) -> Writer:
    """The writer of that format, else that of the target's suffix, which may not be that of another format."""
    found = writers.for_suffix(Path(target).suffix)
    if format:
        asked = writers.named(format)
        if found not in {None, asked} and not _is_folder(target, asked):
            raise UsageError(
                f"The output {os.fspath(target)} is named as {found.name}, and {format} is asked for.",
                f"Ask for {found.name}, or name the file {Path(target).stem}{asked.suffix}.",
            )
        return asked
    if found is None:
        names = ", ".join(output_formats())
        what = "standard output" if target == STANDARD_OUTPUT else repr(os.fspath(target))
        raise UsageError(f"The name of the output does not tell its format: {what}.", f"Name one of: {names}.")
    return found


def check_options(writer: Writer, options: Options) -> None:
    """Raises :class:`UsageError` or :class:`ThemeError` for what the writer would stumble over later."""
    if "theme" in writer.options:
        themes.styled(options.theme, options.style)
    if "paper" in writer.options and options.paper:
        themes.paper_named(options.paper)
    if "cover" in writer.options and options.cover not in {"", NO_COVER}:
        picture_in(options.cover)
    if "links" in writer.options and options.links not in LINKS:
        raise UsageError(f"Links are not written as {options.links!r}.", f"Choose one of: {', '.join(LINKS)}.")
    if "standard" in writer.options:
        _check_standard(options)
    if "device" in writer.options:
        size_of(options.max_size or device_named(options.device).budget)


def _check_standard(options: Options) -> None:
    if (options.standard, options.icc) == (DEFAULTS.standard, DEFAULTS.icc):
        return  # what nobody chose cannot be wrong, and a batch need not load the typesetter to know it
    # Late: it brings the templates with it, which reading a page does without.
    from exporter.writers.pdf.standards import Finish, standard_named

    Finish(standard_named(options.standard), options.icc)


def dated(options: Options) -> Options:
    """The options with the moment that SOURCE_DATE_EPOCH gives, where it is set (reproducible-builds.org)."""
    stated = os.environ.get("SOURCE_DATE_EPOCH", "")
    if options.made or not stated:
        return options
    try:
        return replace(options, made=datetime.fromtimestamp(int(stated), UTC))
    except (ValueError, OverflowError, OSError) as fault:
        advice = "It is a whole number of seconds since 1970; set it so, or unset it."
        raise UsageError(f"SOURCE_DATE_EPOCH is {stated!r}.", advice) from fault
