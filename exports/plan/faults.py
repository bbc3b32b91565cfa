"""Sentences for the faults of a plan workbook, one for each: the place, the text there, and what to do."""

from collections.abc import Iterator, Mapping, Sequence

from forms.field import Field
from forms.kind import Option
from forms.plan_tables import CHOICES, PLAN_TABLES
from models.plan.diff import cut
from models.plan.reader import Fault, lists_of
from models.plan.rows import Lists, Tables
from models.refusals import Refused

SHOWN, ROWS = 12, 6  # faults that are listed, and rows that are named
Gone = tuple[str, str]  # a list of the plan, and the id of an entry deleted from it
Places = dict[str, list[int]]  # sheet → rows


def refusal(name: str, faults: Sequence[str]) -> Refused:
    """The refusal of a workbook with faults: their number and then one on each line; `faults` as `lines` returns them."""
    shown = [_readable(line.removeprefix(f"{name}:")) for line in faults[:SHOWN]]
    more = [f"……还有{len(faults) - SHOWN}处"] if len(faults) > SHOWN else []
    return Refused("plan.workbook-faults", count=len(faults), places="\n".join([*shown, *more]))


def of_draft(faults: Sequence[Fault], typed: Tables, known: Lists) -> list[str]:
    """The faults of a draft, each a sentence; rows are numbered as its tables show them."""
    rows = {name: range(1, len(found) + 1) for name, found in typed.items()}
    return [_readable(line.removeprefix(":")) for line in lines("", faults, rows, typed, known)]


def _readable(line: str) -> str:
    title, row, column, message = line.split(":", 3)
    return f"“{title}”第{row}行“{column}”：{message.strip()}" if column else message.strip()


def lines(
    name: str, faults: Sequence[Fault], rows: Mapping[str, Sequence[int]], typed: Tables, known: Lists
) -> list[str]:
    """Faults as `file:sheet:row:column: message`, with the row numbers of the sheets (`rows`, by table). The same fault
    in several rows becomes one; so does an entry that `known` has and the workbook does not, but other rows still name.
    """
    have = lists_of(typed)
    alike: dict[tuple[str, str, str], list[int]] = {}
    gone: dict[Gone, Places] = {}
    for f in faults:
        row = rows[f.table][f.row - 2] if f.row > 1 else 1
        if lost := _gone(f, typed, known, have):
            gone.setdefault(lost, {}).setdefault(f.title, []).append(row)
        else:
            alike.setdefault((f.title, f.column, f.message), []).append(row)
    return [*_deleted(name, gone, known), *(_sentence(name, *place, found) for place, found in alike.items())]


def _gone(fault: Fault, typed: Tables, known: Lists, have: Lists) -> Gone | None:
    """The deleted entry that this place still names; None for another fault."""
    field = _field(fault)
    if fault.row < 2 or field is None or not field.kind.of:
        return None
    text = typed[fault.table][fault.row - 2].get(fault.column, "").strip()
    found, of = _option(known.get(field.kind.of, ()), text), field.kind.of
    if found is None or _option(have.get(of, ()), found.id):
        return None
    return "units" if of == "bearers" else of, found.id


def _field(fault: Fault) -> Field | None:
    table = next(t for t in PLAN_TABLES if t.name == fault.table)
    return next((f for f in table.fields if f.label == fault.column), None)


def _option(options: Sequence[Option], text: str) -> Option | None:
    return next((o for o in options if text in (o.id, o.name, o.short)), None) if text else None


def _deleted(name: str, gone: Mapping[Gone, Places], known: Lists) -> Iterator[str]:
    for (of, id), places in gone.items():
        option = next(o for o in known[of] if o.id == id)
        title = next((t.title for t in PLAN_TABLES if t.name == of), CHOICES.title)
        still = "，".join(f"“{sheet}”{_rows(found)}" for sheet, found in places.items())
        sheet, first = next((s, found[0]) for s, found in places.items())
        who = id if option.name == id else f"{id}“{cut(option.short or option.name)}”"
        yield f"{name}:{sheet}:{first}:: {title}里没有{who}了，还用着它的有{still}；把这些行也删去，或把{id}补回来"


def _sentence(name: str, title: str, column: str, message: str, rows: Sequence[int]) -> str:
    also = f"；{_rows(rows)}都是这样" if len(rows) > 1 else ""
    return f"{name}:{title}:{rows[0]}:{column}: {message}{also}"


def _rows(rows: Sequence[int]) -> str:
    named = f"第{'、'.join(map(str, rows[:ROWS]))}行"
    return named if len(rows) <= ROWS else f"{named}等{len(rows)}行"
