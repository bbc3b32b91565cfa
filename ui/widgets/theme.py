"""外观: colours, sizes and the one style sheet, in light, dark and high contrast."""

from string import Template

from PySide6.QtGui import QColor, QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

import resources

FAMILY = "Qingdan UI"
FACES = ("QingdanUI-Regular.ttf", "QingdanUI-Bold.ttf")
RARE, RARE_FILE = "Qingdan Rare", "QingdanRare-Regular.ttf"

LIGHT = {
    "ground": "#F3F2EE", "sheet": "#FFFFFF", "head": "#F8F7F4", "locked": "#F5F4F0", "sunk": "#ECEAE4", "line": "#E2E0D9",
    "grid": "#E9E7E1", "line2": "#C8C5BB", "edge": "#7F8580", "ink": "#1D2220", "ink2": "#575E5A", "ink3": "#5F6662",
    "acc": "#0B6B5A", "on_acc": "#FFFFFF", "acc_tint": "#E3F0EC", "acc_sel": "#DDEEE9", "red": "#B3261E",
    "red_tint": "#FBEBE9", "amb": "#8A5300", "amb_tint": "#FFF4DC", "amb_mark": "#C77F0A",
}  # fmt: skip
DARK = {
    "ground": "#151817", "sheet": "#1E2221", "head": "#232827", "locked": "#232826", "sunk": "#2B3130", "line": "#343B39",
    "grid": "#2C3230", "line2": "#4C5452", "edge": "#7A837E", "ink": "#E7EAE8", "ink2": "#AAB2AE", "ink3": "#98A19D",
    "acc": "#5EC4AD", "on_acc": "#08201A", "acc_tint": "#1E3833", "acc_sel": "#1F3B36", "red": "#FF8F85",
    "red_tint": "#3A2321", "amb": "#EDBB62", "amb_tint": "#352B18", "amb_mark": "#E3A63C",
}  # fmt: skip
CONTRAST = {
    **LIGHT, "ground": "#FFFFFF", "head": "#FFFFFF", "locked": "#EDEDED", "sunk": "#E4E4E4", "line": "#000000",
    "grid": "#6B6B6B", "line2": "#000000", "edge": "#000000", "ink": "#000000", "ink2": "#1A1A1A", "ink3": "#2A2A2A",
    "acc": "#00483B", "red": "#8C0000", "amb": "#5A3400", "amb_mark": "#7A4A00",
}  # fmt: skip
THEMES = {"light": LIGHT, "dark": DARK, "contrast": CONTRAST}

