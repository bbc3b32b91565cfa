"""中梗阻 by kind: one row a kind, its obstacles below it once it is unfolded."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QPainter, QPolygonF

from forms.field import Meaning
from forms.obstacles import OBSTACLES
from models.county.obstacle_groups import ObstacleGroup
from models.county.obstacles import TrackedObstacle
from ui.county.obstacles.row_list import RIGHT, RowList
from ui.widgets import act_marks
from ui.widgets.theme import Theme

SUBJECT = OBSTACLES.means(Meaning.SUBJECT)
HEADS = (
    ("哪一种", 34),
    ("件数", -396),
    ("要谁办", -372),
    ("每格一周", -164),
    ("最久", -14),
)  # px at 100 %, from the right if < 0
SHOWN = 50  # obstacles of a kind that are unfolded; the others are in the full list


@dataclass(frozen=True)
class GroupRow:
    """A kind, or one obstacle of it; `rest`: how many more there are, for the line that says so."""

    group: ObstacleGroup
    one: TrackedObstacle | None = None
    asked: str = ""
    rest: int = 0


class GroupList(RowList):
    """`opened` carries an obstacle's row; a kind is unfolded by Enter, →, or a click."""

    def __init__(self, look: Theme, long: int) -> None:
        super().__init__(look, "中梗阻，同一种并成一行")
        self.long = long
        self.unfolded: set[str] = set()
        self.groups: Sequence[tuple[ObstacleGroup, Sequence[str]]] = ()
        self.clicked.connect(lambda index: self._fold(index.data(Qt.ItemDataRole.UserRole)))
        self.acts = {
            Qt.Key.Key_Right: lambda: self._turn(True), Qt.Key.Key_Left: lambda: self._turn(False),
            Qt.Key.Key_Return: self._enter, Qt.Key.Key_Enter: self._enter,
        }  # fmt: skip

    def show_groups(self, groups: Sequence[tuple[ObstacleGroup, Sequence[str]]]) -> None:
        """The kinds, each with the words who has to act on each of its obstacles."""
        if not self.groups and groups:
            self.unfolded = {groups[0][0].kind.id}
        self.groups = groups
        rows: list[GroupRow] = []
        for group, asked in groups:
            rows.append(GroupRow(group))
            if group.kind.id in self.unfolded:
                rows += [GroupRow(group, h, a) for h, a in zip(group.obstacles[:SHOWN], asked, strict=False)]
                if len(group.obstacles) > SHOWN:
                    rows.append(GroupRow(group, rest=len(group.obstacles) - SHOWN))
        self.show_rows(rows)

    def _enter(self) -> None:
        row = self.current
        if row is not None and row.one is None and not row.rest:
            self._turn(row.group.kind.id not in self.unfolded)
        elif row is not None:
            self.opened.emit(row)

    def _fold(self, row: GroupRow) -> None:
        if row.one is None and not row.rest:
            self._turn(row.group.kind.id not in self.unfolded)

    def _turn(self, unfold: bool) -> None:
        """Unfold or fold the kind of the current row."""
        row = self.current
        if row is None:
            return
        kind = row.group.kind.id
        self.unfolded = self.unfolded | {kind} if unfold else self.unfolded - {kind}
        self.show_groups(self.groups)
        at = next(n for n, r in enumerate(self.items.rows) if r.group.kind.id == kind)
        if not unfold:
            self.setCurrentIndex(self.items.index(at))

    def words(self, row: Any) -> str:
        if row.rest:
            return f"还有{row.rest}件"
        h = row.one
        if h is None:
            folded = "展开着" if row.group.kind.id in self.unfolded else "收着"
            return f"{row.group.kind.name}，{len(row.group.obstacles)}件，{row.group.asked}，最久{row.group.oldest.days}天，{folded}"
        return "，".join(w for w in (h.unit.short, h.row[SUBJECT] or "", row.asked, f"{h.days}天") if w)

    def paint_row(self, painter: QPainter, row: Any, box: QRect, chosen: bool) -> None:
        size, h = self.look.size, row.one
        self.ground(painter, box, chosen, size(34))
        at = [box.left() + size(x) if x >= 0 else box.right() + size(x) for _, x in HEADS]
        if row.rest:
            self.text(
                painter,
                f"还有{row.rest}件，在“全部”里看",
                QRect(at[0] + size(14), box.top(), size(260), box.height()),
                "acc",
                12,
            )
            return
        oldest = h or row.group.oldest
        if h is None:
            self._arrow(painter, box.left() + size(20), box.center().y(), row.group.kind.id in self.unfolded)
            name = QRect(at[0], box.top(), at[1] - size(34) - at[0], box.height())
            self.text(painter, row.group.kind.name, name, "ink", 13, bold=True)
            count = QRect(at[1] - size(40), box.top(), size(40), box.height())
            self.text(painter, str(len(row.group.obstacles)), count, "ink", align=RIGHT)
            self.text(
                painter, row.group.asked, QRect(at[2], box.top(), at[3] - at[2] - size(8), box.height()), "ink2", 12
            )
        else:
            unit = QRect(at[0] + size(14), box.top(), size(98), box.height())
            self.text(painter, h.unit.short, unit, "ink", 12)
            what = QRect(unit.right() + size(8), box.top(), at[2] + size(90) - unit.right() - size(8), box.height())
            self.text(painter, h.row[SUBJECT] or "（没有写问题）", what, "ink2", 12)
            asked = QRect(what.right() + size(8), box.top(), at[3] - what.right() - size(16), box.height())
            self.text(painter, row.asked, asked, "ink2", 12)
        act_marks.weeks(painter, self.look, oldest.weeks, self.long, at[3], box.center().y())
        days = QRect(box.right() - size(84), box.top(), size(70), box.height())
        old = oldest.weeks > self.long
        self.text(painter, f"{oldest.days}天", days, "red" if old else "ink2", 13, bold=old and h is None, align=RIGHT)

    def _arrow(self, painter: QPainter, x: float, y: float, down: bool) -> None:
        half = self.look.size(4)
        points = (
            ((-half, -half / 2), (0, half / 2), (half, -half / 2))
            if down
            else ((-half / 2, -half), (half / 2, 0), (-half / 2, half))
        )
        painter.setPen(self.look.colour("ink2"))
        painter.drawPolyline(QPolygonF([QPointF(x + a, y + b) for a, b in points]))
