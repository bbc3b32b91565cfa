"""F1: the keys of the current page."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QLabel, QVBoxLayout, QWidget

from ui.widgets.theme import Theme

KeyList = Sequence[tuple[str, str]]  # keys, and what they do

GRID_KEYS: KeyList = (
    ("直接打字 / F2", "替换这一格 / 改这一格；Esc 不改，Alt+回车 换行"),
    ("回车、Tab", "向下、向右；Tab 几格后回车，回到开头那一栏的下一行"),
    ("Ctrl+方向键、Home、End", "跳到边上；按住 Shift 选一块"),
    ("Ctrl+C / X / V", "复制、剪切、粘贴，和 Excel、WPS 互通"),
    ("Ctrl+D / Ctrl+R", "向下 / 向右填充；也可以拖右下角的小方块"),
    ("Ctrl+回车", "把正在打的内容填进选中的每一格"),
    ("Ctrl+L", "选中的格沿用上期；Ctrl+Shift+L 整张表复制上期"),
    ("Ctrl+;", "填今天的日期"),
    ("F4 或 Alt+↓", "打开选项、日历"),
    ("Ctrl+加号 / 减号", "插入 / 删除行；Alt+Shift+↑↓ 移动行"),
    ("Ctrl+F / Ctrl+H", "在本表里查找 / 替换"),
    ("F6", "表格和右边的详情来回切换"),
    ("Alt+0", "零报告"),
)
ITEM_KEYS: KeyList = (
    ("回车", "存好，到下一格、下一件"),
    ("Ctrl+↑ / Ctrl+↓", "上一件 / 下一件"),
    ("Ctrl+L", "与上期相同；写理由时填上次写过的"),
    ("Ctrl+G", "到表里的那一格"),
)
PLAN_KEYS: KeyList = (
    ("F8 / Shift+F8", "下一处 / 上一处待确认"),
    ("回车", "逐项：这个单位确认，到下一个"),
    ("Del", "逐项：不是它，去掉这个单位"),
    ("L", "逐项：改由这个单位牵头"),
    ("← → / ↑ ↓", "逐项：前后的单位 / 上下的任务"),
)
STEP_KEYS: KeyList = (
    ("F8 / Shift+F8", "到下一步 / 上一步的按钮；空格按下去"),
    ("Ctrl+P", "打印这里看到的页"),
    ("↑ / ↓", "在小图上翻页；插了几个U盘时，选一个"),
    ("Tab / Shift+Tab", "到下一个 / 上一个格子或按钮"),
)
ROLLUP_KEYS: KeyList = (
    ("↑ / ↓", "上下的行；右边跟着走，鼠标点也一样"),
    ("← / →", "折起 / 展开一个行动"),
    ("回车", "看填报：到那个单位的那一行"),
    ("Ctrl+C", "按指标：选中的几行复制成表"),
    ("F6", "左边和右边来回切换；窗口窄时打开、关上右边"),
)
ACT_KEYS: KeyList = (
    ("回车", "同意，到下一件；在右边打开这一件"),
    ("N", "不同意：先写理由，再按回车"),
    ("空格", "先放着，排到最后"),
    ("Ctrl+G", "到那一行"),
    ("F6", "左边的请示和右边的督办、中梗阻来回切换"),
    ("D / X", "右边：开督办单 / 打开督办单，可以销号"),
    ("← / →", "中梗阻：收起 / 展开一种"),
    ("Esc", "从格子回到列表；从全部中梗阻回来"),
)
OTHER_KEYS: KeyList = (("Tab / Shift+Tab", "到下一个 / 上一个格子或按钮；空格按下按钮"),)


def show_help(keys: KeyList, look: Theme, parent: QWidget) -> QDialog:
    """A window that lists the keys; it stays open while the user works."""
    box = QDialog(parent)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setWindowTitle("这一页的按键")
    column = QVBoxLayout(box)
    column.setContentsMargins(look.size(20), look.size(14), look.size(20), look.size(14))
    grid = QGridLayout()
    grid.setHorizontalSpacing(look.size(24))
    for n, (key, what) in enumerate(keys):
        label = QLabel(key)
        label.setProperty("tone", "strong")
        grid.addWidget(label, n, 0)
        grid.addWidget(QLabel(what), n, 1)
    column.addLayout(grid)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(box.reject)
    column.addWidget(buttons)
    box.show()
    return box
