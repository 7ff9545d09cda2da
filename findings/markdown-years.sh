#!/bin/sh
# markdownify 1.2.3, html2text 2025.4.15, html-to-markdown 3.21.2 (PyPI), turndown 7.2.5, node-html-markdown 2.0.0 (npm), read by
# markdown-it-py 4.0.0 (PyPI), November 2026.
# Expected: who makes Markdown of HTML escapes what would be markup: an answer that begins with a year, a bracketed number or a hyphen stays
# a paragraph. Each of them escapes stars.
# Seen: with markdownify the year becomes the number of a list, the hyphen its sign, a line of hyphens a rule; an option (escape_misc) is off.
# html2text leaves a heading and a quotation besides, and "1) Yes." becomes an entry with all but html-to-markdown. Count the paragraphs before
# and after.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet markdownify==1.2.3 html2text==2025.4.15 html-to-markdown==3.21.2 markdown-it-py==4.0.0 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . turndown@7.2.5 node-html-markdown@2.0.0 >/dev/null 2>&1
cat > convert.mjs <<'JS'
import { readFileSync } from "fs";
import { NodeHtmlMarkdown } from "node-html-markdown";
import Turndown from "turndown";
const page = readFileSync("page.html", "utf8");
console.log(JSON.stringify({ turndown: new Turndown().turndown(page), "node-html-markdown": NodeHtmlMarkdown.translate(page) }));
JS
cat > convert.py <<'PY'
import json
import pathlib
import subprocess

import html2text
import html_to_markdown
import markdownify
from markdown_it import MarkdownIt

LINES = ("1986. It was a storm.", "1) Yes.", "(1) Yes.", "- No.", "+ 3 degrees.", "# 7 is mine.", "---", "*", "= 3", "> more")
page = "".join(f"<p>{line.replace('>', '&gt;')}</p>" for line in LINES)
pathlib.Path("page.html").write_text(page)
converted = {
    "markdownify": markdownify.markdownify(page),
    "html2text": html2text.html2text(page),
    "html-to-markdown": html_to_markdown.convert(page).content,
} | json.loads(subprocess.run(["node", "convert.mjs"], capture_output=True, text=True, check=True).stdout)
for name, text in converted.items():
    tokens = MarkdownIt().parse(text)
    starts = {at + 1 for at, each in enumerate(tokens) if each.type == "paragraph_open" and each.level == 0}
    kept = {"".join(part.content for part in tokens[at].children) for at in starts}
    print(name, "lost:", *(line.split()[0] for line in LINES if line not in kept))
PY
seen=$(tools/bin/python convert.py)
echo "$seen"
[ "$seen" = "markdownify lost: 1986. 1) - + # --- >
html2text lost: 1) # * >
html-to-markdown lost:
turndown lost: 1)
node-html-markdown lost: 1)" ]
