"""Small charts painted by ourselves: completion bars against 序时, the trend of an indicator, a strip of states."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from exports.sheets.bulletin_content import CompletionBar
from forms.states import Mark
from models.county.rollup import Trend
from ui.widgets import marks
from ui.widgets.theme import Theme

RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
TONES: Mapping[str, str] = {Mark.WARN: "amb_mark", Mark.LATE: "red", Mark.DONE: "ink", Mark.DOING: "ink3"}


class Chart(QWidget):
    """What all charts share: a title, the theme, and a description for screen readers."""

    def __init__(self, look: Theme, title: str) -> None:
        super().__init__()
        self.look, self.title = look, title
        self.setAccessibleName(title)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """Set the description of what the chart shows, for screen readers and as a tooltip."""
        self.setAccessibleDescription(words)
        self.setToolTip(words)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self.look.size(290), self.tall())

    def minimumSizeHint(self) -> QSize:
        return QSize(self.look.size(130), self.tall())

    def tall(self) -> int:
        """The height in px that the chart needs."""
        return self.look.size(140)

    def begin(self) -> QPainter:
        """A painter that has already drawn the title."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.look.font(14, bold=True))
        painter.setPen(self.look.colour("ink"))
        painter.drawText(QRectF(0, 0, self.width(), self.look.size(22)), LEFT, self.title)
        return painter


