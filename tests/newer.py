"""A newer program: a copy of this one that has one more form, two more fields and more manifest keys, run in a process of
its own.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
COPIED = ("main.py", "forms", "models", "exports", "ui", "pyproject.toml")
VISITS = '''"""走访清单: whom the unit visited. A form that the next program has."""

from forms.choices import FromPlan
from forms.field import Field
from forms.form import Form
from forms.dates import Day
from forms.kind import Integer, Text

VISITS = Form(
    name="visits",
    title="走访清单",
    fields=(
        Field("company", "走访企业", Text(limit=100), required=True, carry=True, width=60),
        Field("action", "行动", FromPlan(of="actions"), required=True, width=30),
        Field("day", "走访日期", Day(), required=True, width=28),
        Field("people", "走访人次", Integer(), unit="人", total=True, width=24),
        Field("note", "备注", Text(long=True, limit=500), width=50),
    ),
)
'''
READS = """

from dataclasses import replace as _with

PUBLICITY = _with(PUBLICITY, fields=(*PUBLICITY.fields, Field("reads", "阅读量", Text(limit=20), width=20)))
"""
DUE = """

from dataclasses import replace as _with

COMMENTS = _with(COMMENTS, fields=(*COMMENTS.fields, Field("reply_by", "答复期限", Text(limit=20))))
SYSTEM = tuple(COMMENTS if f.name == COMMENTS.name else f for f in SYSTEM)
"""
KEYS = (  # a key of a submission that the county's ledger keeps, one of the county, one of a receipt's items
    ("exports/package/manifest.py", '    saved: str = ""\n', '    phone: str = ""\n'),
    ("exports/incoming/submissions.py", '        "person": said.person,\n', '        "phone": said.phone,\n'),
    ("exports/outgoing/submission.py", "        person=space.person,\n", '        phone="0739-0000000",\n'),
    ("exports/package/manifest.py", '    fingerprint: str = ""\n', '    fax: str = ""\n'),
    (
        "exports/package/keyring.py",
        "            fingerprint=fingerprint(self.verify),\n",
        '            fax="0739-0000001",\n',
    ),
    ("exports/package/manifest.py", '    trust: str = ""\n', '    score: str = ""\n'),
    ("exports/outgoing/handout.py", "        trust=counts.trust,\n", '        score="9.5",\n'),
)
REGISTERED = """
from forms.visits import VISITS

FORMS = (*FORMS, VISITS)
"""


def newer_program(folder: Path) -> Path:
    """The newer program in a folder; resources are lent."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    (folder / "resources").symlink_to(ROOT / "resources")
    (folder / "forms" / "visits.py").write_text(VISITS, encoding="utf-8")
    for name, more in (("publicity.py", READS), ("records.py", DUE), ("__init__.py", REGISTERED)):
        path = folder / "forms" / name
        path.write_text(path.read_text(encoding="utf-8") + more, encoding="utf-8")
    for place, line, more in KEYS:
        path = folder / place
        text = path.read_text(encoding="utf-8")
        assert text.count(line) == 1, (place, line)
        path.write_text(text.replace(line, line + more), encoding="utf-8")
    return folder


def run(program: Path, *arguments: str | Path, code: str = "") -> subprocess.CompletedProcess[str]:
    """Run a command of a program, or a piece of code in it."""
    command = [sys.executable, "-c", code] if code else [sys.executable, "main.py", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(program), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=program, env=env, capture_output=True, encoding="utf-8")


FILLED = """
from datetime import date
from pathlib import Path
from models.reporting.sample import fill
from models.workspace import Workspace

space = Workspace.open(Path({folder!r}))
unit, period = space.units[0], space.plan.period({period!r})
space.set({{"current": period.id, "person": "示例"}})
fill(space, period, 1)
for statement in space.store.rows("statements", unit.code, period.id):
    if statement["form"] == "visits":
        from models.store.change import Change
        space.apply([Change("statements", statement["id"], dict(statement), None)], "撤销零报告")
visits = space.report(space.form("visits"), space.context(unit.code, period))
action = space.plan.actions[0].id
row = {{"company": "示例企业", "action": action, "day": date(2024, 10, 15), "people": 3}}
space.apply(visits.add(row), "填写")
pieces = space.report(space.form("publicity"), space.context(unit.code, period))
space.apply(pieces.set(pieces.rows[0]["id"], {{"reads": "1万+"}}), "填写")
space.close()
"""


def fill_newer(program: Path, folder: Path, period: str) -> None:
    """Fill in a unit's period with the newer program: sample data, one visit, one figure in the new column."""
    done = run(program, code=FILLED.format(folder=str(folder), period=period))
    assert done.returncode == 0, done.stderr
