#!/usr/bin/env python3
"""开发用的入口：装好一切，然后运行、测试、检查。只用标准库。

python3 dev.py run       装好依赖，打开窗口；没有显示器时用示例数据把全部工作做一遍，结果放在 out/
python3 dev.py test      装好依赖，跑全部测试（后面可以跟 pytest 的参数；--shuffle 7 换一个先后次序）
python3 dev.py lint      检查代码和类型（加 --fix 自动整理）
python3 dev.py torture   耐久试验：随机地找，印出种子（后面可以跟名字、--count 次数、--seed 种子）
python3 dev.py bench     量速度（后面可以跟名字，只量其中几项）
python3 dev.py shots     给窗口的每一页拍图，每次都一样（--compare 甲 乙：比较两个文件夹里的图，有不同就退出1）
python3 dev.py build     把程序做成一个文件夹（dist/Qingdan），并让做好的程序自检
python3 dev.py windows   在 Debian 上做 Windows 的安装程序和绿色版，并在 Wine 里装上、自检、升级、卸载
python3 dev.py lock      按 pyproject.toml 重做依赖锁定文件（加 --upgrade 换新版本）
"""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
sys.path.insert(0, str(ROOT / ".ci"))
from run_steps import OUT, STEPS, WINDOW_STEPS
from system import missing, say, system
from system import present as present  # for those who ask

ENV = ROOT / ".venv"
LOCKS = {purpose: ROOT / ".ci" / "lock" / f"{purpose}.txt" for purpose in ("run", "dev", "build")}
PYTHONS = ((3, 11), (3, 14))  # from, and before: the window library has no newer wheels
WINDOW_DATA = OUT / "窗口示例"


def stop(text: str, code: int = 1) -> None:
    """Print a sentence that says what to do, and exit with this code."""
    print(f"[dev] {text}", file=sys.stderr)
    sys.exit(code)


def call(*command: str | Path, **env: str) -> int:
    """Run a command in the project folder; returns its exit code."""
    return subprocess.run([*map(str, command)], cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", **env}).returncode


def must(*command: str | Path, **env: str) -> None:
    """Run a command in the project folder; exit with its code where it fails."""
    if code := call(*command, **env):
        sys.exit(code)


def python() -> Path:
    """The path of the private environment's interpreter."""
    return ENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


## the private environment


def environment() -> None:
    """Make the environment where there is none, where it is incomplete, or where it is of another Python version."""
    mark = ENV / "python.stamp"
    if mark.exists() and mark.read_text(encoding="utf-8") == sys.version:
        return
    system("env")
    if missing("env"):
        stop("没有它建不成虚拟环境，装好后再来")
    say(f"建立虚拟环境：{ENV}")
    if call(sys.executable, "-m", "venv", "--clear", ENV):
        stop("没有建成虚拟环境，原因见上")
    mark.write_text(sys.version, encoding="utf-8")


def prepare(purpose: str) -> None:
    """Make the environment and install the pinned packages for run or dev, where that is not done already."""
    environment()
    wanted = {p: hashlib.sha256(lock.read_bytes()).hexdigest() for p, lock in LOCKS.items()}
    stamps = {p: ENV / f"{p}.stamp" for p in LOCKS}
    has = [p for p in LOCKS if stamps[p].exists() and stamps[p].read_text() == wanted[p]]
    if purpose in has or (purpose == "run" and has):
        return  # every other lock includes the packages of run
    say("安装锁定的依赖（第一次要几分钟）……")
    quiet = [] if sys.stdout.isatty() else ["-q"]
    if call(python(), "-m", "pip", "install", *quiet, "--require-hashes", "-r", LOCKS[purpose]):
        stop("依赖没有装上，原因见上。多半是网络不通：请联网后再来，或者设 PIP_INDEX_URL 用近处的镜像")
    stamps[purpose].write_text(wanted[purpose])


## the jobs


def has_display() -> bool:
    """Whether a window can be shown here."""
    return os.name == "nt" or sys.platform == "darwin" or any(map(os.environ.get, ("DISPLAY", "WAYLAND_DISPLAY")))


def has_window() -> bool:
    """Whether this source has the window's code."""
    return (ROOT / "ui" / "app.py").exists()


def job_run(args: list[str]) -> None:
    """Open the window on sample data, or where there is no display do all steps without it."""
    prepare("run")
    if has_window() and has_display():
        show_window(args)
    else:
        do_steps()


def show_window(args: list[str]) -> None:
    """Open the window on its own sample workspace, which is kept between runs."""
    system("window")
    if not WINDOW_DATA.exists():
        for caption, step in WINDOW_STEPS:
            say(caption)
            must(python(), "main.py", "--data", WINDOW_DATA, *step)
    must(python(), "main.py", "--data", WINDOW_DATA, *args)


def do_steps() -> None:
    """Do every step from the beginning, with results in out/; the window's workspace is kept."""
    for old in OUT.glob("*"):
        if old.is_file():
            old.unlink()
        elif old != WINDOW_DATA:
            shutil.rmtree(old)
    OUT.mkdir(exist_ok=True)
    for number, (caption, step, answer) in enumerate(STEPS, 1):
        say(f"{number}/{len(STEPS)} {caption}")
        command = [python(), "main.py", "--data", OUT / "工作区", *step]
        if answer:
            (OUT / answer).write_bytes(subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True).stdout)
        else:
            must(*command)
    picture_window()
    say(f"做完了，都是示例数据。结果在：{OUT}")
    for result in sorted(OUT.iterdir()):
        say(f"  {result.name}")


