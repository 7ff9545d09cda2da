#!/bin/sh
# alto-tools 0.1.0 (PyPI), November 2026.
# Expected: the text of a scanned page in ALTO joins a word that is parted at a line's end, for which ALTO has both halves and the whole word
# (SUBS_TYPE, SUBS_CONTENT), or gives the two halves.
# Seen: it gives the first half twice and the second nowhere: "inter" at the line's end, "interends." at the beginning of the next for
# "interview ends." All second halves of a library's scans are lost, and no error tells. Take the whole word from SUBS_CONTENT at the
# first half, and nothing at the second.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet alto-tools==0.1.0 2>/dev/null
place='HPOS="10" VPOS="10" WIDTH="90" HEIGHT="40"'
cat > page.xml <<XML
<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Description><MeasurementUnit>pixel</MeasurementUnit></Description>
<Layout><Page ID="p1" PHYSICAL_IMG_NR="1" WIDTH="800" HEIGHT="900"><PrintSpace $place><TextBlock ID="b1" $place>
<TextLine $place><String ID="s1" $place CONTENT="The"/><SP HPOS="100" VPOS="10" WIDTH="10"/>
<String ID="s2" $place CONTENT="inter" SUBS_TYPE="HypPart1" SUBS_CONTENT="interview"/><HYP CONTENT="-"/></TextLine>
<TextLine $place><String ID="s3" $place CONTENT="view" SUBS_TYPE="HypPart2" SUBS_CONTENT="interview"/>
<SP HPOS="100" VPOS="10" WIDTH="10"/><String ID="s4" $place CONTENT="ends."/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>
XML
seen=$(tools/bin/alto-tools -t page.xml | sed '/^ *$/d; s/ *$//')
printf '%s\n' "$seen"
[ "$seen" = 'The inter
interends.' ]
