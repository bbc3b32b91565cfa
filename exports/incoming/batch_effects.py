"""Adjusts dry-run results where several files of one load concern the same unit and period (同批影响)."""

from collections.abc import Sequence
from dataclasses import replace

from exports.incoming.messages import called, clash
from exports.incoming.outcome import TAKEN, Outcome
from forms.states import Result
from models.ledger.ledger import Ledger, Package, Standing, standing
from models.workspace import Workspace


def with_batch_effects(space: Workspace, found: Sequence[Outcome]) -> list[Outcome]:
    """The outcomes of a dry run in the same order. Where several of them are of one unit and period, an outcome says
    conflict, or which revision counts, as it will be once all are loaded.
    """
    batch: dict[tuple[str, str], dict[str, Package]] = {}
    coming = [o for o in found if o.would and o.result in TAKEN]
    for p in (o.would for o in coming if o.would):
        batch.setdefault((p.unit, p.period), {})[p.id] = p
    ledger = Ledger(space.store)
    after = {k: standing([*ledger.of(*k), *mine.values()]) for k, mine in batch.items() if len(mine) > 1}
    return [_adjusted(o, o.would, after.get((o.unit, o.period))) if o.would and o in coming else o for o in found]


def _adjusted(o: Outcome, p: Package, after: Standing | None) -> Outcome:
    if after is None:
        return o
    if after.in_conflict and any(h.id == p.id for h in after.heads):
        return replace(o, result=Result.CONFLICT, message=clash(after.heads))
    if after.counts is not None and after.counts.id != p.id:
        return replace(o, message=f"{o.message}；一起装入后算数的是{called(after.counts)}")
    return o
