"""审核: all check results of all forms of the unit's period, fixed or answered in the list."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from forms.problem import LEVELS, REASON_LENGTH
from ui.filling.check_side import WIDTH, CheckSide
from ui.filling.item_page import ItemPage
from ui.filling.open_items import one_by_one
from ui.session import Session
from ui.widgets.heading import heading
from ui.widgets.icon_label import IconLabel
from ui.widgets.theme import Theme

ROOMY = 720  # px from which the tallies show a second line
HINTS = {"A": "改好才能传出", "B": "要写理由", "C": f"理由不少于{REASON_LENGTH['C']}个字", "D": "看一眼就行"}


class CheckPage(ItemPage):
    """All findings of all forms, an item each."""

    def __init__(self, session: Session, look: Theme) -> None:
        things = lambda most: one_by_one(session, session.findings, most)  # noqa: E731 - the worst first
        super().__init__(session, look, things, lambda: len(session.findings))
        self.read.connect(self.tell)
        across, layout = QHBoxLayout(self), QVBoxLayout()
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        layout.setContentsMargins(look.size(32), look.size(16), look.size(32), look.size(14))
        layout.setSpacing(look.size(10))
        across.addLayout(layout, 1)
        self.side = CheckSide(session, look)
        across.addWidget(self.side)
        self.sentence, self.second = heading(layout)
        row = QHBoxLayout()
        row.setSpacing(look.size(12))
        self.tallies = {level: self._tally(row, level) for level in LEVELS}
        layout.addLayout(row)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.more)
        self.nothing = QLabel("没有要改、要说明的了。")
        layout.addWidget(self.nothing, 1, alignment=Qt.AlignmentFlag.AlignTop)
        self.list.currentItemChanged.connect(lambda *_: self.side.tell(self.list.thing()))
        self.follow([])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the list most of the width."""
        super().resizeEvent(event)
        self.side.setFixedWidth(min(self.look.size(WIDTH), round(self.width() * 0.28)))
        for _, hint in self.tallies.values():  # least important where the text is large
            hint.setVisible(self.width() >= self.look.size(ROOMY))

    def _tally(self, row: QHBoxLayout, level: str) -> tuple[QLabel, QLabel]:
        card = QFrame()
        card.setObjectName("card")
        inside = QHBoxLayout(card)
        inside.setContentsMargins(12, 6, 12, 6)
        count, hint = QLabel(), QLabel()
        count.setProperty("tone", "figure")
        hint.setProperty("tone", "second")
        name = QLabel(LEVELS[level])
        name.setProperty("tone", "strong")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(hint)
        inside.addWidget(IconLabel(self.look, level))
        inside.addWidget(count)
        inside.addLayout(words, 1)
        row.addWidget(card, 1)
        return count, hint

    def tell(self) -> None:
        """Show the sentence and the four tallies."""
        self.nothing.setVisible(self.list.count() == 0)
        found, left = self.session.findings, self.session.open_findings
        every, still = Counter(f.problem.level for f in found), Counter(f.problem.level for f in left)
        explained, must = Counter(f.problem.level for f in found if f.reason), still["A"]
        parts = [f"改 {must} 处"] * bool(must) + [f"写 {len(left) - must} 条理由"] * bool(len(left) - must)
        parts += [f"办完退回的 {len(self.session.returned)} 条"] * bool(self.session.returned)
        self.sentence.setText(f"再{'、'.join(parts)}就能传出" if parts else "审核通过，可以打印上报")
        for level, (count, hint) in self.tallies.items():
            written = f"{explained[level]}条已写理由" if explained[level] else HINTS[level]
            count.setText(str(still[level] if level != "D" else every[level]))
            hint.setText(written if every[level] else "没有了")
        carried = explained.total()
        told = f"，{carried}条理由随上报包交给县里" if carried else ""
        self.side.tell(self.list.thing())
        cells = sum(len(rows) for rows in self.session.ctx.rows.values())
        self.second.setText(f"边填边审：{len(self.session.forms)}张表、{cells}行{told}")
