"""A county and its units in fresh folders, playing through the doors that the command line uses."""

from pathlib import Path

from exports.incoming.load import load
from exports.incoming.outcome import Outcome
from exports.outgoing.handout import handout, receipt, send_back
from exports.outgoing.submission import file_name, submission
from exports.outgoing.write_out import send, write_out
from forms.kind import Value
from models.reporting.report import Report
from models.reporting.sample import fill
from models.workspace import Workspace

PERIOD = "2024-10"


class Desk:
    """One workspace and the folder from which its files go out."""

    def __init__(self, folder: Path, space: Workspace | None = None) -> None:
        self.folder, self.space, self.out = folder, space, folder / "stick"

    @classmethod
    def county(cls, folder: Path) -> "Desk":
        """The county's office with October as its current period."""
        desk = cls(folder, Workspace.create(folder, "office"))
        desk.work.set({"current": PERIOD})
        return desk

    @property
    def work(self) -> Workspace:
        """The workspace, which must be there by now."""
        assert self.space is not None
        return self.space

    def close(self) -> None:
        if self.space:
            self.space.close()

    def load(self, *paths: Path, dry_run: bool = False) -> list[Outcome]:
        """Load files; the first hand-out makes the workspace."""
        self.space, found = load(self.folder, self.space, paths, dry_run)
        return found

    def results(self, *paths: Path) -> list[str]:
        """Just the results of a load."""
        return [a.result for a in self.load(*paths)]

    def hand_out(self, unit: str, again: bool = False) -> Path:
        """Write a unit's hand-out."""
        parcel = handout(self.work, self.work.plan.unit(unit), again)
        return send(self.work, parcel, self.out)

    def receipt(self, unit: str) -> Path:
        """Write a unit's receipt."""
        parcel = receipt(self.work, self.work.plan.unit(unit))
        assert parcel is not None
        return send(self.work, parcel, self.out)

    def send_back(self, unit: str, *comments: tuple[str, int, str, str]) -> Path:
        """Write a return."""
        parcel = send_back(self.work, self.work.plan.unit(unit), self.work.plan.period(PERIOD), comments)
        return send(self.work, parcel, self.out)

    def fill(self, seed: int = 1) -> None:
        """Sample data in the current period."""
        fill(self.work, self.work.period, seed)

    def submit(self) -> Path:
        """Write the submission (without papers, which other tests look at)."""
        parcel = submission(self.work, self.work.only_unit(), self.work.period, papers=False)
        return write_out(parcel, self.out, file_name(parcel))

    def report(self, form: str) -> Report:
        """The lines of a form of the only unit."""
        return self.work.report(self.work.form(form), self.work.context(self.work.units[0].code, self.work.period))

    def write(self, form: str, row: int, field: str, text: Value) -> None:
        """Give a cell another text, row counted from 1."""
        report = self.report(form)
        self.work.apply(report.set(report.rows[row - 1]["id"], {field: text}), "填写")

    def cell(self, form: str, row: int, field: str, unit: str = "") -> Value:
        """What stands in a cell."""
        code = self.work.plan.unit(unit).code if unit else self.work.units[0].code
        return self.work.context(code, self.work.plan.period(PERIOD)).rows[form][row - 1][field]

    def lines(self, unit: str) -> dict[str, list[dict[str, Value]]]:
        """Every stored line of a unit's October, for comparing two desks."""
        code = self.work.plan.unit(unit).code
        return {f.name: self.work.store.rows(f.name, code, PERIOD) for f in self.work.forms}
