"""Imports run one way, and each heavy library has one room."""

import ast
from collections.abc import Collection, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {
    "forms": set(),
    "models": {"forms", "resources"},
    "exports": {"forms", "models", "resources"},
    "ui": {"forms", "models", "exports", "resources"},
    "resources": set(),
    "main.py": {"forms", "models", "exports", "ui", "resources"},
}
OURS = {*ROOMS, "main", "tests", "dev"}  # nobody may import the last three
WINDOW, CLI = {"ui"}, "ui.cli"  # the command line is the one room of ui/ without Qt
ONLY_IN = {
    "PySide6": {"ui"},
    "openpyxl": {"exports"},
    "reportlab": {"exports"},
    "pypdfium2": {"exports", "ui"},
    "sqlite_utils": {"models"},
    "sqlite3": {"models"},
}


def imported(tree: ast.AST) -> set[str]:
    """Whole names of the modules that the code imports, at any depth."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names.add(node.module or "")
    return names


def at_start(tree: ast.Module) -> ast.Module:
    """The code that runs when the file is imported: everything outside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            node.body = []
    return tree


def offences(root: Path) -> list[str]:
    found = []
    for room, may in ROOMS.items():
        for path in sorted((root / room).rglob("*.py")) or [root / room] * (root / room).is_file():
            tree = ast.parse(path.read_text(encoding="utf-8"))
            for name in imported(tree):
                top = name.split(".")[0]
                strange = top in OURS and top not in may | {room}
                elsewhere = top in ONLY_IN and room not in ONLY_IN[top] and path.name != "make.py"
                frozen = path.name == "migrations.py" and top == "forms"
                found += [f"{path.relative_to(root)} imports {name}"] * (strange or elsewhere or frozen)
            if room == "main.py" and any(
                n in WINDOW or (n.startswith("ui.") and not n.startswith(CLI)) for n in imported(at_start(tree))
            ):
                found.append("main.py imports the window before it is asked for")
            if path.is_relative_to(root / "ui" / "cli"):
                found += [
                    f"{path.relative_to(root)} imports {n}"
                    for n in sorted(imported(tree))
                    if n.split(".")[0] == "PySide6" or n in WINDOW or (n.startswith("ui.") and not n.startswith(CLI))
                ]
    return found


def test_the_house_keeps_its_rules() -> None:
    assert offences(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("forms/a.py", "import models.store.store"),
        ("models/a.py", "from exports.pdf.painter import x"),
        ("models/a.py", "import PySide6.QtCore"),
        ("exports/a.py", "def f():\n    import sqlite3"),
        ("models/store/migrations.py", "from forms import FORMS"),
        ("ui/a.py", "import main"),
        ("exports/deep/a.py", "from tests.conftest import plan"),
        ("main.py", "import PySide6"),
        ("main.py", "from ui.app import run"),
        ("ui/cli/a.py", "from ui.session import Session"),
        ("ui/cli/a.py", "def f():\n    import PySide6.QtCore"),
    ],
)
def test_a_broken_rule_is_seen(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(line)
    assert len(offences(tmp_path)) == 1


def test_the_window_may_be_loaded_when_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "main.py").write_text("def window():\n    from ui.app import run")
    assert offences(tmp_path) == []


NO_CIRCLES = (
    "forms",
    "models",
    "exports/excel",
    "exports/outgoing",
    "exports/package",
    "exports/pdf",
    "exports/plan",
    "exports/readback",
    "exports/sheets",
)


def circles(root: Path) -> list[frozenset[str]]:
    """Groups of files that import one another, in functions and under TYPE_CHECKING too."""
    files = {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for room in NO_CIRCLES
        for path in sorted((root / room).rglob("*.py"))
    }
    to = {name: imported_files(ast.parse(path.read_text(encoding="utf-8")), files) for name, path in files.items()}
    reached = {name: reachable(name, to) for name in to}
    return sorted({frozenset(b for b in reached[a] if a in reached[b]) for a in to if a in reached[a]}, key=sorted)


def imported_files(tree: ast.AST, files: Collection[str]) -> set[str]:
    """The modules of `files` that the code imports: `from room import file` is the file, not the room."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            deeper = [f"{node.module}.{a.name}" for a in node.names]
            found |= {d if d in files else node.module for d in deeper}
    return found & set(files)


def reachable(start: str, to: Mapping[str, set[str]]) -> set[str]:
    """Every module that `start` imports, at any remove."""
    seen: set[str] = set()
    ahead = list(to[start])
    while ahead:
        name = ahead.pop()
        if name not in seen:
            seen.add(name)
            ahead += to[name]
    return seen


def test_no_two_files_import_one_another() -> None:
    assert [sorted(c) for c in circles(ROOT)] == []


def test_a_circle_through_type_hints_is_seen(tmp_path: Path) -> None:
    (tmp_path / "forms").mkdir()
    (tmp_path / "forms" / "a.py").write_text("def f():\n    from forms import b")
    (tmp_path / "forms" / "b.py").write_text("if TYPE_CHECKING:\n    from forms.a import f")
    assert [sorted(c) for c in circles(tmp_path)] == [["forms.a", "forms.b"]]


def clock_readers(root: Path) -> list[str]:
    """Places that ask the PC for the time of day themselves, as "file:line"."""
    asked = {("datetime", "now"), ("datetime", "utcnow"), ("date", "today"), ("datetime", "today"), ("time", "time")}
    return [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in sorted(p for room in ROOMS for p in (root / room).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and (node.value.id, node.attr) in asked
    ]


def test_only_the_clock_asks_for_the_time_of_day() -> None:
    readers = {place.split(":")[0] for place in clock_readers(ROOT)}
    assert [Path(r).name for r in readers] == ["clock.py"], "use now_here() and today_here()"
