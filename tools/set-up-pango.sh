#!/bin/sh
# Sees to it that Pango, which WeasyPrint sets type with, is on the system.
# Usage: tools/set-up-pango.sh PYTHON (of the environment that needs it)
set -eu
python=$1
. "$(dirname "$0")/install.sh"

complete() { "$python" -W error -c 'import weasyprint' >/dev/null 2>&1; }

complete && exit 0
echo "Setting up Pango" >&2
install_packages Pango "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" "pango harfbuzz" pango
if ! complete; then
    "$python" -c 'import weasyprint' 2>&1 | tail -n 1 >&2
    echo "Pango is installed, but Python cannot load it. Run: .venv/bin/exporter doctor" >&2
    exit 1
fi
