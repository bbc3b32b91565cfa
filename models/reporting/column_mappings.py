"""Column mappings (栏目对应): which column of a foreign table was last taken for which field, by headings and form."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence

from forms.form import Form
from forms.records import TAKEN_OVER
from models.store.change import Change
from models.store.store import record_id
from models.workspace import Workspace

NAME = TAKEN_OVER.name


def remembered(space: Workspace, form: Form, headings: Sequence[str]) -> dict[int, str] | None:
    """The field of each column as last chosen for these headings, in whatever order they are now; None where exactly
    these headings were never taken for this form.
    """
    row = space.store.row(NAME, _id(form, headings))
    if row is None:
        return None
    chosen = {(words, nth): name for words, nth, name in json.loads(row["columns"])}
    known = {f.name for f in form.fields if f.editable}  # the plan in force may have others than last time
    found = {n: chosen.get(key, "") for n, key in enumerate(_keys(headings))}
    return {n: name for n, name in found.items() if name in known}


def remember(space: Workspace, form: Form, headings: Sequence[str], chosen: Mapping[int, str]) -> list[Change]:
    """The change that keeps what was chosen; nothing where it is known already."""
    told = sorted([*key, chosen[n]] for n, key in enumerate(_keys(headings)) if n in chosen)
    columns = json.dumps(told, ensure_ascii=False)
    id = _id(form, headings)
    now = space.store.row(NAME, id)
    if now is None:
        keys = {"id": id, "unit": "", "period": "", "line": _line(form, headings), "position": 0}
        return [Change(NAME, id, None, {**keys, "form": form.name, "columns": columns})]
    before = {"columns": now["columns"]}
    return [Change(NAME, id, before, {"columns": columns})] if now["columns"] != columns else []


def _keys(headings: Sequence[str]) -> list[tuple[str, int]]:
    """Each heading without its blanks, and which one of the same name it is."""
    seen: Counter[str] = Counter()
    keys = []
    for words in ("".join(h.split()) for h in headings):
        keys.append((words, seen[words]))
        seen[words] += 1
    return keys


def _line(form: Form, headings: Sequence[str]) -> str:
    """Form and headings in one order: a column that was moved is the same column."""
    return "/".join([form.name, *sorted(words for words, _ in _keys(headings) if words)])


def _id(form: Form, headings: Sequence[str]) -> str:
    return record_id(NAME, "", "", _line(form, headings))
