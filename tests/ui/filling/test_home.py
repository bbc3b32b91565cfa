"""首页: what is left, thing by thing, answered on the spot; the month; what makes one easy."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton

from exports.outgoing.submission import file_name, submission
from exports.outgoing.write_out import write_out
from models.reporting.sample import fill
from tests.ui.conftest import Hands
from tests.ui.hands import CTRL, Key, Open, inside, kept, of_kind, page, put, sent_back, there
from ui.filling.check_page import CheckPage
from ui.filling.home_page import HomePage
from ui.filling.period_timeline import Event, PeriodTimeline
from ui.widgets.theme import Theme
from ui.window.main_window import MainWindow
from ui.window.page import CHECK, HOME


def home(window: MainWindow) -> HomePage:
    window.show_page(HOME)
    found = window.pages[HOME]
    assert isinstance(found, HomePage)
    return found


def filled(open_window: Open, *empty: tuple[str, int]) -> MainWindow:
    """A window on a month that is done, but for these fields of these lines of the tasks."""
    window = open_window()
    fill(window.session.space, window.session.space.plan.period("2024-09"))
    fill(window.session.space, window.session.period)
    window.session.go()
    grid = page(window, "tasks").grid
    for field, n in empty:
        put(grid, field, n)
        grid.clear_cells()
    return window


def focus() -> QLineEdit:
    box = QApplication.focusWidget()
    assert isinstance(box, QLineEdit)
    return box


def test_a_line_is_one_thing_and_is_answered_on_the_spot(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window, ("chief", 0), ("section", 0), ("percent", 0), ("section", 1))
    first = home(window)
    assert first.sentence.accessibleName() == "10月还剩 2 件"
    assert window.buttons["tasks"].text() == "任务清单 2"
    for typed in ("Shili", "Gushi"):  # the cursor stands where something is to be typed, without a click
        qtbot.keyClicks(focus(), typed)
        qtbot.keyClick(focus(), Key.Key_Return)
    assert (kept(window, "tasks", "chief")[0], kept(window, "tasks", "section")[0]) == ("Shili", "Gushi")
    qtbot.keyClicks(focus(), "many")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert focus().text() == "many"
    assert "完成进度" in window.saved.toolTip()
    focus().setText("100")
    qtbot.keyClick(focus(), Key.Key_Return)
    assert kept(window, "tasks", "percent")[0] == 100
    window.session.undo.undo()
    assert first.sentence.accessibleName() == "10月还剩 2 件"


def test_what_was_typed_is_kept_when_another_thing_is_opened(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window, ("chief", 0), ("chief", 1))
    first = home(window)
    qtbot.keyClicks(focus(), "Shili")
    qtbot.keyClick(focus(), Key.Key_Down, CTRL)
    assert kept(window, "tasks", "chief")[0] == "Shili"
    assert first.sentence.accessibleName() == "10月还剩 1 件"


def test_what_cannot_be_read_keeps_its_thing_open(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window, ("percent", 0), ("percent", 1))
    first = home(window)
    box = focus()
    qtbot.keyClicks(box, "many")
    first.list.setCurrentRow(1)
    qtbot.waitUntil(lambda: first.list.currentRow() == 0)
    assert focus() is box
    assert box.text() == "many"
    assert window.close() is False
    box.setText("80")
    qtbot.keyClick(box, Key.Key_Return)
    assert kept(window, "tasks", "percent")[0] == 80


def test_last_periods_values_are_one_key_away(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window, ("chief", 0), ("section", 0))
    first = home(window)
    assert any("上期 示例" in label.text() for label in inside(there(first.list.card), QLabel))
    qtbot.keyClick(window, Key.Key_L, CTRL)
    assert first.sentence.accessibleName() == "10月都填好了"
    assert "示例" in kept(window, "tasks", "chief")[0]


def test_last_periods_progress_is_not_offered_as_what_would_be_objected_to(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window, ("chief", 0), ("progress", 0))
    first = home(window)
    qtbot.keyClick(window, Key.Key_L, CTRL)
    assert "示例" in kept(window, "tasks", "chief")[0]
    assert kept(window, "tasks", "progress")[0] is None
    assert there(first.list.card).same.isVisible() is False
    grid = page(window, "tasks").grid
    put(grid, "progress")
    qtbot.keyClick(window, Key.Key_L, CTRL)
    assert kept(window, "tasks", "progress")[0] is None
    assert window.saved.text() == "“进展情况”要写本期的新情况，没有沿用"
    assert "same_text" not in {f.problem.code for f in window.session.findings}


def test_from_a_thing_to_its_cell_and_back(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window, ("section", 1))
    home(window)
    qtbot.keyClick(focus(), Key.Key_G, CTRL)
    grid = page(window, "tasks").grid
    assert window.stack.currentWidget() is window.pages["tasks"]
    assert there(grid.table.field(grid.currentIndex().column())).name == "section"


def test_arrows_open_one_thing_after_another_and_enter_goes_in(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window, ("chief", 0), ("chief", 1))
    first = home(window)
    first.list.setFocus()
    qtbot.keyClick(first.list, Key.Key_Down)
    assert first.list.currentRow() == 1
    qtbot.keyClick(first.list, Key.Key_Return)
    assert there(first.list.card).isAncestorOf(focus())


def test_the_month_is_painted_and_named_for_screen_readers(look: Theme, qtbot: Hands) -> None:
    ruler = PeriodTimeline(look)
    qtbot.addWidget(ruler)
    ruler.resize(900, ruler.sizeHint().height())
    from models.plan.reader import read_built_in

    period = read_built_in().period("2024-10")
    plain = ruler.grab().toImage()
    ruler.show_days(
        period, date(2024, 10, 22), [Event(date(2024, 10, 8), "装入任务包"), Event(date(2025, 1, 1), "别的")]
    )
    assert ruler.accessibleName() == "2024年10月，今天10月22日，10月25日截止，10月8日装入任务包"
    assert ruler.grab().toImage() != plain


def test_the_due_day_is_counted_from_today(open_window: Open) -> None:
    window = open_window()
    due = window.session.period.due
    for days, told in ((3, "还有3天"), (0, "今天截止"), (-2, "已过2天")):
        window.session.today = lambda days=days: due - timedelta(days=days)  # type: ignore[method-assign, misc]  # the test answers in the person's place
        window.top.show_where()
        assert window.top.due.text() == f"{due.month}月{due.day}日前报，{told}"


def test_a_backup_is_one_press_away_and_its_age_is_shown(open_window: Open, qtbot: Hands) -> None:
    window = open_window()
    first = home(window)
    texts = [label.text() for label in inside(first.ease, QLabel)]
    assert "还没有备份" in texts
    button = next(b for b in inside(first.ease, QPushButton) if b.text() == "现在备份")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert len(list((window.session.space.folder / "backups").glob("*.db"))) == 1
    assert any("备份过，读回核对无误" in label.text() for label in inside(first.ease, QLabel))


def test_the_check_sets_both_figures_against_each_other_and_offers_last_reasons(
    open_window: Open, qtbot: Hands
) -> None:
    window = filled(open_window)
    space, session = window.session.space, window.session
    grid = page(window, "tasks").grid
    put(grid, "percent", 0)
    before = there(session.ctx.before(grid.table.form, there(grid.table.lines[grid.currentIndex().row()].row)))[
        "percent"
    ]
    qtbot.keyClicks(grid, "1")
    qtbot.keyClick(grid.cells.editing, Key.Key_Return)
    window.show_page(CHECK)
    card = there(of_kind(CheckPage, window.pages[CHECK]).list.card)
    texts = [label.text() for label in inside(card, QLabel)]
    both = ["本期", "1.0", "＜", "上期", f"{before:g}"]
    assert [t for t in texts if t in both] == both
    reason = next(r for r in card.reasons if r.finding.problem.code == "fell_back")
    reason.box.setText("上期多报了，本期改正")
    qtbot.keyClick(reason.box, Key.Key_Return)
    november = space.plan.period("2024-11")
    fill(space, november)
    session.go(period=november)
    grid = page(window, "tasks").grid
    put(grid, "percent", 0)
    qtbot.keyClick(grid, Key.Key_Delete)
    qtbot.keyClicks(grid, "0")
    qtbot.keyClick(grid.cells.editing, Key.Key_Return)
    window.show_page(CHECK)
    card = there(of_kind(CheckPage, window.pages[CHECK]).list.card)
    reason = next(r for r in card.reasons if r.finding.problem.code == "fell_back")
    assert [b.text() for b in reason.offers] == ["2024年10月写过：上期多报了，本期改正"]
    qtbot.mouseClick(reason.offers[0], Qt.MouseButton.LeftButton)
    assert reason.box.text() == "上期多报了，本期改正"


def side_texts(window: MainWindow) -> list[str]:
    window.show_page(CHECK)
    return [label.text() for label in inside(of_kind(CheckPage, window.pages[CHECK]).side, QLabel)]


def test_beside_the_check_is_what_it_compares_and_what_goes_along(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window, ("chief", 0))
    grid = page(window, "tasks").grid
    put(grid, "percent", 0)
    qtbot.keyClicks(grid, "1")
    qtbot.keyClick(grid.cells.editing, Key.Key_Return)
    told = side_texts(window)
    assert told[:2] == ["这条查什么", "带 * 的栏每一行都要填，空着就不能传出。"]
    assert "带给县里的理由" in told
    found = of_kind(CheckPage, window.pages[CHECK]).list
    at = next(n for n in range(found.count()) if "比上期" in found.item(n).data(Qt.ItemDataRole.UserRole).title)
    qtbot.mouseClick(
        found.viewport(), Qt.MouseButton.LeftButton, pos=found.visualItemRect(found.item(at)).center()
    )  # another thing opens
    assert "完成进度是年初至今的累计数，一般只增不减。" in side_texts(window)
    reason = there(found.card).reasons[0]
    reason.box.setText("上期多报了，本期改正")
    qtbot.keyClick(reason.box, Key.Key_Return)
    told = side_texts(window)
    assert told[told.index("带给县里的理由 1 条") + 1 :][:2] == ["任务清单　第1行　完成进度", "上期多报了，本期改正"]


def test_the_answer_to_a_return_comes_at_a_press(open_window: Open, qtbot: Hands) -> None:
    window = filled(open_window)
    sent_back(window, "percent", "请核实")
    first = home(window)
    comment = there(first.list.card).comment
    assert there(comment).box.isHidden()
    qtbot.mouseClick(there(comment).open, Qt.MouseButton.LeftButton)
    assert focus() is there(comment).box
    assert there(comment).rect().contains(there(comment).box.geometry())  # the list gave it the room
    there(comment).box.setText("按实数报的")
    qtbot.keyClick(there(comment).box, Key.Key_Return)
    assert window.session.returned == []


def test_a_month_with_nothing_open_is_ticked_at_its_first_step(open_window: Open) -> None:
    window = filled(open_window)
    assert (window.top.steps[0].text(), window.top.steps[0].state) == ("填报 ✓", "done")
    put(page(window, "tasks").grid, "chief", 0)
    page(window, "tasks").grid.clear_cells()
    assert (window.top.steps[0].text(), window.top.steps[0].state) == ("填报 还剩1件", "todo")


def test_only_an_older_version_is_shown_as_followed_by_another(open_window: Open, tmp_path: Path, qtbot: Hands) -> None:
    window = open_window()
    session = window.session
    fill(session.space, session.period)

    def hand_in() -> list[str]:
        parcel = submission(session.space, session.unit, session.period, papers=False)
        write_out(parcel, tmp_path, file_name(parcel))
        session.go()
        texts = [label.text() for label in inside(home(window).ease, QLabel)]
        return [text.split("　")[-1] for text in texts if "版　" in text]

    assert hand_in() == ["待回执"]
    grid = page(window, "tasks").grid
    put(grid, "section")
    qtbot.keyClick(grid, Key.Key_X)
    qtbot.keyClick(grid.cells.editing, Key.Key_Return)
    assert hand_in() == ["待回执", "后来又报了新的"]
