"""Error dialogs: data folder that cannot be opened, damaged store, unexpected exceptions (these are logged)."""

import logging
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox

from models.errors import Damaged, StoreError, UserError, cause
from models.program_log import LOG
from models.store.data_folder import FILE, default_folder, forget, own_folder

Hook = Callable[[type[BaseException], BaseException, TracebackType | None], None]
log = logging.getLogger("qingdan")


def begin_anew(folder: Path, error: OSError) -> bool:
    """Report that the data folder cannot be opened. Where the user had chosen it elsewhere, offer a new start in the
    user's own folder; True where that was accepted.
    """
    own = own_folder()
    if folder == own or folder != default_folder():
        tell(f"数据文件夹不能写入（{cause(error)}）。请把程序放到能写入的地方，或用 --data 另指一个文件夹：{folder}")
        return False
    text = (
        f"数据放在 {folder}，现在打不开（{cause(error)}）。请接好那块硬盘再打开；硬盘坏了，可以重新开始，再从备份恢复。"
    )
    if anew := agreed(text, "重新开始", QMessageBox.ButtonRole.DestructiveRole):
        forget()
    return anew


def agreed(text: str, yes: str, role: QMessageBox.ButtonRole = QMessageBox.ButtonRole.AcceptRole) -> bool:
    """A box with the button `yes` and 退出; True for `yes`."""
    box = QMessageBox(QMessageBox.Icon.NoIcon, "清单填报", text)
    box.addButton("退出", QMessageBox.ButtonRole.RejectRole)
    on = box.addButton(yes, role)
    box.exec()
    return box.clickedButton() is on


def go_back(folder: Path) -> bool:
    """Report that the store is damaged, and offer its newest sound backup; True once the store is rebuilt from it."""
    from models.restore import newest_sound, restore

    newest = newest_sound(folder)
    if newest is None:
        tell(
            f"数据文件损坏了，没有动它：{folder / FILE}\n数据文件夹里没有完好的备份。请找存在别处的备份（qingdan-….db），"
            f"把损坏的这个文件移走（旁边有 {FILE}-journal 的，和它一起移走），再打开程序，选“从备份恢复”。"
        )
        return False
    text = (
        f"数据文件损坏了，没有动它：{folder / FILE}\n最近一份完好的备份：{newest.name}（{_moment(newest)}）\n"
        "恢复以后，备份以后改的内容要重填；损坏的文件改个名字留着。"
    )
    if not agreed(text, "用这份备份恢复"):
        return False
    try:
        restore(folder, newest)
    except UserError as error:
        tell(str(error))
        return False
    return True


def _moment(backup: Path) -> str:
    day = datetime.fromtimestamp(backup.stat().st_mtime)
    return f"{day.year}年{day.month}月{day.day}日{day:%H:%M}"


def unexpected(folder: Path) -> Hook:
    """The exception hook: it logs an unexpected error and shows a sentence in a box."""

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        log.error("".join(traceback.format_exception(kind, error, trace)))
        if QApplication.instance():
            tell(words(error, folder))

    return hook


def words(error: BaseException, folder: Path) -> str:
    """The Chinese sentence for an unexpected error."""
    from models.store.connection import refused

    why = refused(error, folder / FILE) if isinstance(error, StoreError) else None
    if isinstance(why, Damaged):
        return f"数据文件损坏了：{folder / FILE}\n请关上程序再打开，打开时可以用备份恢复。"
    if why is not None:
        return str(why)
    if isinstance(error, OSError) and error.errno:
        return f"读写没有成功（{cause(error)}），请检查位置和权限：{error.filename or folder}"
    return f"程序出了意外，已经存好的内容没有受影响。请重新打开程序；再出现时，把这个文件发给维护人员：\n{folder / LOG}"


def tell(text: str) -> None:
    """Show a sentence in a box."""
    QMessageBox(QMessageBox.Icon.NoIcon, "清单填报", text).exec()
