"""督办 in one list: plate, number, what, who, due day, and the days left in words."""

from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from models.county.supervisions import CLOSED, LEVELS, REPLIED, Supervision
from ui.county.obstacles.request_card import short_day
from ui.county.obstacles.row_list import CENTRE, RIGHT, RowList
from ui.widgets import act_marks
from ui.widgets.theme import Theme

TONES = {"red": "red", "yellow": "amb"}
HEADS = (
    ("编号", 44),
    ("督办什么", 104),
    ("谁办", -296),
    ("时限", -196),
    ("还有", -14),
)  # px at 100 %, from the right if < 0


def who(s: Supervision) -> str:
    """The units, the first by name, and whether they answered."""
    names = s.units[0].short if s.units else "没有这个单位"
    more = f"等{len(s.units)}家" if len(s.units) > 1 else ""
    answered = len(s.replies.keys() & {u.code for u in s.units})
    if s.state == REPLIED:
        return f"{names}{more}　已答复"
    return f"{names}{more}" + (f"　答复{answered}家" if answered else "")


class SupervisionList(RowList):
    """The papers; `year` is the plan's, whose numbers stand without a year."""

    def __init__(self, look: Theme, year: int) -> None:
        super().__init__(look, "督办")
        self.year = year

    def number(self, s: Supervision) -> str:
        """9号; of another year 2023年9号."""
        return f"{s.paper['number']}号" if s.paper["opened"].year == self.year else s.number

    def words(self, row: Any) -> str:
        paper = row.paper
        left = row.days_words or "已销号"
        parts = (
            LEVELS.get(row.level, ""),
            self.number(row),
            paper["text"],
            who(row),
            f"{short_day(paper['due'], self.year)}前",
            left,
        )
        return "，".join(p for p in parts if p)

    def paint_row(self, painter: QPainter, row: Any, box: QRect, chosen: bool) -> None:
        size, paper, closed = self.look.size, row.paper, row.state == CLOSED
        self.ground(painter, box, chosen, size(44))
        if not closed:
            act_marks.plate(painter, self.look, row.level, LEVELS[row.level], box.left() + size(24), box.center().y())
        ink = "ink2" if closed else "ink"
        answered = row.state == REPLIED
        at = [box.left() + size(x) if x >= 0 else box.right() + size(x) for _, x in HEADS]
        edges = [*at[1:4], box.right() - size(90)]
        cells = [
            QRect(x, box.top(), max(end - x - size(8), 0), box.height()) for x, end in zip(at, edges, strict=False)
        ]
        self.text(painter, self.number(row), cells[0], ink, 13, bold=not closed)
        self.text(painter, paper["text"], cells[1], ink)
        self.text(painter, who(row), cells[2], "acc" if answered else "ink2", 12)
        self.text(painter, short_day(paper["due"], self.year), cells[3], "ink2", 12, align=CENTRE)
        last = QRect(box.right() - size(104), box.top(), size(90), box.height())
        left = row.days_words or "已销号"
        self.text(painter, left, last, TONES.get(row.level, "ink2"), 12, bold=row.level == "red", align=RIGHT)
