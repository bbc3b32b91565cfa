"""上报: write the file for the county, see what became of earlier ones, deal with what came back."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)  # fmt: skip

from exports.submission import again
from forms.form import Row
from models.clock import behind
from models.errors import UserError
from models.handed import SENTENCES, handed
from models.lock import CLOSED, reopen
from models.returns import answer
from models.store import Change
from ui.drives import removable
from ui.heading import heading, label, scrolled, yielding
from ui.sending import SendBar, sending_of
from ui.session import Session
from ui.theme import Look

OTHER = "选择文件夹……"
DEALT = {"open": "○ 未办", "changed": "✓ 已改", "answered": "✓ 已答复", "closed": "✓ 已了结"}


class HandInPage(QWidget):
    """The fourth step of the rail. `wanted` asks to go to a cell: form, record, field; `loaded` that files came in."""

    wanted = Signal(str, str, str)
    loaded = Signal()

    def __init__(self, session: Session, look: Look) -> None:
        super().__init__()
        self.setObjectName("ground")
        self.session, self.look = session, look
        self.places: list[tuple[Path, str]] = []
        layout = scrolled(self)
        layout.setContentsMargins(look.size(48), look.size(20), look.size(48), look.size(10))
        layout.setSpacing(look.size(7))
        self.sentence, self.second = heading(layout)
        layout.addLayout(self._out())
        self.sending = sending_of(session)
        self.sending.said.connect(self._allow)
        self.sending.ended.connect(self.refresh)
        layout.addWidget(SendBar(self.sending))
        label(layout, "县里退回的意见", "section")
        self.comments = QListWidget()
        self.comments.setAccessibleName("退回的意见")
        yielding(self.comments, look.size(96))
        self.comments.setWordWrap(True)
        self.comments.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.comments.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.comments.currentRowChanged.connect(lambda _n: self._chosen())
        self.comments.itemActivated.connect(lambda _item: self.go())
        layout.addWidget(self.comments, 3)
        layout.addLayout(self._answering())
        row = QHBoxLayout()
        label(row, "已传出的上报包（原件留在本机）", "section")
        row.setStretch(0, 1)
        self.rewrite = self._button(row, "再写一份", "把选中的这一版原样再写到U盘或文件夹", self.write_again)
        layout.addLayout(row)
        self.sent = QListWidget()
        self.sent.setAccessibleName("已传出的上报包")
        yielding(self.sent, look.size(60))
        layout.addWidget(self.sent, 1)
        for shown in (self.comments, self.sent):
            shown.setMinimumHeight(look.size(36))
        self.plugged = QTimer(self, interval=2000)  # a stick may come at any time
        self.plugged.timeout.connect(self._show_places)
        self.refresh()

    def _out(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.place = QComboBox()
        self.place.setAccessibleName("传出到哪里")
        self.place.setMinimumWidth(self.look.size(260))
        row.addWidget(self.place)
        self.out = self._button(row, "传出上报包", "写到U盘或文件夹，写完读回核对", self.write_out, "main")
        self.mail = self._button(row, "做成邮件草稿", "生成一封带附件的邮件，双击用邮件程序发出", self.write_mail)
        self.again = self._button(row, "更正", "已报的还要改：打开这一期，改好后再传出一次", self.reopen)
        row.addStretch(1)
        self._button(row, "装入县里的文件", "任务包、回执、退回单；也可以直接拖到窗口里", self.choose)
        return row

    def _answering(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.fix = self._button(row, "去改这一格", "转到被退回的那一格", self.go)
        self.text = QLineEdit(placeholderText="不改的，在这里写一句答复，按回车")
        self.text.setAccessibleName("答复")
        self.text.returnPressed.connect(self.reply)
        row.addWidget(self.text, 1)
        self.say = self._button(row, "答复", "把这句话交给县里", self.reply)
        return row

    def _button(self, row: QHBoxLayout, text: str, hint: str, action: object, tone: str = "") -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(hint)
        button.setProperty("tone", tone)
        button.clicked.connect(lambda: action())  # type: ignore[operator]
        row.addWidget(button)
        return button

    ## what stands

    def follow(self, _changes: object) -> None:
        """Something was written; a page not looked at waits till it is."""
        if self.isVisible():
            self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        space, unit, period = self.session.space, self.session.unit, self.session.period
        self.now = handed(space, unit.code, period)
        left = len(self.session.left)
        self.sentence.setText(SENTENCES[self.now.state])
        checked = f"审核还有{left}处没有解决，解决了才能传出。" if left else "审核通过。"
        due = f"{period.name}应于{period.due.month}月{period.due.day}日前报到县里。"
        self.second.setText(f"{due}{checked}{self._keys()}{behind(space.store)}")
        self._allow()
        self.again.setVisible(bool(self.session.lock.reason) and self.session.lock.reason != CLOSED)
        self._show_places()
        self._show_comments()
        self._show_sent()

    def _allow(self, *_said: object) -> None:
        """What may be pressed now."""
        ready = not self.session.left and not self.now.open and not self.sending.busy
        self.out.setEnabled(ready)
        self.mail.setEnabled(ready)
        self.rewrite.setEnabled(bool(self.now.sent) and not self.sending.busy)

    def showEvent(self, event: QShowEvent) -> None:
        """Look for sticks while somebody looks here."""
        super().showEvent(event)
        self.refresh()
        self._show_places()
        self.plugged.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks."""
        super().hideEvent(event)
        self.plugged.stop()

    def _keys(self) -> str:
        from models.keys import Keys

        if Keys(self.session.space.store).county:
            return "上报包只有县里打得开。"
        return "本机还没有装入县里的任务包，传出的文件不加密，县里会看到“未验证”。"

    def _show_places(self) -> None:
        places = removable()
        if self.place.count() and places == self.places:
            return
        self.places = places
        self.place.clear()
        for folder, caption in places:
            self.place.addItem(caption, folder)
        self.place.addItem(OTHER, None)

    def _show_comments(self) -> None:
        at = self.comments.currentRow()
        self.comments.clear()
        for comment in self.now.comments:
            item = QListWidgetItem(f"{DEALT[comment['state']]}　{self._place(comment)}　{self._said(comment)}")
            item.setData(Qt.ItemDataRole.UserRole, comment["id"])
            self.comments.addItem(item)
        if not self.now.comments:
            self.comments.addItem("没有退回的意见")
        self.comments.setCurrentRow(max(0, min(at, self.comments.count() - 1)))
        self._chosen()

    def _place(self, comment: Row) -> str:
        form = self.session.space.form(comment["form"])
        field = form.find(comment["field"] or "")
        row = f"第{comment['row']}行" if comment["row"] else ""
        return f"{form.title}{row}{'“' + field.label + '”' if field else ''}"

    def _said(self, comment: Row) -> str:
        found = f"（退回时：{comment['found'][:30]}）" if comment["found"] else ""
        answered = f"\n　　答复：{comment['answer']}" if comment["answer"] else ""
        return f"{comment['text']}{found}{answered}"

    def _show_sent(self) -> None:
        self.sent.clear()
        for p in self.now.sent:
            state = "已收到回执" if p.id in self.now.received else "待回执"
            time = p.at[:16].replace("T", " ")
            self.sent.addItem(f"第{p.revision}版　{time}　版本码 {p.about.get('code')}　{state}　{Path(p.file).name}")
        if not self.now.sent:
            self.sent.addItem("这一期还没有传出过")
        self.sent.setCurrentRow(0)

    ## comments

    def comment(self) -> Row | None:
        """The comment in front."""
        n = self.comments.currentRow()
        return self.now.comments[n] if 0 <= n < len(self.now.comments) else None

    def _chosen(self) -> None:
        comment = self.comment()
        for widget in (self.fix, self.text, self.say):
            widget.setEnabled(comment is not None)
        self.text.setText((comment["answer"] or "") if comment else "")

    def go(self) -> None:
        """To the cell that was sent back."""
        comment = self.comment()
        if comment:
            self.wanted.emit(comment["form"], comment["record"] or "", comment["field"] or "")

    def reply(self) -> None:
        """Answer instead of changing."""
        comment = self.comment()
        if comment is None:
            return
        try:
            self.session.edit("答复退回意见", answer(comment, "answered", self.text.text()))
        except UserError as error:
            self.session.told.emit(str(error), "red")

    ## out and in

    def _folder(self) -> Path | None:
        chosen = self.place.currentData()
        if chosen is not None:
            return Path(chosen)
        name = QFileDialog.getExistingDirectory(self, "传出到哪个文件夹")
        return Path(name) if name else None

    def write_out(self) -> None:
        """Write the submission; it is read back and compared before anything is said."""
        folder = self._folder()
        if folder is not None:
            self.write_to(folder)

    def write_to(self, folder: Path, mail: bool = False) -> None:
        """Write the submission, or a mail with it, into a folder, beside the window."""
        self.sending.start(folder, mail)

    def write_again(self) -> None:
        """Write the chosen one of those that went out once more, from the copy kept here."""
        n = self.sent.currentRow()
        folder = self._folder() if 0 <= n < len(self.now.sent) else None
        if folder is None:
            return
        try:
            self.sending.start(folder, parcel=again(self.session.space, self.now.sent[n]))
        except UserError as error:
            self.session.told.emit(str(error), "red")

    def write_mail(self) -> None:
        """Write a mail draft with the submission attached."""
        name = QFileDialog.getExistingDirectory(self, "邮件草稿放到哪个文件夹")
        if name:
            self.write_to(Path(name), mail=True)

    def reopen(self) -> None:
        """Open a reported period again."""
        self.session.edit("更正", reopen(self.session.space, self.session.unit.code, self.session.period))

    def choose(self) -> None:
        """Load files of the county."""
        names, _ = QFileDialog.getOpenFileNames(self, "装入县里的文件", "", "所有文件 (*)")
        if names:
            self.take_in([Path(n) for n in names])

    def take_in(self, paths: list[Path]) -> None:
        """Load files, whatever they are."""
        from ui.foreign import take_over
        from ui.loading import load_files

        try:
            taken = take_over(self.session, paths[0], self.look, self) if len(paths) == 1 else None
        except UserError as why:
            self.session.told.emit(str(why), "red")
            return
        if taken is not None:
            if taken:
                self.session.told.emit(taken, "saved")
            return
        changes: list[Change] = []
        told = load_files(self.session.space, paths, self.look, self, changes.extend)
        if told:
            self.loaded.emit()
            self.session.remember("装入工作簿", changes)
            self.session.told.emit(told, "saved")
