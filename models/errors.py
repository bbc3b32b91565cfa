"""UserError, the one kind of error whose message is shown to people unchanged. Its sentences (错误句子) are in the
catalogue resources/errors.toml, each by an id such as store.in-use; the ids are stable: the manual refers to them.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import resources


@cache
def catalogue() -> Mapping[str, str]:
    """The sentences by id, with their {placeholders}; read by the first error, because a start needs none."""
    import tomllib

    tables = tomllib.loads(resources.path("errors.toml").read_text("utf-8"))
    return {f"{room}.{name}": entry["sentence"] for room, entries in tables.items() for name, entry in entries.items()}


def sentence(id: str, /, **values: object) -> str:
    """The sentence with this id, the values in its placeholders."""
    return catalogue()[id].format(**values)


class UserError(Exception):
    """Something the user can mend: the id of a Chinese sentence with place, value and way out, and the values of its
    placeholders. `str` gives the sentence. `details` lists the places, one line each as `file:sheet:row:column: message`.
    """

    def __init__(self, id: str, /, details: Sequence[str] = (), **values: object) -> None:
        super().__init__(id)
        self.id, self.details = id, tuple(details)
        self.values = {name: str(value) for name, value in values.items()}  # as text: it must go through any pipe

    def __str__(self) -> str:
        return sentence(self.id, **self.values)

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuilt, (type(self), self.id, self.details, self.values)


def _rebuilt(kind: type[UserError], id: str, details: Sequence[str], values: Mapping[str, str]) -> UserError:
    """An error that was pickled or copied."""
    return kind(id, details, **values)


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