SHEET = Template("""
* { font-family: "$family", "Qingdan Rare"; font-size: ${s14}px; color: $ink; }
QWidget#ground, QMainWindow, QDialog { background: $ground; }
QWidget#bar { background: $sheet; border-bottom: 1px solid $line; }
QWidget#foot { background: $sunk; border-top: 1px solid $line2; }
QWidget#under { border-top: 1px solid $line; }
QWidget#banner { background: $amb_tint; border-bottom: 1px solid $line2; }
QFrame#card { background: $sheet; border: 1px solid $line; border-radius: 6px; }
QFrame#open { background: $acc_tint; border: none; border-left: 3px solid $acc; }
QFrame#amber { background: $amb_tint; border: 1px solid $amb_mark; border-radius: 4px; }
QWidget#aside { background: $head; border-left: 1px solid $line; }
QFrame#side { background: $head; border: none; border-left: 1px solid $line; }
QFrame#stick { background: $sheet; border: 2px solid $acc; border-radius: 6px; }
QFrame#stick[vacant="yes"] { border: 1px dashed $edge; }
QFrame#stick[bad="yes"] { border-color: $red; }
QFrame#safe { background: $acc_tint; border: none; border-radius: 4px; }
QFrame#wrong { background: $red_tint; border: none; border-radius: 4px; }
QFrame#rule { background: $line; border: none; min-height: 1px; max-height: 1px; }
QLabel { background: transparent; }
QLabel[tone="sentence"] { font-size: ${s30}px; font-weight: bold; }
QLabel[tone="section"] { font-size: ${s16}px; font-weight: bold; }
QLabel[tone="strong"] { font-weight: bold; }
QLabel[tone="figure"] { font-size: ${s22}px; font-weight: bold; }
QLabel[tone="second"] { font-size: ${s12}px; color: $ink2; }
QLabel[tone="small"] { font-size: ${s13}px; color: $ink2; }
QLabel[tone="later"] { font-size: ${s16}px; font-weight: bold; color: $ink2; }
QLabel[tone="key"] { font-size: ${s12}px; color: $ink2; background: $sheet; border: 1px solid $line2; border-radius: 4px; padding: 0 4px; }
QLabel[tone="dim"] { font-weight: bold; color: $ink2; }
QLabel[tone="stop"] { font-size: ${s22}px; font-weight: bold; color: $red; }
QLabel[tone="red"] { color: $red; }
QLabel[tone="amber"] { color: $amb; }
QLabel[tone="saved"] { font-size: ${s12}px; color: $ink2; }
QPushButton { background: $sheet; border: 1px solid $edge; border-radius: 4px; padding: 5px 14px; min-height: 20px; }
QPushButton:hover { background: $acc_tint; }
QPushButton:focus { border: 2px solid $acc; padding: 4px 13px; }
QPushButton::menu-indicator { image: url("$arrow"); subcontrol-position: right center; width: 12px; }
QPushButton:disabled { color: $ink3; border-color: $line2; background: $head; }
QPushButton[tone="main"] { background: $acc; color: $on_acc; border-color: $acc; font-weight: bold; }
QPushButton[tone="main"]:focus { border: 2px solid $ink; }
QPushButton[tone="main"]:disabled { background: $line; color: $ink3; border-color: $line; }
QPushButton[tone="flat"] { background: transparent; border: 1px solid transparent; padding: 5px 10px; }
QPushButton[tone="flat"]:focus { border: 2px solid $acc; padding: 4px 9px; }
QPushButton[tone="flat"]:checked { background: $acc_tint; color: $acc; font-weight: bold; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 4px; padding: 6px; }
QToolButton:hover { background: $acc_tint; }
QToolButton:focus { border: 2px solid $acc; padding: 5px; }
QLineEdit QToolButton, QLineEdit QToolButton:hover { background: transparent; border: none; padding: 0; }
QPushButton[tone="fold"], QPushButton[tone="foldlater"] { background: transparent; border: 1px solid transparent; padding: 0 4px; margin-left: -5px;
  font-size: ${s16}px; font-weight: bold; text-align: left; }
QPushButton[tone="foldlater"] { color: $ink2; }
QPushButton[tone="fold"]:hover, QPushButton[tone="foldlater"]:hover { color: $acc; }
QPushButton[tone="fold"]:focus, QPushButton[tone="foldlater"]:focus { border: 2px solid $acc; padding: 0 3px; }
QComboBox[tone="who"], QComboBox[tone="when"] { background: transparent; border: 1px solid transparent; padding: 0 4px; }
QComboBox[tone="who"] { font-weight: bold; }
QComboBox[tone="when"] { font-size: ${s12}px; color: $ink2; }
QComboBox[tone="who"]:focus, QComboBox[tone="when"]:focus { border: 2px solid $acc; padding: 0 3px; }
QPushButton[tone="tab"] { background: transparent; border: none; border-radius: 0; padding: 6px 12px; font-size: ${s13}px; }
QPushButton[tone="tab"]:checked { background: $sheet; color: $acc; font-weight: bold; border-bottom: 3px solid $acc; }
QPushButton[tone="tab"]:focus { border: 2px solid $acc; }
QPushButton[tone="chip"] { background: transparent; border: 1px solid transparent; border-radius: 12px; padding: 2px 8px; min-height: 18px;
  font-size: ${s13}px; color: $ink2; }
QPushButton[tone="chip"]:checked { background: $sheet; border-color: $acc; color: $acc; font-weight: bold; }
QPushButton[tone="chip"]:focus { border: 2px solid $acc; padding: 1px 7px; }
QPushButton[tone="tool"] { background: transparent; border: 1px solid transparent; padding: 5px 7px; font-size: ${s13}px; }
QPushButton[tone="tool"]:hover { background: $acc_tint; }
QPushButton[tone="tool"]:focus { border: 2px solid $acc; padding: 4px 6px; }
QPushButton[tone="tool"]:disabled { color: $ink3; background: transparent; }
QPushButton[tone="tool"]::menu-indicator { image: none; width: 0; }
QPushButton[tone="link"] { background: transparent; border: 1px solid transparent; padding: 3px 2px; text-align: left; font-size: ${s13}px;
  color: $acc; }
QPushButton[tone="link"]:focus { border: 2px solid $acc; padding: 2px 1px; }
QFrame#cellrow { background: $sheet; border: 1px solid $line; border-radius: 4px; }
QFrame#cellrow:focus { border: 2px solid $acc; }
QScrollArea#side { background: $head; border-left: 1px solid $line; }
QLineEdit, QPlainTextEdit, QComboBox, QDateEdit, QSpinBox { background: $sheet; border: 1px solid $edge; border-radius: 4px;
  padding: 4px 6px; selection-background-color: $acc; selection-color: $on_acc; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus { border: 2px solid $acc; padding: 3px 5px; }
QLineEdit[missing="true"], QPlainTextEdit[missing="true"], QComboBox[missing="true"] { border: 1px dashed $amb_mark; }
QLineEdit[missing="true"]:focus, QPlainTextEdit[missing="true"]:focus, QComboBox[missing="true"]:focus { border: 2px solid $acc; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] { border: 2px solid $red; }
QLineEdit:read-only, QPlainTextEdit:read-only, QComboBox:disabled { background: $locked; color: $ink2; }
QComboBox::drop-down { border: none; width: 22px; }
QComboBox::down-arrow { image: url("$arrow"); width: 14px; height: 14px; }
QComboBox QAbstractItemView, QListView, QListWidget, QTreeView { background: $sheet; border: 1px solid $line2;
  selection-background-color: $acc_sel; selection-color: $ink; outline: none; }
QListView#names::item { padding: 0 8px; border: none; }
QListView#names::item:selected { background: $acc_sel; color: $ink; }
QListView#painted { border: 1px solid $line; border-radius: 6px; padding: 1px; }
QListView#painted:focus { border: 2px solid $acc; padding: 0; }
QTreeWidget#plain { border: none; }
QTableWidget { outline: none; }
QTreeWidget::item:selected, QTableWidget::item:selected { background: $acc_sel; border: none; }
QListWidget#things { border: 1px solid $line; border-radius: 6px; }
QListWidget#things::item { padding: 0; border: none; }
QListWidget#things:focus { border: 2px solid $acc; }
QListWidget::item { padding: 7px 8px; border-bottom: 1px solid $line; }
QListWidget::item:selected { background: $acc_sel; }
QListWidget:focus { border: 2px solid $acc; }
QListWidget#small { background: $ground; border: none; border-right: 1px solid $line; }
QListWidget#small::item { border: none; padding: 4px 2px; }
QListWidget#small::item:selected { background: $acc_sel; color: $acc; }
QTableView { background: $sheet; border: none; gridline-color: $grid; selection-background-color: $acc_sel; selection-color: $ink; }
QHeaderView { background: $head; border: none; }
QHeaderView::section { background: $head; color: $ink2; border: none; border-right: 1px solid $grid; border-bottom: 1px solid $line2;
  padding: 4px 5px; font-size: ${s13}px; font-weight: bold; }
QTableCornerButton::section { background: $head; border: none; border-bottom: 1px solid $line2; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: $ground; width: 12px; } QScrollBar:horizontal { background: $ground; height: 12px; }
QScrollBar::handle { background: $line2; border-radius: 4px; min-height: 30px; min-width: 30px; margin: 2px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QToolTip { background: $ink; color: $sheet; border: none; padding: 5px; }
QProgressBar { border: 1px solid $edge; border-radius: 4px; text-align: center; background: $sheet; }
QProgressBar::chunk { background: $acc; }
QMenu { background: $sheet; border: 1px solid $line2; } QMenu::item { padding: 5px 24px; }
QMenu::item:selected { background: $acc_sel; }
""")


