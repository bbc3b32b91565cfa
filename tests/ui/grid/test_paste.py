"""What people copy from Excel and WPS: 同上, merged cells, and what was typed is found again in the history."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit

from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, add_projects, editor, inside, kept, of_kind, page, put, there
from ui.grid.grid import Grid
from ui.grid.paste_preview import MOST, PastePreview
from ui.widgets import editors
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow

# what Excel and WPS put on the clipboard for two columns, the first merged over three lines
MERGED = (
    "<html><body><table><tr><td rowspan=3>大坪村</td><td>道路</td></tr><tr><td>水渠</td></tr>"
    "<tr><td>路灯</td></tr></table></body></html>"
)


@pytest.fixture(autouse=True)
def _clipboard_emptied() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()  # it would outlive what made it


def copied(text: str, html: str = "") -> None:
    data = QMimeData()
    data.setText(text)
    if html:
        data.setHtml(html)
    QGuiApplication.clipboard().setMimeData(data)


def history(window: MainWindow, form: str, field: str) -> dict[str, Any]:
    row = window.session.report(window.session.space.form(form)).rows[0]
    last = window.session.space.store.history(form, row["id"])[-1]
    return {"label": last.label, "after": there(last.after)[field], "typed": (last.typed or {}).get(field)}


@pytest.mark.parametrize("sign", ["同上", "〃", "″", "”", " 同上 "])
def test_as_above_takes_the_value_above_and_shows_it_first(open_window: Open, qtbot: Hands, sign: str) -> None:
    window = open_window()
    grid = add_projects(window, 3)
    shown: list[str] = []
    grid.asked = lambda read, _label: shown.extend([*read.rewritten, *read.refused]) or True  # type: ignore[assignment, func-returns-value, method-assign, redundant-expr]  # the test answers in the person's place
    put(grid, "place")
    copied(f"大坪村\t道路\r\n{sign}\t水渠\r\n{sign}\t{sign}\r\n")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "place") == ["大坪村"] * 3
    assert kept(window, "projects", "content") == ["道路", "水渠", "水渠"]
    assert shown[0] == f"第2行“建设地点”：“{sign.strip()}” 读作 “大坪村”"
    assert len(shown) == 3


def test_as_above_in_the_first_line_means_the_line_over_the_block(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 2)
    grid.asked = lambda read, _label: not read.refused  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    put(grid, "total")
    copied("2000万")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    put(grid, "total", 1)
    copied("同上\t〃\r\n")
    grid.asked = lambda read, _label: read.refused == ["第2行“上年底累计”：“〃”的上面没有内容，请写明"]  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "total") == [Decimal("2000.00")] * 2


def test_as_above_with_nothing_above_raises_a_question_and_changes_nothing(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    told: list[str] = []
    grid.asked = lambda read, _label: told.extend(read.refused) or True  # type: ignore[assignment, func-returns-value, method-assign, redundant-expr]  # the test answers in the person's place
    put(grid, "place")
    copied("同上\r\n")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "place") == [None]
    assert told == ["第1行“建设地点”：“同上”的上面没有内容，请写明"]


@pytest.mark.parametrize(
    ("html", "places"), [(MERGED, ["大坪村"] * 3), ("", ["大坪村", None, None]), ("<p>x</p>", ["大坪村", None, None])]
)
def test_a_merged_cell_counts_for_all_its_lines(open_window: Open, qtbot: Hands, html: str, places: list[str]) -> None:
    window = open_window()
    grid = add_projects(window, 3)
    shown: list[str] = []
    grid.asked = lambda read, _label: shown.extend([*read.rewritten, *read.refused]) or True  # type: ignore[assignment, func-returns-value, method-assign, redundant-expr]  # the test answers in the person's place
    put(grid, "place")
    copied("大坪村\t道路\r\n\t水渠\r\n\t路灯\r\n", html)
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "place") == places
    assert kept(window, "projects", "content") == ["道路", "水渠", "路灯"]
    assert shown == (
        ["第2行“建设地点”：“（合并单元格）” 读作 “大坪村”", "第3行“建设地点”：“（合并单元格）” 读作 “大坪村”"]
        if html == MERGED
        else []
    )


def test_what_was_typed_stays_in_the_history_and_is_shown_in_the_panel(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    put(grid, "total")
    qtbot.keyClicks(grid, "2")
    of_kind(QLineEdit, editor(grid)).setText("2000万")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert history(window, "projects", "total") == {"label": "修改总投资", "after": "2000.00", "typed": "2000万"}
    put(grid, "total")
    lines = [x.text() for x in inside(window, type(window.saved)) if "2000万" in x.text()]
    assert any("（空） → “2000万” → 2,000.00" in line for line in lines), lines


def test_a_pasted_words_are_kept_too_and_plain_figures_are_not_doubled(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    grid.asked = lambda _read, _label: True  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    put(grid, "total")
    copied("1.2亿\t35.5\r\n")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert history(window, "projects", "total")["typed"] == "1.2亿"
    assert history(window, "projects", "past") == {"label": "粘贴2格", "after": "35.50", "typed": None}


@pytest.mark.parametrize("sign", ["同上", "〃", "″"])
@pytest.mark.parametrize(
    ("field", "first", "shown"),
    [("place", "大坪村", "大坪村"), ("total", "2000万", "2,000.00"), ("start", "2024年3月", "2024年3月")],
)
def test_as_above_typed_into_a_cell_takes_the_line_above(
    open_window: Open, qtbot: Hands, sign: str, field: str, first: str, shown: str
) -> None:
    window = open_window()
    grid = add_projects(window, 2)
    for n, text in enumerate((first, sign)):
        put(grid, field, n)
        qtbot.keyClick(grid, Key.Key_F2)
        editors.fill(editor(grid), text)
        qtbot.keyClick(editor(grid), Key.Key_Return)
    values = kept(window, "projects", field)
    assert values[0] == values[1] is not None
    assert window.saved.text() == f"已存好　“{sign}”读作“{shown}”；不对的按 Ctrl+Z"
    form = window.session.space.form("projects")
    last = window.session.space.store.history("projects", window.session.report(form).rows[1]["id"])[-1]
    assert (last.typed or {}).get(field) == sign
    window.session.undo.undo()
    assert kept(window, "projects", field) == [values[0], None]


def test_as_above_means_the_line_that_is_shown_above(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 3)
    for n, text in enumerate(("甲村", "乙村")):
        put(grid, "place", n)
        grid.put_text(text)
    names = [x.row["id"] for x in grid.table.lines if x.row]
    grid.setRowHidden(grid.table.place(names[1], "place").row(), True)  # as a filter does
    put(grid, "place", 2)
    qtbot.keyClick(grid, Key.Key_F2)
    editors.fill(editor(grid), "同上")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    assert kept(window, "projects", "place") == ["甲村", "乙村", "甲村"]


@pytest.mark.parametrize("field", ["place", "total", "kind", "start"])
def test_as_above_typed_under_nothing_says_so_and_stays_in_its_editor(
    open_window: Open, qtbot: Hands, field: str
) -> None:
    window = open_window()
    grid = add_projects(window, 2)
    put(grid, field, 1)
    qtbot.keyClick(grid, Key.Key_F2)
    editors.fill(editor(grid), "同上")
    qtbot.keyClick(editor(grid), Key.Key_Return)
    label = window.session.space.form("projects").field(field).label
    assert window.saved.text() == f"“{label}”“同上”的上面没有内容，请写明"
    assert editors.typed(editor(grid)) == "同上"
    assert kept(window, "projects", field) == [None, None]
    qtbot.keyClick(editor(grid), Key.Key_Escape)


def test_as_above_into_a_block_takes_the_line_over_it(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 3)
    grid.asked = lambda read, _label: len(read.rewritten) == 2 and not read.refused  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    put(grid, "place")
    grid.put_text("甲村")
    grid.select_block(grid.table.index(2, grid.table.column("place")), grid.table.index(3, grid.table.column("place")))
    grid.put_text("同上")
    assert kept(window, "projects", "place") == ["甲村"] * 3


class Seen:
    """What stood in the preview when it opened on Ctrl+V, before `act` dealt with it."""

    def __init__(self, qtbot: Hands, window: MainWindow, grid: Grid, act: Callable[[PastePreview], object]) -> None:
        qtbot.waitUntil(window.isActiveWindow)
        self.rows: list[list[str]] = []
        QTimer.singleShot(
            0,
            lambda: (self.look_at(of_kind(PastePreview, QApplication.activeModalWidget())), act(self.preview)),  # type: ignore[func-returns-value]  # it notes, and then answers
        )
        qtbot.keyClick(grid, Key.Key_V, CTRL)
        window.activateWindow()  # nobody but a desktop's own manager hands it back
        qtbot.waitUntil(window.isActiveWindow)

    def look_at(self, preview: PastePreview) -> None:
        self.preview, table = preview, preview.list
        self.head, self.leave = preview.head.text(), preview.leave.text()
        self.take = preview.take.text() if preview.take.isVisible() else ""
        cells = [[table.item(r, c) for c in range(table.columnCount())] for r in range(table.rowCount())]
        self.rows = [[there(c).text() for c in row] for row in cells]
        self.colours = [there(row[2]).foreground().color() for row in cells]
        self.named = bool(table.accessibleName() and preview.accessibleName())


def test_the_preview_lists_only_what_is_not_kept_as_typed_and_enter_takes_the_rest(
    open_window: Open, qtbot: Hands, look: Theme
) -> None:
    window = open_window()
    grid = add_projects(window, 2)
    put(grid, "total")
    copied("2000万\t35.5\t约500万\r\n6百块的\t/\t7\r\n")
    preview = Seen(qtbot, window, grid, lambda p: qtbot.keyClick(p, Key.Key_Return))
    assert preview.named
    assert preview.head == "要粘贴2行 × 3列：2格换了写法，1格拿不准，1格放不进去"
    assert preview.take == "粘贴 4 格"
    rows = preview.rows
    assert [(r[0], r[1], r[3]) for r in rows] == [
        ("第1行“总投资”", "2000万", "换算"),
        ("第1行“年度计划”", "约500万", "拿不准"),
        ("第2行“总投资”", "6百块的", "看不懂"),
        ("第2行“上年底累计”", "/", "无内容"),
    ]
    assert rows[0][2] == "→ 2,000.00"
    assert rows[1][2].startswith("不填，空着\n“约500万”不是确切的数")
    assert preview.colours[1:3] == [look.colour("amb"), look.colour("red")]
    assert kept(window, "projects", "total") == [Decimal("2000.00"), None]
    qtbot.keyClick(window, Key.Key_Z, CTRL)
    assert kept(window, "projects", "total") == [None, None]
    assert kept(window, "projects", "past") == [None, None]


def test_what_cannot_be_read_keeps_the_old_value_and_esc_keeps_everything(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    put(grid, "total")
    copied("12\t34")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    copied("56\t看情况")
    preview = Seen(qtbot, window, grid, lambda p: qtbot.keyClick(p, Key.Key_Escape))
    assert preview.rows[0][2].startswith("不填，留原值 34.00\n")
    assert kept(window, "projects", "total") == [Decimal("12.00")]
    Seen(qtbot, window, grid, lambda p: qtbot.keyClick(p.list, Key.Key_Return))  # the list lets Enter through
    assert kept(window, "projects", "total") == [Decimal("56.00")]
    assert kept(window, "projects", "past") == [Decimal("34.00")]


def test_where_nothing_can_be_pasted_there_is_nothing_to_take(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = page(window, "tasks").grid
    put(grid, "task")
    before = kept(window, "tasks", "task")
    copied("甲\t乙\r\n" * 300)
    preview = Seen(qtbot, window, grid, lambda p: qtbot.keyClick(p, Key.Key_Return))
    assert not preview.take
    assert preview.leave == "知道了"
    assert len(preview.rows) == MOST
    assert kept(window, "tasks", "task") == before


@pytest.mark.parametrize(
    ("field", "typed", "shown"),
    [
        ("total", "１２３", "123.00"),
        ("total", "１，２００", "1,200.00"),
        ("start", "２０２４年３月", "2024年3月"),
        ("total", "1２", "12.00"),
    ],
)
def test_full_width_figures_are_listed_in_the_preview(
    open_window: Open, qtbot: Hands, field: str, typed: str, shown: str
) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    put(grid, field)
    copied(typed)
    preview = Seen(qtbot, window, grid, lambda p: qtbot.keyClick(p, Key.Key_Return))
    assert [row[1:] for row in preview.rows] == [[typed, f"→ {shown}", "全角"]]
    kind = window.session.space.form("projects").field(field).kind
    assert [kind.show(v) for v in kept(window, "projects", field)] == [shown]


def test_words_that_are_kept_as_they_are_are_not_listed(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    grid = add_projects(window, 1)
    grid.asked = lambda read, _label: pytest.fail(f"asked about {read.notes}")  # type: ignore[assignment, method-assign]  # the test answers in the person's place
    put(grid, "name")
    copied("示例（一）ＡＢ１２３号\r\n")
    qtbot.keyClick(grid, Key.Key_V, CTRL)
    assert kept(window, "projects", "name") == ["示例（一）ＡＢ１２３号"]
