"""Message catalogues: compiled from their sources wherever these are newer."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from consultation.settings import PACKAGE


def compile_catalogues(folder: Path = PACKAGE / "translations") -> None:
    """Write the .mo file beside each .po file that is newer than it."""
    for source in folder.glob("*/LC_MESSAGES/*.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        with source.open("rb") as po_file:
            catalogue = read_po(po_file, locale=source.parent.parent.name)
        with target.open("wb") as mo_file:
            write_mo(mo_file, catalogue)


if __name__ == "__main__":
    compile_catalogues()
