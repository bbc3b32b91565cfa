"""How hard the exploring tests try, and how long anything may be waited for.

The normal run explores the same cases on every machine. `dev.py torture` sets QINGDAN_TORTURE ("full", or how many
cases each test tries) and QINGDAN_SEED, and so explores others; what it finds becomes a named example of the test.
"""

import os
from random import Random

HANG = 300  # seconds: no wait of a test may end earlier, so that only what hangs reaches it
TORTURE = os.environ.get("QINGDAN_TORTURE", "")
SEED = int(os.environ.get("QINGDAN_SEED", "0"))


def cases(usual: int, full: int) -> int:
    """How many cases to try: `usual` in the normal run; under torture what was asked for, else `full`."""
    if not TORTURE:
        return usual
    return int(TORTURE) if TORTURE.isdigit() else full


def dice(case: int = 0) -> Random:
    """The chance of one case: the same on every machine for the same seed."""
    return Random(f"{SEED} {case}")