def picture_window() -> None:
    """Take pictures of the window, where its libraries are installed; the steps do not depend on them."""
    if not has_window():
        return
    system("window")
    say("给窗口拍图")
    if call(
        python(),
        "-m",
        "tests.shots",
        OUT / "窗口图",
        "--quick",
        QT_QPA_PLATFORM="offscreen",
        QT_LOGGING_RULES="*.warning=false",
        PYTHONHASHSEED="0",
    ):
        say("没有拍成窗口的图，其他结果不受影响")


def pytest(*args: str, **env: str) -> None:
    """Run pytest in the private environment, without a screen."""
    prepare("dev")
    system("test")
    must(python(), "-m", "pytest", *args, QT_QPA_PLATFORM="offscreen", **env)


def job_test(args: list[str]) -> None:
    """Run all tests on all cores, or those that the arguments name; `--shuffle SEED` alone runs all,
    in another order.
    """
    pytest(*(["-n", "auto"] if args[:1] in ([], ["--shuffle"]) and len(args) in (0, 2) else []), *args)


def torture_words(args: list[str]) -> tuple[list[str], str, int]:
    """Names, the number of cases for each test ("full": each its own) and the seed, a new one unless it is given."""
    names, asked = list[str](), dict[str, str]()
    words = iter(args)
    for word in words:
        if word not in ("--count", "--seed"):
            names.append(word)
        elif not (number := next(words, "")).isdecimal() or (word == "--count" and int(number) == 0):
            stop(f"{word} 后面要有一个数，例如 {word} 500", code=2)
        else:
            asked[word] = number
    if wrong := [n for n in names if not n.isidentifier()]:
        stop(
            f"试验的名字里不能有这样的词：{'、'.join(wrong)}。用法：dev.py torture [名字…] [--count N] [--seed N]",
            code=2,
        )
    return names, asked.get("--count", "full"), int(asked.get("--seed", secrets.randbelow(2**32)))


def job_torture(args: list[str]) -> None:
    """Run the random tests, or those whose names contain a word, with more cases than a normal run tries."""
    names, count, seed = torture_words(args)
    again = [*names, "--seed", str(seed), *(["--count", count] if count != "full" else [])]
    say(f"种子 {seed}；再来一次：python3 dev.py torture {' '.join(again)}")
    chosen = ["-k", " or ".join(names)] if names else []
    options = ["-n", "auto", "-v", "-m", "torture", f"--hypothesis-seed={seed}", *chosen]
    pytest(*options, QINGDAN_TORTURE=count, QINGDAN_SEED=str(seed))


