"""Garbage is looked for in the window's thread only, whatever runs beside it."""

import gc
from threading import get_ident
from typing import Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from tests.ui.conftest import Hands
from tests.ui.hands import of_kind
from tests.ui.operations.sentences import Sentences
from ui.operations.gc_guard import garbage
from ui.operations.operation import Operation
from ui.operations.work import Sliced, beside


class Knot(QObject):
    """Holds itself, so that only a look for garbage takes it down; tells in which thread that was."""

    def __init__(self, told: list[int]) -> None:
        super().__init__()
        self.told, self.me = told, self

    def __del__(self) -> None:
        self.told.append(get_ident())


def test_what_is_gone_is_taken_down_in_the_windows_thread(qapp: QApplication, qtbot: Hands) -> None:
    told: list[int] = []
    garbage()
    for _ in range(50):
        Knot(told)

    def busy() -> None:
        for _ in range(200):  # enough new things for Python to look, would it look here
            [[] for _ in range(1000)]

    work: Operation[Any] = Operation(qapp, Sentences(), Sliced(beside(busy)), "正在做")
    with qtbot.waitSignal(work.ended):
        work.start()
    kept: list[list[object]] = [
        [] for _ in range(10 * gc.get_threshold()[0])
    ]  # new things that stay: now a look is due
    garbage().look()  # its timer may have come before: then there is nothing more to take down
    assert told == [get_ident()] * 50
    assert kept
    assert not gc.isenabled()


def test_it_looks_again_and_again_by_itself(qtbot: Hands) -> None:
    told: list[int] = []
    Knot(told)
    kept: list[list[object]] = [[] for _ in range(10 * gc.get_threshold()[0])]
    with qtbot.waitSignal(of_kind(QTimer, garbage().findChild(QTimer)).timeout):
        pass
    assert len(told) == 1
    assert kept
