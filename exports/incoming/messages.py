"""What a unit is told about a file from the county, in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

from models.ledger.projection import Tables
from models.workspace import Workspace


def brought_along(space: Workspace, about: Mapping[str, Any], data: Mapping[str, Tables]) -> list[str]:
    """Of a hand-out, a sentence for each period: which tables that the county has come in where nothing stands here."""
    told = []
    for where, tables in data.items():
        forms = [f.name for f in space.forms if f.name in tables]
        filled = sum(bool(space.store.rows(n, str(about["unit"]), where)) for n in forms)
        if len(forms) > filled:
            version = (about.get("stands") or {}).get(where)
            what = f"第{version[1]}版" if version else "内容"
            kept = f"，本机填过的{filled}张不动" if filled else ""
            told.append(f"县里有的{space.plan.period(where).name}{what}放进来：{len(forms) - filled}张表{kept}")
    return told


def corrected(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the county corrected over the report, in a sentence; the unit's own lines stay as they are."""
    said = [
        f"{n['form']}第{n['row']}行“{n['field']}”{n['reported'] or '（空）'}更正为{n['value'] or '（空）'}（{n['reason']}）"
        for item in items
        for n in item.get("notes") or ()
    ]
    return [f"县里更正了{len(said)}格，请核对：{'、'.join(said)}"] if said else []


def obstacles(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the county decided about the obstacles, in a sentence."""
    said = [f"“{o['about']}”{o['told']}" for item in items for o in item.get("obstacles") or ()]
    return [f"县里批办了{len(said)}件中梗阻：{'；'.join(dict.fromkeys(said))}"] if said else []
