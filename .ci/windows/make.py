"""The Windows files, made and tried out on Debian, or packed on Windows itself: python3 dev.py windows [--no-trial]

dist/windows/ gets Qingdan-x.y.z-setup.exe, Qingdan-x.y.z-portable.zip, SHA256SUMS and report.json with the verdicts.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from outside import wrong
from sign import is_signed, options, self_signed, sign
from trial import Trial
from wine import CACHE, PYTHON, ROOT, Wine, digest, packages, python_for_windows, run, say, screen

OUT = ROOT / "dist" / "windows"
FOLDER = OUT / "Qingdan"
OLD = "0.0.1"  # a setup of the same files under an older number, for trying the upgrade
BUDGET = {"文件夹": 85, "安装程序": 40}  # MB
READ_FIRST = """清单填报 绿色版

1. 整个文件夹解压出来再用，不要在压缩包里直接双击。
2. 双击 Qingdan.exe。填的数据放在这个文件夹的“数据”里，文件夹可以整个复制到别处。
3. 需要 64 位的 Windows 10（1809 版）或更新的系统。在旧系统上打不开，会说缺少 DLL，那不是文件坏了。
4. 数据建议放在电脑硬盘上；在U盘上用时，先关闭程序再拔。
"""


def version() -> str:
    """The program's version, from the one place where it stands."""
    found = re.search(r'PROGRAM = "([\d.]+)"', (ROOT / "models" / "version.py").read_text("utf-8"))
    assert found is not None
    return found[1]


def build(wine: Wine) -> None:
    """The folder, by the Windows Python, from a copy: the working tree may hold what is not committed."""
    say("做 Windows 程序（几分钟）")
    shutil.rmtree(FOLDER, ignore_errors=True)
    wine.must(
        PYTHON / "python.exe", "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN",
        "--distpath", wine.folder(OUT), "--workpath", wine.folder(ROOT / "build" / "windows"), "build.spec", cwd=ROOT,
    )  # fmt: skip


def for_old_windows() -> None:
    """What speaks on Windows 7, where Python itself cannot start."""
    library = FOLDER / "_internal" / "api-ms-win-core-path-l1-1-0.dll"
    run("x86_64-w64-mingw32-gcc", "-O1", "-s", "-shared", "-nostdlib", "-e", "DllMain", "-o", library,
        Path(__file__).parent / "old_windows.c", "-lkernel32", "-luser32")  # fmt: skip


def make_setup(name: str, number: str, env: Mapping[str, str] = os.environ) -> Path:
    """A setup of the folder under a version number; signed, with its uninstaller, where there is a certificate."""
    path, here = OUT / name, Path(__file__).parent
    signer = [f'-DSIGN="{sys.executable}" "{here / "sign.py"}"'] if options(env) else []
    run("makensis", "-V2", "-INPUTCHARSET", "UTF8", f"-DVERSION={number}", f"-DDIST={FOLDER}", f"-DOUT={path}", *signer,
        f"-DICON={ROOT / 'resources' / 'icons' / 'app.ico'}", here / "setup.nsi", **env)  # fmt: skip
    sign(path, env)
    return path


def make_portable(number: str) -> Path:
    """The folder with the portable mark, as a zip."""
    path = OUT / f"Qingdan-{number}-portable.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for file in sorted(p for p in FOLDER.rglob("*") if p.is_file()):
            packed.write(file, f"Qingdan/{file.relative_to(FOLDER).as_posix()}")
        packed.writestr("Qingdan/便携.txt", READ_FIRST)
    return path


def megabytes(path: Path) -> float:
    """The size of a file or of all files of a folder."""
    files = path.rglob("*") if path.is_dir() else [path]
    return sum(f.stat().st_size for f in files if f.is_file()) / 1e6


def main() -> None:
    """All of it; exit code 1 where a check or a trial did not pass."""
    OUT.mkdir(parents=True, exist_ok=True)
    if os.name == "nt":
        shutil.rmtree(FOLDER, ignore_errors=True)
        shutil.copytree(ROOT / "dist" / "Qingdan", FOLDER)  # what dev.py build made here
        sys.exit(report(*finish(version()), []))
    CACHE.mkdir(parents=True, exist_ok=True)
    python_for_windows()
    packages()
    with screen() as display:
        wine = Wine(display)
        try:
            wine.prepare()
            build(wine)
            for_old_windows()
            files, found = finish(version())
            code = report(files, found, [] if "--no-trial" in sys.argv else tried(wine, files))
        finally:
            wine.stop()
    sys.exit(code)


def finish(number: str) -> tuple[dict[str, Path], list[str]]:
    """Sign the built folder, look at it from outside, and pack it; gives the files and what is wrong."""
    signed = [sign(program) for program in FOLDER.glob("*.exe")]
    say("签名：" + ("用本机设置的证书签好" if all(signed) else "本机没有设置证书，不签"))
    found = wrong(FOLDER, number)
    say("从外面看：" + ("没有问题" if not found else "；".join(found)))
    say("打包")
    files = {"setup": make_setup(f"Qingdan-{number}-setup.exe", number), "portable": make_portable(number)}
    sums = "".join(f"{digest(p)}  {p.name}\n" for p in files.values())
    (OUT / "SHA256SUMS").write_text(sums, encoding="utf-8")
    return files, found


def report(files: dict[str, Path], found: list[str], steps: list[dict[str, object]]) -> int:
    """Weigh the files, write down and say what came out; gives the exit code."""
    sizes = {"文件夹": megabytes(FOLDER), "安装程序": megabytes(files["setup"]), "绿色版": megabytes(files["portable"])}
    for what, size in sizes.items():
        limit = BUDGET.get(what)
        say(f"{what} {size:.1f} MB" + (f"（预算 {limit} MB）" if limit else ""))
        found += [f"{what}超出预算"] if limit and size > limit else []
    bad = [s["name"] for s in steps if not s["ok"]]
    told = {
        "version": version(), "commit": commit(), "signed": is_signed(files["setup"]) if shutil.which("osslsigncode") else None,
        "megabytes": sizes, "wrong": found, "tried": bool(steps), "ok": not found and not bad, "trial": steps,
    }  # fmt: skip
    (OUT / "report.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    for name in (*found, *bad):
        say(f"不对：{name}")
    say(f"结果在：{OUT}" + ("" if steps else "。没有在这里试装、试用"))
    return 0 if told["ok"] else 1


def tried(wine: Wine, files: dict[str, Path]) -> list[dict[str, object]]:
    """The trial, with a setup of an older number that is thrown away afterwards, signed by a certificate made for it."""
    with TemporaryDirectory() as folder:
        certificate = self_signed(Path(folder))
        old = make_setup("old-setup.exe", OLD, {**os.environ, **certificate})
        trial = Trial(wine, CACHE / "试用", {**files, "old": old}, certificate)
        try:
            trial.play()
        finally:
            old.unlink()
    return trial.steps


def commit() -> str:
    """What the files were made of."""
    told = subprocess.run(["git", "describe", "--always", "--dirty"], cwd=ROOT, capture_output=True, text=True)
    return told.stdout.strip()


if __name__ == "__main__":
    main()
