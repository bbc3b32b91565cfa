"""What the system must bring: which packages are missing, and their installation on Debian. Only the standard library."""

from __future__ import annotations

import ctypes.util
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

# What the system must bring: Debian's package, how to see that it is there, what needs it
# (env the environment itself, window a window on a screen, test the tests, build the program, windows the program for Windows).
SYSTEM = (
    ("python3-venv", "module ensurepip", "env"),
    ("libreoffice-calc-nogui", "program soffice", "test"),
    ("age", "program age", "test"),
    ("binutils", "program objdump", "build windows"),
    ("libegl1", "library EGL", "window test build"),
    ("libgl1", "library GL", "window test build"),
    ("libglib2.0-0", "library glib-2.0", "window test build"),
    ("libdbus-1-3", "library dbus-1", "window test build"),
    ("libfontconfig1", "library fontconfig", "window test build"),
    ("libxkbcommon0", "library xkbcommon", "window test build"),
    ("libxkbcommon-x11-0", "library xkbcommon-x11", "window"),
    ("libxcb-cursor0", "library xcb-cursor", "window"),
    ("libxcb-icccm4", "library xcb-icccm", "window"),
    ("libxcb-image0", "library xcb-image", "window"),
    ("libxcb-keysyms1", "library xcb-keysyms", "window"),
    ("libxcb-randr0", "library xcb-randr", "window"),
    ("libxcb-render-util0", "library xcb-render-util", "window"),
    ("libxcb-shape0", "library xcb-shape", "window"),
    ("libxcb-xkb1", "library xcb-xkb", "window"),
    ("wine", "program wine", "windows"),
    ("wine64", "file /usr/lib/wine/wine64", "windows"),
    ("xvfb", "program Xvfb", "windows"),
    ("nsis", "program makensis", "windows"),
    ("osslsigncode", "program osslsigncode", "windows"),
    ("openssl", "program openssl", "windows"),
    ("ca-certificates", "file /etc/ssl/certs/ca-certificates.crt", "windows"),
    ("gcc-mingw-w64-x86-64-posix", "program x86_64-w64-mingw32-gcc", "windows"),
    ("fonts-noto-cjk", "file /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "windows"),
)


def say(text: str) -> None:
    """One line for the person who waits."""
    print(f"[dev] {text}", flush=True)


def present(sign: str) -> bool:
    """Whether a program, a library or a Python module is on this machine."""
    kind, name = sign.split()
    if kind == "program":
        return shutil.which(name) is not None
    if kind == "library":
        return ctypes.util.find_library(name) is not None
    if kind == "file":
        return Path(name).exists()
    return importlib.util.find_spec(name) is not None


def missing(purpose: str) -> list[str]:
    """Debian's names of the packages that this purpose needs and the machine has not."""
    return [package for package, sign, needs in SYSTEM if purpose in needs.split() and not present(sign)]


def system(purpose: str) -> None:
    """See to the system packages: install them on Debian as root, otherwise say what to install and go on."""
    lacking = missing(purpose) if sys.platform.startswith("linux") else []
    if not lacking:
        return
    if shutil.which("apt-get") and os.geteuid() == 0:
        say("安装系统软件：" + " ".join(lacking))
        apt("update")
        apt("install", "--yes", "--no-install-recommends", *lacking)
        importlib.invalidate_caches()
    if lacking := missing(purpose):
        say("本机还缺系统软件，请安装：sudo apt-get install " + " ".join(lacking) + "（其他系统装相当的软件）")


def apt(*args: str) -> None:
    """Debian's installer, without questions; what it could not install is seen afterwards."""
    command = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", *args]
    subprocess.run(command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"})
