#!/bin/sh
# Remakes requirements/*.txt from pyproject.toml: every package pinned and hashed, for Python 3.11 and later on Linux and macOS.
# Tools that share an environment with the tests have the tests' versions.
# Only packages that publish wheels are taken, so that a newcomer needs no compiler.
# Usage: tools/lock.sh UV [uv's own options, such as --upgrade]
set -eu
uv=$1
shift
cd "$(dirname "$0")/.."

lock() {
    target=requirements/$1.txt
    shift
    UV_CUSTOM_COMPILE_COMMAND='make lock' "$uv" pip compile --quiet --no-config --universal \
        --python-version 3.11 --generate-hashes --only-binary :all: --no-emit-index-url --no-emit-find-links \
        --output-file "$target" "$@"
}

mkdir -p requirements
lock run pyproject.toml --group build "$@"
lock dev pyproject.toml --group dev --constraints requirements/run.txt "$@"
lock bench pyproject.toml --group build --group bench --constraints requirements/run.txt --constraints requirements/dev.txt "$@"
lock weights pyproject.toml --group build --group weights --constraints requirements/run.txt --constraints requirements/dev.txt "$@"
lock lock --group lock "$@"
