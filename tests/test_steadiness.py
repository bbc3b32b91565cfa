"""No test depends on timing, order, load or chance: what would make one do so is refused in the tests' own source."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
SLEEPS = {"sleep", "qWait", "msleep", "usleep"}
CHANCE = {"uuid1", "uuid4", "urandom", "SystemRandom", "token_bytes", "token_hex", "randbelow", "getrandbits"}
CLOCKS = {"time", "monotonic", "perf_counter", "process_time", "time_ns", "monotonic_ns", "perf_counter_ns"}
MARKS = {"skip", "skipif", "skipIf", "xfail", "importorskip"}
BLOCKING = {"wait", "join", "acquire", "waitForDone", "waitForFinished", "poll"}
PROFILE = {"deadline", "database", "derandomize", "phases"}  # tests/conftest.py decides these for all


def dotted(node: ast.expr) -> str:
    """`a.b.c` of a name or an attribute; what it is taken from counts only by its last name."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}".lstrip(".")
    return node.id if isinstance(node, ast.Name) else ""


def is_limit(node: ast.expr) -> bool:
    """Whether a timeout is the common one: HANG, or HANG * 1000 where milliseconds are counted."""
    return ast.unparse(node) in ("HANG", "HANG * 1000")


def is_today(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in ("today", "now", "currentDate")


def in_call(node: ast.Call) -> Iterator[str]:
    """What is wrong with one call."""
    name = dotted(node.func)
    base, last = name.rpartition(".")[0], name.rpartition(".")[2]
    if last in SLEEPS or (last == "wait" and base.endswith("qtbot")):
        yield "sleeps"
    if last in CHANCE or base == "random" or (last == "Random" and not node.args):
        yield "is left to chance: give Random a seed, or use tests.effort.dice"
    if last in BLOCKING and any(isinstance(a, ast.Constant) and isinstance(a.value, int | float) for a in node.args):
        yield "gives up waiting before tests.effort.HANG"
    for word in node.keywords:
        if word.arg == "timeout" and last != "connect" and not is_limit(word.value):  # a store that is locked stays so
            yield "gives up waiting before tests.effort.HANG"
        if last == "settings" and word.arg in PROFILE:
            yield f"sets {word.arg}, which the profiles in tests/conftest.py decide"
        if word.arg == "max_examples" and not (isinstance(word.value, ast.Call) and dotted(word.value.func) == "cases"):
            yield "tries the same number of cases under torture: use tests.effort.cases"


def wrong(source: str, may_look_at_clock: bool = False) -> list[str]:
    """`line: what is wrong` for everything in a test's source that time, order, load or chance could decide."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            found += [(node.lineno, what) for what in in_call(node)]
        if isinstance(node, ast.Attribute) and node.attr in MARKS and dotted(node).startswith(("pytest.", "unittest.")):
            found.append((node.lineno, "is not run everywhere"))
        if isinstance(node, ast.Attribute) and dotted(node.value) == "time" and node.attr in CLOCKS:
            found += [(node.lineno, "looks at the clock")] * (not may_look_at_clock)
        if isinstance(node, ast.ImportFrom) and node.module == "time":
            found += [(node.lineno, "looks at the clock")] * (not may_look_at_clock)
        if isinstance(node, ast.Name | ast.Attribute) and dotted(node).endswith("QElapsedTimer"):
            found.append((node.lineno, "looks at the clock"))
        if isinstance(node, ast.Compare) and any(isinstance(op, ast.Eq | ast.NotEq) for op in node.ops):
            parts = [p for side in (node.left, *node.comparators) for p in ast.walk(side)]
            found += [(node.lineno, "is over at midnight")] * any(is_today(p) for p in parts if isinstance(p, ast.expr))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and "sleep" + "(" in node.value:
            found.append((node.lineno, "sleeps"))
    return [f"{line}: {what}" for line, what in sorted(set(found))]


def test_no_test_depends_on_time_load_or_chance() -> None:
    paths = [p for p in sorted(TESTS.rglob("*.py")) if "benchmarks" not in p.parts and p != Path(__file__)]
    assert len(paths) > 50
    assert [
        f"{p.relative_to(TESTS.parent)}:{line}"
        for p in paths
        for line in wrong(p.read_text(encoding="utf-8"), may_look_at_clock="torture" in p.parts)
    ] == []


@pytest.mark.parametrize(
    ("source", "what"),
    [
        ("import time\ntime.sleep(1)", "2: sleeps"),
        ("qtbot.wait(50)", "1: sleeps"),
        ("QTest.qWait(50)", "1: sleeps"),
        ("CHILD = 'from time import sleep; sleep(1)'", "1: sleeps"),
        ("dice = Random()", "1: is left to chance"),
        ("n = random.randint(1, 6)", "1: is left to chance"),
        ("id = uuid.uuid4()", "1: is left to chance"),
        ("qtbot.waitUntil(f, timeout=5000)", "1: gives up waiting"),
        ("subprocess.run(command, timeout=60)", "1: gives up waiting"),
        ("subprocess.run(command, timeout=HANG / 100)", "1: gives up waiting"),
        ("thread.join(5)", "1: gives up waiting"),
        ("QThreadPool.globalInstance().waitForDone(1000)", "1: gives up waiting"),
        ("@pytest.mark.skipif(True)\ndef test(): ...", "1: is not run everywhere"),
        ("def test():\n    pytest.xfail()", "2: is not run everywhere"),
        ("np = pytest.importorskip('numpy')", "1: is not run everywhere"),
        ("assert time.perf_counter() - start < 2", "1: looks at the clock"),
        ("from time import monotonic", "1: looks at the clock"),
        ("timer = QElapsedTimer()", "1: looks at the clock"),
        ("assert paper.day == date.today()", "1: is over at midnight"),
        ("assert (a, b) == (1, datetime.now())", "1: is over at midnight"),
        ("@settings(deadline=200)\ndef test(): ...", "1: sets deadline"),
        ("@settings(max_examples=20)\ndef test(): ...", "1: tries the same number"),
    ],
)
def test_each_of_these_is_refused(source: str, what: str) -> None:
    assert any(line.startswith(what) for line in wrong(source)), wrong(source)


@pytest.mark.parametrize(
    "source",
    [
        "qtbot.waitUntil(page.isVisible)",
        "subprocess.run(command, timeout=HANG)",
        "def waitUntil(f, *, timeout=HANG * 1000): super().waitUntil(f, timeout=HANG * 1000)",
        "dice = Random(7)\ndice.shuffle(lines)",
        "','.join(words)",
        "process.wait()",
        "assert date.today() > period.due",
        "@settings(max_examples=cases(12, 500))\ndef test(): ...",
    ],
)
def test_what_is_steady_is_not_refused(source: str) -> None:
    assert wrong(source) == []


def test_only_torture_may_act_when_the_clock_says() -> None:
    assert wrong("import time\ntime.monotonic()", may_look_at_clock=True) == []
