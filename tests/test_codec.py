"""The JSON form: what goes in comes out, what is wrong is refused with its place, and the manual tells the truth."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import msgspec
import pytest

from exporter import Document, InvalidDocument, model
from exporter.model import book, codec
from exporter.model.walk import walk

ROOT = Path(__file__).resolve().parent.parent
MANUAL = (ROOT / "docs" / "model.md").read_text("utf-8")

KINDS: dict[str, type[model.Node]] = {
    str(msgspec.inspect.type_info(kind).tag): kind  # type: ignore[attr-defined]
    for kind in {**vars(model), **vars(book)}.values()
    if isinstance(kind, type) and issubclass(kind, model.Node) and kind is not model.Node
}
BOUND = {book.Book, book.BookMetadata, book.Part}
"""What a document has no place for: it is made of several."""
SECTIONS = dict(re.findall(r"^### `([a-z-]+)`\n(.*?)(?=^##|\Z)", MANUAL, re.MULTILINE | re.DOTALL))


def test_what_goes_in_comes_out(kitchen_sink: Document) -> None:
    written = codec.encode(kitchen_sink)
    assert codec.decode(written) == kitchen_sink
    assert codec.encode(codec.decode(written)) == written


def test_the_kitchen_sink_holds_every_kind_of_node(kitchen_sink: Document) -> None:
    assert {type(node) for node in walk(kitchen_sink)} == set(KINDS.values()) - BOUND


def test_every_kind_of_block_and_inline_is_a_node() -> None:
    assert set(get_args(model.Block)) | set(get_args(model.Inline)) <= set(KINDS.values())


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_manual_shows_each_node(kind: str) -> None:
    found = re.search(r"```json\n(.*?)```", SECTIONS[kind], re.DOTALL)
    assert found, f"docs/model.md gives no example of {kind}"
    msgspec.json.decode(found[1], type=KINDS[kind])
    assert json.loads(found[1])["type"] == kind
    documented = re.findall(r"^- `(\w+)`:", SECTIONS[kind], re.MULTILINE)
    assert documented == [field.encode_name for field in msgspec.structs.fields(KINDS[kind])]


def test_the_manual_shows_nothing_else() -> None:
    assert sorted(SECTIONS) == sorted(KINDS)


def test_the_schema_names_every_kind() -> None:
    written = json.dumps(codec.schema())
    assert not [kind for kind, node in KINDS.items() if f'"{kind}"' not in written and node not in BOUND]


HEAD = '{"type": "document", "article": {"type": "article", "metadata": {"type": "metadata"}, "headline": '
GOOD = HEAD + '[{"type": "text", "text": "A"}]'

BROKEN: dict[str, tuple[str | bytes, str]] = {
    "no JSON": ("nonsense", "malformed"),
    "no UTF-8": (b"\xff\xfe{}", "no document of exporter"),
    "cut off": (GOOD[:-4], "truncated"),
    "another thing": ("[1, 2]", "Expected `object`"),
    "a misspelt field": (GOOD + ', "kiker": []}}', "kiker"),
    "an unknown node": (HEAD + '[{"type": "blink"}]}}', "blink"),
    "a number for a text": (HEAD + '[{"type": "text", "text": 1}]}}', "$.article.headline[0].text"),
    "a newer version": (GOOD + '}, "version": 99}', "version 99"),
    "an empty headline": (HEAD + "[]}}", "no headline"),
    "an empty text": (HEAD + '[{"type": "text", "text": "A"}, {"type": "text", "text": ""}]}}', "empty"),
    "an empty turn": (GOOD + ', "body": [{"type": "turn"}]}}', "neither a question nor an answer"),
    "an empty answer": (
        GOOD + ', "body": [{"type": "turn", "answers": [{"type": "answer", "blocks": []}]}]}}',
        "empty",
    ),
    "a figure of nothing": (GOOD + ', "body": [{"type": "figure", "images": []}]}}', "no picture"),
    "an unknown asset": (
        GOOD + ', "body": [{"type": "figure", "images": [{"type": "image", "asset": "x"}]}]}}',
        "'x'",
    ),
    "a key twice": (
        GOOD + '}, "assets": [' + ", ".join(['{"type": "asset", "key": "k", "media_type": ""}'] * 2) + "]}",
        "'k'",
    ),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_is_wrong_is_refused_with_its_place(case: str) -> None:
    content, told = BROKEN[case]
    with pytest.raises(InvalidDocument) as fault:
        codec.decode(content.encode() if isinstance(content, str) else content)
    assert told in fault.value.message
    assert fault.value.advice
    assert "\n" not in str(fault.value)


def test_nesting_without_end_is_refused() -> None:
    quotes = 1000
    deep = '{"type": "block-quote", "blocks": [' * quotes + "]}" * quotes
    with pytest.raises(InvalidDocument):
        codec.decode((GOOD + f', "body": [{deep}]}}}}').encode())
