"""Files written beside their target: a full disk leaves what was there."""

import subprocess
import sys
from pathlib import Path

FULL = """
import resource, signal, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
from models.store.atomic_file import replacing
from models.errors import UserError
target = Path(sys.argv[2])
try:
    with replacing(target) as part:
        part.write_bytes(b"x" * 100_000)
except UserError as error:
    print(error)
"""


def test_a_full_disk_leaves_the_old_file_and_no_other(tmp_path: Path) -> None:
    target = tmp_path / "a.pdf"
    target.write_bytes(b"old")
    root = str(Path(__file__).parents[3])
    done = subprocess.run([sys.executable, "-c", FULL, root, str(target)], capture_output=True, text=True, check=True)
    assert "文件没有写成" in done.stdout
    assert [p.name for p in tmp_path.iterdir()] == ["a.pdf"]
    assert target.read_bytes() == b"old"
