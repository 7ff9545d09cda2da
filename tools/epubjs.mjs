// Screens of an e-book as epub.js shows them in Chromium: node tools/epubjs.mjs BOOK.epub FOLDER MODULES CHROMIUM
//
// MODULES is a node_modules with epubjs, jszip and puppeteer-core. Five places of the book in five looks become
// FOLDER/<look>-<place>.png; what the page complains about goes to standard error.

import fs from "node:fs";
import http from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";

const [book, folder, modules, chromium] = process.argv.slice(2);
const puppeteerFile = path.join(modules, "puppeteer-core/lib/esm/puppeteer/puppeteer-core.js");
const { default: puppeteer } = await import(pathToFileURL(path.resolve(puppeteerFile)).href);

const LOOKS = {
  light: { width: 420, height: 640, ground: "#ffffff", letters: "#111111", size: "100%" },
  dark: { width: 420, height: 640, ground: "#000000", letters: "#cccccc", size: "100%" },
  sepia: { width: 420, height: 640, ground: "#f4ecd8", letters: "#3b2f1e", size: "100%" },
  large: { width: 420, height: 640, ground: "#ffffff", letters: "#111111", size: "200%" },
  narrow: { width: 320, height: 560, ground: "#ffffff", letters: "#111111", size: "100%" },
};

// Each place: the document, and what to look for in it.
const PLACES = [
  ["cover", "cover.xhtml", "img"],
  ["title", "titlepage.xhtml", "h1"],
  ["turn", "text-1.xhtml", ".question"],
  ["figure", "text-1.xhtml", "figure.tall, figure.landscape:not(.lead)"],
  ["quote", "text-1.xhtml", ".pull-quote"],
];

const FILES = {
  "/epub.js": path.join(modules, "epubjs/dist/epub.js"),
  "/jszip.js": path.join(modules, "jszip/dist/jszip.min.js"),
  "/book.epub": book,
};
const PAGE = '<!DOCTYPE html><body style="margin:0"><div id="view"></div><script src="/jszip.js"></script><script src="/epub.js"></script>';

const server = http.createServer((request, response) => {
  if (request.url === "/") {
    response.setHeader("content-type", "text/html");
    response.end(PAGE);
  } else if (FILES[request.url]) {
    response.end(fs.readFileSync(FILES[request.url]));
  } else {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));

async function opened(browser, look) {
  const page = await browser.newPage();
  page.on("pageerror", (fault) => console.error(fault.message));
  await page.setViewport({ width: look.width, height: look.height });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.evaluate(async (look) => {
    document.body.style.background = look.ground;
    window.book = ePub("/book.epub", { openAs: "epub" });
    const manner = { width: look.width, height: look.height, flow: "paginated", spread: "none" };
    window.view = book.renderTo("view", manner);
    view.themes.default({ body: { background: look.ground, color: look.letters } });
    view.themes.fontSize(look.size);
    await view.display();
  }, look);
  return page;
}

// The exact place of an element is known once its document is open: it is shown twice.
async function turnedTo(page, file, selector) {
  await page.evaluate(
    async (file, selector) => {
      await view.display(file);
      const contents = view.getContents()[0];
      const found = contents.document.querySelector(selector);
      await view.display(contents.cfiFromNode(found));
    },
    file,
    selector,
  );
  await new Promise((done) => setTimeout(done, 400));
}

fs.mkdirSync(folder, { recursive: true });
const browser = await puppeteer.launch({ executablePath: chromium, args: ["--no-sandbox"] });
for (const [name, look] of Object.entries(LOOKS)) {
  const page = await opened(browser, look);
  for (const [place, file, selector] of PLACES) {
    await turnedTo(page, file, selector);
    await page.screenshot({ path: path.join(folder, `${name}-${place}.png`) });
  }
  await page.close();
}
await browser.close();
server.close();
