"""Keeps the files of fonts, which a layout needs, in a folder that is removed with the process, however that ends.

The renderer makes a folder for each set of fonts and takes it away when nothing refers to the fonts any more; of pages that
refer to each other in a circle Python need not notice this before it ends.
"""

from __future__ import annotations

from exporter.runtime.temporary import own_folder


def install() -> bool:
    """Gives the renderer our folders, whatever they are called; False where it is built otherwise."""
    import sys
    from tempfile import mkdtemp

    from weasyprint.text import fonts

    if not hasattr(fonts, "mkdtemp") or not hasattr(fonts, "PREFERRED_ENCODING"):
        return False
    # Of the path of a font. The renderer asks the locale for it while it is loaded, when ours is that of no language.
    fonts.PREFERRED_ENCODING = sys.getfilesystemencoding()
    fonts.mkdtemp = lambda prefix: mkdtemp(prefix=prefix, dir=own_folder())
    return True
