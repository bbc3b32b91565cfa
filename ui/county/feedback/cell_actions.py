"""退回 and 更正 for one cell, offered beside the cell and in its context menu while the county views a unit."""

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QAbstractItemView, QMenu, QPushButton, QVBoxLayout

from forms.field import Field, Row
from forms.form import Form
from forms.states import ReportState
from models.county.unit_states import state
from ui.filling.form_page import FormPage
from ui.filling.line_panel import LinePanel
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets.theme import Theme


class CellAction(StrEnum):
    """What is offered for a cell (办理)."""

    BACK = "back"
    CORRECT = "correct"


Place = tuple[str, str, str]  # form, record, field
ORDERS = (
    (CellAction.BACK, "退回这一格……", "写下哪里不对，做成退回单发给单位"),
    (CellAction.CORRECT, "更正这一格……", "本办改一个值，写明理由；单位报的原样留着"),
)
CLOSED = (ReportState.MISSING, ReportState.CONFLICT)  # nothing was received, or it is not settled which revision counts


class CellOrders(QObject):
    """Return or correct one cell. File dialogs and boxes open over the window of `panel`."""

    def __init__(self, session: Session, look: Theme, panel: LinePanel) -> None:
        super().__init__(panel)
        self.session, self.look, self.panel = session, look, panel
        self.may = state(session.space, session.unit, session.period).state not in CLOSED
        panel.orders = self.buttons

    def on_grid(self, page: FormPage) -> None:
        """Offer the same actions in the context menu of the page's grid, by right button and by menu key."""
        for view in (page.grid, page.grid.frozen):
            view.setContextMenuPolicy(view.contextMenuPolicy().CustomContextMenu)
            view.customContextMenuRequested.connect(partial(self._menu, page, view))

    def buttons(self, column: QVBoxLayout, form: Form, field: Field, row: Row) -> None:
        """Add the buttons to `column`; none for a derived field, or where the unit reported nothing that counts."""
        for what, text, hint in self._of(field):
            button = QPushButton(text)
            button.setToolTip(hint)
            button.clicked.connect(partial(self.carry_out, what, (form.name, str(row["id"]), field.name)))
            column.addWidget(button)

    def _of(self, field: Field) -> tuple[tuple[str, str, str], ...]:
        return ORDERS if self.may and field.editable else ()

    def _menu(self, page: FormPage, view: QAbstractItemView, at: QPoint) -> None:
        index = view.indexAt(at)
        line = page.table.lines[index.row()] if index.isValid() else None
        field = page.table.field(index.column())
        if line is None or line.row is None or field is None or not self._of(field):
            return
        page.grid.stand_on(page.table.index(index.row(), index.column()))
        menu = QMenu(view)
        for what, text, _hint in ORDERS:
            place = (page.form.name, str(line.row["id"]), field.name)
            menu.addAction(text).triggered.connect(partial(self.carry_out, what, place))
        menu.popup(view.viewport().mapToGlobal(at))

    def carry_out(self, what: str, place: Place, _on: bool = False) -> None:
        """Open the dialog for an action (`correct`, else return) at a place; a UserError goes to the foot line."""
        from ui.county.feedback.correction_dialog import CorrectionDialog
        from ui.county.feedback.return_dialog import send_back

        session, window = self.session, self.panel.window()
        if what == CellAction.CORRECT:
            box = CorrectionDialog(session, session.unit, self.look, window)
            box.point_at(*place)
            box.exec()
            return
        with reporting(session):
            if send_back(session, session.unit, self.look, window, place):
                session.renew()
