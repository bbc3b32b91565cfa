"""数据依据: what a consolidated figure rests on, in figures and as the one sentence that stands under every total."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from forms.states import ReportState
from models.county.unit_states import UnitState
from models.plan.entries import Unit

NAMED = 3  # names in a part of the sentence


@dataclass(frozen=True)
class RestsOn:
    """Of how many units (`asked`) how many have figures in a total (`counted`), and the short names of those that need a
    remark: not verified, sent back, failing a check of level A or B, in conflict; left out (`excluded`); with open
    obstacles of an earlier period only (`earlier`).
    """

    asked: int
    counted: int
    unverified: tuple[str, ...] = ()
    returned: tuple[str, ...] = ()
    failing: tuple[str, ...] = ()
    conflict: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        """How many units have no figures, those that were left out not counted."""
        return self.asked - self.counted - len(self.excluded)

    @property
    def sound(self) -> bool:
        """Whether every unit's figures are in it and none needs a remark."""
        return self.counted == self.asked and not self._within and not self.earlier

    @property
    def _within(self) -> list[str]:
        parts = {
            "未验证": self.unverified, "退回未回": self.returned, "有强制或准强制问题": self.failing, "两版相撞": self.conflict,
        }  # fmt: skip
        return [_part(word, names) for word, names in parts.items() if names]

    @property
    def sentence(self) -> str:
        """依据61家，差4家；含未验证1家（瓦屋塘镇）、退回未回1家（…）；不计入1家（…）；上期数2家（…）"""
        missing = f"，差{self.missing}家" if self.missing else ""
        parts = [f"依据{self.counted}家{missing}"]
        parts += [f"含{'、'.join(self._within)}"] * bool(self._within)
        parts += [_part("不计入", self.excluded)] * bool(self.excluded)
        parts += [_part("中梗阻用上期数的", self.earlier)] * bool(self.earlier)
        return "；".join(parts)


def _part(word: str, names: Sequence[str]) -> str:
    more = "等" if len(names) > NAMED else ""
    return f"{word}{len(names)}家（{'、'.join(names[:NAMED])}{more}）"


def basis_of(
    units: Sequence[Unit],
    states: Sequence[UnitState],
    counted: Collection[str],
    failing: Collection[str],
    excluded: Collection[str],
    earlier: Sequence[Unit],
) -> RestsOn:
    """What the figures of these units rest on; `counted`, `failing` and `excluded` are codes, `earlier` the units of the
    obstacles of earlier periods.
    """
    here = [s for s in states if s.unit.code in counted]
    return RestsOn(
        asked=len(units),
        counted=len(here),
        unverified=tuple(s.unit.short for s in here if not s.verified),
        returned=tuple(s.unit.short for s in here if s.state == ReportState.RETURNED),
        failing=tuple(s.unit.short for s in here if s.unit.code in failing),
        conflict=tuple(s.unit.short for s in here if s.state == ReportState.CONFLICT),
        excluded=tuple(u.short for u in units if u.code in excluded and u.code not in counted),
        earlier=tuple(dict.fromkeys(u.short for u in earlier)),
    )