def job_bench(args: list[str]) -> None:
    """Run every benchmark, or those whose names contain a word, one after another."""
    scripts = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))
    chosen = [s for s in scripts if not args or any(word in s.stem for word in args)]
    if not chosen:
        stop("tests/benchmarks 里没有这样的 bench_*.py。现有：" + ("、".join(s.stem for s in scripts) or "一个也没有"))
    prepare("dev")
    for script in chosen:
        must(python(), "-m", f"tests.benchmarks.{script.stem}", QT_QPA_PLATFORM="offscreen")


def job_shots(args: list[str]) -> None:
    """Take reproducible pictures of every page of the window; or list those that differ between two folders."""
    if not has_window():
        stop("窗口尚未提供")
    prepare("dev")
    system("test")
    must(python(), "-m", "tests.shots", *args, QT_QPA_PLATFORM="offscreen", PYTHONHASHSEED="0")


def job_lint(args: list[str]) -> None:
    """Check code, style and types; all three run even if one fails."""
    prepare("dev")
    fix = "--fix" in args
    codes = [
        call(python(), "-m", "ruff", "check", *(["--fix"] if fix else []), "."),
        call(python(), "-m", "ruff", "format", *([] if fix else ["--check"]), "."),
        call(python(), "-m", "mypy"),
    ]
    sys.exit(max(codes))


def job_build(args: list[str]) -> None:
    """Build the program as a folder, then run its self-test in a folder with Chinese and a space in its name."""
    prepare("build")
    system("build")
    must(python(), "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", "build.spec")
    program = ROOT / "dist" / "Qingdan" / ("Qingdan.exe" if os.name == "nt" else "Qingdan")
    trial = ROOT / "build" / "自检 结果"
    say("让做好的程序自检")
    code = call(program, "--selftest", trial, QT_QPA_PLATFORM="offscreen", QT_LOGGING_RULES="*.warning=false")
    files = [f for f in program.parent.rglob("*") if f.is_file() and not f.is_symlink()]
    size = sum(f.stat().st_size for f in files) / 1e6
    say(f"{program.parent}，{size:.0f} MB；自检{'没有通过' if code else '通过'}：{trial / 'report.json'}")
    sys.exit(code)


def job_windows(args: list[str]) -> None:
    """Make installer and portable zip for Windows and try them in Wine; on Windows, pack the result of build."""
    prepare("build")
    system("windows")
    must(python(), ROOT / ".ci" / "windows" / "make.py", *args)


def job_lock(args: list[str]) -> None:
    """Pin every package with the hashes of its files for all systems; first run, then dev with the same versions."""
    prepare("dev")
    options = ["-q", "--universal", "--generate-hashes", "--no-annotate", "--no-header", "--no-config", *args]
    compiler = ["-m", "uv", "pip", "compile", "pyproject.toml", *options]
    must(python(), *compiler, "-o", LOCKS["run"])
    for extra in ("dev", "build"):
        must(python(), *compiler, "--extra", extra, "-c", LOCKS["run"], "-o", LOCKS[extra])


JOBS = {
    "run": job_run,
    "test": job_test,
    "lint": job_lint,
    "torture": job_torture,
    "bench": job_bench,
    "shots": job_shots,
    "build": job_build,
    "windows": job_windows,
    "lock": job_lock,
}


def main() -> None:
    """Run the job named on the command line."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console that cannot write Chinese
    if not PYTHONS[0] <= sys.version_info[:2] < PYTHONS[1]:
        stop(f"需要 Python 3.11、3.12 或 3.13 (needs Python 3.11, 3.12 or 3.13)，现在是 {sys.version.split()[0]}")
    words = sys.argv[1:]
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__)
    elif not words or words[0] not in JOBS:
        stop((__doc__ or "").strip(), code=2)
    else:
        JOBS[words[0]](words[1:])


if __name__ == "__main__":
    main()
