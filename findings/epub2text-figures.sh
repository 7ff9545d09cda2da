#!/bin/sh
# epub2text 0.2.8 (PyPI), November 2026.
# Expected: a reader that takes the calls of notes out of a book's text takes raised numbers that are links, and an option (--keep-footnotes)
# leaves them in.
# Seen: all that is raised or lowered goes, with the option and with --raw as well: H2O is "HO", ten to the third is 10, "M(lle) Lamp" is
# Mr Lamp. A line break is nothing, so that words run together, the reading of a word is gone, what the book hides is told, and
# entries are numbered from 1 whatever their letters and numbers. Read figures from the page itself.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet epub2text==0.2.8 2>/dev/null
python3 "$here/book.py" talk.epub "" '<h1>A talk</h1><p>H<sub>2</sub>O at 10<sup>3</sup> m, says M<sup>lle</sup> Lamp.<br/>Next.</p>
<p>See <ruby>灯<rt>とう</rt></ruby>.</p><p hidden="hidden">Unseen.</p><ol type="A"><li>alpha</li><li value="7">seven</li></ol>'
seen=$(tools/bin/epub2text extract --raw --keep-footnotes talk.epub 2>/dev/null | grep -v '\.\.\.$')
printf '%s\n' "$seen"
[ "$seen" = 'A talk
  HO at 10 m, says M Lamp.Next.
  See 灯.
  Unseen.
1) alpha2) seven' ]
