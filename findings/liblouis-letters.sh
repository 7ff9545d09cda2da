#!/bin/sh
# liblouis 3.24.0-1 (Debian 12), November 2026.
# Expected: the tables of a language know the signs that its printed books have, first of all the apostrophe of "l’isola", the dash and the
# quotation marks; a sign that is not known is at least marked as such.
# Seen: the Italian table, which stands for Italian as such, has none of these four. Each becomes the eight cells of its number in Unicode, in the
# midst of the word. In Spanish the apostrophe is a quotation mark. The French tables give an empty cell for what they do not know: H₂O is
# "H O", the ligature of ﬁne is gone with its letters, and nothing tells. Straighten quotation marks, dashes and ligatures before you ask for braille.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download liblouis-bin=3.24.0-1 liblouis20=3.24.0-1 liblouis-data=3.24.0-1 libyaml-0-2 >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" tools; done
LD_LIBRARY_PATH=$(dirname "$(find "$PWD/tools" -name 'liblouis.so*' | head -1)")
LOUIS_TABLEPATH=$PWD/tools/usr/share/liblouis/tables
export LD_LIBRARY_PATH LOUIS_TABLEPATH
braille() {
  table=$1 && shift
  printf '%s: %s\n' "$table" "$(printf '%s\n' "$@" | tools/usr/bin/lou_translate "unicode.dis,$table" | paste -sd' ')"
}
{
  braille it.tbl "l'isola" "l’isola" "“no”"
  braille es.tbl "d'or" "d’or"
  braille fr-bfu-comp6.utb "H2O" "H₂O" "fine" "ﬁne"
} >seen
cat seen
[ "$(cat seen)" = "it.tbl: ⠇⠄⠊⠎⠕⠇⠁ ⠇⠄⠠⠭⠃⠚⠁⠊⠄⠊⠎⠕⠇⠁ ⠄⠠⠭⠃⠚⠁⠉⠄⠝⠕⠄⠠⠭⠃⠚⠁⠙⠄
es.tbl: ⠙⠄⠕⠗ ⠙⠦⠕⠗
fr-bfu-comp6.utb: ⠨⠓⠠⠣⠨⠕ ⠨⠓⠀⠨⠕ ⠋⠊⠝⠑ ⠀⠝⠑" ]
