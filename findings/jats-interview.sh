#!/bin/sh
# litdown 0.7.0, jats 0.2.2, pandoc 3.9 (pypandoc_binary 1.17) (PyPI), November 2026.
# Expected: JATS, the format of journals, has elements for a talk (speech, speaker) and for verse; a reader that makes Markdown of it keeps the words,
# as paragraphs at worst; who said a quotation stands there once; the number that an entry brings along (label) is its number.
# Seen: litdown makes one word of who asks and what, "AskerWhy?KeeperBecause.", and one of a poem's lines. jats leaves out talk, verse,
# quotation and lists alike, without a word, and keeps plain paragraphs. pandoc has the talk, tells twice whose words a quotation is,
# numbers entries anew (7 is 1), and an author that is a society is an empty line. Read the XML yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet litdown==0.7.0 jats==0.2.2 pypandoc_binary==1.17 2>/dev/null
cat > talk.xml <<'XML'
<?xml version="1.0"?>
<article xml:lang="en"><front><journal-meta><journal-id>lamp</journal-id></journal-meta><article-meta><title-group><article-title>A talk</article-title></title-group>
<contrib-group><contrib contrib-type="author"><collab>Harbour Society</collab></contrib></contrib-group></article-meta></front>
<body><sec><title>Talk</title><p>Plain.</p><speech><speaker>Asker</speaker><p>Why?</p></speech><speech><speaker>Keeper</speaker><p>Because.</p></speech>
<verse-group><verse-line>First</verse-line><verse-line>Second</verse-line></verse-group>
<disp-quote><p>Said.</p><attrib>Who</attrib></disp-quote>
<list list-type="order"><list-item><label>7.</label><p>Entry.</p></list-item></list></sec></body></article>
XML
seen=$(
  echo litdown && tools/bin/litdown talk.xml | sed '1,/^---/d' | grep .
  echo jats && tools/bin/jats convert talk.xml | grep .
  echo pandoc && tools/bin/python -c 'import pypandoc; print(pypandoc.convert_file("talk.xml", "markdown", format="jats", extra_args=["-s"]))' | grep .
)
printf '%s\n' "$seen"
[ "$seen" = 'litdown
## Talk
Plain.
AskerWhy?KeeperBecause. FirstSecond
> Said.
> 
> — Who
7. Entry.
jats
# A talk
## Talk
Plain.
pandoc
---
author:
- 
title: A talk
---
# Talk
Plain.
Asker
Why?
Keeper
Because.
First
Second
> Said.
>
> Who
>
> --- Who
1.  Entry.' ]
