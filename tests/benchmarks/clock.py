"""Taking turns: A, B, A, B …, and the median of the paired ratios, since machines are noisy."""

import statistics
import time
from collections.abc import Callable


def seconds(job: Callable[[], object]) -> float:
    """How long a job takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def compare(title: str, ours: Callable[[], object], other: Callable[[], object], rounds: int = 5) -> None:
    """Print our time, the other's, and the median ratio."""
    ours(), other()  # warm
    pairs = [(seconds(ours), seconds(other)) for _ in range(rounds)]
    ratio = statistics.median(a / b for a, b in pairs)
    mine, theirs = (statistics.median(x) for x in zip(*pairs, strict=True))
    print(f"{title}：我们 {mine * 1000:.0f} 毫秒，对照 {theirs * 1000:.0f} 毫秒，比值 {ratio:.3f}", flush=True)
