#!/bin/sh
# @unified-latex/unified-latex-to-hast 1.8.4 with unified-latex-util-parse 1.8.4 (npm), November 2026.
# Expected: what is no mathematics in a manuscript of LaTeX becomes a page that reads like it: notes apart, quotations in their marks, ligatures
# in their words, a list that goes on at 7.
# Seen: a note stands in the midst of its sentence, without a space; what \enquote holds has no marks, so that nobody sees who speaks; "\oe uvre" keeps the
# space that ends the command and is two words; the list begins at 1. What the plugin does not know stays as nested spans, and no message says
# which commands these were. Look for class "macro" in the result, and treat it as an error.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm install --silent --no-audit --no-fund --ignore-scripts --prefix . unified@11.0.5 hast-util-to-html@9.0.5 \
  @unified-latex/unified-latex-to-hast@1.8.4 @unified-latex/unified-latex-util-parse@1.8.4 >/dev/null 2>&1
cat > convert.mjs <<'JS'
import { unifiedLatexToHast } from "@unified-latex/unified-latex-to-hast";
import { unifiedLatexFromString } from "@unified-latex/unified-latex-util-parse";
import { toHtml } from "hast-util-to-html";
import { unified } from "unified";
const convert = unified().use(unifiedLatexFromString).use(unifiedLatexToHast).use(function () {
  this.compiler = (tree) => toHtml(tree);
});
for (const text of [
  String.raw`It rained\footnote{For a week.} here.`,
  String.raw`She said \enquote{so}, and \oe uvre.`,
  String.raw`\begin{enumerate}\setcounter{enumi}{6}\item Seven\end{enumerate}`,
]) {
  const page = String(convert.processSync(text));
  console.log(page.replace(/<(\w+)[^>]*>|<\/\w+>/g, (tag, name) => (["ol", "li", "br"].includes(name) ? tag.replace(/ class.*"/, "") : "")));
}
JS
seen=$(node convert.mjs)
printf '%s\n' "$seen"
[ "$seen" = 'It rainedFor a week. here.
She said so, and œ uvre.
<ol><li>Seven' ]
