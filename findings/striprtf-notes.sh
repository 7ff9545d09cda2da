#!/bin/sh
# striprtf 0.0.35 (PyPI), pandoc 3.9 (pypandoc_binary 1.17, PyPI), November 2026.
# Expected: the text of an RTF file is what its reader sees: with its footnotes, somewhere, without what is formatted as hidden and
# without what an editor struck out.
# Seen: it is the other way round. Footnotes are gone with their words, hidden words stand in the sentence, and of a tracked change both the old
# and the new words do, with nothing between them. pandoc keeps the notes, drops what is hidden, and strikes out what was deleted. Nobody
# should judge a manuscript by striprtf's text.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet striprtf==0.0.35 pypandoc_binary==1.17 2>/dev/null
cat > talk.rtf <<'RTF'
{\rtf1\ansi\deff0{\fonttbl{\f0 Times;}}{\*\revtbl{Unknown;}{Ann;}}
\pard A light{\super\chftn{\footnote\pard\plain {\super\chftn} Of the third order.}} for {\v (ask again!) }ships.\par
\pard I was {\deleted\revauthdel1 never}{\revised\revauth1 always} there.\par}
RTF
seen=$(tools/bin/python - <<'PY'
import pypandoc
from striprtf.striprtf import rtf_to_text

print(rtf_to_text(open("talk.rtf").read()).strip())
print(pypandoc.convert_file("talk.rtf", "markdown", extra_args=["--wrap=none"]).strip())
PY
)
echo "$seen"
[ "$seen" = "A light for (ask again!) ships.
I was neveralways there.
A light[^1] for ships.

I was ~~never~~always there.

[^1]: Of the third order." ]
