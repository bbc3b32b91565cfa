"""The window's parts know one another by type: no circle of imports, and no part is looked for by the name of a method."""

import ast
from pathlib import Path

ROOT = Path(__file__).parents[2]
BY_NAME = {
    "ui/selftest.py": "sys.frozen, which only a built program has",
}


def modules(root: Path, room: str) -> dict[str, ast.Module]:
    paths = sorted((root / room).rglob("*.py"))
    names = {p: ".".join(p.relative_to(root).with_suffix("").parts) for p in paths}
    return {names[p]: ast.parse(p.read_text(encoding="utf-8")) for p in paths}


def imports(tree: ast.Module, known: set[str]) -> set[str]:
    """The modules of the room that one imports at any depth, for types too."""
    named = {f"{n.module}.{a.name}" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    return {n if n in known else n.rpartition(".")[0] for n in named} & known


def circles(root: Path, room: str) -> list[str]:
    """The modules that import themselves by way of others."""
    trees = modules(root, room)
    direct = {name: imports(tree, set(trees)) - {name} for name, tree in trees.items()}

    def reached(name: str) -> set[str]:
        seen, ahead = set[str](), list(direct[name])
        while ahead:
            if (one := ahead.pop()) not in seen:
                seen.add(one)
                ahead += direct[one]
        return seen

    return [name for name in direct if name in reached(name)]


def asked_by_name(root: Path, room: str) -> set[str]:
    """The files that call getattr or hasattr."""
    return {
        name.replace(".", "/") + ".py"
        for name, tree in modules(root, room).items()
        for n in ast.walk(tree)
        if isinstance(n, ast.Name) and n.id in ("getattr", "hasattr")
    }


def test_no_circle_of_imports_in_the_window() -> None:
    assert circles(ROOT, "ui") == []


def test_nothing_in_the_window_is_asked_by_name() -> None:
    assert asked_by_name(ROOT, "ui") <= BY_NAME.keys()


def test_a_circle_and_a_name_are_seen(tmp_path: Path) -> None:
    for name, text in (
        ("a", "from ui.b import x"),
        ("b", "def f():\n    from ui import a\n    hasattr(a, 'x')"),
        ("c", ""),
    ):
        (tmp_path / "ui").mkdir(exist_ok=True)
        (tmp_path / "ui" / f"{name}.py").write_text(text)
    assert circles(tmp_path, "ui") == ["ui.a", "ui.b"]
    assert asked_by_name(tmp_path, "ui") == {"ui/b.py"}
