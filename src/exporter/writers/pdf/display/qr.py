"""Draws addresses as codes for cameras (QR, ISO/IEC 18004), in SVG.

Black on white with the four modules of white around it that the standard wants, each module .42 mm wide: cameras read that from
an arm's length, and presses print it without filling it up.
"""

from __future__ import annotations

import io

MODULE = 0.42
"""Millimetres of a module's side."""

_QUIET = 4
"""Modules of white around a code (ISO/IEC 18004, 5.3.8)."""


def code_of(address: str) -> bytes | None:
    """The code of an address as an SVG picture with its size in millimetres; None for one too long for any code."""
    import segno

    try:
        code = segno.make_qr(address, error="m", boost_error=False)
    except segno.DataOverflowError:
        return None
    drawn = io.BytesIO()
    code.save(drawn, kind="svg", scale=MODULE, unit="mm", border=_QUIET, dark="#000", light="#fff", xmldecl=False)
    return drawn.getvalue()
