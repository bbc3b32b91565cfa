"""A row of tools: spare room lies where it was said, also where something between is hidden."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget

from tests.ui.conftest import Hands
from ui.widgets.flow_layout import FlowLayout


@pytest.mark.parametrize("hidden", [False, True])
def test_the_right_corner_stays_at_the_right(qtbot: Hands, hidden: bool) -> None:
    bar = QWidget()
    qtbot.addWidget(bar)
    row = FlowLayout(bar, (8, 0, 12, 0))
    buttons = [QPushButton(text) for text in ("左", "中间一长串", "右")]
    row.addWidget(buttons[0])
    row.stretch()
    row.addWidget(buttons[1])
    row.stretch()
    row.addWidget(buttons[2])
    buttons[1].setHidden(hidden)
    bar.resize(900, 40)
    bar.show()
    assert buttons[0].x() == 8
    assert 900 - 12 - 2 <= buttons[2].geometry().right() + 1 <= 900 - 12