class ActionBars(Chart):
    """A bar per action: this period's completion, a tick at last period's, a dashed line at 序时."""

    def __init__(self, look: Theme) -> None:
        super().__init__(look, "各行动任务平均完成进度")
        self.bars: Sequence[CompletionBar] = ()
        self.expected = Decimal(0)
        self.chosen = ""

    def show_bars(self, bars: Sequence[CompletionBar], expected: Decimal, chosen: str = "") -> None:
        """Show other figures; `chosen` names the bar of the tree's current action."""
        self.bars, self.expected, self.chosen = bars, expected, chosen
        said = [f"{b.name}{_percent(b.percent)}" + (f"，上期{b.before}%" if b.before is not None else "") for b in bars]
        self.say(f"序时进度{expected}%。竖线是上期。" + "；".join(said))

    def tall(self) -> int:
        return self.look.size(46 + 24 * max(len(self.bars), 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, size = self.begin(), self.look.size
        name, figure, top, step = size(64), size(46), size(42), size(24)
        start, room = name, self.width() - name - figure
        at = start + room * float(self.expected) / 100
        for n, bar in enumerate(self.bars):
            self._bar(painter, bar, top + n * step, start, room, figure)
        bottom = top + len(self.bars) * step
        painter.setFont(self.look.font(12))
        painter.setPen(self.look.colour("ink2"))
        if not self.bars:
            painter.drawText(QRectF(0, top, self.width(), step), LEFT, "本期还没有收到进度")
            return
        painter.drawText(
            QRectF(at - 60, size(22), 120, size(16)), Qt.AlignmentFlag.AlignCenter, f"序时{self.expected}%"
        )
        painter.setPen(QPen(self.look.colour("ink"), 1.2, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(at, top - 2), QPointF(at, bottom - 4))

    def _bar(self, painter: QPainter, bar: CompletionBar, y: float, start: float, room: float, figure: float) -> None:
        size, chosen = self.look.size, bar.name == self.chosen
        painter.setFont(self.look.font(13, bold=chosen))
        painter.setPen(self.look.colour("ink"))
        painter.drawText(QRectF(0, y, start - 4, size(16)), LEFT, bar.name.removesuffix("行动"))
        painter.drawText(QRectF(start + room, y, figure, size(16)), RIGHT, _percent(bar.percent))
        whole = QRectF(start, y + size(2), room, size(12))
        painter.fillRect(whole, self.look.colour("sunk"))
        if bar.percent is not None:
            done = QRectF(whole.left(), whole.top(), room * min(float(bar.percent), 100) / 100, whole.height())
            painter.fillRect(done, self.look.colour("acc" if chosen else "ink3"))
        if bar.before is not None:
            x = start + room * min(float(bar.before), 100) / 100
            painter.fillRect(QRectF(x - 2.5, whole.top(), 5, whole.height()), self.look.colour("sheet"))
            painter.setPen(QPen(self.look.colour("ink"), 1.6))
            painter.drawLine(QPointF(x, whole.top() - 2), QPointF(x, whole.bottom() + 2))


def _percent(figure: Decimal | None) -> str:
    return "—" if figure is None else f"{figure}%"


class TrendLine(Chart):
    """The 累计 of one indicator from period to period, with its target."""

    def __init__(self, look: Theme) -> None:
        super().__init__(look, "指标走势")
        self.trend: Trend | None = None

    def show_trend(self, trend: Trend | None) -> None:
        """Show another indicator; None hides the chart."""
        self.trend = trend
        self.setVisible(trend is not None)
        if trend is None:
            return
        goal = f"，目标{_plain(trend.target)}" if trend.target else ""
        self.title = f"{trend.title}" + (f"（{trend.measure}{goal}）" if trend.measure else "")
        self.setAccessibleName(self.title)
        self.say("；".join(f"{p}：{_plain(v)}" for p, v in trend.points if v is not None) or "还没有收到数字")

    def tall(self) -> int:
        return self.look.size(150)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.trend is None:
            return
        size = self.look.size
        self.title = self.title.strip()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.look.font(13, bold=True))
        painter.setPen(self.look.colour("ink"))
        title = painter.fontMetrics().elidedText(self.title, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(QRectF(0, 0, self.width(), size(20)), LEFT, title)
        self._plot(painter, self.trend, QRectF(4, size(40), self.width() - 8, size(84)))

    def _plot(self, painter: QPainter, trend: Trend, box: QRectF) -> None:
        figures = [v for _, v in trend.points if v is not None]
        most = float(max([*figures, trend.target or Decimal(0)], default=Decimal(1))) or 1.0
        painter.setPen(QPen(self.look.colour("line2"), 1))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        if trend.target:
            y = box.bottom() - box.height() * float(trend.target) / most
            painter.setPen(QPen(self.look.colour("ink2"), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))
        step = box.width() / max(len(trend.points), 1)
        spots = [
            QPointF(box.left() + step * (n + 0.5), box.bottom() - box.height() * float(v) / most)
            for n, (_, v) in enumerate(trend.points) if v is not None
        ]  # fmt: skip
        self._curve(painter, spots, figures)
        painter.setFont(self.look.font(12))
        painter.setPen(self.look.colour("ink2"))
        for n, (period, _) in enumerate(trend.points):
            place = QRectF(box.left() + step * n, box.bottom() + 2, step, self.look.size(18))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, period.rpartition("-")[2].lstrip("0"))

    def _curve(self, painter: QPainter, spots: Sequence[QPointF], figures: Sequence[Decimal]) -> None:
        painter.setPen(QPen(self.look.colour("acc"), 2))
        painter.drawPolyline(QPolygonF(list(spots)))
        painter.setBrush(self.look.colour("acc"))
        for spot in spots:
            painter.drawEllipse(spot, 2.5, 2.5)
        if spots:
            painter.setFont(self.look.font(12, bold=True))
            painter.setPen(self.look.colour("ink"))
            left = min(spots[-1].x() - 40, self.width() - 80.0)
            box = QRectF(left, spots[-1].y() - self.look.size(18), 80, self.look.size(16))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, _plain(figures[-1]))


def _plain(figure: Decimal | None) -> str:
    return "" if figure is None else f"{figure.normalize():f}"


class Tally(Chart):
    """How many lines are in each status of the plan: signs with counts, and a strip of their shares."""

    def __init__(self, look: Theme) -> None:
        super().__init__(look, "")
        self.counts: Sequence[tuple[str, str, int]] = ()

    def show_counts(self, counts: Sequence[tuple[str, str, int]]) -> None:
        """Show other counts: of each status its sign, its name and the number of lines."""
        self.counts = counts
        self.setAccessibleName("各状态的任务行数")
        self.say("，".join(f"{word}{count}行" for _, word, count in counts))

    def tall(self) -> int:
        return self.look.size(36)

    def paintEvent(self, _event: QPaintEvent) -> None:
        size, total = self.look.size, sum(count for _, _, count in self.counts)
        painter = QPainter(self)
        painter.setFont(self.look.font(13))
        texts = [f"{word} {count}" for _, word, count in self.counts]
        widths = [size(18) + painter.fontMetrics().horizontalAdvance(text) for text in texts]
        gap = max(size(4), min(size(16), (self.width() - sum(widths)) // max(len(texts) - 1, 1)))
        x = 0.0
        for (mark, _, _), text, wide in zip(self.counts, texts, widths, strict=True):
            marks.status(painter, self.look, mark, x + size(7), size(11), size(13))
            painter.setPen(self.look.colour("ink"))
            painter.drawText(QRectF(x + size(18), 0, wide, size(22)), LEFT, text)
            x += wide + gap
        x, room = 0.0, self.width()
        for mark, _, count in self.counts:
            share = room * count / total if total else 0.0
            tone = TONES.get(mark, "line2")
            painter.fillRect(QRectF(x, size(26), max(share - 1, 0), size(6)), self.look.colour(tone))
            x += share
