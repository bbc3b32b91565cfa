"""The catalogue of the sentences of errors and the program agree: every UserError names an id of resources/errors.toml
and gives the values that its sentence asks for; no sentence is without a use, none is written in the code.
"""

import ast
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cache
from pathlib import Path
from string import Formatter
from typing import NamedTuple

import pytest

from exports.readback.sandbox import Sandbox
from exports.readback.zip_guard import guard
from models.errors import NotKept, UserError, catalogue, sentence
from models.plan_editing.publish import Written
from models.refusals import Refused

ROOT = Path(__file__).parent.parent
ROOMS = ("forms", "models", "exports", "ui")
ERRORS = "models/errors.py"
ID = re.compile(r"[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*")


class Use(NamedTuple):
    """A call that makes a sentence: its place, the ids it may have (None: not an id) and the names of its values."""

    place: str
    ids: tuple[str | None, ...]
    values: frozenset[str]


class Source(NamedTuple):
    """What is of use of a file: the statements of the module, and its classes, imports and calls, nested ones too."""

    body: list[ast.stmt]
    classes: list[ast.ClassDef]
    imports: list[ast.ImportFrom]
    calls: list[ast.Call]


def parsed(text: str) -> Source:
    made = Source(ast.parse(text).body, [], [], [])
    for node in (n for statement in made.body for n in ast.walk(statement)):
        if isinstance(node, ast.Call):
            made.calls.append(node)
        elif isinstance(node, ast.ClassDef):
            made.classes.append(node)
        elif isinstance(node, ast.ImportFrom):
            made.imports.append(node)
    return made


@cache
def product() -> Mapping[str, Source]:
    """Every file of the product by path."""
    paths = [ROOT / "main.py", *(p for room in ROOMS for p in sorted((ROOT / room).rglob("*.py")))]
    return {p.relative_to(ROOT).as_posix(): parsed(p.read_text("utf-8")) for p in paths}


