"""The panel beside the obstacle board: the selected obstacle, its history, and the office's fields."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from models.county.obstacles import CLOSED, ObstacleList, TrackedObstacle, steps
from ui.county.obstacles.lanes import CONCERNS, SUBJECT, WANTED
from ui.county.overview.timeline import Timeline
from ui.session import Session
from ui.widgets.heading import label, section
from ui.widgets.theme import Theme

WIDTH = 350


class ObstaclePanel(QScrollArea):
    """Signals are emitted by its buttons; `decided` carries the typed texts by field."""

    registered = Signal()
    decided = Signal(dict)
    struck = Signal()
    back = Signal()
    opened = Signal(object)

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.hanging: TrackedObstacle | None = None
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QFrame()
        body.setObjectName("side")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(*(look.size(n) for n in (18, 14, 18, 12)))
        self.column.setSpacing(look.size(6))
        self.title, self.where, self.wanted = (label(self.column, tone=t) for t in ("section", "second", ""))
        section(self.column, "走到哪一步")
        self.steps = Timeline(look, "走到哪一步")
        self.column.addWidget(self.steps)
        section(self.column, "县里怎么办")
        self.column.addLayout(self._boxes())
        self.wrong = label(self.column, tone="red")
        self.wrong.hide()
        self.column.addLayout(self._buttons())
        label(self.column, "写下的随回执送到单位", "second")
        self.column.addStretch(1)
        self.setWidget(body)

    def _boxes(self) -> QFormLayout:
        form = QFormLayout()
        form.setSpacing(self.look.size(6))
        self.level, self.asked, self.due, self.opinion = QComboBox(), QComboBox(), QLineEdit(), QPlainTextEdit()
        plan = self.session.space.plan
        for box, first, options in (
            (self.level, "照单位报的", plan.options("level")),
            (self.asked, "（没有定）", plan.options("units")),
        ):
            box.addItem(first, "")
            for o in options:
                box.addItem(o.short or o.name, o.id)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)  # as wide as the boxes below
        self.due.setPlaceholderText("11月15日、11月底")
        self.opinion.setPlaceholderText("请谁、做什么、做到什么程度")
        self.opinion.setFixedHeight(self.look.size(72))
        self.opinion.setTabChangesFocus(True)
        named = (
            ("level", "协调层级", self.level),
            ("asked", "请谁办", self.asked),
            ("due", "办结时限", self.due),
            ("opinion", "批办意见", self.opinion),
        )
        self.typed: dict[str, QWidget] = {}
        for name, title, widget in named:
            widget.setAccessibleName(title)
            form.addRow(title, widget)
            self.typed[name] = widget
        return form

    def _buttons(self) -> QVBoxLayout:
        rows, row, below = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        rows.addLayout(row)
        rows.addLayout(below)
        self.save = self._button(row, "存批办", self._decide, "main")
        self.number = self._button(row, "挂号", self.registered.emit)
        self.strike = self._button(row, "销号", self._strike)
        self.line = self._button(below, "看这一行", lambda: self.opened.emit(self.hanging))
        self.supervise = self._button(below, "督办单……", lambda: None)
        return rows

    def _button(self, row: QHBoxLayout, text: str, action: Callable[[], object], tone: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setProperty("tone", tone)
        button.clicked.connect(lambda: action())
        row.addWidget(button)
        return button

    ## display

    def say(self, why: str) -> None:
        """Show why a value was not stored, beside the boxes."""
        self.wrong.setText(why)
        self.wrong.setVisible(bool(why))

    def show_one(self, docket: ObstacleList | None, h: TrackedObstacle | None) -> None:
        """Show another obstacle; for the same one, text being typed is kept."""
        self.setVisible(h is not None)
        same = (
            h is not None and self.hanging is not None and h.key == self.hanging.key and h.paper == self.hanging.paper
        )
        self.hanging = h
        self.say("")
        if h is None or docket is None:
            return
        self.title.setText(h.row[SUBJECT] or "")
        number = f"{h.paper['number']}号　" if h.paper.get("number") else ""
        beside = f"\n同一件事还卡着：{h.beside_words}" if h.beside else ""
        self.where.setText(f"{number}{h.unit.short}　{h.row[CONCERNS] or ''}　挂了{h.days}天{beside}")
        self.wanted.setText(f"要县里做什么：{h.row[WANTED] or '没有写'}")
        self.steps.show_steps(steps(docket, h))
        self.number.setEnabled(not h.paper.get("number"))
        self.strike.setText("取消销号" if h.paper.get("closed") else "销号")
        self.strike.setEnabled(bool(h.paper.get("closed")) or h.state != CLOSED)
        if not same:
            self._offer(docket, h)

    def _offer(self, docket: ObstacleList, h: TrackedObstacle) -> None:
        for name, widget in self.typed.items():
            text = docket.form.field(name).kind.show(h.paper.get(name))
            if isinstance(widget, QComboBox):
                widget.setCurrentIndex(max(widget.findData(h.paper.get(name) or ""), 0))
            elif isinstance(widget, QPlainTextEdit):
                widget.setPlainText(text)
            elif isinstance(widget, QLineEdit):
                widget.setText(text)

    def _decide(self) -> None:
        said: dict[str, str] = {}
        for name, widget in self.typed.items():
            if isinstance(widget, QComboBox):
                said[name] = widget.currentData()
            elif isinstance(widget, QPlainTextEdit):
                said[name] = widget.toPlainText()
            elif isinstance(widget, QLineEdit):
                said[name] = widget.text()
        self.decided.emit(said)

    def _strike(self) -> None:
        (self.back if self.hanging and self.hanging.paper.get("closed") else self.struck).emit()
