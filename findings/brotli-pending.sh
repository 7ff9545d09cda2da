#!/bin/sh
# brotli 1.2.1 (PyPI), November 2026.
# Expected: Decompressor.can_accept_more_data() says whether input may be given, so it is False while unpacked output still waits
# behind the limit that the call set.
# Seen: it answers True with output pending. A loop "while not can_accept_more_data(): take more" ends at once and loses what waits;
# the loop that works is "while step := process(b'', output_buffer_limit=n)".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv tools && tools/bin/pip install --quiet brotli==1.2.1 2>/dev/null
seen=$(tools/bin/python - <<'PY'
import brotli

packed, whole = brotli.compress(b"hello " * 100_000), 600_000
unpacking = brotli.Decompressor()
first = unpacking.process(packed, output_buffer_limit=100_000)
asked = unpacking.can_accept_more_data()
rest = 0
while step := unpacking.process(b"", output_buffer_limit=100_000):
    rest += len(step)
print(f"accepts more: {asked}; pending then: {rest > 0}; all in the end: {len(first) + rest == whole}")
PY
)
echo "$seen"
[ "$seen" = "accepts more: True; pending then: True; all in the end: True" ]
