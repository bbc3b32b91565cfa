"""Who listens to what outlives it: the one helper, and no connection that goes past it."""

import ast
import gc
import weakref
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtWidgets import QLabel, QWidget

from tests.ui.conftest import Hands
from ui.widgets.follow import follow

UI = Path(__file__).parents[3] / "ui"


class Lasting(QObject):
    spoke = Signal(str, int)
    rested = Signal()


class Part(QWidget):
    def __init__(self, seen: list[object]) -> None:
        super().__init__()
        self.seen, self.label = seen, QLabel(self)

    def hear(self, *values: object) -> None:
        self.label.setText(str(values))
        self.seen.append(values)


def closure(part: Part) -> Callable[..., object]:
    def hear(*values: object) -> None:
        part.hear(*values)

    return hear


SLOTS: dict[str, Callable[[Part], Callable[..., object]]] = {
    "method": lambda part: part.hear,
    "lambda": lambda part: lambda text, number: part.hear(text, number),
    "closure": closure,
    "partial": lambda part: partial(Part.hear, part),
}


def delete(part: Part) -> None:
    part.deleteLater()
    QCoreApplication.sendPostedEvents(part, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("slot", SLOTS.values(), ids=SLOTS.keys())
def test_what_follows_hears_while_it_lives_and_is_held_by_nobody_afterwards(
    qtbot: Hands, slot: Callable[[Part], Callable[..., object]]
) -> None:
    lasting, seen = Lasting(), list[object]()
    part = Part(seen)
    follow(part, lasting.spoke, slot(part))
    lasting.spoke.emit("甲", 1)
    assert seen == [("甲", 1)]
    known = weakref.ref(part)
    delete(part)
    del part
    gc.collect()
    assert known() is None
    assert lasting.receivers("2spoke(QString,int)") == 0  # type: ignore[arg-type]  # the stubs of PySide6 6.8 want bytes, it takes only str
    with qtbot.captureExceptions() as raised:
        lasting.spoke.emit("乙", 2)
    assert (seen, raised) == ([("甲", 1)], [])


def test_a_part_that_is_held_on_to_hears_nothing_after_its_end(qtbot: Hands) -> None:
    lasting, seen = Lasting(), list[object]()
    part = Part(seen)
    follow(part, lasting.spoke, lambda text, number: part.hear(text, number))
    delete(part)
    with qtbot.captureExceptions() as raised:
        lasting.spoke.emit("甲", 1)
    assert (seen, raised) == ([], [])


def test_the_sender_may_go_first(qtbot: Hands) -> None:
    lasting, part = Lasting(), Part([])
    qtbot.addWidget(part)
    follow(part, lasting.rested, part.hear)
    lasting.deleteLater()
    QCoreApplication.sendPostedEvents(lasting, QEvent.Type.DeferredDelete)
    assert part.seen == []


## no connection past the helper

LASTING_NAMES = {"session", "long", "sending", "writer"}  # as attributes or variables
LASTING_CALLS = {
    "sending_of",
    "writer_of",
    "garbage",
    "clipboard",
    "styleHints",
    "instance",
    "globalInstance",
    "application",
}
LASTING_TYPES = {"Session", "QUndoStack", "BulkEdit", "Progress", "SubmissionJob", "SummaryWriter", "GcGuard", "QApplication",
                 "QGuiApplication", "QCoreApplication", "QClipboard", "QStyleHints", "QThreadPool"}  # fmt: skip


def dotted(node: ast.AST) -> str:
    """`self.a.b` of names and attributes only, else ''."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def lasting(node: ast.AST, known: set[str]) -> bool:
    """Whether an expression is, or is reached through, something that lives as long as the session."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return name in LASTING_CALLS | LASTING_TYPES
    if isinstance(node, ast.Attribute):
        return node.attr in LASTING_NAMES or dotted(node) in known or lasting(node.value, known)
    return isinstance(node, ast.Name) and (node.id in LASTING_NAMES | LASTING_TYPES or node.id in known)


def other_names(tree: ast.AST) -> set[str]:
    """What else such things are called in a file: `stack = session.undo`, `self.made = sending_of(…)`, `work: LongWork`."""
    names = {
        arg.arg
        for arg in ast.walk(tree)
        if isinstance(arg, ast.arg) and arg.annotation and ast.unparse(arg.annotation).strip("'\"") in LASTING_TYPES
    }
    for _ in range(2):  # a name of a name
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                pairs = [(t, node.value) for t in node.targets]
                for target, value in pairs:
                    both = isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)
                    pairs += list(zip(target.elts, value.elts, strict=False)) if both else []  # type: ignore[attr-defined]
                names |= {dotted(t) for t, v in pairs if dotted(t) and is_lasting_itself(v, names)}
    return names


def is_lasting_itself(node: ast.AST, known: set[str]) -> bool:
    """The thing, not something asked of it: `session.undo`, but not `session.period`."""
    if isinstance(node, ast.Attribute) and node.attr == "undo":  # the stack; of a page it may be a button
        return is_lasting_itself(node.value, known)
    if isinstance(node, ast.Attribute):
        return node.attr in LASTING_NAMES or dotted(node) in known
    return lasting(node, known)


def offences(root: Path) -> list[str]:
    """Connections to what lasts that do not go through follow(), and shots of a timer that no object bounds."""
    found = []
    for path in sorted(root.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = other_names(tree)
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            signal = node.func.value
            connects = node.func.attr == "connect" and isinstance(signal, ast.Attribute)
            past = connects and lasting(signal.value, known)  # type: ignore[attr-defined]
            unbounded = node.func.attr == "singleShot" and len(node.args) < 3
            found += [f"{path.relative_to(root)}:{node.lineno} {dotted(node.func)}"] * (past or unbounded)
    return found


def test_nothing_in_the_window_connects_without_the_helper() -> None:
    assert offences(UI) == []


@pytest.mark.parametrize(
    "code",
    [
        "session.changed.connect(tell)",
        "self.session.told.connect(lambda text, tone: self.say(text))",
        "stack = session.undo\nstack.indexChanged.connect(tell)",
        "a, b = session, session.undo\nb.indexChanged.connect(tell)",
        "def bar(work: BulkEdit): work.progressed.connect(tell)",
        "self.made = sending_of(session)\nself.made.said.connect(tell)",
        "QGuiApplication.clipboard().dataChanged.connect(tell)",
        "QGuiApplication.styleHints().colorSchemeChanged.connect(tell)",
        "QApplication.instance().focusChanged.connect(tell)",
        "def dress(app: QApplication): app.aboutToQuit.connect(tell)",
        "QTimer.singleShot(0, tell)",
    ],
)
def test_a_connection_without_the_helper_is_noticed(tmp_path: Path, code: str) -> None:
    (tmp_path / "page.py").write_text(code, encoding="utf-8")
    assert len(offences(tmp_path)) == 1


def test_a_page_may_connect_to_its_own_parts(tmp_path: Path) -> None:
    code = "button.clicked.connect(session.take_back)\nself.grid.moved.connect(tell)\nQTimer.singleShot(0, self, tell)"
    (tmp_path / "page.py").write_text(code, encoding="utf-8")
    assert offences(tmp_path) == []
