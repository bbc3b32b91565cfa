"""Everything the program ships beside its code: plans, fonts, icons, style."""

import sys
from pathlib import Path

HERE = Path(getattr(sys, "_MEIPASS", "")) / "resources" if hasattr(sys, "_MEIPASS") else Path(__file__).parent


def path(*parts: str) -> Path:
    """The place of a shipped file, in the source tree and in the frozen program alike."""
    return HERE.joinpath(*parts)
