"""What CONTRIBUTING says of adding a field, a form, a check, an export format, a kind of value, a kind of package: its diffs
are put into a copy of the program, and what they add is looked for at every door.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROOMS = ("forms", "models", "exports", "ui")
ALSO = ("main.py", "pyproject.toml", "tests/__init__.py", "tests/travel.py", "tests/additions.py")
DIFF = re.compile(r"^```diff (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
DIFFS = dict(DIFF.findall((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))


def house(folder: Path) -> Path:
    """A copy of the program without its tests; the resources are the same files."""
    for room in ROOMS:
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ALSO:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    shutil.copytree(ROOT / "resources", folder / "resources", copy_function=link)
    return folder


def link(source: str, target: str) -> None:
    """The same file under another name, or a copy where the disk cannot do that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy(source, target)


def apply(folder: Path, diff: str) -> None:
    """Put a diff of CONTRIBUTING into the copy: every hunk must fit in just one place."""
    for part in re.split(r"^--- ", diff, flags=re.MULTILINE)[1:]:
        name, _, body = part.partition("\n")
        path = folder / name.strip()
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        for hunk in body.split("@@\n"):
            lines = hunk.splitlines()
            old = "\n".join(x[1:] for x in lines if x[:1] != "+")
            new = "\n".join(x[1:] for x in lines if x[:1] != "-")
            assert text.count(old) == 1 or not text, f"{name}: {old}"
            text = text.replace(old, new, 1)
        path.write_text(text, encoding="utf-8")


def look(folder: Path, what: str) -> subprocess.CompletedProcess[str]:
    """Look for an addition in the copy, with tests/additions.py."""
    return subprocess.run(
        [sys.executable, "-m", "tests.additions", what, str(folder / "data")],
        cwd=folder,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("what", ["field", "form", "check", "format", "kind", "package"])
def test_what_contributing_adds_is_offered_at_every_door(what: str, tmp_path: Path) -> None:
    copy = house(tmp_path / "house")
    apply(copy, DIFFS[what])
    done = look(copy, what)
    assert (done.returncode, done.stdout.strip()) == (0, f"{what} found"), done.stderr[-3000:]


RENAMED = {
    "forms/tasks.py": {"percent": "done_share"},
    "forms/projects.py": {"plan": "planned", "year_done": "spent"},
}


def rename(folder: Path) -> None:
    """Give columns other names in the files of their forms, and nowhere else."""
    for name, words in RENAMED.items():
        path = folder / name
        text = path.read_text(encoding="utf-8")
        for old, new in words.items():
            places = rf'(Field\(\s*|\.get\(|Found\(|ratio\(|ratio\("\w+", )"{old}"'
            text, count = re.subn(places, rf'\1"{new}"', text)
            assert count > 2, old
        path.write_text(text, encoding="utf-8")


def test_a_column_that_is_renamed_in_its_form_still_answers_to_its_meaning(tmp_path: Path) -> None:
    copy = house(tmp_path / "house")
    rename(copy)
    done = look(copy, "renamed")
    assert (done.returncode, done.stdout.strip()) == (0, "renamed found"), done.stderr[-3000:]


def test_what_was_not_added_is_not_offered(tmp_path: Path) -> None:
    copy = house(tmp_path / "house")
    assert [what for what in DIFFS if look(copy, what).returncode == 0] == []
