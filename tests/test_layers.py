"""Imports run one way, and each heavy library has one room."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = {
    "forms": set(),
    "models": {"forms", "resources"},
    "exports": {"forms", "models", "resources"},
    "ui": {"forms", "models", "exports", "resources"},
    "resources": set(),
}
OURS = {*ROOMS, "main", "tests", "dev"}
ONLY_IN = {
    "PySide6": {"ui"},
    "openpyxl": {"exports"},
    "reportlab": {"exports"},
    "sqlite_utils": {"models"},
    "sqlite3": {"models"},
}


def imported(path: Path) -> set[str]:
    """Whole names of the modules that a file imports, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {a.name for a in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def offences(root: Path) -> list[str]:
    found = []
    for room, may in ROOMS.items():
        for path in sorted((root / room).rglob("*.py")):
            for name in imported(path):
                top = name.split(".")[0]
                strange = top in OURS and top not in may | {room}
                elsewhere = top in ONLY_IN and room not in ONLY_IN[top] and path.name != "make.py"
                frozen = path.name == "migrations.py" and top == "forms"
                found += [f"{path.relative_to(root)} imports {name}"] * (strange or elsewhere or frozen)
    return found


def test_the_house_keeps_its_rules() -> None:
    assert offences(ROOT) == []


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("forms/a.py", "import models.store"),
        ("models/a.py", "from exports.pdf import x"),
        ("models/a.py", "import PySide6.QtCore"),
        ("exports/a.py", "def f():\n    import sqlite3"),
        ("models/migrations.py", "from forms import FORMS"),
        ("ui/a.py", "import main"),
    ],
)
def test_a_broken_rule_is_seen(tmp_path: Path, file: str, line: str) -> None:
    path = tmp_path / file
    path.parent.mkdir(parents=True)
    path.write_text(line)
    assert len(offences(tmp_path)) == 1
