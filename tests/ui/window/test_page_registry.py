"""One row adds a page, and what pages answer to the window is seen by the type checker."""

from inspect import getmembers, isfunction
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QLabel

from models.workspace import Workspace
from tests.ui.conftest import Hands
from tests.ui.hands import Open, inside, of_kind
from ui.session import Session
from ui.widgets.theme import Theme
from ui.window.page import Page, override
from ui.window.page_registry import OFFICE, ROWS, CountyStage, PageRow, RoleRows


class SamplePage(Page):
    """A page that is nothing but a label; it remembers what the window asked of it."""

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.label, self.walked = QLabel("示例", self), list[int]()

    @override
    def next_item(self, way: int) -> bool:
        self.walked.append(way)
        return True

    @property
    @override
    def next_words(self) -> str:
        return "看示例"


SAMPLE = PageRow(
    "sample", "示例页", SamplePage, OFFICE, tab=True, key="F9", keys=(("示例键", "示例用处"),),
    stage=CountyStage(4, "示例步", lambda _month: ("示例进度", True)),
)  # fmt: skip


def test_one_row_gives_a_page_its_tab_key_help_and_stage(tmp_path: Path, open_window: Open, qtbot: Hands) -> None:
    window = open_window(Workspace.create(tmp_path / "county", "office"), [*ROWS, SAMPLE])
    tab = window.buttons["sample"]
    assert (tab.text(), tab.isVisible()) == ("示例页", True)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    page = window.pages["sample"]
    assert isinstance(page, SamplePage)
    assert window.stack.currentWidget() is page
    assert tab.isChecked()
    assert window.top.next.text() == "看示例　F8"
    assert window.top.county.steps["sample"].text() == "示例步 示例进度"
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert page.walked == [1]
    qtbot.keyClick(window, Qt.Key.Key_F1)
    box = of_kind(QDialog, window.findChild(QDialog))
    texts = [label.text() for label in inside(box, QLabel)]
    assert texts[:2] == ["示例键", "示例用处"]
    assert texts[texts.index("F9") + 1] == "示例页"
    box.close()


def test_a_page_of_the_office_is_not_seen_at_a_unit(open_window: Open) -> None:
    window = open_window(None, [*ROWS, SAMPLE])
    assert "sample" not in window.buttons
    assert "F9" not in dict(window.rows.help("home", []))


@pytest.mark.parametrize("role", ["unit", "team", "office"])
def test_every_row_makes_a_page(tmp_path: Path, qapp: QApplication, look: Theme, role: str) -> None:
    made: dict[str, dict[str, Any]] = {"unit": {"units": ["瓦屋塘镇"]}, "team": {"action": "CY"}, "office": {}}
    space = Workspace.create(tmp_path / role, role, **made[role])
    session, rows = Session(space), RoleRows(ROWS, role)
    assert len(rows.by_name) == len(rows.rows), "two rows of one name"
    for row in rows.rows:
        page = row.make(session, look)
        assert isinstance(page, Page)
        for kind in type(page).__mro__[: type(page).__mro__.index(Page)]:
            for name, method in getmembers(kind, isfunction):
                asked = name in vars(Page) and name in vars(kind) and not name.startswith("__")
                assert not asked or getattr(method, "__override__", False), f"{kind.__name__}.{name} without @override"
        page.deleteLater()
    session.close()
