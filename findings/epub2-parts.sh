#!/bin/sh
# epub2 3.0.2, epub 2.1.1 (npm) on a book by EbookLib 0.20 (PyPI), November 2026.
# Expected: the contents of a book in two parts are read as its maker wrote them: each part with its title, below it its chapters. Of two
# creators the first is given, with its own role.
# Seen: no part has its title. A part leads to where its first chapter begins, as EbookLib and many others write it, and both parsers keep
# one record for an address, whose title is the last one that comes: the first chapter stands there twice, once in the part's place, and
# "Part One" is nowhere. The first creator has the role of the second (ivr), so that who answered asked. Let a part lead to a page of its own,
# or to an id that no chapter has, and read roles from the package.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet ebooklib==0.20 2>/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . epub2@3.0.2 epub@2.1.1 >/dev/null 2>&1
tools/bin/python -W ignore - <<'PY'
from ebooklib import epub

book = epub.EpubBook()
book.set_identifier("urn:uuid:4f0a8c2e-7d6c-4c4e-9c83-0d5a3f1b2c10")
book.set_title("Talks")
book.set_language("en")
book.add_author("Ann Keeper")
book.add_author("Tom Asker", role="ivr", uid="asker")
chapters = []
for name in ("one", "two", "three"):
    chapters.append(epub.EpubHtml(title=f"Chapter {name}", file_name=f"{name}.xhtml", lang="en", content=f"<p>Words {name}.</p>"))
    book.add_item(chapters[-1])
parts = {"Part One": chapters[:2], "Part Two": chapters[2:]}
book.toc = [(epub.Section(title, href=inside[0].file_name), inside) for title, inside in parts.items()]
book.add_item(epub.EpubNcx())
book.add_item(epub.EpubNav())
book.spine = chapters
epub.write_epub("talks.epub", book)
PY
cat > read.cjs <<'JS'
const show = (book) => [book.metadata.creator, book.metadata.role, ...book.toc.map((each) => each.title)].join(", ");
const { EPub } = require("epub2");
EPub.createAsync("talks.epub").then((book) => {
  console.log("epub2:", show(book));
  const Older = require("epub").EPub ?? require("epub").default ?? require("epub");
  const older = new Older("talks.epub");
  const tell = () => console.log("epub:", show(older));
  const parsed = older.on ? older.on("end", tell).parse() : older.parse().then(tell);
  return parsed;
});
JS
seen=$(node read.cjs)
printf '%s\n' "$seen"
[ "$seen" = 'epub2: Ann Keeper, ivr, Chapter one, Chapter one, Chapter two, Chapter three, Chapter three
epub: Ann Keeper, ivr, Chapter one, Chapter one, Chapter two, Chapter three, Chapter three' ]
