"""Web addresses: those that are left as they are without a closer look are those that a closer look leaves as they are."""

from __future__ import annotations

import pytest

from exporter.sources.urls import is_plain, joined, linkable

BASES = ("", "https://leeward.example/a/b?c=d#e", "http://leeward.example", "file:///saved/page.html")
PLAIN = (
    "https://leeward.example/",
    "http://a-b.leeward.example/lamp/../the_lamp-2.html?page=2&of=~3#notes",
    "https://1.example/a//b/./c",
    "https://leeward.example",
)
OTHER = (
    "lamp.html",
    "//leeward.example/lamp",
    "HTTPS://leeward.example/",
    "https://leeward.example/#",
    "https://leeward.example/lamp?",
    "https://leeward.example/a;b",
    "https://leeward.example:80/",
    "https://-leeward.example/",
    "https://leeward..example/",
    "https://leeward.example/é",
    "https://leeward.example/a b",
    "https://leeward.example/%zz",
    "https://leeward.example?lamp=1",
    "https://leeward.example/lamp\n",
    "https://leeward.example/lamp\nx",
)


@pytest.mark.parametrize("address", PLAIN)
def test_a_plain_address_is_left_as_it_is(address: str) -> None:
    assert is_plain(address)
    assert {linkable(joined(base, address)) for base in BASES} == {address}


@pytest.mark.parametrize("address", OTHER)
def test_an_address_that_may_change_is_looked_at(address: str) -> None:
    assert not is_plain(address)
