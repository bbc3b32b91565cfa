"""Long work through its one facade: done, progress, cancel, errors of both kinds, owner gone, second start refused."""

import gc
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any
from weakref import ref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, QThreadPool
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from models.errors import UserError, sentence
from tests.effort import HANG
from tests.ui.conftest import Hands
from tests.ui.hands import at_dialog
from tests.ui.operations.sentences import Sentences
from ui.operations.failure import OURS, reporting, run
from ui.operations.operation import Operation, close_operations, running
from ui.operations.progress_row import ProgressRow
from ui.operations.work import WAIT, JobHandle, Sliced, Threaded, ThreadJob, Wait, beside
from ui.window import error_dialogs

Make = Callable[..., Operation[Any]]


@pytest.fixture
def foot(qapp: QApplication) -> Sentences:
    return Sentences()


@pytest.fixture
def owner(qapp: QApplication) -> QObject:
    return QObject()


@pytest.fixture
def make(owner: QObject, foot: Sentences) -> Make:
    """An operation of the owner."""
    return lambda work, title="正在做": Operation(owner, foot, work, title)


def over(qtbot: Hands, owner: QObject) -> None:
    qtbot.waitUntil(lambda: running(owner) is None)


def destroyed(qtbot: Hands, thing: QObject) -> None:
    with qtbot.waitSignal(thing.destroyed):
        thing.deleteLater()


def failing(error: Exception) -> list[ThreadJob[Any]]:
    """Work that ends with an error, of each kind."""

    def items() -> Iterator[int]:
        yield 1
        raise error

    def job(_task: JobHandle) -> int:
        raise error

    def asleep() -> Iterator[Wait]:
        yield from beside(lambda: job(JobHandle(lambda _n, _caption: None)))

    return [Sliced(items()), Threaded(job), Sliced(asleep())]


THREE = range(3)  # the kinds of `failing`
DISK_FULL = sentence("store.disk-full", store="示例.db")


def test_a_thread_gives_its_result_in_the_windows_thread(qtbot: Hands, make: Make, owner: QObject) -> None:
    seen: list[object] = []

    def job(_task: JobHandle) -> bool:
        return QThread.currentThread() is owner.thread()

    make(Threaded(job)).on_done(lambda inside: seen.extend((inside, QThread.currentThread() is owner.thread()))).start()
    over(qtbot, owner)
    assert seen == [False, True]


def test_slices_give_all_items_and_the_window_lives_meanwhile(qtbot: Hands, make: Make, owner: QObject) -> None:
    made: list[list[int]] = []
    ready = Event()

    def items() -> Iterator[int | Wait]:
        yield 1
        while not ready.is_set():  # set by an event of the window
            yield WAIT
        yield 2

    make(Sliced(items())).on_done(made.append).start()
    qtbot.waitUntil(lambda: ready.set() is None)  # type: ignore[func-returns-value]  # it notes, and then answers
    over(qtbot, owner)
    assert made == [[1, 2]]


def test_sliced_work_gets_what_a_thread_beside_it_gives(qtbot: Hands, make: Make, owner: QObject) -> None:
    made: list[list[str]] = []

    def items() -> Iterator[str | Wait]:
        yield (yield from beside(lambda: "从线程来"))

    make(Sliced(items())).on_done(made.append).start()
    over(qtbot, owner)
    assert made == [["从线程来"]]


def test_the_row_shows_how_far_a_thread_is(qtbot: Hands, make: Make, owner: QObject) -> None:
    row, go_on = ProgressRow("停下", "停在这里"), Event()
    qtbot.addWidget(row)

    def job(task: JobHandle) -> None:
        task.reach(2, "第3份：汇总表")
        go_on.wait(HANG)

    make(Threaded(job)).with_progress(row, 5).start()
    assert (row.isVisible(), row.bar.value(), row.bar.maximum(), row.label.text()) == (True, 0, 5, "")
    qtbot.waitUntil(lambda: row.bar.value() == 2)
    assert (row.label.text(), row.cancel.text(), row.cancel.toolTip()) == ("第3份：汇总表", "停下", "停在这里")
    go_on.set()
    over(qtbot, owner)
    assert row.isHidden()


