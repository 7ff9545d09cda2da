#!/bin/sh
# translate-toolkit 3.20.4 (PyPI), November 2026.
# Expected: html2po offers the translator all words that a reader of the page sees, and what is said instead of a picture; numbers that
# only the program reads are not offered.
# Seen: what stands right in a summary, legend or dialog, or in a template, is not offered, and the translated page has it in the first
# language; the number of a list's entry (value) and the lang of the page are, as words like others. Wrap the words in a paragraph, or look
# for what is still the same in the translation.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet translate-toolkit==3.20.4 2>/dev/null
cat > talk.html <<'HTML'
<!DOCTYPE html><html lang="en"><head><title>A talk</title></head><body>
<details><summary>More on the lamps</summary><p>They burn oil.</p></details>
<fieldset><legend>Your question</legend><label>Name</label></fieldset>
<dialog open>Read on?</dialog><figure><img src="pier.jpg" alt="The pier"><figcaption>Low tide</figcaption></figure>
<ol><li value="7">Seventh</li></ol><template shadowrootmode="open"><slot></slot>Shadow</template>
</body></html>
HTML
tools/bin/html2po talk.html talk.po >/dev/null 2>&1
seen=$(sed -n 's/^msgid "\(..*\)"$/\1/p' talk.po | tr '\n' '|')
printf '%s\n' "$seen"
[ "$seen" = "en|A talk|They burn oil.|Name|The pier|Low tide|7|Seventh|" ]
