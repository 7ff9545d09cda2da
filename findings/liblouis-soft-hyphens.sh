#!/bin/sh
# liblouis 3.24.0-1 (Debian 12), November 2026.
# Expected: a soft hyphen, which says where a word may be parted and is seen nowhere else, vanishes in braille; a space that does not break
# is an empty cell like any other space.
# Seen: in English, Spanish, Italian and Dutch each soft hyphen is a hyphen that is written (⠤), and the contractions of grade 2 end at it;
# in German and French it is an empty cell: "inter view". The space that does not break is no cell at all but comes out as a character of
# text, while a thin one is a cell. A book with soft hyphens, as e-books have them for readers that cannot part words, is spoilt. Take both out
# before you ask for braille.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download liblouis-bin=3.24.0-1 liblouis20=3.24.0-1 liblouis-data=3.24.0-1 libyaml-0-2 >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" tools; done
LD_LIBRARY_PATH=$(dirname "$(find "$PWD/tools" -name 'liblouis.so*' | head -1)")
LOUIS_TABLEPATH=$PWD/tools/usr/share/liblouis/tables
export LD_LIBRARY_PATH LOUIS_TABLEPATH
for table in en-ueb-g2.ctb es-g1.ctb it-it-comp6.utb nl-NL-g0.utb de-g2.ctb fr-bfu-g2.ctb; do
  printf 'interview\ninter\302\255view\n5 km\n5\302\240km\n5\342\200\257km\n' |
    tools/usr/bin/lou_translate "unicode.dis,$table" | sed "s/$(printf '\302\240')/(no cell)/; t; s/ /(no cell)/" | paste -sd' ' | sed "s/^/$table: /"
done >seen
cat seen
[ "$(cat seen)" = "en-ueb-g2.ctb: ⠔⠞⠻⠧⠊⠑⠺ ⠔⠞⠻⠤⠧⠊⠑⠺ ⠼⠑⠀⠅⠍ ⠼⠑(no cell)⠅⠍ ⠼⠑⠀⠅⠍
es-g1.ctb: ⠊⠝⠞⠑⠗⠧⠊⠑⠺ ⠊⠝⠞⠑⠗⠤⠧⠊⠑⠺ ⠼⠑⠀⠅⠍ ⠼⠑(no cell)⠅⠍ ⠼⠑⠀⠅⠍
it-it-comp6.utb: ⠊⠝⠞⠑⠗⠧⠊⠑⠺ ⠊⠝⠞⠑⠗⠤⠧⠊⠑⠺ ⠼⠑⠀⠅⠍ ⠼⠑(no cell)⠅⠍ ⠼⠑⠀⠅⠍
nl-NL-g0.utb: ⠊⠝⠞⠑⠗⠧⠊⠑⠺ ⠊⠝⠞⠑⠗⠤⠧⠊⠑⠺ ⠼⠑⠀⠅⠍ ⠼⠑(no cell)⠅⠍ ⠼⠑⠀⠅⠍
de-g2.ctb: ⠔⠞⠻⠧⠊⠑⠺ ⠔⠞⠻⠀⠧⠊⠑⠺ ⠼⠑⠀⠅⠍ ⠼⠑(no cell)⠅⠍ ⠼⠑⠀⠅⠍
fr-bfu-g2.ctb: ⠔⠞⠦⠧⠊⠑⠺ ⠔⠞⠑⠗⠀⠧⠊⠑⠺ ⠠⠱⠀⠅⠍ ⠠⠱(no cell)⠅⠍ ⠠⠱⠀⠅⠍" ]