def test_progress_is_shown_in_the_callers_words(qtbot: Hands, make: Make, owner: QObject) -> None:
    told: list[tuple[int, str]] = []
    work = Sliced(iter(range(200_000)))
    operation = make(work).with_progress(total=200_000, caption=lambda n: f"看了{n}个")
    operation.on_progress(lambda n, caption: told.append((n, caption))).start()
    over(qtbot, owner)
    assert told[0] == (0, "看了0个")
    assert all(caption == f"看了{n}个" for n, caption in told)


def test_cancelled_slices_give_what_they_had(qtbot: Hands, make: Make, owner: QObject) -> None:
    kept: list[list[int]] = []
    closed: list[bool] = []
    row = ProgressRow()
    qtbot.addWidget(row)

    def endless() -> Iterator[int | Wait]:
        try:
            yield 7
            while True:
                yield WAIT
        finally:
            closed.append(True)

    make(Sliced(endless())).with_progress(row).on_cancel(kept.append).on_done(lambda _: kept.append([])).start()
    qtbot.waitUntil(row.isVisible)
    QCoreApplication.processEvents()
    row.cancel.click()
    assert running(owner) is None
    assert (kept, closed, row.isHidden()) == ([[7]], [True], True)


def test_a_cancelled_thread_returns_what_it_has(qtbot: Hands, make: Make, owner: QObject) -> None:
    kept: list[int] = []
    begun, asked = Event(), Event()

    def job(task: JobHandle) -> int:
        begun.set()
        asked.wait(HANG)
        return 3 if task.cancelled else 10

    operation = make(Threaded(job)).on_cancel(kept.append).on_done(lambda n: kept.append(-n))
    operation.start()
    assert begun.wait(HANG)
    operation.cancel()
    asked.set()
    over(qtbot, owner)
    assert kept == [3]


@pytest.mark.parametrize("kind", THREE)
def test_what_a_person_can_mend_is_a_sentence_in_the_foot(
    qtbot: Hands, make: Make, owner: QObject, foot: Sentences, kind: int
) -> None:
    make(failing(UserError("store.disk-full", store="示例.db"))[kind]).on_done(lambda _: foot.all.clear()).start()
    over(qtbot, owner)
    assert foot.all == [(DISK_FULL, "red")]


@pytest.mark.parametrize("kind", THREE)
def test_a_page_may_take_the_sentence_itself(
    qtbot: Hands, make: Make, owner: QObject, foot: Sentences, kind: int
) -> None:
    told: list[str] = []
    make(failing(UserError("store.disk-full", store="示例.db"))[kind]).on_error(told.append).start()
    over(qtbot, owner)
    assert (told, foot.all) == ([DISK_FULL], [])


@pytest.mark.parametrize("kind", THREE)
def test_a_bug_of_ours_is_logged_and_reported_as_ours(
    qtbot: Hands,
    make: Make,
    owner: QObject,
    foot: Sentences,
    kind: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    tmp_path: Path,
) -> None:
    boxes: list[str] = []
    monkeypatch.setattr("sys.excepthook", error_dialogs.unexpected(tmp_path))
    at_dialog(QMessageBox, lambda box: boxes.append(box.text()))
    with caplog.at_level(logging.ERROR):
        make(failing(ZeroDivisionError("示例"))[kind]).start()
        over(qtbot, owner)
        qtbot.waitUntil(lambda: bool(boxes))
    qtbot.waitUntil(lambda: bool(foot.all))
    assert boxes[0].startswith("程序出了意外")
    assert foot.all == [(sentence(OURS), "red")]
    assert "Traceback" in caplog.text
    assert "ZeroDivisionError: 示例" in caplog.text


def test_the_owners_end_drops_the_outcome_and_cancels(
    qtbot: Hands, make: Make, owner: QObject, foot: Sentences
) -> None:
    begun, go_on, seen = Event(), Event(), list[object]()

    def job(task: JobHandle) -> None:
        begun.set()
        go_on.wait(HANG)
        seen.append(task.cancelled)

    make(Threaded(job)).on_done(seen.append).on_cancel(seen.append).on_error(seen.append).start()
    assert begun.wait(HANG)
    destroyed(qtbot, owner)
    go_on.set()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.processEvents()
    assert (seen, foot.all) == ([True], [])


