"""States are typed: no code of ui/, exports/, models/ compares with, or starts from, the bare word of a StrEnum."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("forms", "models", "exports", "ui")
ASKED = ROOMS[1:]  # in forms/ the words are declared
Words = Mapping[str, frozenset[str]]  # StrEnum → its values

# The literal is another word here: levels of the county's trees (names of columns), a folder inside a package.
ALLOWED = {
    "exports/package/versions.py": {"plan"},
    "models/county/rollup.py": {"unit"},
    "ui/county/rollup/tree.py": {"unit"},
}


def str_enums(source: str) -> Iterator[tuple[str, frozenset[str]]]:
    """The StrEnums that a source defines, each with its values."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef) and any(isinstance(b, ast.Name) and b.id == "StrEnum" for b in node.bases):
            values = [a.value for a in node.body if isinstance(a, ast.Assign)]
            yield node.name, frozenset(str(v.value) for v in values if isinstance(v, ast.Constant))


def literals(*nodes: ast.expr | None) -> Iterator[ast.Constant]:
    """The text literals among expressions, with those inside tuples, lists and sets and in both branches of an `if`."""
    for node in nodes:
        if isinstance(node, ast.Tuple | ast.List | ast.Set):
            yield from literals(*node.elts)
        elif isinstance(node, ast.IfExp):
            yield from literals(node.body, node.orelse)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def asked(node: ast.AST) -> Iterator[ast.Constant]:
    """The literals with which a node compares, or that it gives as a default."""
    if isinstance(node, ast.Compare):
        yield from literals(node.left, *node.comparators)
    elif isinstance(node, ast.MatchValue):
        yield from literals(node.value)
    elif isinstance(node, ast.arguments):
        yield from literals(*node.defaults, *node.kw_defaults)
    elif isinstance(node, ast.AnnAssign):
        yield from literals(node.value)


def listed(node: ast.AST, words: Words) -> Iterator[ast.Constant]:
    """The literals of a collection, or the keys of a dict, that lists two or more words of one StrEnum and nothing
    else.
    """
    elements = node.keys if isinstance(node, ast.Dict) else getattr(node, "elts", [])
    found = list(literals(*elements))
    if len(found) == len(elements) > 1 and any({str(n.value) for n in found} <= values for values in words.values()):
        yield from found


def bare_words(source: str, words: Words) -> set[tuple[int, str]]:
    """Line and word of every bare state word."""
    known = frozenset[str]().union(*words.values())
    return {
        (n.lineno, str(n.value))
        for node in ast.walk(ast.parse(source))
        for n in (*asked(node), *listed(node, words))
        if n.value in known
    }


@pytest.fixture(scope="module")
def files() -> dict[str, str]:
    paths = (p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py")))
    return {p.relative_to(ROOT).as_posix(): p.read_text(encoding="utf-8") for p in paths}


@pytest.fixture(scope="module")
def words(files: dict[str, str]) -> Words:
    found = dict(e for source in files.values() for e in str_enums(source))
    del found["Meaning"]  # its words are those of columns: tests/test_columns.py finds these
    return found


def test_states_are_never_bare_words(files: dict[str, str], words: Words) -> None:
    asked_rooms = {path: source for path, source in files.items() if path.split("/")[0] in ASKED}
    found = {path: bare_words(source, words) for path, source in asked_rooms.items()}
    bad = [
        f"{path}:{line}: “{word}”" for path, bare in found.items() for line, word in sorted(bare)
        if word not in ALLOWED.get(path, set())
    ]  # fmt: skip
    assert "\n".join(bad) == ""
    assert {path: {w for _, w in found[path]} for path in ALLOWED} == ALLOWED  # an exception that is over goes


def test_the_words_are_known(words: Words) -> None:
    assert {"Role", "ReportState", "CommentState", "Result", "Way", "Sign"} <= set(words)
    assert words["Role"] == {"unit", "team", "office"}


@pytest.mark.parametrize(
    "source",
    [
        'if space.role == "unit": ...',
        'if "unit" != space.role: ...',
        'if space.role in ("unit", other): ...',
        'if space.role not in {"office"}: ...',
        'if state == ("late" if again else ""): ...',
        'match state:\n    case "late": ...',
        'def f(role="team"): ...',
        'def f(*, role: str = "team"): ...',
        'class A:\n    role: str = "unit"',
        'NAMES = {"unit": "单位", "office": "办公室"}',
        'GOOD = ("zero", "late")',
        'GOOD = frozenset({"zero", "late"})',
    ],
)
def test_a_bare_word_is_noticed(source: str, words: Words) -> None:
    assert bare_words(source, words)


@pytest.mark.parametrize(
    "source",
    [
        "if space.role == Role.UNIT: ...",
        'row["unit"] = {"unit": code}',  # a column
        'FIELDS = ("id", "unit", "period")',
        'if name == "else": ...',
        'Role("unit")',  # what is read becomes a member
    ],
)
def test_other_uses_of_a_word_are_free(source: str, words: Words) -> None:
    assert bare_words(source, words) == set()
