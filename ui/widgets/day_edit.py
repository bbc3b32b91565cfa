"""A box for a day, typed as people write it or picked from a calendar (F4, Alt+↓, or the icon at the right)."""

from datetime import date

from PySide6.QtCore import QDate, QLocale, QPoint, Qt
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget

import resources
from forms.dates import Day, day_of
from forms.kind import Unreadable
from models.store.clock import today_here

CHINESE = QLocale(QLocale.Language.Chinese, QLocale.Country.China)


class DayEdit(QLineEdit):
    """A line edit; the calendar writes its day into it as text."""

    def __init__(self, kind: Day, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.kind = kind
        self.popup: QFrame | None = None
        icon = QIcon(str(resources.path("icons", "calendar.svg")))
        action = self.addAction(icon, QLineEdit.ActionPosition.TrailingPosition)
        action.setText("日历")
        action.setToolTip("打开日历（F4）")
        action.triggered.connect(self.open_calendar)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        down = event.key() == Qt.Key.Key_Down and event.modifiers() & Qt.KeyboardModifier.AltModifier
        if (event.key() == Qt.Key.Key_F4 or down) and not self.isReadOnly():
            self.open_calendar()
        else:
            super().keyPressEvent(event)

    def day(self) -> date | None:
        """The day in the box; None where it cannot be read."""
        try:
            return day_of(self.kind.parse(self.text())) if self.text().strip() else None
        except Unreadable:
            return None

    def open_calendar(self) -> None:
        """Show the month of the day in the box, else this month."""
        frame = QFrame(self, Qt.WindowType.Popup)
        frame.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        frame.setObjectName("card")
        self.popup = frame
        frame.destroyed.connect(self._closed)
        calendar = QCalendarWidget(frame)
        calendar.setAccessibleName("日历")
        calendar.setLocale(CHINESE)
        calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        day = self.day() or today_here()
        calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        calendar.activated.connect(self._take)
        calendar.clicked.connect(self._take)
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(4, 4, 4, 4)
        layout.addWidget(calendar)
        frame.move(self._place(frame))
        frame.show()
        calendar.setFocus()

    def _place(self, frame: QFrame) -> QPoint:
        """Where the calendar goes: below the box, or above it at the screen's end."""
        size, room = frame.sizeHint(), self.screen().availableGeometry()
        below = self.mapToGlobal(QPoint(0, self.height()))
        y = below.y() if below.y() + size.height() <= room.bottom() else below.y() - self.height() - size.height()
        return QPoint(max(room.left(), min(below.x(), room.right() - size.width())), max(room.top(), y))

    def _closed(self) -> None:
        self.popup = None

    def _take(self, day: QDate) -> None:
        self.setText(self.kind.show(date(day.year(), day.month(), day.day())))
        if self.popup is not None:
            self.popup.close()
        self.setFocus()
