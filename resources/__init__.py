"""Everything the program ships beside its code: plans, fonts, icons, style, the sentences of errors."""

import sys
from pathlib import Path

HERE = Path(getattr(sys, "_MEIPASS", "")) / "resources" if hasattr(sys, "_MEIPASS") else Path(__file__).parent


def path(*parts: str) -> Path:
    """The place of a shipped file, in the source tree and in the frozen program alike."""
    return HERE.joinpath(*parts)


def content(*parts: str) -> bytes:
    """The bytes of a shipped file that the built program may hold packed: a font."""
    whole = path(*parts)
    if whole.exists():
        return whole.read_bytes()
    import gzip
    import lzma

    unpack, packed = gzip.decompress, whole.with_name(f"{whole.name}.gz")
    if not packed.exists():
        unpack, packed = lzma.decompress, whole.with_name(f"{whole.name}.xz")
    return unpack(packed.read_bytes())
