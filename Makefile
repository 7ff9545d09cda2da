# exporter: a web interview becomes a magazine PDF and an EPUB. `make help` lists what can be made.
# Every target sets up what it needs; nothing is installed outside .venv except Pango, by the system's own package manager.
# Kept to what GNU make 3.81 understands, since macOS ships that one.

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:

PYTHON ?= python3
SOURCE ?= source/the-last-lampist
THEME ?= magazine
PAPER ?=
OUT ?=
ARGS ?=

STEM := $(basename $(notdir $(patsubst %/,%,$(SOURCE))))
NAME := $(if $(STEM),$(STEM),article)
VENV := .venv
BIN := $(VENV)/bin
PLAIN := build/plain
# Homebrew's libraries are not on the path that other Pythons search. The variable must stand in the command itself: macOS
# strips it from the environment of its own shell.
BREW := $(shell if test "$$(uname -s)" = Darwin; then brew --prefix 2>/dev/null; fi)
RUN := $(if $(BREW),DYLD_FALLBACK_LIBRARY_PATH=$(BREW)/lib:/usr/local/lib:/usr/lib )
EXPORTER := $(RUN)$(BIN)/exporter
PY := $(RUN)$(BIN)/python

.PHONY: help pdf epub test check validate accept bench speed growth many thousand binding cluster watching quality publishers proofs sheets weights lock pictures showcase peers package clean

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile
	@echo
	@echo "  SOURCE=page.html|folder|-   what to export     THEME=$(THEME)   PAPER=a4|letter|a5|…   OUT=file or folder"
	@echo "  ARGS=…                      further words for exporter, pytest or the benchmark"

pdf: $(VENV)/run.stamp $(VENV)/pango.stamp ## the magazine PDF of SOURCE
	@mkdir -p build
	@$(EXPORTER) pdf "$(SOURCE)" --theme "$(THEME)" $(if $(PAPER),--paper "$(PAPER)") -o "$(if $(OUT),$(OUT),build/$(NAME).pdf)" $(ARGS)

epub: $(VENV)/run.stamp ## the e-book of SOURCE
	@mkdir -p build
	@$(EXPORTER) epub "$(SOURCE)" --theme "$(THEME)" -o "$(if $(OUT),$(OUT),build/$(NAME).epub)" $(ARGS)

test: $(VENV)/dev.stamp $(VENV)/pango.stamp ## run the tests
	$(PY) -m pytest -n auto $(ARGS)

check: $(VENV)/dev.stamp ## lint, formatting, types
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

validate: $(VENV)/dev.stamp $(VENV)/pango.stamp ## every kind of e-book before epubcheck (Java) and Ace (ACE=path of its program)
	$(PY) -m pytest -m validators tests/writers/test_epub_validators.py $(ARGS)

accept: $(VENV)/dev.stamp $(VENV)/pango.stamp ## rewrite the expected results of the tests, to be read before they are committed
	$(PY) -m pytest --accept $(ARGS)

bench: $(VENV)/bench.stamp $(PLAIN)/run.stamp $(VENV)/pango.stamp ## CPU and memory beside pandoc and bare WeasyPrint
	$(PY) benchmarks/bench.py --programs $(PLAIN)/bin $(ARGS)
	$(PY) benchmarks/speed.py --programs $(PLAIN)/bin

speed: $(VENV)/bench.stamp $(PLAIN)/run.stamp $(VENV)/pango.stamp ## the ratios alone, in pairs of runs (ARGS="--pairs 9 cold_pdfs photos")
	$(PY) benchmarks/speed.py --programs $(PLAIN)/bin $(ARGS)

growth: $(VENV)/run.stamp $(VENV)/pango.stamp ## what 10 to 10,000 figures, speakers, links … on a page cost (ARGS="--to pdf figures")
	$(PY) benchmarks/growth.py $(ARGS)

thousand: $(VENV)/run.stamp $(VENV)/pango.stamp ## a thousand sources through one batch: rate, memory, killed and taken up
	$(PY) benchmarks/thousand.py $(ARGS)

binding: $(VENV)/dev.stamp $(VENV)/pango.stamp ## a book of many articles: its numbers, its validity, its cost (ARGS="--peers": beside percollate, calibre)
	$(PY) benchmarks/binding.py $(ARGS)

cluster: $(VENV)/dev.stamp $(VENV)/pango.stamp ## the same batch on a Dask cluster of this machine, a worker lost, an old one refused
	$(PY) benchmarks/cluster.py $(ARGS)

watching: $(VENV)/dev.stamp $(VENV)/pango.stamp ## how soon a result follows when its page is saved
	$(PY) benchmarks/watching.py $(ARGS)

many: thousand binding cluster watching ## all that is measured of many articles; half an hour

quality: $(VENV)/bench.stamp ## what survives of real pages beside trafilatura and its like (needs the corpus in ../shared)
	$(PY) benchmarks/quality.py $(ARGS)

publishers: $(VENV)/bench.stamp ## what survives of publishers' pages, seen and unseen, beside the same (ARGS="--defuddle COMMAND")
	$(PY) benchmarks/publishers.py $(ARGS)

proofs: $(VENV)/run.stamp $(VENV)/pango.stamp ## what the typesetting loop finds, mends and costs (ARGS=--verbose: what it leaves)
	$(PY) benchmarks/proof.py $(ARGS)

weights: $(VENV)/weights.stamp ## learn anew how questions are told from answers (needs the corpus in ../shared)
	$(PY) -m tools.weights $(ARGS)

lock: $(VENV)/lock.stamp ## pin the newest dependencies that fit (ARGS=--upgrade to renew all)
	tools/lock.sh $(BIN)/uv $(ARGS)

pictures: $(VENV)/dev.stamp ## redraw the sample's pictures
	$(BIN)/python -m tools.pictures source/the-last-lampist

showcase: pdf epub $(VENV)/dev.stamp ## the pictures of the README, from the sample (needs Chromium)
	$(BIN)/python -m tools.showcase build/$(NAME).pdf build/$(NAME).epub docs/images

sheets: $(VENV)/dev.stamp $(VENV)/pango.stamp ## the pictures of docs/contact-sheets.md: five pieces in all themes on two papers
	$(PY) -m tools.contact_sheets docs/images/contact-sheets

peers: $(VENV)/dev.stamp $(VENV)/bench.stamp $(VENV)/pango.stamp ## the pictures of docs/side-by-side.md: our pages and the peers'
	$(PY) -m tools.side_by_side source/the-last-lampist/article.html docs/images

package: $(VENV)/dev.stamp ## the wheel and the source archive, in dist/
	$(BIN)/python -m hatchling build

clean: ## remove everything that was made, and the environment
	rm -rf build dist $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis

# An environment as a user has it: what the benchmark compares us with slows down what we use.
$(PLAIN)/run.stamp: requirements/run.txt pyproject.toml tools/set-up-python.sh
	@tools/set-up-python.sh "$(PYTHON)" $(PLAIN) run
	@touch $@

# An environment is renewed when the lock, the package's own description or the way it is set up changes.
$(VENV)/%.stamp: requirements/%.txt pyproject.toml tools/set-up-python.sh
	@tools/set-up-python.sh "$(PYTHON)" $(VENV) $*
	@touch $@

$(VENV)/pango.stamp: tools/set-up-pango.sh $(VENV)/run.stamp
	@$(RUN)tools/set-up-pango.sh $(BIN)/python
	@touch $@
