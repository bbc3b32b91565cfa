"""Which report counts, over made-up histories of up to five PCs: lost files, old backups, reinstalls, files of the other.

The oracle knows only who stood directly on what, and walks; the product knows the ancestors that a package names.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from forms.states import FileKind, Way
from models.ledger.ledger import Package, standing
from tests.effort import cases

ACTS = ("edit", "submit", "submit", "adopt", "restore", "reinstall", "lose")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 4), st.integers(0, 4)), max_size=40)


@dataclass(frozen=True)
class Pc:
    """What one PC holds: its data, the ids it names as ancestors, and what it stands on directly."""

    data: int = 0
    lineage: tuple[str, ...] = ()
    tips: frozenset[str] = frozenset()


@dataclass
class World:
    """Five PCs of one unit, and the files that reached the county."""

    pcs: list[Pc] = field(default_factory=lambda: [Pc()] * 5)
    kept: list[list[Pc]] = field(default_factory=lambda: [[Pc()] for _ in range(5)])
    sent: list[list[Package]] = field(default_factory=lambda: [[] for _ in range(5)])
    parents: dict[str, frozenset[str]] = field(default_factory=dict)
    received: dict[str, Package] = field(default_factory=dict)
    fresh: int = 0

    def act(self, act: str, n: int, other: int) -> None:
        pc = self.pcs[n]
        if act == "edit":
            self.fresh += 1
            self.pcs[n] = replace(pc, data=self.fresh)
        elif act == "submit":
            self._submit(n, pc)
        elif act == "adopt" and self.sent[other]:
            p = self.sent[other][-1]
            lineage = tuple(dict.fromkeys((*pc.lineage, *p.ancestors, p.id)))
            self.pcs[n] = Pc(int(p.data_hash), lineage, pc.tips | {p.id})
        elif act == "restore":
            self.pcs[n] = self.kept[n][other % len(self.kept[n])]
        elif act == "reinstall":
            self.pcs[n] = Pc(self.fresh)
        elif act == "lose" and self.sent[n]:
            self.received.pop(self.sent[n][-1].id, None)

    def _submit(self, n: int, pc: Pc) -> None:
        id = f"{len(self.parents) * 7919 % 10007:05d}"  # no order in the ids
        p = Package(id, Way.IN, FileKind.SUBMISSION, "U", "P", len(pc.lineage) + 1, pc.lineage, str(pc.data))
        self.parents[id], self.received[id] = pc.tips, p
        self.sent[n].append(p)
        self.pcs[n] = replace(pc, lineage=(*pc.lineage, id), tips=frozenset({id}))
        self.kept[n].append(self.pcs[n])

    def below(self, id: str) -> Iterator[str]:
        """Everything on which a package stands, by walking."""
        seen, todo = set(), list(self.parents[id])
        while todo:
            if (one := todo.pop()) not in seen:
                seen.add(one)
                todo += self.parents[one]
                yield one

    def tops(self) -> list[str]:
        """The files that arrived and on which no other that arrived stands."""
        covered = {b for id in self.received for b in self.below(id)}
        return [id for id in self.received if id not in covered]


@settings(max_examples=cases(300, 20_000))
@given(STEPS, st.integers(0, 2**32))
def test_every_fork_is_seen_nothing_is_overwritten_and_order_does_not_matter(
    steps: list[tuple[str, int, int]], seed: int
) -> None:
    world = World()
    for step in steps:
        world.act(*step)
    came = list(world.received.values())
    found = standing(came)
    tops = {world.received[id].data_hash for id in world.tops()}
    assert {h.data_hash for h in found.heads} == tops
    assert found.in_conflict == (len(tops) > 1)
    if len(tops) == 1:
        assert found.counts is not None
        assert {found.counts.data_hash} == tops
    elif found.counts is not None:
        assert all(found.counts.id in set(world.below(h.id)) for h in found.heads)
    dice = Random(seed)
    again = came * 2
    dice.shuffle(again)
    other = standing(list({p.id: p for p in again}.values()))
    assert (other.counts, other.heads, other.in_conflict) == (found.counts, found.heads, found.in_conflict)
