"""The panel beside 按指标: one indicator with its figure, its year, what the unit says, whom to ask, and the acts."""

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from forms.comparison import FLOWS, PERCENTAGES, Comparison, Nature
from forms.verdict import BAD, Verdict, plain_figure
from models.county import indicator_words as words
from models.county.consolidation import Consolidation
from models.county.indicator_results import (
    FORECAST,
    CarryingTask,
    IndicatorResult,
    carrying_tasks,
    contact,
    source_words,
)  # fmt: skip
from models.county.rollup import Trend, trend
from ui.widgets import marks
from ui.widgets.heading import label, rule
from ui.widgets.theme import Theme
from ui.widgets.verdict_marks import VerdictSign
from ui.widgets.year_line import YearFigures, YearLine

WIDTH = 340
TASKS_SHOWN = 5


class CarryingTaskLine(QWidget):
    """A task that carries the indicator: mark, text on one line, completion."""

    def __init__(self, look: Theme, carrying: CarryingTask) -> None:
        super().__init__()
        self.look, self.carrying = look, carrying
        leads = "、".join(u.short for u in carrying.leads)
        self.setToolTip(f"{carrying.task.text}\n牵头：{leads}")
        self.setAccessibleName(f"{carrying.task.text}　{self._percent()}")
        self.setFixedHeight(look.size(24))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def _percent(self) -> str:
        return "没有报" if self.carrying.percent is None else f"{plain_figure(self.carrying.percent)} %"

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, size, box = QPainter(self), self.look.size, self.rect()
        if self.carrying.mark:
            marks.status(painter, self.look, self.carrying.mark, size(7), box.height() / 2, size(13))
        painter.setFont(self.look.font(12))
        painter.setPen(self.look.colour("ink2"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, right, self._percent())
        painter.setFont(self.look.font(13))
        painter.setPen(self.look.colour("ink"))
        room = box.adjusted(size(22), 0, -size(56), 0)
        text = painter.fontMetrics().elidedText(self.carrying.task.text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class IndicatorPanel(QFrame):
    """`official_wanted` and `report_wanted` ask for 写官方数 and 看填报."""

    official_wanted = Signal()
    supervision_wanted = Signal()
    report_wanted = Signal()

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = look
        self.result: IndicatorResult | None = None
        self.setObjectName("side")
        self.setAccessibleName("这个指标")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        area, body = QScrollArea(), QWidget()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(body)
        column.addWidget(area, 1)
        column.addWidget(self._foot())
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(*(look.size(n) for n in (18, 12, 16, 8)))
        self.column.setSpacing(look.size(4))
        self._top()
        self._figure()
        self.year = YearLine(look)
        self.column.addWidget(self.year)
        self._facts()
        rule(self.column)
        self._tasks()
        self.column.addStretch(1)

    ## layout

    def _top(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.look.size(8))
        self.sign = VerdictSign(self.look)
        row.addWidget(self.sign, 0, Qt.AlignmentFlag.AlignTop)
        self.title = label(row, tone="section")
        row.setStretch(1, 1)
        self.column.addLayout(row)
        self.wording = label(self.column, tone="second")

    def _figure(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(self.look.size(6))
        self.figure, self.span = QLabel(), QLabel()
        self.figure.setProperty("tone", "sentence")
        self.span.setProperty("tone", "small")
        row.addWidget(self.figure)
        row.addWidget(self.span)
        row.addStretch(1)
        beside = QVBoxLayout()
        beside.setSpacing(0)
        self.to_target, self.to_last_year = QLabel(), QLabel()
        for widget, tone in ((self.to_target, "strong"), (self.to_last_year, "second")):
            widget.setProperty("tone", tone)
            widget.setAlignment(Qt.AlignmentFlag.AlignRight)
            beside.addWidget(widget)
        row.addLayout(beside)
        self.figures = QWidget()
        self.figures.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.figures)

    def _facts(self) -> None:
        """The small table: caption at the left, words at the right."""
        grid = QGridLayout()
        grid.setContentsMargins(0, self.look.size(6), 0, self.look.size(4))
        grid.setHorizontalSpacing(self.look.size(12))
        grid.setVerticalSpacing(self.look.size(5))
        grid.setColumnMinimumWidth(0, self.look.size(56))
        grid.setColumnStretch(1, 1)
        self.facts: dict[str, tuple[QLabel, QLabel]] = {}
        for n, caption in enumerate(("判定", "全年预计", "官方数", "单位说", "来自", "找谁")):
            name, text = QLabel(caption), QLabel()
            name.setProperty("tone", "second")
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(caption)
            grid.addWidget(name, n, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(text, n, 1)
            self.facts[caption] = name, text
        self.column.addLayout(grid)

    def _tasks(self) -> None:
        row = QHBoxLayout()
        self.task_title, self.task_leads = QLabel(), QLabel()
        self.task_title.setProperty("tone", "strong")
        self.task_leads.setProperty("tone", "second")
        row.addWidget(self.task_title)
        row.addStretch(1)
        row.addWidget(self.task_leads)
        self.column.addLayout(row)
        self.tasks = QVBoxLayout()
        self.tasks.setSpacing(0)
        self.column.addLayout(self.tasks)

    def _foot(self) -> QWidget:
        """The acts, in one order that never changes."""
        foot = QWidget()
        foot.setObjectName("acts")
        foot.setStyleSheet(f"QWidget#acts {{ background: {self.look.colour('sheet').name()}; }}")
        self.acts = QHBoxLayout(foot)
        self.acts.setContentsMargins(*(self.look.size(n) for n in (18, 8, 16, 10)))
        self.acts.setSpacing(self.look.size(8))
        self.supervise = self._act("督办……", "给牵头单位开一张督办单", self.supervision_wanted.emit)
        self.official = self._act(
            "写官方数……", "县统计局等公布的数，放在单位数旁边，不改单位的", self.official_wanted.emit
        )
        self.report = self._act("看填报", "到报这个指标的单位的那一行（回车或双击也行）", self.report_wanted.emit)
        self.acts.addStretch(1)
        return foot

    def _act(self, text: str, hint: str, action: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.clicked.connect(lambda: action())
        self.acts.addWidget(button)
        return button

    ## display

    def show_result(self, consolidation: Consolidation, r: IndicatorResult | None) -> None:
        """Show another indicator; None leaves the panel without content."""
        self.result = r
        self.supervise.setEnabled(r is not None)
        self.official.setEnabled(r is not None and r.verdict != Verdict.WORDS)
        self.report.setEnabled(r is not None and bool(r.entries))
        if r is None:
            return
        plan = consolidation.space.plan
        self.sign.show_verdict(r.verdict, r.judgement.word)
        self.title.setText(r.indicator.name)
        self.wording.setText(f"方案：“{r.indicator.wording}”　{r.indicator.clause}")
        self._show_figure(consolidation, r)
        drawn = trend(consolidation, r.indicator.id) if r.total is not None else None
        names = [p.name for p in plan.periods if p.kind == consolidation.period.kind]
        self.year.show_year(_year(r, drawn, names) if drawn else None)
        self._show_facts(consolidation, r)
        self._show_tasks(carrying_tasks(consolidation, r.indicator))

    def _show_figure(self, consolidation: Consolidation, r: IndicatorResult) -> None:
        self.figures.setVisible(r.total is not None)
        measure = words.unit_of(r.indicator)
        self.figure.setText(words.figure_words(r))
        spread = r.indicator.nature in (*FLOWS, *PERCENTAGES)
        span = words.span_words(consolidation.period) if spread else f"到{consolidation.period.end.month}月底"
        self.span.setText(f"{measure}　{span}" if measure else span)
        self.to_target.setText(_to_target(r))
        self.to_target.setStyleSheet(f"color: {self.look.colour('red' if r.bad else 'ink2').name()};")
        change = r.judgement.change_text
        self.to_last_year.setText(
            (f"比上年同期 {change}" if r.judgement.change else "与上年同期持平") if change else ""
        )

    def _show_facts(self, consolidation: Consolidation, r: IndicatorResult) -> None:
        who = contact(consolidation, r.lead)
        forecast: Decimal | None = r.judged.get(FORECAST)
        missed = r.outlook is not None and r.outlook.verdict in BAD
        expected = "" if forecast is None else f"{plain_figure(forecast)} {words.unit_of(r.indicator)}"
        if expected and r.outlook is not None:
            expected += "　单位自己报的，" + ("达不到目标" if missed else "能达到目标")
        sources = [source_words(e.unit, consolidation.sources.get(e.unit.code)) for e in r.entries[:3]]
        more = f"，等{len(r.entries)}家" if len(r.entries) > len(sources) else ""
        facts = {
            "判定": (_why(r), "red" * r.bad),
            "全年预计": (expected, "amb" * missed),
            "官方数": (words.official_sentence(r), "amb" * r.official_differs),
            "单位说": (r.sentence, ""),
            "来自": ("；".join(sources) + more if sources else f"{r.lead.short}还没有报", "amb" * (not sources)),
            "找谁": (f"联络员 {who.name}　{who.phone}".strip() if who else "", ""),
        }
        for caption, (text, tone) in facts.items():
            name, value = self.facts[caption]
            value.setText(text)
            value.setStyleSheet(f"font-size: {self.look.size(13)}px; color: {self.look.colour(tone or 'ink').name()};")
            name.setVisible(bool(text))
            value.setVisible(bool(text))

    def _show_tasks(self, carrying: list[CarryingTask]) -> None:
        while (item := self.tasks.takeAt(0)) is not None:
            item.widget().deleteLater()
        self.task_title.setText(f"靠它的任务 {len(carrying)} 项" if carrying else "方案里没有写哪些任务靠它")
        leads = list(dict.fromkeys(u.short for c in carrying for u in c.leads))
        self.task_leads.setText(f"全部 {leads[0]}" if len(leads) == 1 and len(carrying) > 1 else "")
        for one in carrying[:TASKS_SHOWN]:
            self.tasks.addWidget(CarryingTaskLine(self.look, one))
        if len(carrying) > TASKS_SHOWN:
            label(self.tasks, f"还有{len(carrying) - TASKS_SHOWN}项", "second")


def _to_target(r: IndicatorResult) -> str:
    """How far the figure is from its target, for the panel: 比目标差 0.6."""
    if r.broken or r.verdict in (Verdict.UNKNOWN, Verdict.WORDS):
        return words.progress_words(r) if r.broken else ""
    if r.judgement.done is not None:
        return f"完成 {words.progress_words(r)}"
    distance = words.progress_words(r)
    return f"比目标{distance}" if distance[:2] in ("差 ", "超 ") else distance


def _why(r: IndicatorResult) -> str:
    """What the verdict rests on, where the words beside the figure do not say it already."""
    plain = _to_target(r).startswith("比目标") or r.broken or r.verdict == Verdict.WORDS
    return "" if plain or not (r.entries or r.total is not None) else f"{r.judgement.word}：{r.judgement.why}"


def _year(r: IndicatorResult, drawn: Trend, names: list[str]) -> YearFigures:
    """What the chart shows of an indicator."""
    comparison = Comparison(r.indicator.comparison)
    target = r.judgement.bar if comparison == Comparison.ABOVE_OTHER else r.indicator.target
    from_zero = r.indicator.nature in FLOWS or r.indicator.nature == Nature.RANK
    short = [_short_name(n) for n in names]
    return YearFigures(short, [v for _, v in drawn.points], list(drawn.last_year), target, from_zero, r.bad)


def _short_name(period: str) -> str:
    """10月 for 2024年10月."""
    return period.partition("年")[2] or period
