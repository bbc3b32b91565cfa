"""The plan (方案) as an Excel workbook, a sheet per table: written for editing in Excel or WPS, and read back with the
place of every fault.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from exports.excel.layout import CHARS_PER_MM, half_widths, height
from exports.plan.faults import lines, refusal
from exports.readback.cell import question
from exports.readback.raw_cells import Worksheet, open_worksheets
from exports.readback.sandbox import Sandbox
from forms.field import Field
from forms.form import Form
from forms.plan_tables import LATER, LATER_TABLES, PLAN_TABLES
from models.errors import UserError, cause
from models.plan.diff import PlanDifference, compare, describe_all
from models.plan.plan import Plan
from models.plan.reader import examine
from models.plan.rows import Cells, Lists, Tables, complete_days, key_fields, kind_in, tables_of, texts_of, tidied
from models.plan_editing.publish import VERSION
from models.store.atomic_file import replacing

KEY = "原编号"  # the hidden last column: the row's id when the workbook was written
SHORT = 20  # names up to so many characters are shown instead of ids
NAMED = 96  # width of the column with the names of ids
DIFFERENCES = 12  # changes that are listed before a workbook is taken in
SPARE = 200  # rows below the last that have drop-downs too
WORDS = "选项"


def write_plan(plan: Plan, path: Path) -> Path:
    """Write the plan's workbook. Raises UserError where it cannot be written."""
    book = _book(tables_of(plan.texts), plan.lists)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with replacing(path) as part, part.open("wb") as file:
            book.save(file)
    except OSError as error:
        raise UserError("folder.cannot-write", cause=cause(error), place=path) from None
    return path


def _book(tables: Tables, lists: Lists) -> Any:
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    words = book.create_sheet(WORDS)
    for table in PLAN_TABLES:
        _sheet(book.create_sheet(table.title, len(book.sheetnames) - 1), words, table, tables[table.name], lists)
    words.sheet_state = "hidden"
    return book


def _sheet(page: Any, words: Any, table: Form, rows: list[Cells], lists: Lists) -> None:
    from openpyxl.utils import get_column_letter

    named = _named(table, lists)
    page.append([f.label for f in table.fields] + [KEY] + ([f"{named.label}内容"] if named else []))
    for n, row in enumerate(rows, 2):
        page.append([_shown(f, row.get(f.label, ""), lists) for f in table.fields] + [_key(table, row)])
        if named:
            page.cell(n, len(table.fields) + 2).value = _looked_up(table, named, n)
    texts = [[_cell_text(f, row, lists) for f in table.fields] for row in rows]
    for n, f in enumerate(table.fields, 1):
        letter, last = get_column_letter(n), len(rows) + 1 + SPARE
        longest = max(half_widths(t) for t in [f.label, *(line[n - 1] for line in texts)])
        page.column_dimensions[letter].width = min(max(longest * 1.12 + 3, 8), f.width * CHARS_PER_MM + 14)
        if choices := _choices(f, lists):
            _drop_down(page, words, f"{letter}2:{letter}{last}", choices)
    for f in key_fields(table) if rows else ():
        _lock(page, table, f, len(rows) + 1)
    page.column_dimensions[get_column_letter(len(table.fields) + 1)].hidden = True
    if named:
        page.column_dimensions[get_column_letter(len(table.fields) + 2)].width = NAMED
        names = {o.id: o.name for o in lists[named.kind.of]}
        texts = [[*line, names.get(row[named.label], "")] for line, row in zip(texts, rows, strict=True)]
    _dress(page, table, texts)
    _paper(page, table, len(rows) + 1)


def _dress(page: Any, table: Form, texts: list[list[str]]) -> None:
    """Set borders, fonts and row heights that fit the texts: not every program fits them by itself."""
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    thin = Side(style="thin", color="FFC8C5BB")
    days = [n for n, f in enumerate(table.fields, 1) if f.kind.dated == "day"]
    for cells in page.iter_rows():
        for cell in cells:
            middle = cell.row == 1 or cell.column in days
            cell.font = Font(name="宋体", size=10.5, bold=cell.row == 1)
            cell.alignment = Alignment(vertical="center", wrap_text=True, horizontal="center" if middle else None)
            cell.border = Border(thin, thin, thin, thin)
            if cell.row == 1:
                cell.fill = PatternFill("solid", fgColor="FFEFEDE6")
            elif cell.column <= len(table.fields):
                cell.number_format = "yyyy-mm-dd" if cell.column in days else "@"
    places = [*range(1, len(table.fields) + 1), len(table.fields) + 2]
    widths = [page.column_dimensions[get_column_letter(n)].width for n in places]
    for n, line in enumerate(texts, 2):
        page.row_dimensions[n].height = height(list(zip(line, widths, strict=False)), 18)


