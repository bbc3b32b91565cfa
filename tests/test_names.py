"""Names keep to the glossary: docs/glossary.md is read as it stands, and every Python file is looked through."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parent.parent
GLOSSARY = ROOT / "docs" / "glossary.md"
ROOMS = ("forms", "models", "exports", "ui")
PLACES = (*ROOMS, "main.py", "dev.py", "tests")
CONCEPTS = ("代码里的词", "中文", "意思", "不用的词", "所在")
BANNED = ("词", "换成")
NOWHERE = "—"
GIVEN = {"override"}  # the name of Python's own decorator


class Name(NamedTuple):
    """A name that a file gives: kind file, class or function; the name alone; its line."""

    kind: str
    text: str
    line: int


def tables(text: str) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The tables of a Markdown text: heads → rows of cells."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    head: tuple[str, ...] | None = None
    for line in text.splitlines():
        cells = tuple(c.strip() for c in line.strip().strip("|").split("|")) if line.startswith("|") else None
        if cells is None:
            head = None
        elif head is None:
            head = cells
            found[head] = []
        elif set("".join(cells)) - set("-: "):
            found[head].append(cells)
    return found


def banned_words(text: str) -> set[str]:
    """The words that no name may contain."""
    return {row[0] for row in tables(text)[BANNED]}


def words(name: str) -> set[str]:
    """The parts of a snake or camel name, in small letters."""
    return {w.lower() for w in re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+", name)}


def names(path: str, source: str) -> Iterator[Name]:
    """The name of a file, and those of its classes, functions and methods, nested ones too."""
    yield Name("file", Path(path).stem, 1)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            yield Name("class", node.name, node.lineno)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield Name("function", node.name, node.lineno)


def with_banned_words(files: Mapping[str, str], banned: set[str]) -> list[str]:
    """A line per name that has a banned word in it."""
    return [
        f"{path}:{n.line}: {n.kind} {n.text}: {'、'.join(sorted(bad))}"
        for path, source in files.items()
        for n in names(path, source)
        if n.text not in GIVEN and (bad := words(n.text) & banned)
    ]


def defined_twice(files: Mapping[str, str]) -> list[str]:
    """A line per class name that more than one place of the product's rooms defines."""
    places: dict[str, list[str]] = defaultdict(list)
    for path, source in files.items():
        if path.split("/")[0] in ROOMS:
            for n in names(path, source):
                if n.kind == "class":
                    places[n.text].append(f"{path}:{n.line}")
    return [f"class {name}: {'、'.join(at)}" for name, at in sorted(places.items()) if len(at) > 1]


def without_chinese(files: Mapping[str, str], concepts: list[tuple[str, ...]]) -> list[str]:
    """A line per concept whose owning module is not there, or does not name it in Chinese in its docstring."""
    bad = []
    for code, chinese, _, _, owner in concepts:
        word = re.split("[、（]", chinese)[0]
        if owner == NOWHERE:
            continue
        if owner not in files:
            bad.append(f"{code}: 没有 {owner}")
        elif word not in (ast.get_docstring(ast.parse(files[owner])) or ""):
            bad.append(f"{owner}: 模块说明里没有“{word}”（{code}）")
    return bad


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    paths = [p for place in PLACES for p in ([ROOT / place] if place.endswith(".py") else (ROOT / place).rglob("*.py"))]
    return {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in sorted(paths)}


@pytest.fixture(scope="module")
def glossary() -> str:
    return GLOSSARY.read_text(encoding="utf-8")


def test_the_glossary_can_be_read(glossary: str) -> None:
    concepts = tables(glossary)[CONCEPTS]
    assert len(concepts) > 100
    assert all(len(row) == len(CONCEPTS) and all((row[0], row[1], row[2], row[4])) for row in concepts)
    codes = [code.strip() for row in concepts for code in re.split("[,/]", row[0])]
    assert sorted(c for c in set(codes) if codes.count(c) > 1) == []


def test_the_glossary_keeps_to_itself(glossary: str) -> None:
    banned = banned_words(glossary)
    used = {word for row in tables(glossary)[CONCEPTS] for word in words(row[0])}
    assert used & banned == set()


def test_no_name_has_a_banned_word(files: dict[str, str], glossary: str) -> None:
    assert with_banned_words(files, banned_words(glossary)) == []


def test_one_class_name_means_one_thing(files: dict[str, str]) -> None:
    assert defined_twice(files) == []


def test_the_owning_module_names_its_concept_in_chinese(files: dict[str, str], glossary: str) -> None:
    assert without_chinese(files, tables(glossary)[CONCEPTS]) == []


@pytest.mark.parametrize(
    ("path", "source", "bad"),
    [
        ("ui/what_is_left.py", "", "ui/what_is_left.py:1: file what_is_left: left"),
        ("ui/a.py", "class TheTold: ...", "ui/a.py:1: class TheTold: told"),
        ("ui/a.py", "def f():\n    def _said_before(): ...", "ui/a.py:2: function _said_before: said"),
        ("tests/a.py", "class A:\n    async def isTold(self): ...", "tests/a.py:2: function isTold: told"),
        ("ui/a.py", "class A:\n    left: int\ndef f(told): said = told", ""),  # fields, parameters, variables
        ("ui/a.py", "def override(): ...", ""),  # Python's own
        ("ui/leftover.py", "def foretold(): ...", ""),  # only whole words count
    ],
)
def test_a_banned_word_is_noticed(path: str, source: str, bad: str) -> None:
    assert with_banned_words({path: source}, {"left", "told", "said", "override"}) == [bad] * bool(bad)


@pytest.mark.parametrize(
    ("others", "bad"),
    [
        ({"ui/b.py": "class A: ..."}, ["class A: models/a.py:1、ui/b.py:1"]),
        ({"ui/b.py": "def f():\n    class A: ..."}, ["class A: models/a.py:1、ui/b.py:2"]),
        ({"tests/b.py": "class A: ..."}, []),  # tests have names of their own
        ({"ui/b.py": "class B: ..."}, []),
    ],
)
def test_a_class_name_used_twice_is_noticed(others: dict[str, str], bad: list[str]) -> None:
    assert defined_twice({"models/a.py": "class A: ...", **others}) == bad


@pytest.mark.parametrize(
    ("source", "owner", "bad"),
    [
        ('"""收件: files that came in."""', "ui/a.py", []),
        ('"""Files that came in."""', "ui/a.py", ["ui/a.py: 模块说明里没有“收件”（inbox）"]),
        ("# 收件", "ui/a.py", ["ui/a.py: 模块说明里没有“收件”（inbox）"]),
        ("", "ui/b.py", ["inbox: 没有 ui/b.py"]),
        ("", NOWHERE, []),
    ],
)
def test_a_module_without_its_chinese_is_noticed(source: str, owner: str, bad: list[str]) -> None:
    assert without_chinese({"ui/a.py": source}, [("inbox", "收件、收文", "", "", owner)]) == bad
