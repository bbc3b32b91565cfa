"""The painted parts of 考核: a unit's places as a small line, its places by month with names, and bars of points."""

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from models.plan.entries import Period
from ui.widgets.theme import Theme

BARS_FROM = 50  # points at which the bar of a total begins


def rank_line(painter: QPainter, look: Theme, box: QRectF, places: Sequence[int], of: int, tone: str) -> None:
    """The places of a unit from period to period, the first on top; a gap where it had none, a dot at the last."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(tone), 1.4))
    points: list[QPointF] = []
    step = box.width() / max(len(places) - 1, 1)
    for n, place in enumerate(places):
        if not place:
            painter.drawPolyline(QPolygonF(points))
            points = []
            continue
        x = box.left() + n * step if len(places) > 1 else box.right()
        points.append(QPointF(x, box.top() + box.height() * (place - 1) / max(of - 1, 1)))
    painter.drawPolyline(QPolygonF(points))
    if points:
        painter.setBrush(look.colour(tone))
        painter.drawEllipse(points[-1], 2.5, 2.5)
    painter.restore()


def share_bar(painter: QPainter, look: Theme, box: QRectF, share: float, tone: str) -> None:
    """A bar on its track."""
    painter.fillRect(box, look.colour("sunk"))
    full = QRectF(box.left(), box.top(), box.width() * min(max(share, 0.0), 1.0), box.height())
    painter.fillRect(full, look.colour(tone))


def total_share(total: Decimal, full: Decimal) -> float:
    """How long the bar of a total is, from BARS_FROM of a hundred on."""
    percent = float(total) * 100 / float(full) if full else 0.0
    return (percent - BARS_FROM) / (100 - BARS_FROM)


class RankChart(QWidget):
    """The places of one unit by month, with the first and the last place and some months named."""

    def __init__(self, look: Theme) -> None:
        super().__init__()
        self.look = look
        self.ranks: Sequence[tuple[Period, int]] = ()
        self.of = 1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("各期名次")

    def show_ranks(self, ranks: Sequence[tuple[Period, int]], of: int) -> None:
        """Show the places of another unit among `of`; hidden where it had none."""
        self.ranks, self.of = ranks, of
        said = "，".join(f"{p.name}{f'第{n}名' if n else '没有名次'}" for p, n in ranks)
        self.setAccessibleDescription(said)
        self.setToolTip(said)
        self.setVisible(any(n for _, n in ranks))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(260), self.look.size(84))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.size(160), self.look.size(84))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, size = QPainter(self), self.look.size
        painter.setFont(self.look.font(12))
        left, bottom = size(40), size(22)
        box = QRectF(left, size(12), self.width() - left - size(14), self.height() - bottom - size(20))
        for place in sorted({1, self.of}):
            y = box.top() + box.height() * (place - 1) / max(self.of - 1, 1)
            painter.setPen(self.look.colour("grid"))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
            painter.setPen(self.look.colour("ink2"))
            side = QRectF(0, y - size(9), left - size(6), size(18))
            painter.drawText(side, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, f"第{place}")
        rank_line(painter, self.look, box, [n for _, n in self.ranks], self.of, "acc")
        painter.setPen(self.look.colour("ink2"))
        count = len(self.ranks)
        step = box.width() / max(count - 1, 1)
        for n in sorted({0, count // 2, count - 1} if count > 2 else range(count)):
            x = box.left() + n * step if count > 1 else box.right()
            text = QRectF(x - size(40), self.height() - bottom, size(80), size(20))
            period = self.ranks[n][0]
            word = f"{period.end.month}月" if period.kind == "month" else period.id[-2:]
            painter.drawText(text, Qt.AlignmentFlag.AlignCenter, word)
