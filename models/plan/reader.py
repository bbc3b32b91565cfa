"""Reading a plan year from its files (CSV, one per table of forms.plan_tables), with every reference checked."""

import csv
import hashlib
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple, TypeVar, cast

import resources
from forms import FORMS
from forms.comparison import WITH_TARGET, Comparison
from forms.field import Context
from forms.form import Form
from forms.kind import Option, Unreadable, Value
from forms.parameters import PARAMETERS, YES_NO
from forms.plan_tables import (
    ABOUT,
    ACTIONS,
    ALL_OF,
    ASKS,
    ASSIGNMENTS,
    BASES,
    CHOICES,
    INDICATORS,
    LATER,
    LATER_TABLES,
    MILESTONES,
    PARAMETER_TABLE,
    PERIODS,
    PLAN_TABLES,
    RULES,
    SCORING,
    TASKS,
    UNITS,
)  # fmt: skip
from models.errors import UserError
from models.plan.entries import Action, Assignment, Indicator, Milestone, Period, Rule, Score, Task, Unit
from models.plan.plan import Plan
from models.plan.time_faults import wrong_parts, wrong_times

ABOUT_KEYS = ("名称", "简称", "年度", "县", "县代码", "版本", "制表机关", "表号前缀", "办公室单位")
ENTITIES = ("units", "actions", "indicators", "tasks", "periods", "bearers")  # lists that are tables of their own
ROWS = dict[str, list[dict[str, Value]]]
T = TypeVar("T")


class Fault(NamedTuple):
    """What is wrong at one place: the table's name, the row of its file (1 is the heading), the column's heading."""

    table: str
    row: int
    column: str
    message: str

    @property
    def title(self) -> str:
        """The table's Chinese title."""
        return next(t.title for t in PLAN_TABLES if t.name == self.table)

    @property
    def line(self) -> str:
        """The place and the message in one line, as the command line prints them."""
        return f"{self.table}.csv:{self.title}:{self.row}:{self.column}: {self.message}"


def built_in() -> list[Path]:
    """The folders of the plans that ship with the program, the newest year last."""
    return sorted(p for p in resources.path("plans").iterdir() if p.is_dir())


def read_built_in() -> Plan:
    """The newest plan that ships with the program."""
    return read_folder(built_in()[-1])


def read_folder(folder: Path) -> Plan:
    """The plan whose files lie in `folder`; raises UserError listing file, row and column of whatever is wrong."""
    files = {t.name: folder / f"{t.name}.csv" for t in PLAN_TABLES}
    return read_texts({n: _file(f) for n, f in files.items() if n not in LATER_TABLES or f.exists()})


def remembering(plan: Plan, older: Iterable[Mapping[str, str]]) -> Plan:
    """The plan, with what only earlier versions named, so that lines written under them stay readable; `older` are
    the texts of those versions, the newest first.
    """
    former: dict[str, dict[str, Option]] = {}
    for texts in older:
        for of, options in lists_of({t.name: _raw_rows(t, texts.get(t.name, ""), []) for t in PLAN_TABLES}).items():
            known = {o.id for o in plan.lists.get(of, ())}
            for o in options:
                former.setdefault(of, {}).setdefault(o.id, o) if o.id not in known else None
    return replace(plan, former={of: tuple(found.values()) for of, found in former.items()})


