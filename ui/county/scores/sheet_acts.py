"""What the office does with 成绩单: give them out, answer objections, fix the scores, save them as PDF."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from models.county.score_issue import fix, issue
from models.county.score_sheets import ScoreSheet, ScoreSheets
from models.county.scoring import Scoring, UnitScore
from models.county.scoring_year import YearScoring
from models.errors import UserError
from models.plan.entries import Unit
from models.store.change import Change
from models.store.clock import now_here
from ui.operations.operation import Operation
from ui.operations.work import Threaded
from ui.session import Session
from ui.widgets import file_dialogs as choosing


class SheetActs:
    """The acts of one page; `owner` is the widget that asks."""

    def __init__(self, session: Session, owner: QWidget) -> None:
        self.session, self.owner = session, owner

    def sheet(self, unit: Unit) -> ScoreSheet:
        """The sheet of a unit in the current period."""
        return ScoreSheets(self.session.space, self.session.period).of(unit)

    def changes(self, name: str, scoring: Scoring, whom: Sequence[UnitScore]) -> tuple[list[Change], str]:
        """The changes of an act (issue, fix, take_back) on some units, and the label of the edit. Raises UserError."""
        today, who = self.session.today(), whom[0].unit.short if len(whom) == 1 else f"{len(whom)}家"
        if name == "issue":
            return issue(scoring, whom, today), f"发{who}成绩单，随下一次回执到单位"
        if name == "fix":
            return fix(scoring, whom, today), f"定{who}的分"
        sheet = scoring.sheets.of(whom[0].unit)
        found = scoring.sheets.take_back(sheet)
        if not found:
            raise UserError("score.nothing-to-take-back", unit=who)
        return found, f"收回{who}成绩单"

    def answer(self, unit: Unit, item: str, text: str) -> list[Change]:
        """The change that answers a unit's objection to an item, otherwise its first. Raises UserError."""
        sheet = self.sheet(unit)
        waiting = sheet.open_objections
        found = next((o for o in waiting if o.item == item), waiting[0] if waiting else None)
        if found is None:
            raise UserError("score.nothing-to-answer", unit=unit.short)
        return ScoreSheets(self.session.space, self.session.period).answer(sheet, found, text, self.session.today())

    def choose(self, year: YearScoring, whom: Sequence[UnitScore]) -> None:
        """Ask for a folder, then save the sheets of these units there."""
        folder = choosing.folder(self.owner, "把成绩单存到哪个文件夹")
        if folder:
            self.save(year, whom, Path(folder))

    def save(self, year: YearScoring, whom: Sequence[UnitScore], folder: Path) -> None:
        """Save a PDF for each unit."""
        from exports.score_sheets import sheet_jobs, write_sheets

        jobs = sheet_jobs(year, whom, folder, now_here())
        work = Threaded(lambda _handle: write_sheets(jobs))
        done = f"已存好{len(jobs)}份成绩单：{folder}"
        Operation(self.owner, self.session, work, "正在存成绩单").on_done(
            lambda _made: self.session.message.emit(done, "saved")
        ).start()
