"""到 Excel: writes the workbook of the plan in force in the background; its button shows the progress."""

from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QPushButton

from ui.operations.operation import Operation
from ui.operations.work import JobHandle, Threaded
from ui.session import Session
from ui.widgets import file_dialogs as choosing

WRITING = "正在写……"


class PlanExcel(QObject):
    """The action of that button."""

    def __init__(self, session: Session, button: QPushButton) -> None:
        super().__init__(button)
        self.session, self.button, self.text = session, button, button.text()

    def choose(self) -> None:
        """Ask for a folder and write."""
        folder = choosing.folder(self.button, "方案工作簿放到哪个文件夹")
        if folder:
            self.write(Path(folder))

    def write(self, folder: Path) -> None:
        """Write into a folder in the background."""
        plan = self.session.space.plan
        path = folder / f"方案_{plan.version}.xlsx"
        self.button.setText(WRITING)
        self.button.setEnabled(False)
        self.session.message.emit(f"正在写 {path}，要几秒钟，可以接着做别的", "amber")

        def job(_task: JobHandle) -> Path:
            from exports.plan.workbook import write_plan

            return write_plan(plan, path)

        operation = Operation(self, self.session, Threaded(job), f"正在写 {path}")
        operation.on_done(self._wrote).on_error(self._failed).start()

    def _wrote(self, path: Path) -> None:
        self._over(f"已写出 {path}；改好后拖进窗口，先看不同之处再装入", "saved")

    def _failed(self, why: str) -> None:
        self._over(why, "red")

    def _over(self, told: str, tone: str) -> None:
        self.button.setText(self.text)
        self.button.setEnabled(True)
        self.session.message.emit(told, tone)
