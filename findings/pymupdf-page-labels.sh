#!/bin/sh
# pymupdf 2.0 (PyPI), November 2026.
# Expected: a page keeps the number that is printed on it when pages before it go, and select() of all pages changes nothing but what is unused.
# Seen: page labels stay with the place, not with the page: when the front page (i) is deleted, page 7 is page i, and 8 is ii; a page that is moved to the
# end takes the number of the one that stood there. select(), the way to shorten and to order anew, drops the labels altogether, and with them the mark
# that the file is tagged and its language, while the tags stay: what was PDF/UA is no tagged PDF for any reader, and nothing warns. Set labels,
# MarkInfo and Lang again after each.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet pymupdf==2.0 2>/dev/null
cat > pages.py <<'PY'
import pymupdf

book = pymupdf.open()
for _ in range(3):
    book.new_page()
book.set_page_labels([{"startpage": 0, "style": "r", "firstpagenum": 1}, {"startpage": 1, "style": "D", "firstpagenum": 7}])
catalog = book.pdf_catalog()
tree = book.get_new_xref()
book.update_object(tree, "<</Type/StructTreeRoot>>")
for key, value in {"MarkInfo": "<</Marked true>>", "Lang": "(de)", "StructTreeRoot": f"{tree} 0 R"}.items():
    book.xref_set_key(catalog, key, value)
book.save("book.pdf")
CHANGES = {
    "as it is": lambda book: None,
    "without the first": lambda book: book.delete_page(0),
    "the first at the end": lambda book: book.move_page(0, 2),
    "all selected": lambda book: book.select([0, 1, 2]),
}
for name, change in CHANGES.items():
    book = pymupdf.open("book.pdf")
    change(book)
    kept = [key for key in ("StructTreeRoot", "MarkInfo", "Lang") if book.xref_get_key(book.pdf_catalog(), key)[0] != "null"]
    print(f"{name}:", [page.get_label() for page in book], *kept)
PY
seen=$(tools/bin/python pages.py)
printf '%s\n' "$seen"
[ "$seen" = "as it is: ['i', '7', '8'] StructTreeRoot MarkInfo Lang
without the first: ['i', 'ii'] StructTreeRoot MarkInfo Lang
the first at the end: ['i', '7', '8'] StructTreeRoot MarkInfo Lang
all selected: ['', '', ''] StructTreeRoot" ]