def test_the_owners_end_closes_sliced_work(qtbot: Hands, make: Make, owner: QObject, foot: Sentences) -> None:
    seen: list[str] = []

    def endless() -> Iterator[Wait]:
        try:
            while True:
                yield WAIT
        finally:
            seen.append("closed")

    operation = make(Sliced(endless())).on_done(lambda _: seen.append("done")).on_cancel(lambda _: seen.append("kept"))
    with qtbot.waitSignal(operation.progressed):
        operation.start()
    QCoreApplication.processEvents()  # the first slice
    destroyed(qtbot, owner)
    assert (seen, foot.all) == (["closed"], [])


def test_what_is_over_keeps_nobody(qtbot: Hands, foot: Sentences) -> None:
    class Page(QWidget):
        def show_result(self, result: object) -> None:
            self.result = result

    page = Page()
    gone = ref(page)
    Operation(page, foot, Threaded(page.show_result), "正在做").on_done(page.show_result).start()
    over(qtbot, page)
    destroyed(qtbot, page)
    del page

    def is_gone() -> bool:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        gc.collect()
        return gone() is None

    qtbot.waitUntil(is_gone)


def test_a_second_start_of_the_same_owner_is_refused(qtbot: Hands, make: Make, owner: QObject, foot: Sentences) -> None:
    go_on, seen = Event(), list[str]()
    assert make(Threaded(lambda _: go_on.wait(HANG)), "正在存 甲.xlsx").on_done(lambda _: seen.append("甲")).start()
    assert not make(Sliced(iter("乙")), "正在存 乙.xlsx").on_done(lambda _: seen.append("乙")).start()
    assert foot.all == [("正在存 甲.xlsx，做完再来", "amber")]
    other = QObject(owner)
    assert Operation(other, foot, Sliced(iter("丙")), "正在看").on_done(lambda _: seen.append("丙")).start()
    over(qtbot, other)
    go_on.set()
    over(qtbot, owner)
    assert seen == ["丙", "甲"]
    assert make(Sliced(iter("丁"))).on_done(lambda _: seen.append("丁")).start()
    over(qtbot, owner)
    assert seen[-1] == "丁"


def test_what_is_refused_leaves_the_row_to_the_work_under_way(qtbot: Hands, make: Make, owner: QObject) -> None:
    row, kept = ProgressRow(), list[object]()
    qtbot.addWidget(row)

    def endless() -> Iterator[Wait]:
        while True:
            yield WAIT

    make(Sliced(endless())).with_progress(row).on_cancel(kept.append).start()
    assert not make(Sliced(iter("乙"))).with_progress(row).start()
    row.cancel.click()
    assert kept == [[]]


def test_newer_work_may_replace_what_is_under_way(qtbot: Hands, make: Make, owner: QObject, foot: Sentences) -> None:
    go_on, seen = Event(), list[str]()
    make(Threaded(lambda _: go_on.wait(HANG))).on_done(lambda _: seen.append("旧")).start()
    make(Sliced(iter("新"))).replacing().on_done(lambda _: seen.append("新")).start()
    over(qtbot, owner)
    go_on.set()
    QThreadPool.globalInstance().waitForDone()
    QCoreApplication.processEvents()
    assert (seen, foot.all) == (["新"], [])


def test_a_closing_window_cancels_but_for_what_is_done_to_its_end(
    qtbot: Hands, foot: Sentences, owner: QObject
) -> None:
    seen: list[str] = []

    def endless() -> Iterator[Wait]:
        while True:
            yield WAIT

    first, second, third = QObject(owner), QObject(owner), QObject(owner)
    Operation(first, foot, Sliced(endless()), "正在看").on_cancel(lambda _: seen.append("停")).start()
    Operation(second, foot, Sliced(iter("页")), "正在打印").to_the_end().on_done(lambda _: seen.append("印")).start()
    Operation(third, foot, Threaded(lambda _: None), "正在写").to_the_end().on_done(lambda _: seen.append("写")).start()
    close_operations(owner)
    assert sorted(seen) == sorted(["停", "印", "写"])


def test_a_quick_act_reports_what_a_person_can_mend_and_nothing_else(foot: Sentences) -> None:
    def refused() -> None:
        raise UserError("conflict.none")

    assert run(foot, lambda: None)
    assert not run(foot, refused)
    with reporting(foot, "amber"):
        refused()
    assert foot.all == [(sentence("conflict.none"), "red"), (sentence("conflict.none"), "amber")]
    with pytest.raises(ZeroDivisionError):
        run(foot, lambda: 1 // 0)
    assert len(foot.all) == 2
