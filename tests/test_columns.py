"""Columns are declared once: outside forms/ no code names a field of a form in brackets or in .get().

Where code needs a particular field, the form says what it means (`Field.meaning`), and the code asks `form.means(…)`.
The places that still name one are counted below; a number may only go down, and a file that reaches 0 is deleted here.
"""

import ast
from pathlib import Path

import pytest

from forms import FORMS

ROOT = Path(__file__).parents[1]
ASKED = ("models", "exports", "ui")
FIELDS = frozenset(f.name for form in FORMS for f in form.fields)

# What is looked into is the record of another table, or no record at all, where it goes by one of these names.
OTHERS = {"settings", "paper", "comment", "correction", "about", "block", "county", "keys"}

COUNTED = {
    "exports/county_papers.py": 4,
    "exports/outgoing/handout.py": 1,
    "exports/package/container.py": 4,
    "exports/sheets/bulletin.py": 2,
    "models/county/consolidation.py": 5,
    "models/county/obstacles.py": 12,
    "models/county/score_bases.py": 10,
    "models/ledger/county_feedback.py": 1,
    "models/ledger/ledger.py": 1,
    "models/plan/reader.py": 10,
    "models/plan/time_faults.py": 25,
    "models/plan/validity.py": 1,
    "models/plan_editing/assignments.py": 7,
    "models/reporting/check.py": 4,
    "models/reporting/sample_indicators.py": 1,
    "models/reporting/sample_lines.py": 1,
    "models/workspace.py": 2,
    "ui/county/rollup/messages.py": 1,
    "ui/filling/home_side.py": 1,
    "ui/plan/versions_box.py": 2,
}


def receiver(node: ast.expr) -> str:
    """The last name of what is looked into: paper for self.hanging.paper["closed"]."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def named_columns(source: str) -> list[tuple[int, str]]:
    """Line and name of every field that the source looks up by its bare name."""
    found = []
    key: ast.expr | None
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Subscript):
            at, key = receiver(node.value), node.slice
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "get":
            at, key = receiver(node.func.value), node.args[0] if node.args else None
        else:
            continue
        if isinstance(key, ast.Constant) and key.value in FIELDS and at not in OTHERS:
            found.append((node.lineno, str(key.value)))
    return found


def test_columns_are_not_named_outside_their_forms() -> None:
    paths = sorted(p for room in ASKED for p in (ROOT / room).rglob("*.py"))
    found = {p.relative_to(ROOT).as_posix(): named_columns(p.read_text(encoding="utf-8")) for p in paths}
    counts = {path: len(places) for path, places in found.items() if places}
    wrong = {path: found.get(path) for path in {*counts, *COUNTED} if counts.get(path, 0) != COUNTED.get(path, 0)}
    assert wrong == {}, "more: ask the form by meaning; fewer: lower the number"


@pytest.mark.parametrize(
    "source",
    ['row["progress"]', 'row.get("progress")', 'e.row.get("status", "")', "f\"{h.row['text']}\"", 'rows[0]["percent"]'],
)
def test_a_named_column_is_noticed(source: str) -> None:
    assert len(named_columns(source)) == 1


@pytest.mark.parametrize(
    "source", ["row[TASK]", 'row["id"]', 'self.settings.get("person")', '{"text": text}', "row.get()"]
)
def test_other_lookups_are_free(source: str) -> None:
    assert named_columns(source) == []
