#!/bin/sh
# bibutils 7.2-2 (Debian 12), November 2026.
# Expected: of an interview in the bibliography format of Word, which has a kind and two roles of its own for it (Interviewee, Interviewer),
# the one who answers becomes the author, and year and address are kept. The order of a book's authors is kept in any case.
# Seen: only the title is left, without an error: no person, no year, no address. Between BibTeX and RIS an institution that stands first
# among the authors comes last. Take another way for interviews, and put institutions last yourself.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
apt-get download bibutils=7.2-2 libbibutils8=7.2-2 >/dev/null 2>&1
for package in *.deb; do dpkg-deb -x "$package" tools; done
LD_LIBRARY_PATH=$(dirname "$(find "$PWD/tools" -name 'libbibutils.so*' | head -1)")
export LD_LIBRARY_PATH
cat > talk.xml <<'XML'
<?xml version="1.0"?>
<b:Sources xmlns:b="http://schemas.openxmlformats.org/officeDocument/2006/bibliography"><b:Source><b:Tag>Ans26</b:Tag>
<b:SourceType>Interview</b:SourceType><b:Author>
<b:Interviewee><b:NameList><b:Person><b:Last>Answerer</b:Last><b:First>Ann</b:First></b:Person></b:NameList></b:Interviewee>
<b:Interviewer><b:NameList><b:Person><b:Last>Asker</b:Last><b:First>Al</b:First></b:Person></b:NameList></b:Interviewer></b:Author>
<b:Title>A talk of lamps</b:Title><b:Year>2026</b:Year><b:URL>https://example.org/a</b:URL></b:Source></b:Sources>
XML
echo '@misc{a, author={{The Desk} and Answerer, Ann}, title={A talk}, year=2026}' >talk.bib
seen=$(
  tools/usr/bin/wordbib2xml talk.xml 2>/dev/null | tools/usr/bin/xml2ris 2>/dev/null | tr -d '\357\273\277\r' | tr '\n' '|'
  echo
  tools/usr/bin/bib2xml talk.bib 2>/dev/null | tools/usr/bin/xml2ris 2>/dev/null | grep AU | tr -d '\r' | tr '\n' '|'
)
printf '%s\n' "$seen"
[ "$seen" = "TY  - STD|TI  - A talk of lamps|ID  - Ans26|ER  - |
AU  - Answerer, Ann|AU  - The Desk|" ]
