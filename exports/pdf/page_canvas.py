"""Drawing on one page by hand: all lengths in mm from the page's top left corner, all ink pure black, so that a 1-bit
print shows everything.
"""

from collections.abc import Sequence

from exports.pdf.column_widths import MM
from exports.pdf.fonts import SONG, width, widths
from exports.pdf.painter import HIGH, Painter
from exports.pdf.status_marks import circle, mark
from exports.pdf.table_bands import shrunk
from exports.sheets.line_breaking import wrap

SMALLEST = 6.0  # pt; a longer name is set on two lines


class PageCanvas(Painter):
    """A painter with a pen for pages that are not tables."""

    def put(self, x: float, y: float, text: str, size: float, face: str = SONG, align: str = "l") -> float:
        """One line with its baseline at y; `align` l, c or r says what x is. Returns its width."""
        wide = width(text, face, size) / MM
        left = {"l": x, "c": x - wide / 2, "r": x - wide}[align]
        self.text(left * MM, HIGH - y * MM, text, face, size)
        return wide

    def fit(
        self, x: float, y: float, room: float, text: str, size: float, face: str = SONG, pitch: float = 4.0
    ) -> None:
        """A name in a width: set smaller, and on two lines where it would become too small to read."""
        one = shrunk(text, room * MM, size, face)
        if one >= SMALLEST or len(text) < 4:
            self.put(x, y, text, one, face)
            return
        half = -(-len(text) // 2)
        for part, down in ((text[:half], -pitch * 0.22), (text[half:], pitch * 0.28)):
            self.put(x, y + down, part, shrunk(part, room * MM, min(SMALLEST, pitch * 0.5 * MM * 0.95), face), face)

    def paragraph(
        self, x: float, y: float, room: float, text: str, size: float, lead: float, most: int = 99, face: str = SONG
    ) -> float:
        """Lines of running text, the first one's baseline at y; cut after `most` lines with ……. Returns the last y."""
        lines = wrap(text, room * MM, size, widths(face))
        if len(lines) > most:
            lines = [*lines[: most - 1], lines[most - 1][:-2] + "……"]
        for n, line in enumerate(lines):
            self.put(x, y + n * lead, line, size, face)
        return y + max(len(lines) - 1, 0) * lead

    def line_count(self, text: str, room: float, size: float) -> int:
        """On how many lines a text is set."""
        return len(wrap(text, room * MM, size, widths(SONG)))

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float, dash: Sequence[float] = ()) -> None:
        """A straight rule; `dash` in pt."""
        pattern = f"[{' '.join(map(str, dash))}] 0 d " if dash else ""
        self.code.append(
            f"q {pattern}{weight:g} w {x1 * MM:.2f} {HIGH - y1 * MM:.2f} m {x2 * MM:.2f} {HIGH - y2 * MM:.2f} l S Q"
        )

    def box(self, x: float, y: float, w: float, h: float, weight: float = 0.0, filled: bool = False) -> None:
        """A rectangle with its top left corner at (x, y): its outline, or filled black."""
        shape = f"{x * MM:.2f} {HIGH - (y + h) * MM:.2f} {w * MM:.2f} {h * MM:.2f} re"
        self.code.append(f"q {weight:g} w {shape} {('B' if weight else 'f') if filled else 'S'} Q")

    def cut(self, x: float, y1: float, y2: float, weight: float) -> None:
        """A white upright line, over black."""
        self.code.append(
            f"q 1 1 1 RG {weight:g} w {x * MM:.2f} {HIGH - y1 * MM:.2f} m {x * MM:.2f} {HIGH - y2 * MM:.2f} l S Q"
        )

    def white(self, x: float, y: float, text: str, size: float, face: str) -> None:
        """White text on black, centred."""
        self.code.append("1 1 1 rg")
        self.put(x, y, text, size, face, "c")
        self.code.append("0 0 0 rg")

    def dot(self, x: float, y: float, r: float) -> None:
        """A black dot."""
        self.code.append(f"{circle(x * MM, HIGH - y * MM, r * MM)} f")

    def triangle(self, x: float, y: float, up: bool) -> None:
        """A small arrow: white for up, black for down."""
        way = -1 if up else 1
        points = [(x, y + way * 0.8), (x + 0.8, y - way * 0.6), (x - 0.8, y - way * 0.6)]
        path = " ".join(f"{a * MM:.2f} {HIGH - b * MM:.2f} {'l' if n else 'm'}" for n, (a, b) in enumerate(points))
        self.code.append(f"q 0.5 w {path} h {'S' if up else 'B'} Q")

    def sign(self, name: str, x: float, y: float, r: float) -> None:
        """A mark of a verdict or status around a point."""
        self.code.append(mark(name, x * MM, HIGH - y * MM, r * MM, self.black))

    def upright(self, x: float, bottom: float, room: float, text: str, size: float, face: str) -> None:
        """A name from top to bottom that ends at `bottom`, in two columns where one would be too small to read."""
        fitting = min(size, room * MM / 1.05 / max(len(text), 1))
        half = -(-len(text) // 2)
        columns = [(x, text)] if fitting >= 5.4 else [(x + 0.92, text[:half]), (x - 0.92, text[half:])]
        used = fitting if len(columns) == 1 else min(5.2, room * MM / 1.05 / half)
        top = bottom - len(columns[0][1]) * used * 1.05 / MM
        for at, part in columns:
            start = bottom - len(part) * used * 1.05 / MM if len(columns) == 1 else top
            for n, char in enumerate(part):
                self.put(at, start + (n + 0.86) * used * 1.05 / MM, char, used, face, "c")