def _paper(page: Any, table: Form, last: int) -> None:
    """Set the page: the table's name above, the page number below."""
    from openpyxl.utils import get_column_letter

    page.freeze_panes, page.auto_filter.ref = "B2", f"A1:{get_column_letter(len(table.fields))}{last}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_title_rows = "1:1"
    page.oddHeader.center.text, page.oddFooter.center.text = table.title, "第&P页，共&N页"


def _named(table: Form, lists: Lists) -> Field | None:
    """The field whose names are shown beside its ids, in a table that has only ids of it."""
    ids = [f for f in key_fields(table) if (names := _names(f, lists)) and all(i == n for i, n in names.items())]
    return ids[0] if ids else None


def _looked_up(table: Form, named: Field, row: int) -> str:
    """A formula for the name of an id that still works when columns were moved; reading ignores it."""
    from openpyxl.utils import get_column_letter

    target = next(t for t in PLAN_TABLES if t.name == named.kind.of)
    text = next(n for n, f in enumerate(target.fields, 1) if f.kind.prose)
    mine, there = get_column_letter(table.fields.index(named) + 1), get_column_letter(text)
    return f'=IFERROR(INDEX({target.title}!${there}:${there},MATCH({mine}{row},{target.title}!$A:$A,0)),"")'


def _cell_text(field: Field, row: Cells, lists: Lists) -> str:
    """The text shown in a cell."""
    return (
        row.get(field.label, "")
        if field.kind.dated == "day"
        else str(_shown(field, row.get(field.label, ""), lists) or "")
    )


def _names(field: Field, lists: Lists) -> Mapping[str, str]:
    """The text shown for each id: its short name where all are short and different, else the id."""
    kind = kind_in(field, lists)
    if kind.several:
        return {}
    names = {o.id: o.short or o.name for o in kind.choices}
    return names if all(len(n) <= SHORT and kind.parse(n) == i for i, n in names.items()) else {i: i for i in names}


def _shown(field: Field, text: str, lists: Lists) -> Any:
    value = kind_in(field, lists).parse(text)
    if field.kind.dated == "day" and value is not None:
        return value
    return _names(field, lists).get(value, text) if isinstance(value, str) else text or None


def _choices(field: Field, lists: Lists) -> tuple[str, ...]:
    return tuple(_names(field, lists).values())


def _drop_down(page: Any, words: Any, where: str, choices: tuple[str, ...]) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    have = [[c.value for c in column if c.value is not None] for column in words.iter_cols()]
    if list(choices) not in have:
        have.append(list(choices))
        column = words.max_column + 1 if words.cell(1, 1).value is not None else 1
        for n, word in enumerate(choices, 1):
            words.cell(n, column).value = word
            words.cell(n, column).number_format = "@"
    column = [[c.value for c in col if c.value is not None] for col in words.iter_cols()].index(list(choices)) + 1
    letter = get_column_letter(column)
    rule = DataValidation("list", formula1=f"={WORDS}!${letter}$1:${letter}${len(choices)}", allow_blank=True)
    rule.error, rule.errorTitle = "请从下拉列表里选一项。", "不在可选的内容里"
    rule.add(where)
    page.add_data_validation(rule)


