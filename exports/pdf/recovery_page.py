"""Paints the page with the recovery key: a QR code to scan, the same key in groups to type, and instructions."""

from collections.abc import Sequence
from typing import BinaryIO

from exports.pdf.fonts import HEI, SONG, TITLE, open_canvas, widths
from exports.pdf.painter import HIGH, WIDE, Painter
from exports.sheets.line_breaking import wrap

SQUARE, ACROSS, STEP = 190.0, 4, 17.0  # the code's side; groups in a line; from line to line


class PagePainter(Painter):
    """Paints the page."""

    def page(self, code: str, groups: Sequence[str], office: str, number: str, day: str, steps: Sequence[str]) -> None:
        """Paint the page's content."""
        self.code = []
        self.aligned(self.left, self.width, self.top - 34, "县级恢复密钥", "center", TITLE, 24)
        self.aligned(self.left, self.width, self.top - 54, f"{office}　{day}打印　放入保险柜", "center", SONG, 11)
        self._scan(code, self.left, self.top - 84)
        x, y = self.left + SQUARE + 26, self.top - 96
        self.text(x, y, "恢复密钥（从左到右、从上到下，连续输入，空格可以不打）", HEI, 11)
        for n, group in enumerate(groups):
            self.text(x + n % ACROSS * 130, y - 24 - n // ACROSS * (STEP + 4), group, SONG, 14, gap=1.5)
        y -= 24 + (len(groups) + ACROSS - 1) // ACROSS * (STEP + 4) + 10
        self.text(x, y, f"密钥指纹　{number}", HEI, 11)
        self._steps(steps, min(y, self.top - 84 - SQUARE) - 34)
        self._foot_words()
        self.canvas._code.append("\n".join(self.code))  # noqa: SLF001 - reportlab has no public way for raw operators
        self.canvas.showPage()

    def _scan(self, code: str, x: float, top: float) -> None:
        import segno

        rows = list(segno.make(code, micro=False, error="m").matrix)
        step = SQUARE / len(rows)
        boxes = (
            f"{x + n * step:.2f} {top - (m + 1) * step:.2f} {step:.3f} {step:.3f} re"
            for m, row in enumerate(rows) for n, dark in enumerate(row) if dark
        )  # fmt: skip
        self.code.append("\n".join(boxes) + " f")

    def _steps(self, steps: Sequence[str], y: float) -> None:
        for step in steps:
            for line in wrap(step, self.width, 11, widths(SONG)):
                self.text(self.left, y, line, SONG, 11)
                y -= STEP
            y -= 4

    def _foot_words(self) -> None:
        self.line(self.left, self.bottom + 14, self.right, self.bottom + 14, 0.5)
        self.text(
            self.left, self.bottom, "保管人签字：　　　　　　　　　　存放处：　　　　　　　　　　日期：", SONG, 10.5
        )


def paint_page(
    target: BinaryIO, code: str, groups: Sequence[str], office: str, number: str, day: str, steps: Sequence[str]
) -> None:
    """Write the page as a PDF into a file."""
    canvas = open_canvas(target, (WIDE, HIGH), "县级恢复密钥", office)
    PagePainter(canvas, "sheet", black=True).page(code, groups, office, number, day, steps)
    canvas.save()