class Theme:
    """The current theme: tokens as QColor, and the scale of text."""

    def __init__(self, theme: str = "light", percent: int = 100) -> None:
        self.change(theme, percent)

    def change(self, theme: str, percent: int) -> None:
        """Set theme and text size; `dress` and widgets made later show it."""
        self.theme, self.tokens, self.percent = theme, THEMES[theme], percent

    def colour(self, token: str) -> QColor:
        """The colour of a token."""
        return QColor(self.tokens[token])

    def size(self, pixels: int) -> int:
        """A length in px, scaled by the text size setting."""
        return round(pixels * self.percent / 100)

    def font(self, pixels: int = 13, bold: bool = False) -> QFont:
        """The window's font at a size in px, scaled likewise."""
        font = QFont(FAMILY)
        font.setPixelSize(self.size(pixels))
        font.setBold(bold)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font

    def sheet(self) -> str:
        """The style sheet."""
        sizes = {f"s{n}": str(self.size(n)) for n in (12, 13, 14, 16)}
        # large sizes grow half as much, so that a page in large text still shows more than its heading
        sizes |= {f"s{n}": str(round(n * (100 + self.percent) / 200)) for n in (22, 30)}
        arrow = resources.path("icons", "down.svg").as_posix()
        return SHEET.substitute(self.tokens, family=FAMILY, arrow=arrow, **sizes)


def load_fonts() -> None:
    """Make the shipped fonts known to Qt, without the rare characters."""
    for name in FACES:
        QFontDatabase.addApplicationFontFromData(resources.content("fonts", name))


def load_rare(content: bytes) -> None:
    """Add the font of rare characters; it is read after the window is shown, as few texts need it."""
    QFont.insertSubstitution(FAMILY, RARE)
    QFontDatabase.addApplicationFontFromData(content)


def dress(app: QApplication, look: Theme) -> None:
    """Apply a theme to the program."""
    app.setStyle("Fusion")
    app.setFont(look.font(14))
    app.setStyleSheet(look.sheet())