def _file(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise UserError("plan.file-missing", file=path.name, folder=path.parent) from None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError("plan.encoding", file=path.name)


def read_texts(texts: Mapping[str, str], checked: bool = False, scored: bool = True) -> Plan:
    """The plan whose CSV texts are given by table name; raises UserError with the places in `details`. Of a plan that was
    `checked` when it was kept, the values are read but not held against each other again. Where nothing is `scored`,
    at a unit, the scoring table may name what only a newer program knows.
    """
    plan, wrong = examine(texts, checked, scored)
    if plan is None:
        raise UserError("plan.faults", [f.line for f in wrong], count=len(wrong), first=wrong[0].line)
    return plan


def examine(texts: Mapping[str, str], checked: bool = False, scored: bool = True) -> tuple[Plan | None, list[Fault]]:
    """The plan of the texts, or everything that is wrong with them."""
    wrong: list[Fault] = []
    texts = {t.name: texts.get(t.name, "") if t.name in LATER_TABLES else texts[t.name] for t in PLAN_TABLES}
    raw = {t.name: _raw_rows(t, texts[t.name], wrong) for t in PLAN_TABLES}
    if wrong:
        return None, wrong
    lists = lists_of(raw)
    rows = {t.name: _rows(t, lists, raw[t.name], wrong) for t in PLAN_TABLES}
    for table in () if checked else PLAN_TABLES:
        told = {f[:3] for f in wrong}  # a cell that cannot be read is not empty, too
        wrong += [f for f in _findings(table, rows[table.name]) if f[:3] not in told]
    wrong += [] if checked or not scored else _unknown_bases(rows)
    wrong = wrong or ([] if checked else list(_contradictions(rows)))
    return (None, wrong) if wrong else (_plan(rows, lists, texts), [])


def _place(table: Form, row: int, column: str, message: str) -> Fault:
    return Fault(table.name, row, column, message)


def _raw_rows(table: Form, text: str, wrong: list[Fault]) -> list[dict[str, str]]:
    lines = list(csv.reader(io.StringIO(text, newline="")))
    head = [h.strip() for h in lines[0]] if lines else []
    for f in table.fields if text or table.name not in LATER_TABLES else ():
        if f.label not in head and (table.name, f.label) not in LATER:
            wrong.append(_place(table, 1, f.label, f"缺少“{f.label}”这一列，请补上"))
    found = []
    for number, line in enumerate(lines[1:], 2):
        if len(line) > len(head):
            wrong.append(_place(table, number, "", f"有{len(line)}格，比表头多，多半是内容里的逗号没有加引号"))
        found.append(dict(zip(head, line, strict=False)))
    return [r for r in found if any(v.strip() for v in r.values())]


def lists_of(raw: Mapping[str, list[dict[str, str]]]) -> dict[str, tuple[Option, ...]]:
    """The options of every list that a reference may name."""
    named: dict[str, list[Option]] = {
        "units": [Option(r["代码"].strip(), r["全称"].strip(), r["简称"].strip()) for r in raw["units"]],
        "actions": [
            Option(r["编号"].strip(), r["名称"].strip(), r["名称"].removesuffix("行动")) for r in raw["actions"]
        ],
        "indicators": [Option(r["编号"].strip(), r["指标名称"].strip()) for r in raw["indicators"]],
        "tasks": [Option(r["编号"].strip(), r["重点任务"].strip()) for r in raw["tasks"]],
        "periods": [Option(r["编号"].strip(), r["名称"].strip()) for r in raw["periods"]],
    }
    named["bearers"] = named["units"] + [Option(word, word) for word in ALL_OF.values()]
    for r in raw["choices"]:
        option = Option(r["编号"], r["名称"], "", r["记号"], r["要说明"] in _yes_words(), r["说明"], _asked(r))
        named.setdefault(r["字典"], []).append(option)
    return {of: tuple(options) for of, options in named.items()}


def _asked(row: Mapping[str, str]) -> str:
    """What a row of the dictionary asks of the county; "" where the word is unknown, which is a fault of its cell."""
    try:
        return str(ASKS.parse(row.get("请示", "")) or "")
    except Unreadable:
        return ""


def _yes_words() -> tuple[str, str]:
    yes = YES_NO.options[0]
    return yes.id, yes.name


def _rows(
    table: Form, lists: Mapping[str, tuple[Option, ...]], raw: list[dict[str, str]], wrong: list[Fault]
) -> list[dict[str, Value]]:
    """The values of a table; what cannot be read is None there and one more fault."""
    kinds = [f.kind.bind(lists.get(f.kind.of, ())) for f in table.fields]
    rows: list[dict[str, Value]] = [{"id": str(number)} for number, _ in enumerate(raw, 2)]
    for number, (row, line) in enumerate(zip(rows, raw, strict=True), 2):
        for f, kind in zip(table.fields, kinds, strict=True):
            try:
                row[f.name] = kind.parse(line.get(f.label, ""))
            except Unreadable as why:
                row[f.name] = None
                wrong.append(_place(table, number, f.label, str(why)))
    return rows


def _findings(table: Form, rows: list[dict[str, Value]]) -> list[Fault]:
    nowhere = cast("Context", None)  # plan tables have no derived fields and no checks that ask where they are
    free = Form(table.name, table.title, tuple(f for f in table.fields), unique=table.unique)
    return [_place(table, p.row + 1, table.field(p.field).label, p.message) for p in free.problems(rows, nowhere)
            if p.code not in ("unknown_choice", "half_width")]  # fmt: skip


def _contradictions(rows: ROWS) -> Iterator[Fault]:
    """Faults of rows that are well-formed one by one but contradict each other."""
    about = {r["key"]: r["value"] for r in rows["plan"]}
    for key in ABOUT_KEYS:
        if key not in about:
            yield _place(ABOUT, 1, "项目", f"缺少“{key}”这一行，请补上")
    if not str(about.get("年度", "")).isdigit():
        yield _place(ABOUT, 1, "内容", f"年度“{about.get('年度')}”不是四位数字")
    yield from _gaps(rows)
    for n, r in enumerate(rows["periods"], 2):
        if r["end"] < r["start"]:
            yield _place(PERIODS, n, "结束", "结束日期早于开始日期")
    for n, r in enumerate(rows["indicators"], 2):
        if r["comparison"] == Comparison.ABOVE_OTHER and r["than"] is None and r["target"] is None:
            yield _place(INDICATORS, n, "参照指标", "比较方式是“高于”，要写明高于哪一个指标")
        if r["comparison"] in WITH_TARGET and r["target"] is None:
            yield _place(INDICATORS, n, "目标值", f"比较方式是“{r['comparison']}”，要有目标值")
        if r["comparison"] == Comparison.WITHIN and (r["upper"] is None or r["upper"] < (r["target"] or 0)):
            yield _place(INDICATORS, n, "上限", "比较方式是“区间”，要写上限，并且不小于目标值（下限）")
    yield from _wrong_parameters(rows)
    yield from (_place(*fault) for fault in (*wrong_times(rows), *wrong_parts(rows)))


def _wrong_parameters(rows: ROWS) -> Iterator[Fault]:
    kinds = {p.id: p.kind for p in PARAMETERS}
    for n, r in enumerate(rows["parameters"], 2):
        try:
            kinds[r["id"]].parse(r["value"])
        except Unreadable as why:
            yield _place(PARAMETER_TABLE, n, "取值", str(why))


def _unknown_bases(rows: ROWS) -> list[Fault]:
    """A fault for each line of the scoring table that nothing could be worked out for."""
    known = "、".join(f"{o.name}（{o.id}）" for o in BASES.options)
    return [
        _place(SCORING, n, "依据数据", f"程序不认识依据数据“{r['basis']}”，这一项计不了分；请改为其中之一：{known}")
        for n, r in enumerate(rows[SCORING.name], 2)
        if r["basis"] and BASES.find(r["basis"]) is None
    ]


def _gaps(rows: ROWS) -> Iterator[Fault]:
    """A fault for each table or dictionary that is missing and without which nobody could report."""
    for table in (UNITS, ACTIONS, PERIODS):
        if not rows[table.name]:
            yield _place(table, 1, table.fields[0].label, "一行也没有，请补上")
    have = {r["of"] for r in rows["choices"]} | set(ENTITIES)
    year = next((int(r["value"]) for r in rows["plan"] if r["key"] == "年度" and str(r["value"]).isdigit()), 0)
    forms = [form for form in FORMS if form.of_year(year)]
    asked = {f.kind.of: f.label for form in forms for f in form.fields if f.kind.of and f.of_year(year)}
    for of, label in asked.items():
        if of not in have:
            yield _place(CHOICES, 1, "字典", f"缺少字典“{of}”，各单位填“{label}”要用它，请补上")


def _plan(rows: ROWS, lists: Mapping[str, tuple[Option, ...]], texts: Mapping[str, str]) -> Plan:
    units = tuple(sorted(_made(Unit, UNITS, rows), key=lambda u: u.order))
    return Plan(
        about={r["key"]: r["value"] for r in rows["plan"]},
        lists=lists,
        choices={r["of"]: lists[r["of"]] for r in rows[CHOICES.name]},
        units=units,
        actions=_made(Action, ACTIONS, rows),
        rules=_made(Rule, RULES, rows),
        indicators=_made(Indicator, INDICATORS, rows),
        tasks=_tasks(rows),
        assignments=_expanded(_made(Assignment, ASSIGNMENTS, rows), units),
        periods=_made(Period, PERIODS, rows),
        scoring=_made(Score, SCORING, rows),
        milestones=_made(Milestone, MILESTONES, rows),
        parameters={r["id"]: _parameter(r["id"], r["value"]) for r in rows[PARAMETER_TABLE.name]},
        texts=dict(texts),
        digest=hashlib.sha256("\0".join(_hashed(texts)).encode()).hexdigest(),
    )


def _hashed(texts: Mapping[str, str]) -> Iterator[str]:
    """The texts that make the digest: a table that earlier versions do not have counts once it has rows."""
    return (texts[t.name] for t in PLAN_TABLES if t.name not in LATER_TABLES or texts[t.name])


def _parameter(id: str, text: str) -> Value:
    return next(p.kind for p in PARAMETERS if p.id == id).parse(text)


def _made(cls: type[T], table: Form, rows: ROWS) -> tuple[T, ...]:
    """Entries from the rows of their table: yes/no become bool, missing lists empty tuples."""
    wanted = cls.__annotations__

    def value(name: str, given: Value) -> Value:
        if wanted[name] is bool:
            return getattr(cls, "_field_defaults", {}).get(name, False) if given is None else given == "yes"
        return () if given is None and "tuple" in str(wanted[name]) else given

    return tuple(cls(**{n: value(n, r[n]) for n in wanted if n in r}) for r in rows[table.name])


def _tasks(rows: ROWS) -> tuple[Task, ...]:
    """The tasks; what is no day in 完成时限 is its words."""
    words = {r["id"]: r["due"] for r in rows[TASKS.name] if isinstance(r["due"], str)}
    made = _made(Task, TASKS, rows)
    return tuple(t._replace(due=None, due_text=words[t.id]) if t.id in words else t for t in made)


def _expanded(assignments: tuple[Assignment, ...], units: tuple[Unit, ...]) -> tuple[Assignment, ...]:
    """Group words become their units; a unit named by itself keeps its own part."""
    named = {(a.task, a.unit) for a in assignments}
    groups = {word: [u.code for u in units if u.kind == kind] for kind, word in ALL_OF.items()}
    out: list[Assignment] = []
    for a in assignments:
        others = [code for code in groups.get(a.unit, ()) if (a.task, code) not in named]
        out += [a._replace(unit=code) for code in others] or [a]
    return tuple(a for a in out if a.unit not in groups)
