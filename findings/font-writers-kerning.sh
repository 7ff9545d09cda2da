#!/bin/sh
# opentype.js 2.0.0, fontmin 2.0.3, fonteditor-core 2.6.3, subset-font 2.9.0 (npm), shaped with uharfbuzz (PyPI), November 2026.
