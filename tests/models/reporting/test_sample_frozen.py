"""The sample year is frozen: counts and pictures are taken on it, so a change of what seed 1 makes is seen here first. One
who means to change it writes the new digests down, in the same commit.
"""

from hashlib import sha256
from pathlib import Path

from models.reporting.sample import Lines, made_up, year_until
from models.workspace import Workspace

YEAR = {
    "cover": "c98cb619cbe8", "tasks": "9ad87529ab03", "projects": "fe03ff3c84c6", "policies": "3ed9f00a65b3",
    "indicators": "635f78a10b24", "obstacles": "22f180714658", "publicity": "5c2bfe3227db",
}  # fmt: skip


def test_the_year_of_seed_1_is_what_it_was(tmp_path: Path) -> None:
    space = Workspace.create(tmp_path, "office")
    digests = {f.name: sha256() for f in space.forms}
    for unit in space.units:
        before: Lines = {}
        for period in year_until(space, space.plan.period("2024-12")):
            made = made_up(space, unit.code, period, before)
            for form in space.forms:
                for row in made.rows[form.name]:
                    words = [unit.code, period.id, row["line"], *(f.kind.write(row.get(f.name)) for f in form.stored)]
                    digests[form.name].update("\t".join(words).encode())
            before = made.lines
    space.close()
    assert {name: d.hexdigest()[:12] for name, d in digests.items()} == YEAR
