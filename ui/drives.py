"""The removable drives that are plugged in."""

import ctypes
import sys
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from models.errors import UserError

REMOVABLE, REMOTE = 2, 4  # what Windows says of a stick, and of a drive that is another computer's


def removable() -> list[tuple[Path, str]]:
    """Folder and caption of every removable drive that can be written to, with its free space."""
    found = [v for v in QStorageInfo.mountedVolumes() if v.isValid() and v.isReady() and not v.isReadOnly()]
    return [(Path(v.rootPath()), _caption(v)) for v in found if _is_removable(v.rootPath())]


def _caption(volume: QStorageInfo) -> str:
    return f"U盘 {volume.displayName() or volume.rootPath()}（可用{volume.bytesAvailable() >> 20}MB）"


def must_stay(folder: Path) -> None:
    """Refuse a folder on a stick or on another computer as the place of the data. Raises UserError."""
    root = QStorageInfo(str(folder)).rootPath()
    if _is_removable(root) or _is_remote(root):
        raise UserError(f"U盘和网络盘上不放数据，拔掉、断网时会丢，没有换；请选这台电脑自己的硬盘：{folder}")


def _is_remote(root: str) -> bool:
    return sys.platform == "win32" and bool(ctypes.windll.kernel32.GetDriveTypeW(root) == REMOTE)


def _is_removable(root: str) -> bool:
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.GetDriveTypeW(root) == REMOVABLE)
    return root.startswith(("/media/", "/run/media/"))
