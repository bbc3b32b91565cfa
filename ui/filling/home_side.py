"""The home page's sidebar: last save, backups, revisions sent, what the county decided; and the button to load its
files.
"""

import shutil
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout

from forms.states import Way
from models.act_backup import automatic_backup_times
from models.ledger.return_comments import comments
from models.ledger.submission_status import submission_status
from models.ledger.unit_files import submissions
from models.reporting.edit_log import last_edit
from models.store import backup
from models.store.clock import now_here
from ui.handin.step_state import fate
from ui.operations.failure import reporting
from ui.session import Session
from ui.widgets.heading import label, section
from ui.widgets.icon_label import IconLabel
from ui.widgets.icons import dress_button
from ui.widgets.marks import Sign
from ui.widgets.relative_time import moment
from ui.widgets.theme import Theme

WIDTH, SHOWN = 320, 3
LITTLE = 300 * 2**20  # bytes free on the disk below which a warning is shown
OLD = 7  # days after which a backup counts as old


class HomeSide(QScrollArea):
    """The right side of the home page. `files` asks to choose files of the county."""

    files = Signal()

    def __init__(self, session: Session, look: Theme) -> None:
        super().__init__()
        self.session, self.look = session, look
        self.setObjectName("side")
        self.setWidgetResizable(True)
        self.setFixedWidth(look.size(WIDTH))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def tell(self) -> None:
        """Show everything as it is now."""
        body = QFrame()
        body.setObjectName("side")
        self.column = QVBoxLayout(body)
        self.column.setContentsMargins(20, 14, 20, 12)
        self.column.setSpacing(8)
        section(self.column, "放心")
        self._saved()
        self._backed_up()
        self._room()
        section(self.column, "上报过的")
        self._sent_revisions()
        section(self.column, "县里的话")
        self._county_comments()
        self.column.addStretch(1)
        load = QPushButton("装入文件……")
        dress_button(load, self.look, "inbox")
        load.setToolTip("县里发来的任务包、回执、退回单，或填好的 Excel；也可以把文件直接拖进窗口")
        load.clicked.connect(self.files)
        self.column.addWidget(load)
        label(self.column, "也可以把文件直接拖进窗口", "second")
        old = self.takeWidget()
        self.setWidget(body)
        if old is not None:
            old.hide()
            old.deleteLater()

    def _line(self, mark: str, text: str, second: str = "", tone: str = "") -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(1)
        for said, how in ((text, tone), (second, "second")):
            if said:
                label(words, said, how)
        if mark:
            row.addWidget(IconLabel(self.look, mark), alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self.column.addLayout(row)

    def _saved(self) -> None:
        last = last_edit(self.session.space, self.session.unit.code, self.session.period)
        when = f"{moment(last.at)}　{last.label}" if last else "没有“保存”按钮，停电不丢"
        self._line("shield-check", "每改一格，立即存进硬盘" if not last else "填的都在硬盘里", when)

    def _backed_up(self) -> None:
        places = self.session.space.backup_places
        found = [p for place in places for p in backup.backups(place)]
        if found:
            newest = datetime.fromtimestamp(max(p.stat().st_mtime for p in found))
            age = (now_here() - newest.astimezone()).days
            where = f"留{len(set(found))}份，{automatic_backup_times(self.session.space.role)}" + (
                "，另存一处" if len(places) > 1 else ""
            )
            told = f"{moment(newest)} 备份过，读回核对无误"
            self._line("history" if age < OLD else "C", told, where, "amber" if age >= OLD else "")
        else:
            self._line("history", "还没有备份", f"{automatic_backup_times(self.session.space.role)}，也可以现在就做")
        now = QPushButton("现在备份")
        now.setProperty("tone", "link")
        now.clicked.connect(self.back_up)
        self.column.addWidget(now, alignment=Qt.AlignmentFlag.AlignLeft)

    def back_up(self) -> None:
        """Make a verified backup in every backup place of the workspace."""
        places = self.session.space.backup_places
        with reporting(self.session):
            for place in places:
                self.session.space.back_up(place)
            self.session.message.emit(f"已备份到 {'、'.join(str(p) for p in places)}", "saved")
        self.tell()

    def _room(self) -> None:
        free = shutil.disk_usage(self.session.space.folder).free
        if free < LITTLE:
            self._line("hard-drive", f"硬盘只剩{free // 2**20}MB", "快满了，请清理出一些空间", "amber")

    def _sent_revisions(self) -> None:
        space, unit = self.session.space, self.session.unit.code
        sent = submissions(space, unit)
        for p in sent[:SHOWN]:
            period = space.plan.period(p.period)
            mark, state = (
                fate(submission_status(space, unit, period), p) if p.way == Way.OUT else (Sign.DONE, "县里已有")
            )
            when = f"{moment(p.at, self.session.today())} 传出　版本码 {p.about.get('code', '')}"
            when = when if p.way == Way.OUT else f"{moment(p.at, self.session.today())} 随任务包回到本机"
            self._line(mark, f"{period.name} 第{p.revision}版　{state}", when)
        if not sent:
            self._line("", "还没有报过", "传出的每一版，有没有回执，都列在这里")

    def _county_comments(self) -> None:
        said = comments(self.session.space, self.session.unit.code, self.session.period)
        left = {c["id"] for c in self.session.returned}
        for c in sorted(said, key=lambda c: c["id"] not in left)[:SHOWN]:
            form = self.session.space.form(c["form"])
            row = f"第{c['row']}行" if c["row"] else ""
            state = "还没有办" if c["id"] in left else "已办"
            self._line(Sign.BACK if c["id"] in left else Sign.DONE, c["text"], f"退回　{form.title}{row}　{state}")
        if not said:
            self._line("", "这一期没有退回的意见", "")
