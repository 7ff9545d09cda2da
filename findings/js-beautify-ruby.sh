#!/bin/sh
# js-beautify 2.0.3, prettier 3.10.1 (npm), November 2026.
# Expected: what makes HTML easier to read leaves its words alone: no white space where two inline elements touch, and the elements in a ruby, a
# formula or a drawing's text are inline.
# Seen: js-beautify puts the brackets of a ruby (rp) and each part of a fraction on lines of their own, so that the page shows gaps: "灯台( とうだい ) に".
# In a drawing both do it: the label "toward", in two tspans for its two colours, is "to ward". prettier leaves ruby and formulas alone. Name
# these elements as inline in js-beautify's options, keep drawings out (prettier-ignore), or format before the words come in.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . js-beautify@2.0.3 prettier@3.10.1 parse5@8.0.0 >/dev/null 2>&1
cat > format.mjs <<'JS'
import beautify from "js-beautify";
import { parse } from "parse5";
import { format } from "prettier";
const text = (node) => (node.nodeName === "#text" ? node.value : (node.childNodes ?? []).map(text).join(""));
const shown = (page) => text(parse(page).childNodes.at(-1).childNodes.at(-1)).replace(/\s+/g, " ").trim();
const pages = [
  "<p><ruby>灯台<rp>(</rp><rt>とうだい</rt><rp>)</rp></ruby>に</p>",
  "<p><math><mfrac><mn>1</mn><mn>2</mn></mfrac></math>cup</p>",
  "<svg><text><tspan>to</tspan><tspan>ward</tspan></text></svg>",
  "<p>H<sub>2</sub>O, super<wbr>cali, <my-word>cus</my-word>tom</p>",
];
for (const page of pages) console.log([page, beautify.html(page), await format(page, { parser: "html" })].map(shown).join(" | "));
JS
seen=$(node format.mjs)
echo "$seen"
[ "$seen" = "灯台(とうだい)に | 灯台( とうだい ) に | 灯台(とうだい)に
12cup | 1 2 cup | 12cup
toward | to ward | to ward
H2O, supercali, custom | H2O, supercali, custom | H2O, supercali, custom" ]
