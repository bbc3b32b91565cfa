"""dev.py run 的各个步骤：加一步就是加一行。"""

from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "out"
PERIOD = "2024-10"

# All steps without a window: caption, command, and the file for its output ("" for none).
STEPS: tuple[tuple[str, tuple[str | Path, ...], str], ...] = (
    ("建立县办的工作区", ("init", "--role", "office"), ""),
    ("写入全部单位的示例数据", ("demo", "--period", PERIOD), ""),
    ("生成全部单位的表", ("forms", "--out", OUT / "表"), ""),
    ("生成手工填写的空表", ("forms", "--out", OUT / "空表", "--blank"), ""),
    ("审核", ("check",), ""),
    ("下发任务包", ("handout", "--out", OUT / "任务包"), ""),
    ("报送情况", ("status", "--json"), "报送情况.json"),
    ("汇总表和调度通报", ("summary", "--out", OUT / "汇总"), ""),
    ("写出方案", ("plan", "--json"), "方案.json"),
)

# The window's own sample workspace: a township and two departments, a month with the year behind it.
WINDOW_STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "建立窗口用的示例工作区",
        ("init", "--role", "unit", "--unit", "瓦屋塘镇", "--unit", "县科工局", "--unit", "县林业局"),
    ),
    ("写入从年初到本期的示例数据（本期有常见差错）", ("demo", "--period", PERIOD, "--faults")),
)
