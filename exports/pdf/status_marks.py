"""Marks of a status, distinct by shape and not only by colour: ○ not begun, ◐ in progress, ◆ watch, ▲ late, ● done."""

from collections.abc import Mapping

from forms.states import Mark

COLOURS: Mapping[str, str] = {Mark.IDLE: "0.25 0.25 0.25", Mark.DOING: "0.122 0.373 0.682", Mark.WARN: "0.788 0.522 0",
           Mark.LATE: "0.753 0.153 0.114", Mark.DONE: "0.106 0.498 0.231"}  # fmt: skip
KAPPA = 0.5523


def circle(x: float, y: float, r: float) -> str:
    """The PDF path of a circle."""
    k = r * KAPPA
    return (
        f"{x + r:.2f} {y:.2f} m {x + r:.2f} {y + k:.2f} {x + k:.2f} {y + r:.2f} {x:.2f} {y + r:.2f} c "
        f"{x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c "
        f"{x + k:.2f} {y - r:.2f} {x + r:.2f} {y - k:.2f} {x + r:.2f} {y:.2f} c h"
    )


def _half(x: float, y: float, r: float) -> str:
    k = r * KAPPA
    return (
        f"{x:.2f} {y + r:.2f} m {x - k:.2f} {y + r:.2f} {x - r:.2f} {y + k:.2f} {x - r:.2f} {y:.2f} c "
        f"{x - r:.2f} {y - k:.2f} {x - k:.2f} {y - r:.2f} {x:.2f} {y - r:.2f} c h f"
    )


def _call(x: float, y: float, r: float) -> str:
    """The PDF operators of a white exclamation mark."""
    return (
        f"1 1 1 RG 1 1 1 rg 1 w {x:.2f} {y + r * 0.5:.2f} m {x:.2f} {y - r * 0.1:.2f} l S "
        f"{circle(x, y - r * 0.45, r * 0.14)} f"
    )


def mark(name: str, x: float, y: float, r: float, black: bool = False) -> str:
    """The operators that draw a mark around (x, y) with radius r, in pt."""
    colour = "0 0 0" if black else COLOURS[name]
    start = f"q {colour} RG {colour} rg 0.9 w "
    shapes: Mapping[str, str] = {
        Mark.IDLE: f"{circle(x, y, r * 0.9)} S",
        Mark.DOING: f"{circle(x, y, r * 0.9)} S {_half(x, y, r * 0.9)}",
        Mark.WARN: f"{x:.2f} {y + r:.2f} m {x + r:.2f} {y:.2f} l {x:.2f} {y - r:.2f} l {x - r:.2f} {y:.2f} l h f {_call(x, y, r)}",
        Mark.LATE: f"{x:.2f} {y + r:.2f} m {x + r * 1.1:.2f} {y - r * 0.9:.2f} l {x - r * 1.1:.2f} {y - r * 0.9:.2f} l h f "
        f"{_call(x, y - r * 0.15, r * 0.9)}",
        Mark.DONE: f"{circle(x, y, r)} f 1 1 1 RG 1.1 w {x - r * 0.5:.2f} {y:.2f} m {x - r * 0.1:.2f} {y - r * 0.42:.2f} l "
        f"{x + r * 0.5:.2f} {y + r * 0.4:.2f} l S",
    }
    return start + shapes[name] + " Q"
