"""EXIF: how a camera was held when it took a picture.

Only the orientation is of use here, and only it is read: a full parser of these records warns about, or stumbles over, faults
that have nothing to do with how the picture is shown.
"""

from __future__ import annotations

import struct

_BYTE_ORDERS = {b"II*\0": "<", b"MM\0*": ">"}
_ORIENTATION, _SHORT = 0x0112, 3
_ENTRY = 12  # bytes of an entry of a directory


def orientation_in(records: bytes) -> int:
    """The orientation in EXIF records, 1 to 8 (CIPA DC-008, 4.6.5; TIFF 6.0, section 2); 1, upright, where none is given.

    As in browsers, it counts only as one 16-bit number.
    """
    tiff = records.removeprefix(b"Exif\0\0")
    order = _BYTE_ORDERS.get(tiff[:4])
    if order is None or len(tiff) < 8:
        return 1
    (start,) = struct.unpack_from(f"{order}I", tiff, 4)
    count = int.from_bytes(tiff[start : start + 2], "little" if order == "<" else "big")
    for place in range(start + 2, min(start + 2 + count * _ENTRY, len(tiff) - _ENTRY + 1), _ENTRY):
        tag, kind, number, value = struct.unpack_from(f"{order}HHIH", tiff, place)
        if (tag, kind, number) == (_ORIENTATION, _SHORT, 1):
            return value if 1 <= value <= 8 else 1
    return 1
