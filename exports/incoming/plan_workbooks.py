"""Takes in a plan workbook (方案工作簿) at the office, whose plan then comes into force."""

from hashlib import sha256
from pathlib import Path

from exports.incoming.outcome import Outcome
from exports.readback.sandbox import Sandbox
from forms.states import FileKind, Result, Way
from models.ledger.ledger import Ledger, Package, now
from models.plan_editing.draft import PlanDraft
from models.refusals import Refused
from models.workspace import Workspace


def take_plan(space: Workspace, name: str, data: bytes, dry_run: bool, apart: Sandbox) -> Outcome | None:
    """Put the plan of a workbook in force and return the outcome; None where it is not a plan workbook. Raises
    UserError.
    """
    from exports.plan.workbook import read_plan, refuse_wrong
    from models.plan_editing.publish import put_in_force

    book = read_plan(data, space.plan, Path(name).name, apart)
    if book is None:
        return None
    refuse_wrong(book)
    if not book.differences:
        return _outcome(Result.UNCHANGED, book.message)
    if PlanDraft(space).changed:
        raise Refused("plan.draft-open")
    if dry_run:
        return _outcome(Result.ACCEPTED, book.message)
    before, plan = space.plan.digest, put_in_force(space, book.texts)
    id = sha256(f"{before} {plan.digest} {now()}".encode()).hexdigest()
    Ledger(space.store).keep(
        Package(id, Way.IN, FileKind.PLAN, "", plan=plan.digest, at=now(), about={"before": before})
    )
    return _outcome(Result.ACCEPTED, f"方案{plan.version}版生效；{book.message}", id)


def _outcome(result: Result, message: str, id: str = "") -> Outcome:
    return Outcome("", FileKind.PLAN, "", "", 0, result, message, id)