def placeholders(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def passes_on(text: str) -> bool:
    """Whether it only passes the text of another error on: placeholders and signs, no words."""
    return not re.search(r"\w", re.sub(r"{\w+}", "", text))


def kinds_of(files: Mapping[str, Source]) -> set[str]:
    """UserError and the names of its subclasses, to any depth."""
    bases = {
        node.name: {ast.unparse(b).rpartition(".")[2] for b in node.bases}
        for source in files.values()
        for node in source.classes
    }
    kinds, before = {"UserError"}, 0
    while before < len(kinds):
        before = len(kinds)
        kinds |= {name for name, of in bases.items() if of & kinds}
    return kinds


def assigned(body: list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    """The names that a module or class gives to values, each with its value; a, b = 1, 2 gives two."""
    for node in body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        for target in targets:
            pairs = [(target, getattr(node, "value", None))]
            if isinstance(target, ast.Tuple) and isinstance(pairs[0][1], ast.Tuple):
                pairs = list(zip(target.elts, pairs[0][1].elts, strict=True))
            yield from ((t.id, v) for t, v in pairs if isinstance(t, ast.Name) and v is not None)


class Ids:
    """What the names and attributes of a module stand for, where they are constants."""

    def __init__(self, files: Mapping[str, Source]) -> None:
        self.constants = {path: dict(assigned(source.body)) for path, source in files.items()}
        self.imported = {
            path: {
                a.asname or a.name: (f"{node.module.replace('.', '/')}.py", a.name)
                for node in source.imports
                if node.module
                for a in node.names
            }
            for path, source in files.items()
        }
        self.attributes: dict[str, list[tuple[str, ast.expr]]] = {}
        for path, source in files.items():
            for node in source.classes:
                for name, value in assigned(node.body):
                    self.attributes.setdefault(name, []).append((path, value))

    def of(self, path: str, node: ast.expr) -> tuple[str | None, ...]:
        """The texts that an expression in a file may be; None for one that is not known before the program runs."""
        if isinstance(node, ast.Constant):
            return (node.value if isinstance(node.value, str) else None,)
        if isinstance(node, ast.IfExp):
            return self.of(path, node.body) + self.of(path, node.orelse)
        if isinstance(node, ast.Attribute):
            return sum((self.of(*place) for place in self.attributes.get(node.attr, ())), ()) or (None,)
        if isinstance(node, ast.Name):
            home, name = self.imported[path].get(node.id, (path, node.id))
            value = self.constants.get(home, {}).get(name)
            return (None,) if value is None else self.of(home, value)
        return (None,)


def uses(files: Mapping[str, Source]) -> list[Use]:
    """Every call of UserError, of a subclass, and of `sentence` by an id. A call that rebuilds an error, in
    models/errors.py itself, is none.
    """
    kinds, ids = kinds_of(files), Ids(files)
    return [
        Use(
            f"{path}:{node.lineno}",
            ids.of(path, node.args[0]) if node.args else (None,),
            frozenset(k.arg or "**" for k in node.keywords) - {"details"},
        )
        for path, source in files.items()
        if path != ERRORS
        for node in source.calls
        if _makes_a_sentence(path, node.func, kinds, ids)
    ]


def _makes_a_sentence(path: str, called: ast.expr, kinds: set[str], ids: Ids) -> bool:
    name = called.attr if isinstance(called, ast.Attribute) else called.id if isinstance(called, ast.Name) else ""
    here = ids.imported[path].get(name, ("", name))
    return here[1] in kinds or here == (ERRORS, "sentence")


def faults(files: Mapping[str, Source], sentences: Mapping[str, str]) -> list[str]:
    """A line for each use that does not fit its sentence."""
    found = []
    for use in uses(files):
        for id in use.ids:
            if id is None or id not in sentences:
                found.append(f"{use.place}: {id or 'not an id'}")
            elif use.values != placeholders(sentences[id]):
                found.append(f"{use.place}: {id} has the values {sorted(placeholders(sentences[id]))}")
    return found


## the program and the catalogue


def test_every_error_names_an_id_and_gives_its_values() -> None:
    assert faults(product(), catalogue()) == []


def test_every_sentence_is_used() -> None:
    assert set(catalogue()) - {id for use in uses(product()) for id in use.ids} == set()


def test_ids_are_shaped_and_no_sentence_has_two() -> None:
    assert [id for id in catalogue() if not ID.fullmatch(id)] == []
    texts = [text for text in catalogue().values() if not passes_on(text)]
    assert [text for text in texts if texts.count(text) > 1] == []


def test_a_sentence_is_chinese_with_plain_placeholders() -> None:
    for id, text in catalogue().items():
        assert passes_on(text) or re.search(r"[\u4e00-\u9fff]", text), id
        assert all(not spec and not turned for _, _, spec, turned in Formatter().parse(text)), id
        assert all(re.fullmatch(r"[a-z]+", name) for name in placeholders(text)), id


BAD = '''
from models.errors import UserError, sentence as worded
from models.refusals import INCOMPLETE, Refused
from ui.far import LATER

GONE = "还没有写完，这个位置就不见了"


class Late(Refused):
    """A subclass in a far room."""


def work(why):
    raise UserError("磁盘满了")
    raise Late("磁盘满了")
    raise UserError(f"“{why}”不见了")
    raise UserError(GONE)
    raise UserError(str(why))
    raise UserError()
    raise UserError("store.no-such-id")
    raise UserError("store.in-use")
    raise UserError("store.in-use", store=why, folder=why)
    raise UserError("store.in-use", **why)
    raise Refused(INCOMPLETE if why else "坏了")
    raise Refused(LATER)
    return worded("store.in-use", name=why)


def right(why):
    raise UserError("store.in-use", store=why)
    raise Late("plan.faults", [why], count=1, first=why)
    raise Refused(INCOMPLETE)
    return worded("store.in-use", store=why)
'''


def test_what_this_test_finds() -> None:
    first = BAD.splitlines().index('    raise UserError("磁盘满了")') + 1
    found = faults({**product(), "ui/bad.py": parsed(BAD)}, catalogue())
    assert [int(line.split(":")[1]) for line in found] == list(range(first, first + 13))
    without = {id: text for id, text in catalogue().items() if id != "store.in-use"}
    assert any(line.endswith("store.in-use") for line in faults(product(), without))


## the error itself


@pytest.mark.parametrize("kind", [UserError, NotKept, Refused, Written])
def test_an_error_goes_through_a_pipe(kind: type[UserError]) -> None:
    made = kind("plan.rows-written", ["一处", "两处"], count=2, first=Path("示例.csv"))
    for again in (pickle.loads(pickle.dumps(made)), copy(made)):
        assert (type(again), again.id, again.details) == (kind, "plan.rows-written", ("一处", "两处"))
        assert str(again) == str(made) == "要删去的内容里，单位已经填过2处：示例.csv"


def test_braces_in_a_value_stay() -> None:
    assert sentence("store.in-use", store="{甲}") == "数据正被另一个“清单填报”使用，请先关闭它：{甲}"


def test_a_refusal_in_the_sandbox_keeps_its_id() -> None:
    with Sandbox() as sandbox, pytest.raises(Refused) as why:
        sandbox.do(guard, b"\xd0\xcf\x11\xe0")
    assert why.value.id == "workbook.old-format"


def test_the_catalogue_is_read_by_the_first_sentence_and_not_before() -> None:
    code = (
        "import sys, models.workspace, exports.incoming.load, ui.cli; from models.errors import UserError, catalogue; "
        "error = UserError('store.in-use', store='示例'); before = catalogue.cache_info().currsize; str(error); "
        "print(before, catalogue.cache_info().currsize)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0", "1"]
