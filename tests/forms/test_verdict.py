"""判定: the table verdicts.csv is the specification: nature × comparison × figures → direction, share, pace, difference,
verdict.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from forms.comparison import NATURE_WORDS, SPOKEN, Comparison
from forms.plan_tables import INDICATORS
from forms.verdict import VERDICT_WORDS, Direction, Figures, Moment, Verdict, direction, judge

TABLE = Path(__file__).with_name("verdicts.csv")
ROWS = list(csv.DictReader(TABLE.read_text(encoding="utf-8").splitlines()))
NATURES = {word: nature for nature, word in NATURE_WORDS.items()}
MEASURES = {
    "总量": "亿元",
    "数量": "家",
    "存量": "户",
    "增速": "%",
    "占比": "%",
    "百分点": "百分点",
    "位次": "位",
    "起数人数": "起",
    "趋势": "天",
}
WAYS = {Direction.MORE: "多", Direction.LESS: "少", Direction.WITHIN: "内", Direction.NONE: ""}


@dataclass(frozen=True)
class Sample:
    """An indicator made from a row of the table."""

    name: str
    measure: str | None
    comparison: str
    target: Decimal | None
    upper: Decimal | None
    tolerance: Decimal | None
    than: str | None
    nature: str


def figure(text: str) -> Decimal | None:
    return Decimal(text) if text else None


def sample(row: dict[str, str]) -> Sample:
    than = "A" if row["比较"] == Comparison.ABOVE_OTHER else None
    return Sample(
        "示例指标", MEASURES.get(row["性质"]), row["比较"], figure(row["目标"]), figure(row["上限"]), figure(row["容差"]),
        than, NATURES[row["性质"]],
    )  # fmt: skip


def shown(value: Decimal | None) -> str:
    return "" if value is None else str(value)


@pytest.mark.parametrize("row", ROWS, ids=lambda r: "-".join(filter(None, list(r.values())[:10])))
def test_the_table_says_what_is_made_of_a_figure(row: dict[str, str]) -> None:
    named = "经济增速" if row["比较"] == Comparison.ABOVE_OTHER else ""
    figures = Figures(figure(row["累计"]), figure(row["上年"]), figure(row["参照"]), named)
    found = judge(sample(row), figures, Moment(Decimal(row["已过"]), row["年终"] == "是"))
    assert (
        WAYS[found.direction], shown(found.done), shown(found.gap), found.change_text, found.word, found.why
    ) == (row["方向"], row["完成"], row["序时差"], row["与上年比"], row["判定"], row["说明"])  # fmt: skip


def test_the_table_covers_every_nature_comparison_and_verdict() -> None:
    assert len(ROWS) >= 60
    assert {NATURES[r["性质"]] for r in ROWS} == set(NATURE_WORDS)
    assert {r["比较"] for r in ROWS} == set(Comparison)
    assert {r["判定"] for r in ROWS} == set(VERDICT_WORDS.values())


def test_a_missed_figure_fails_at_the_year_s_end_and_never_before_while_it_can_be_met() -> None:
    """Whatever its nature: before the year is over only what cannot be undone is 未达到."""
    for row in ROWS:
        figures = Figures(figure(row["累计"]), figure(row["上年"]), figure(row["参照"]))
        before = judge(sample(row), figures, Moment(Decimal(row["已过"])))
        after = judge(sample(row), figures, Moment(Decimal(100), over=True))
        if before.verdict == Verdict.FAILED:
            assert after.verdict == Verdict.FAILED
            assert row["性质"] in ("总量", "数量", "起数人数"), row
        assert after.verdict not in (Verdict.BEHIND, Verdict.ON_COURSE)


@pytest.mark.parametrize("word", SPOKEN)
def test_the_words_of_published_plans_are_read(word: str) -> None:
    assert INDICATORS.field("comparison").kind.parse(word) == SPOKEN[word]


@pytest.mark.parametrize(
    ("word", "meant"), [("不低于5", "≥"), ("排名前3名", "排名"), (" 不超过 ", "≤"), ("低于8", "<")]
)
def test_a_word_with_its_figure_is_read(word: str, meant: str) -> None:
    assert INDICATORS.field("comparison").kind.parse(word) == meant


def test_every_comparison_has_a_direction() -> None:
    for comparison in Comparison:
        made = Sample("示例", None, comparison, Decimal(1), Decimal(2), None, None, "total")
        assert direction(made) in Direction
