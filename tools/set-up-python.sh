#!/bin/sh
# Makes the virtual environment, or mends it, and installs one of the locked sets of requirements/ and exporter itself.
# Usage: tools/set-up-python.sh PYTHON VENV SET
set -eu
wanted=$1 venv=$2 set=$3
cd "$(dirname "$0")/.."
. tools/install.sh

new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

find_python() {
    for candidate in "$wanted" python3 python3.14 python3.13 python3.12 python3.11; do
        if new_enough "$candidate"; then
            echo "$candidate"
            return
        fi
    done
    echo "No Python 3.11 or later was found. Install one and run: make PYTHON=/path/to/python3" >&2
    return 1
}

make_environment() {
    python=$(find_python)
    # Debian and Ubuntu ship venv apart from Python.
    if ! "$python" -c 'import ensurepip' >/dev/null 2>&1; then
        package=$("$python" -c 'import sys; print("python3.%d-venv" % sys.version_info[1])')
        install_packages "Python's venv" "$package" "" ""
    fi
    "$python" -m venv --clear "$venv"
}

if ! new_enough "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
    echo "Setting up $venv" >&2
    make_environment
fi
echo "Installing requirements/$set.txt" >&2
pip() { "$venv/bin/python" -m pip --disable-pip-version-check -qq install "$@"; }
# The lock names every package, what each needs included: there is nothing to work out, and what pip 23 makes of extras in two
# spellings (an assertion fails) is not met.
pip --no-deps --require-hashes --only-binary :all: -r "requirements/$set.txt"
# The set of `make lock` holds uv alone, not what exporter itself is built with.
if "$venv/bin/python" -c 'import hatchling' >/dev/null 2>&1; then
    pip --no-deps --no-build-isolation --editable .
fi
