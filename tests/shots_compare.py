"""Which pictures of two folders differ: python3 dev.py shots --compare BEFORE AFTER [DIFFERENCES]."""

import sys
from pathlib import Path

from PySide6.QtGui import QImage

RED, PALE = 0xFFE00000, 0x00C0C0C0


def pixels(image: QImage) -> memoryview:
    """The pixels as 32-bit numbers, row after row."""
    return memoryview(image.constBits()).cast("B").cast("I")


def difference(one: QImage, other: QImage) -> tuple[float, QImage | None]:
    """The share of pixels (0 to 1) that differ, and a picture of `other`, pale, with them in red; None where none does.
    Pictures of different size differ wholly.
    """
    if one.size() != other.size():
        return 1.0, other
    one, other = (i.convertToFormat(QImage.Format.Format_RGB32) for i in (one, other))
    before, after = pixels(one), pixels(other)
    if before == after:
        return 0.0, None
    wrong = sum(a != b for a, b in zip(before, after, strict=True))
    shown = [RED if a != b else 0xFF000000 | PALE | b for a, b in zip(before, after, strict=True)]
    data = memoryview(bytearray(4 * len(shown))).cast("I")
    data[:] = memoryview(b"".join(p.to_bytes(4, sys.byteorder) for p in shown)).cast("I")
    made = QImage(data.cast("B"), other.width(), other.height(), QImage.Format.Format_RGB32).copy()
    return wrong / len(shown), made


def compare(before: Path, after: Path, out: Path) -> list[str]:
    """A line for each picture that differs or is in one folder only; pictures of the differences are written to `out`."""
    found = []
    for name in sorted({p.name for folder in (before, after) for p in folder.glob("*.png")}):
        if not (before / name).exists() or not (after / name).exists():
            found.append(f"{name}　只在 {before if (before / name).exists() else after}")
            continue
        if (before / name).read_bytes() == (after / name).read_bytes():
            continue
        share, shown = difference(QImage(str(before / name)), QImage(str(after / name)))
        if shown is not None:
            out.mkdir(parents=True, exist_ok=True)
            shown.save(str(out / name))
            found.append(f"{name}　{share:.3%} 的像素不同")
    return found


def main(words: list[str]) -> int:
    """Print what differs; 1 where anything does, 2 where a folder has no pictures."""
    if len(words) not in (2, 3):
        print("用法：python3 dev.py shots --compare 原来的文件夹 现在的文件夹 [放差别图的文件夹]", file=sys.stderr)
        return 2
    before, after = map(Path, words[:2])
    out = Path(words[2]) if len(words) == 3 else Path("out/差别图")
    empty = [f for f in (before, after) if not any(f.glob("*.png"))]
    if empty:
        print(f"这里没有图：{empty[0]}", file=sys.stderr)
        return 2
    found = compare(before, after, out)
    count = len(list(after.glob("*.png")))
    print(
        *found, f"{count}张图，{len(found)}张不同" + (f"，差别图在 {out}" if out.exists() and found else ""), sep="\n"
    )
    return 1 if found else 0
