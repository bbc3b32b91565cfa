"""收件's right side: details of a file, and its differences as a three-way table."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from exports.incoming.outcome import Outcome
from exports.incoming.preview import preview
from exports.package.manifest import Submission
from forms.states import Result
from models.ledger.intake_log import IntakeRecord
from models.workspace import Workspace
from ui.county.inbox.file_list import GOOD, version
from ui.county.inbox.three_way_table import ThreeWayTable
from ui.operations.failure import catching
from ui.widgets.theme import Theme


class InboxPanel(QWidget):
    """Details of one file."""

    def __init__(self, space: Workspace, look: Theme) -> None:
        super().__init__()
        self.space = space
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.size(6))
        self.title, self.about, self.told = QLabel(), QLabel(), QLabel()
        self.title.setProperty("tone", "section")
        self.about.setProperty("tone", "second")
        for label in (self.title, self.about, self.told):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        self.table = ThreeWayTable(look)
        column.addWidget(self.table, 1)
        column.addStretch(0)

    def show_file(self, about: Outcome | IntakeRecord | None, pending: Sequence[Outcome] = ()) -> None:
        """Show the selected file; `pending` are all waiting ones. None (a heading) clears the panel."""
        self.table.setVisible(False)
        if about is None:
            for label in (self.title, self.about, self.told):
                label.setText("")
            return
        unit = self.space.plan.find("units", about.unit)
        period = self.space.plan.find("periods", about.period)
        name = unit.short if unit else Path(about.path).name
        self.title.setText("　".join(filter(None, [name, period.name if period else "", version(about.revision)])))
        self.about.setText(about.path)
        self.told.setText(about.message)
        if isinstance(about, Outcome) and about.would and about.result in GOOD:
            with catching(self.told.setText):
                self._sides(about, pending)

    def _sides(self, about: Outcome, pending: Sequence[Outcome]) -> None:
        seen = preview(self.space, about, pending)
        made = seen.file.expect(Submission)
        filled = made.created[:16].replace("T", " ") + "填好"
        words = [filled, made.device, made.person, made.code]
        self.about.setText("　".join(w for w in words if w) + f"\n{about.path}")
        foreseen = about.message if about.result == Result.CONFLICT else f"可以装入：{about.message}"
        if not seen.against:
            lines = "，".join(f"{title}{count}行" for title, count in seen.lines)
            self.told.setText(f"{foreseen}。本期第一次报：{lines}。")
            return
        asked = sum(s.kind == "both" for s in seen.sides)
        both = f"，其中{asked}格本办也更正过，装入后请定用哪个" if asked else ""
        self.told.setText(f"{foreseen}。与{seen.against}不同{len(seen.sides)}格{both}。")
        self.table.show_sides(seen.sides, seen.against, about.revision)
        self.table.setVisible(bool(seen.sides))
