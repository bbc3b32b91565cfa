"""写官方数: the figure of the statistics office beside the unit's, with its source and day."""

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from forms.records import OFFICIAL_FIGURES
from forms.verdict import plain_figure
from models.county import indicator_words as words
from models.county.aggregation import TOTAL
from models.county.indicator_results import IndicatorResult
from models.county.official_figures import NAME, official_counts, remove_official, set_official
from models.store.change import Change
from ui.operations.failure import catching
from ui.session import Session
from ui.widgets.day_edit import DayEdit
from ui.widgets.heading import label
from ui.widgets.theme import Theme


class OfficialDialog(QDialog):
    """Three fields; Enter keeps them. The unit's figure stays as it is."""

    def __init__(self, session: Session, result: IndicatorResult, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.about = session, result
        self.setWindowTitle("写官方数")
        self.setMinimumWidth(look.size(420))
        layout = QVBoxLayout(self)
        label(layout, result.indicator.name, "section")
        label(layout, self._beside(), "second")
        self.value, self.source = QLineEdit(), QLineEdit()
        self.day = DayEdit(OFFICIAL_FIGURES.field("published").kind, self)  # type: ignore[arg-type]
        self.source.setPlaceholderText("例如：县统计局")
        form = QFormLayout()
        measure = words.unit_of(result.indicator)
        fields = (
            (f"官方数（{measure}）" if measure else "官方数", self.value),
            ("来源", self.source),
            ("日期", self.day),
        )
        for title, box in fields:
            box.setAccessibleName(title)
            form.addRow(title, box)
        layout.addLayout(form)
        self.wrong = label(layout, tone="red")
        self.wrong.hide()
        layout.addLayout(QVBoxLayout())
        layout.addWidget(self._buttons())
        self._fill()

    def _beside(self) -> str:
        r, reported = self.about, self.about.reported.get(TOTAL)
        told = f"{r.lead.short}报的是 {plain_figure(reported)} {words.unit_of(r.indicator)}" if reported is not None else (
            f"{r.lead.short}还没有报数")  # fmt: skip
        which = "官方数" if official_counts(self.session.space.plan) else "单位数"
        return f"{told}；两个数都留着，判定按{which}（方案参数里定）。"

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.keep = QPushButton("存")
        self.keep.setProperty("tone", "main")
        self.keep.setDefault(True)
        self.keep.clicked.connect(self.write)
        self.drop = QPushButton("删去官方数")
        self.drop.setAutoDefault(False)
        self.drop.setVisible(self.about.official is not None)
        self.drop.clicked.connect(self.remove)
        leave = QPushButton("取消")
        leave.setAutoDefault(False)
        box.addButton(self.keep, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.drop, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(leave, QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        return box

    def _fill(self) -> None:
        """Show the figure that is kept; for a new one offer the source that was written last, and today."""
        kept, kind = self.about.official, OFFICIAL_FIGURES.field("published").kind
        written = self.session.space.store.everything(NAME)
        last = max(written, key=lambda r: (r["published"], r["id"]), default=None)
        self.value.setText(plain_figure(kept["value"]).replace(",", "") if kept else "")
        self.source.setText(str((kept or last or {}).get("source") or ""))
        self.day.setText(kind.show(kept["published"] if kept else self.session.today()))
        self.value.setFocus()
        self.value.selectAll()

    def write(self) -> None:
        """Keep what was typed; what cannot be read stays in its box, with the reason below."""
        typed = {"value": self.value.text(), "source": self.source.text(), "published": self.day.text()}
        with catching(self._refuse):
            self._apply(set_official(self.session.space, self.session.period, self.about.indicator, typed), "写官方数")

    def remove(self) -> None:
        """Take the official figure away; Ctrl+Z brings it back."""
        with catching(self._refuse):
            self._apply(remove_official(self.session.space, self.session.period, self.about.indicator), "删去官方数")

    def _apply(self, changes: list[Change], label: str) -> None:
        if self.session.edit(f"{label}：{self.about.indicator.name}", changes):
            self.accept()

    def _refuse(self, why: str) -> None:
        self.wrong.setText(why)
        self.wrong.show()
