#!/bin/sh
# boilerpy3 1.0.7 (PyPI), November 2026.
# Expected: the article extractor loses a short answer here and there.
# Seen: three short answers in a row end the article for it. Of five turns, the last question and its long answer are gone with them;
# with five long answers all is kept. An interview is cut at its liveliest place.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet boilerpy3==1.0.7 2>/dev/null
seen=$(tools/bin/python - <<'PY'
from boilerpy3.extractors import ArticleExtractor

LONG = "My mother kept one, and her mother before her, and I was given the can when I was six and nobody asked for it back."
QUESTIONS = ("Why lamps, of all things?", "Did you want to stop?", "Not even in winter?", "Were you paid?", "Why not?")


def kept(answers):
    turns = "".join(f"<p><b>{asked}</b></p><p>{told}</p>" for asked, told in zip(QUESTIONS, answers))
    text = ArticleExtractor().get_content(f"<html><head><title>T</title></head><body><h1>A talk</h1>{turns}</body></html>")
    return sum(asked in text for asked in QUESTIONS), text.count(LONG)


print(kept([LONG] * 5), kept([LONG, "No.", "No.", "Yes.", LONG]))
PY
)
echo "$seen"
[ "$seen" = "(5, 5) (2, 1)" ]
