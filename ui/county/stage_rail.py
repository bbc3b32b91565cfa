"""The county's rail 下发 → 收件 → 汇总: the progress of each stage, and a button to its page."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui.county.next_step import Stage
from ui.widgets.marks import Sign
from ui.widgets.rail import Between, RailStep
from ui.widgets.theme import Theme


class StageRail(QWidget):
    """A button for each of `stages`, given as page and name; `show` opens a page."""

    def __init__(self, look: Theme, stages: Sequence[tuple[str, str]], show: Callable[[str], None]) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self.steps: dict[str, RailStep] = {}
        for page, name in stages:
            if self.steps:
                row.addWidget(Between(look))
            step = self.steps[page] = RailStep(look, name)
            step.clicked.connect(lambda _on=False, page=page: show(page))
            row.addWidget(step)

    def tell(self, stages: Sequence[Stage], front: str) -> None:
        """Show the progress of the stages; that of the page `front` is marked."""
        for stage in stages:
            step = self.steps[stage.page]
            step.show_step(f"{stage.name} {stage.progress}".strip(), Sign.DONE if stage.done else Sign.TODO)
            step.setChecked(stage.page == front)
