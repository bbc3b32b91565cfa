"""What can be wrong with the times of a plan's rows (起, 止, 开始, 节点 …) and with who leads a task when."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from forms.dates import Day
from forms.form import Form
from forms.kind import Unreadable, Value
from forms.plan_tables import ABOUT, ASSIGNMENTS, INDICATORS, MILESTONES, TASKS, UNITS
from forms.states import Part
from models.plan.validity import ids_in

FOREVER = date.min, date.max
Rows = Mapping[str, Sequence[Mapping[str, Value]]]


class TimeFault(NamedTuple):
    """What is wrong at one place of a table: row of its file (1 is the heading), the column's heading."""

    table: Form
    row: int
    column: str
    message: str


def wrong_times(rows: Rows) -> Iterator[TimeFault]:
    """The faults of days and periods that contradict each other."""
    yield from _wrong_head_rows(rows)
    days = _days(rows)
    for table in (UNITS, INDICATORS, TASKS, ASSIGNMENTS):
        for n, r in enumerate(rows[table.name], 2):
            since, until = _span(r, days)
            if since > until:
                yield TimeFault(table, n, "止", f"止“{r['until']}”早于起“{r['since']}”，请改其中一个")
    for n, r in enumerate(rows[TASKS.name], 2):
        if isinstance(r["due"], date) and r["start"] and r["start"] > r["due"]:
            yield TimeFault(TASKS, n, "开始", "开始日期晚于完成时限")
    yield from _wrong_milestones(rows)


def _wrong_head_rows(rows: Rows) -> Iterator[TimeFault]:
    periods, days = {r["id"] for r in rows["periods"]}, dict[str, date]()
    for n, r in enumerate(rows[ABOUT.name], 2):
        key, text = str(r["key"]), str(r["value"] or "")
        if key in ("开始", "结束") or (key == "生效" and text not in periods):
            try:
                days[key] = Day().parse(text)
            except Unreadable:
                other = "，也不是调度期的编号" if key == "生效" else ""
                yield TimeFault(ABOUT, n, "内容", f"{key}“{text}”不是日子{other}，请写成 2024-03-05 的样子")
        strange = [id for id in ids_in(text) if id not in periods] if key == "勘误" else []
        if strange:
            yield TimeFault(ABOUT, n, "内容", f"勘误的调度期“{'、'.join(strange)}”不在方案里，请写调度期的编号")
        if key == "结束" and "开始" in days and "结束" in days and days["结束"] < days["开始"]:
            yield TimeFault(ABOUT, n, "内容", "方案的结束日期早于开始日期")


def _wrong_milestones(rows: Rows) -> Iterator[TimeFault]:
    last: dict[Value, Mapping[str, Value]] = {}
    for n, r in sorted(enumerate(rows[MILESTONES.name], 2), key=lambda pair: (str(pair[1]["task"]), pair[1]["day"])):
        before = last.get(r["task"])
        if before and r["percent"] < before["percent"]:
            told = f"应完成{r['percent']:g}%，比前一个节点“{before['name']}”的{before['percent']:g}%还少，请核对"
            yield TimeFault(MILESTONES, n, "应完成", told)
        if before and r["day"] == before["day"]:
            yield TimeFault(MILESTONES, n, "日期", f"和节点“{before['name']}”是同一天，请改其中一个")
        last[r["task"]] = r


def _days(rows: Rows) -> Mapping[Value, tuple[date, date]]:
    return {r["id"]: (r["start"], r["end"]) for r in rows["periods"]}


def _span(row: Mapping[str, Value], days: Mapping[Value, tuple[date, date]]) -> tuple[date, date]:
    """The first and the last day on which a row is valid."""
    since, until = row.get("since"), row.get("until")
    return days[since][0] if since else date.min, days[until][1] if until else date.max


def _both(one: tuple[date, date], other: tuple[date, date]) -> tuple[date, date]:
    """The days that are in both spans."""
    return max(one[0], other[0]), min(one[1], other[1])


def wrong_parts(rows: Rows) -> Iterator[TimeFault]:
    """The faults of assignments: a part named twice, two leads at a time, no lead at all."""
    days, leads = _days(rows), dict[Value, list[tuple[int, date, date]]]()
    of_unit = {r["code"]: _span(r, days) for r in rows[UNITS.name]}
    seen: set[tuple[Value, Value]] = set()
    for n, r in enumerate(rows[ASSIGNMENTS.name], 2):
        if (r["task"], r["unit"]) in seen:
            told = f"“{r['unit']}”在任务{r['task']}里已经有分工，请删去重复的行"
            yield TimeFault(ASSIGNMENTS, n, "单位", told)
        seen.add((r["task"], r["unit"]))
        if r["role"] == Part.LEAD:
            since, until = _both(_span(r, days), of_unit.get(r["unit"], FOREVER))
            both = [line for line, a, b in leads.get(r["task"], ()) if since <= b and a <= until]
            if both:
                told = f"任务{r['task']}在第{both[0]}行已有牵头单位，同一时间只能有一个；换牵头单位的，写明起止"
                yield TimeFault(ASSIGNMENTS, n, "分工", told)
            leads.setdefault(r["task"], []).append((n, since, until))
    for n, r in enumerate(rows[TASKS.name], 2):
        if r["id"] not in leads:
            yield TimeFault(TASKS, n, "编号", f"任务{r['id']}还没有牵头单位，请在分工里补上")
