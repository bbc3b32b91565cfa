"""Taking turns: A, B, A, B …, and the median of the paired ratios, since machines are noisy."""

import resource
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


def both_seconds(job: Callable[[], object]) -> tuple[float, float]:
    """How long a job takes, and how long the processors worked for the programs it starts: others on the machine do not
    count there.
    """
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    whole = seconds(job)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return whole, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def compare_programs(title: str, ours: Callable[[], object], other: Callable[[], object], rounds: int = 7) -> None:
    """Print the time of a program and of another, and the median ratios, by the clock and by the processors."""
    ours(), other()  # warm
    pairs = [(both_seconds(ours), both_seconds(other)) for _ in range(rounds)]
    told = []
    for n, name in enumerate(("时钟", "处理器")):
        ratio = statistics.median(a[n] / b[n] for a, b in pairs)
        mine, theirs = (statistics.median(x[n] for x in side) for side in zip(*pairs, strict=True))
        told.append(f"{name}：我们 {mine * 1000:.0f} 毫秒，对照 {theirs * 1000:.0f} 毫秒，比值 {ratio:.3f}")
    print(f"{title}，{'；'.join(told)}", flush=True)