def _lock(page: Any, table: Form, field: Field, last: int) -> None:
    """Protect existing ids from being overwritten; rows may still be added, deleted and sorted."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    if len(key_fields(table)) > 1 or table.name == "assignments":
        return
    mine = get_column_letter(table.fields.index(field) + 1)
    key = get_column_letter(len(table.fields) + 1)
    rule = DataValidation("custom", formula1=f'={mine}2&""=${key}2&""')
    rule.error, rule.errorTitle = f"“{field.label}”下发以后不能改，各单位填的内容靠它对上。", "编号不能改"
    rule.prompt, rule.promptTitle = "已有的编号不能改；新增的行写在下面，编号自己定。", field.label
    rule.showInputMessage = True
    rule.add(f"{mine}2:{mine}{last}")
    page.add_data_validation(rule)


def _key(table: Form, row: Cells) -> str | None:
    return "/".join(row[f.label] for f in key_fields(table)) if table.name != "assignments" else None


@dataclass(frozen=True)
class PlanBook:
    """A plan read from the workbook `name`: its files and its differences from the plan in force; or its `faults`, one
    line each.
    """

    name: str
    texts: Mapping[str, str]
    plan: Plan | None
    differences: tuple[PlanDifference, ...]
    faults: tuple[str, ...]

    @property
    def message(self) -> str:
        """A sentence with what it changes."""
        if self.faults:
            return str(refusal(self.name, self.faults))
        if not self.differences:
            return "与现行方案没有不同"
        told = describe_all(self.differences)
        more = [f"……还有{len(told) - DIFFERENCES}种"] if len(told) > DIFFERENCES else []
        return "\n".join([f"与现行方案有{len(self.differences)}处不同：", *told[:DIFFERENCES], *more])


def is_plan_book(pages: list[Worksheet]) -> bool:
    """Whether the worksheets are those of a plan workbook."""
    wanted = {t.title for t in PLAN_TABLES if t.name not in LATER_TABLES}
    return wanted <= {p.title.strip() for p in pages}


def read_plan(data: bytes, current: Plan, name: str, apart: Sandbox) -> PlanBook | None:
    """The plan in a workbook, compared with the one in force; None where it is not a plan workbook. Raises Refused."""
    pages = open_worksheets(data, apart)
    if not is_plan_book(pages):
        return None
    by_title, now = {p.title.strip(): p for p in pages}, tables_of(current.texts)
    faults: list[str] = []
    typed: Tables = {}
    numbers: dict[str, list[int]] = {}
    for table in PLAN_TABLES:
        page, here = by_title.get(table.title), now[table.name]
        read = _read(page, table, name, faults) if page else (here, [*range(2, len(here) + 2)])
        typed[table.name], numbers[table.name] = read
        _keep_later_columns(table, typed[table.name], here)
    if faults:
        return PlanBook(name, {}, None, (), tuple(faults))
    complete_days(typed)
    texts = texts_of(tidied(typed), current.texts)
    plan, wrong = examine(texts)
    told = lines(name, wrong, numbers, typed, current.lists)
    found = [d for d in compare(current, plan) if (d.list, d.id) != VERSION] if plan else []
    return PlanBook(name, texts, plan, tuple(found), tuple(told))


def _read(page: Worksheet, table: Form, name: str, faults: list[str]) -> tuple[list[Cells], list[int]]:
    """The rows of a sheet as heading → text, in any order of columns, and their row numbers."""
    head = next((n for n in sorted(page.rows) if _is_head(page, n, table)), 0)
    columns = {told.text.strip(): c for c, told in page.rows.get(head, {}).items()}
    missing = [f.label for f in table.fields if f.label not in columns and (table.name, f.label) not in LATER]
    if not head or missing:
        faults += [f"{name}:{table.title}:1:{h}: 缺少“{h}”这一列，请补上" for h in missing]
        return [], []
    rows, numbers, keys = [], [], []
    for n in sorted(k for k in page.rows if k > head):
        cells = {f.label: page.text(n, columns[f.label]).strip() for f in table.fields if f.label in columns}
        for f in (f for f in table.fields if f.label in columns):
            told = page.rows[n].get(columns[f.label])
            if told is not None and (doubt := question(f, told)):
                faults.append(f"{name}:{table.title}:{n}:{f.label}: {doubt}")
        if any(cells.values()):
            rows.append(cells)
            numbers.append(n)
            keys.append(page.text(n, columns[KEY]).strip() if KEY in columns else "")
    faults += _renumbered(table, rows, numbers, keys, name)
    return rows, numbers


def _keep_later_columns(table: Form, rows: list[Cells], here: list[Cells]) -> None:
    """Columns that a workbook of an earlier version lacks keep what the plan in force says."""
    known = {_key(table, r): r for r in here}
    for row in rows:
        for label in (f.label for f in table.fields if (table.name, f.label) in LATER and f.label not in row):
            row[label] = known.get(_key(table, row), {}).get(label, "")


def _is_head(page: Worksheet, row: int, table: Form) -> bool:
    texts = {t.text.strip() for t in page.rows[row].values()}
    return sum(f.label in texts for f in table.fields) * 2 > len(table.fields)


def _renumbered(table: Form, rows: list[Cells], numbers: list[int], keys: list[str], name: str) -> list[str]:
    """Faults for rows whose id was overwritten: the units' rows refer to that id."""
    now = {_key(table, r) for r in rows}
    label = key_fields(table)[-1].label
    return [
        f"{name}:{table.title}:{n}:{label}: 编号从“{key}”改成了“{_key(table, r)}”；已有的编号不能改，请改回来，或删去这一行另起一行"
        for r, n, key in zip(rows, numbers, keys, strict=True)
        if key and key not in now
    ]


def refuse_wrong(book: PlanBook) -> None:
    """Raise Refused where a plan workbook has faults."""
    if book.faults:
        raise refusal(book.name, book.faults)
