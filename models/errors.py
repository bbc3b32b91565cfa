"""UserError, the one kind of error whose message is shown to people unchanged."""

import sqlite3
from collections.abc import Sequence


class UserError(Exception):
    """Something the user can mend: a Chinese sentence with place, value and way out. `details` lists the places,
    one line each as `file:sheet:row:column: message`.
    """

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.details = tuple(details)


StoreError = sqlite3.Error  # of whatever reads or writes the store; `models.store.connection.refused` has the sentence


def is_store_trouble(error: BaseException) -> bool:
    """Whether an error means that the store itself is in trouble: locked, full, unreadable. Other database errors are
    bugs of ours.
    """
    return type(error) in (sqlite3.OperationalError, sqlite3.DatabaseError)


class Damaged(UserError):
    """The store is damaged; only a backup helps."""


class InUse(UserError):
    """Another program has the store open."""


class NotKept(UserError):
    """The workspace itself could not be written to, for example a full disk; the data to be saved are not the cause."""


# What stops a file from being written, by error number, in words.
WHYS = {
    1: "没有权限",
    2: "文件夹不在了",
    5: "读写出错，盘可能坏了",
    13: "没有权限，或文件正被别的程序打开",
    17: "已经有同名的文件",
    20: "路径里有一段不是文件夹",
    21: "这里是一个文件夹",
    28: "磁盘满了",
    30: "这个位置是只读的",
    36: "名称太长",
}


def cause(error: OSError) -> str:
    """Why a file or folder could not be written, in words."""
    return WHYS.get(error.errno or 0, f"系统错误{error.errno}")
