"""Sub-rooms import one way, and no files import each other in a circle; type hints count."""

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOPS = ("forms", "models", "exports", "ui")
ORDER = {  # each sub-room may import those before it
    "models": ("store", "plan", "ledger", "reporting", "plan_editing", "county"),
    "exports": ("sheets", "excel", "pdf", "word", "readback", "plan", "package", "outgoing", "incoming"),
    "ui": (
        "widgets",
        "operations",
        "grid",
        "loads",
        "handin",
        "filling",
        "settings",
        "first",
        "county",
        "plan",
        "window",
    ),
}
APART = {
    ("exports", "package"): {"sheets", "excel", "pdf", "word", "readback", "plan"}
}  # rooms before it, yet not for it
DOORS = {"ui.window.page"}  # the protocol of pages, which every page keeps

Graph = Mapping[str, set[str]]


def modules(root: Path) -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    found = {}
    for path in (p for top in TOPS for p in (root / top).rglob("*.py")):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


def imports(root: Path) -> Graph:
    """By module the modules that it imports, wherever in it."""
    known = modules(root)
    return {name: set(_imported(path, known)) for name, path in known.items()}


def _imported(path: Path, known: Mapping[str, Path]) -> Iterable[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if a.name in known)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{a.name}" for a in node.names} & known.keys()
            yield from inner or ({node.module} & known.keys())


def circles(graph: Graph) -> list[list[str]]:
    """The names of each circle, sorted."""
    reach = {name: _reached(graph, name) for name in graph}
    together = {tuple(sorted(b for b in reach[a] if a in reach.get(b, ()))) for a in graph if a in reach[a]}
    return [list(names) for names in sorted(together)]


def _reached(graph: Graph, start: str) -> set[str]:
    reached: set[str] = set()
    waiting = list(graph[start])
    while waiting:
        name = waiting.pop()
        if name not in reached:
            reached.add(name)
            waiting += graph.get(name, ())
    return reached


def room(module: str) -> tuple[str, str] | None:
    """Top-level room and sub-room; None for a file that lies in no sub-room."""
    parts = module.split(".")
    return (parts[0], parts[1]) if len(parts) > 2 else None


def against_the_order(graph: Graph) -> list[str]:
    """A line per import that goes from a sub-room to one that is not before it."""
    wrong = []
    for module, imported in graph.items():
        for other in sorted(imported - DOORS):
            here, there = room(module), room(other)
            if here and there and here != there and here[0] == there[0] and here[0] in ORDER:
                order = ORDER[here[0]]
                before = set(order[: order.index(here[1])]) if here[1] in order else set()
                if there[1] not in before - APART.get(here, set()):
                    wrong.append(f"{module} imports {other}")
    return wrong


def test_no_circle_of_imports() -> None:
    assert circles(imports(ROOT)) == []


def test_sub_rooms_import_one_way() -> None:
    assert against_the_order(imports(ROOT)) == []


@pytest.mark.parametrize(
    ("files", "wrong"),
    [
        ({"models/store/a.py": "from models.plan.b import x", "models/plan/b.py": ""}, 1),
        ({"exports/package/a.py": "from exports.sheets.b import x", "exports/sheets/b.py": ""}, 1),
        ({"exports/incoming/a.py": "def f():\n    from exports.package.b import x", "exports/package/b.py": ""}, 0),
        ({"ui/widgets/a.py": "from ui.window.page import Page", "ui/window/page.py": ""}, 0),
        ({"models/new/a.py": "from models.store.b import x", "models/store/b.py": ""}, 1),
    ],
)
def test_a_way_back_is_seen(tmp_path: Path, files: dict[str, str], wrong: int) -> None:
    assert len(against_the_order(imports(written(tmp_path, files)))) == wrong


def test_a_circle_is_seen_even_through_type_hints(tmp_path: Path) -> None:
    hint = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from forms.b import B\n"
    root = written(tmp_path, {"forms/a.py": hint, "forms/b.py": "from forms import a"})
    assert circles(imports(root)) == [["forms.a", "forms.b"]]


def written(root: Path, files: Mapping[str, str]) -> Path:
    """The files in a folder."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content)
    (root / "forms").mkdir(exist_ok=True)
    (root / "forms" / "__init__.py").write_text("")
    return root
