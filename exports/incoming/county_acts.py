"""Takes in what a receipt or hand-out says that the county decided (核验, 不计入, 督办): kept with the file in the ledger."""

from collections.abc import Mapping, Sequence

from exports.package.container import PackageFile
from exports.package.records_csv import read_lines
from exports.package.versions import form_of
from forms.field import Meaning, Row
from forms.form import Form
from forms.records import CONFIRMATIONS, EXCLUSIONS, SCORE_SHEETS, SUPERVISIONS
from forms.states import Decision, Request
from forms.tasks import TASKS
from models.ledger.county_acts import ACTS, KEPT, decision_sentence, received, written
from models.ledger.score_sheets import sheet_sentence
from models.ledger.supervision_replies import ReceivedSupervision
from models.workspace import Workspace

Acts = Mapping[str, tuple[Form, Sequence[Row]]]


def acts_of(file: PackageFile) -> Acts:
    """The rows of each form of ACTS in a file of the county. Raises Refused where one cannot be read."""
    forms = {f.name: f for f in ACTS}
    found: dict[str, tuple[Form, list[Row]]] = {f.name: (f, []) for f in ACTS}
    for path, content in file.members.items():
        form = forms.get(form_of(path))
        if form:
            period = path.split("/")[1] if path.count("/") == 2 else ""
            found[form.name][1].extend(read_lines(form, content, file.manifest.unit, period))
    return found


def kept(acts: Acts) -> dict[str, object]:
    """The acts for the details of the file's line in the ledger."""
    return {KEPT: written(acts)}


def sentences(space: Workspace, unit: str, acts: Acts) -> list[str]:
    """What is new in them, a sentence for each kind; call it before they are kept."""
    fresh = {name: _fresh(received(space.store, unit, form), rows) for name, (form, rows) in acts.items()}
    decisions = [_decision(space, unit, r) for r in fresh[CONFIRMATIONS.name]]
    out = [
        f"{space.plan.period(paper['period']).name}的数字没有计入：{paper['text']}" for paper in fresh[EXCLUSIONS.name]
    ]
    papers = [ReceivedSupervision(r, None).sentence for r in fresh[SUPERVISIONS.name]]
    out += [f"{space.plan.period(r['period']).name}成绩单：{sheet_sentence(r)}" for r in fresh[SCORE_SHEETS.name]]
    found = [f"县里核验了{len(decisions)}件：{'；'.join(decisions)}"] if decisions else []
    return [*found, *out, *([f"县里督办{len(papers)}件：{'；'.join(papers)}"] if papers else [])]


def _fresh(before: Sequence[Row], now: Sequence[Row]) -> list[Row]:
    return [r for r in now if not any(all(b.get(n) == v for n, v in r.items()) for b in before)]


def _decision(space: Workspace, unit: str, paper: Row) -> str:
    lines = space.store.rows(TASKS.name, unit, paper["period"])
    entry = TASKS.means(Meaning.ENTRY)
    task = next((space.plan.find("tasks", r[entry]) for r in lines if r["line"] == paper["line"]), None)
    name = task.text if task else paper["line"]
    return f"“{name}”{decision_sentence(Request(paper['kind']), Decision(paper['state']), paper)}"
