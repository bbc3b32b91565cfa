"""三方对照: preview of a submission in the 收件 page before it is taken in: for every cell that differs, the last
accepted value, the incoming one and the office's correction.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exports.incoming.collect import IncomingFile, collect
from exports.incoming.conflicts import tables_of
from exports.incoming.outcome import Outcome
from exports.package.container import PackageFile
from exports.package.keyring import Keyring
from exports.package.manifest import Submission
from forms.field import Field
from forms.form import Form
from forms.kind import Value
from forms.states import CommentState
from models.county.corrections import Correction, corrections
from models.ledger.compare import CellDifference, compare
from models.ledger.ledger import Ledger, Package
from models.ledger.projection import Tables
from models.refusals import STRANGER, Refused
from models.workspace import Workspace

NEW, OURS, BOTH = "new", "ours", "both"


@dataclass(frozen=True)
class Side:
    """A cell with its three values as text; `kind` is NEW (the unit changed it), OURS (the office corrected it) or
    BOTH.
    """

    place: tuple[str, str, str]
    where: str
    label: str
    last: str
    incoming: str
    ours: str
    kind: str
    asked_back: bool = False  # an open comment of a return is about this cell


@dataclass(frozen=True)
class SubmissionPreview:
    """A submission compared with `against` (已收的第1版, 一起来的第1版; '' where there is nothing to compare with): the
    cells that differ, and per form its title and number of rows.
    """

    file: PackageFile
    against: str
    sides: list[Side]
    lines: list[tuple[str, int]]


def content(path: str) -> IncomingFile:
    """The file with the path that an outcome gives, read from the zip or mail that contains it; `why` is set where it
    cannot be read.
    """
    file = Path(path)
    while not file.is_file() and file != file.parent:
        file = file.parent
    found = (f for f in (collect([file]) if file.is_file() else ()) if f.name == path)
    return next(found, IncomingFile(path, why=Refused(STRANGER)))


def opened(space: Workspace, about: Outcome) -> PackageFile:
    """The submission in a file, or the one made of a workbook. Raises Refused where it is none or cannot be opened."""
    if about.file is not None:
        return about.file
    file = content(about.path).open(Keyring(space).identities)
    file.expect(Submission)
    return file


def preview(space: Workspace, about: Outcome, pending: Sequence[Outcome] = ()) -> SubmissionPreview:
    """The preview of a submission, compared with the one that counts, or with one of the same load (`pending`) that is
    its ancestor or in conflict with it. Raises Refused.
    """
    file = opened(space, about)
    unit, period = file.manifest.unit, space.plan.period(file.manifest.period)
    counts = Ledger(space.store).standing(unit, period.id).counts
    incoming = tables_of(space, file)
    lines = [(f.title, len(incoming.get(f.name, ()))) for f in space.forms if incoming.get(f.name)]
    beside = _beside(about, pending, counts)
    if beside is not None:
        against, last = f"一起来的第{beside.revision}版", tables_of(space, opened(space, beside))
    elif counts is not None:
        against = f"已收的第{counts.revision}版"
        last = {f.name: space.store.rows(f.name, unit, period.id) for f in space.forms}
    else:
        return SubmissionPreview(file, "", [], lines)
    ours = {c.place: c for c in corrections(space, space.context(unit, period)) if c.holds}
    open_ones = [c for c in space.store.rows("comments", unit, period.id) if c["state"] == CommentState.OPEN]
    back = {(c["form"], c["record"], c["field"]) for c in open_ones}
    return SubmissionPreview(file, against, list(_sides(space, last, incoming, ours, back)), lines)


def _beside(about: Outcome, pending: Sequence[Outcome], counts: Package | None) -> Outcome | None:
    """The submission of the same load to compare with: the newest ancestor, if it is newer than what counts; where
    nothing counts, one in conflict with it; otherwise None.
    """
    mine = about.would
    if mine is None:
        return None
    others = {a.would.id: a for a in pending if a.would and (a.unit, a.period) == (about.unit, about.period)}
    below = [others[id] for id in mine.ancestors if id in others]
    newest = max(below, key=lambda a: a.revision, default=None)
    if newest is not None and (counts is None or newest.revision > counts.revision):
        return newest
    if counts is not None or newest is not None:
        return None
    rivals = (a for id, a in others.items() if id != mine.id and a.would and mine.id not in a.would.ancestors)
    return next(rivals, None)


def _sides(
    space: Workspace,
    last: Tables,
    incoming: Tables,
    ours: dict[tuple[str, str, str], Correction],
    back: set[tuple[str, str, str]],
) -> Iterator[Side]:
    seen = set()
    for cell in compare(space.forms, [last, incoming]):
        seen.add(cell.place)
        form = space.form(cell.place[0])
        yield _changed(form, cell, ours.get(cell.place), cell.place in back)
    for place, c in ours.items():
        if place not in seen:
            number = next((n for n, r in enumerate(incoming.get(place[0], ()), 1) if r["id"] == place[1]), 0)
            shown = c.field.kind.show
            kept = shown(c.reported) or "（空）"
            yield Side(
                place, f"{c.form.title}第{number}行", c.field.label, kept, kept, shown(c.value) or "（空）", OURS
            )


def _changed(form: Form, cell: CellDifference, ours: Correction | None, back: bool) -> Side:
    where, name = f"{form.title}第{cell.row}行", cell.place[2]
    if not name:
        words = [_line(form, v) for v in cell.values]
        return Side(cell.place, where, "整行", words[0], words[1], "", NEW, back)
    field = form.field(name)
    last, incoming = (_shown(field, v) for v in cell.values)
    differs = ours is not None and ours.value != cell.values[1]
    return Side(cell.place, where, field.label, last, incoming, _shown(field, ours.value) if ours else "",
                BOTH if differs else NEW, back)  # fmt: skip


def _shown(field: Field, value: Value) -> str:
    return field.kind.show(value) or "（空）"


def _line(form: Form, row: Value) -> str:
    """The first three filled fields of a row as text."""
    if row is None:
        return "（没有这一行）"
    said = [f.kind.show(row.get(f.name)) for f in form.stored if row.get(f.name) is not None]
    return "　".join(said[:3]) or "（空行）"
