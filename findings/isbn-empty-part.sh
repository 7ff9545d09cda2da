#!/bin/sh
# isbnlib 3.10.14, isbnlib2 3.11.24 (PyPI), November 2026.
# Expected: an ISBN whose publisher's range the library does not know is set without hyphens, or not at all; mask() is there to set it as the
# standard has it, five parts and four hyphens.
# Seen: the part that is not known is empty, and its hyphens stay: 978-65--2345678-4, two in a row, which goes into a colophon as it is and that
# other programs refuse. The successor, which comes under the same name of the module, knows newer ranges, parts one and the same number at another
# place, and does the same with what it does not know. Spain's new 979-13 is nothing for the first. Ask for "--" in the result.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
for package in isbnlib==3.10.14 isbnlib2==3.11.24; do
  python3 -m venv "${package%%=*}" && "${package%%=*}/bin/pip" install --quiet "$package" 2>/dev/null
done
seen=$(for package in isbnlib isbnlib2; do
  "$package/bin/python" -c 'import isbnlib, sys; print(isbnlib.__version__, *(isbnlib.mask(isbn) or "none" for isbn in sys.argv[1:]))' \
    9780306406157 9786523456784 9786311234563 9791312345675 9791123456782
done)
printf '%s\n' "$seen"
[ "$seen" = '3.10.14 978-0-306-40615-7 978-65--2345678-4 978-631--123456-3 none 979-11-23-45678-2
3.11.24 978-0-306-40615-7 978-65--2345678-4 978-631--123456-3 979-13--1234567-5 979-11-23456-78-2' ]
