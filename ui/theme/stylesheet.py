"""The style sheet, written once over the tokens.

The focus ring is one pixel thicker than the border that it replaces: the padding gives that pixel, so that
nothing moves.
"""

from string import Template

from ui.theme.tokens import TONES, Tokens

_BASE = Template("""
QWidget { color: $text; }
QMainWindow, QDialog, QWidget#Ground { background: $bg; }
QToolTip { background: $text; color: $card; border: 0; padding: 6px 8px; }
QLabel { background: transparent; }
QLabel[look="title"] { font-size: 15px; font-weight: 600; }
QLabel[look="heading"] { font-size: 14px; font-weight: 600; }
QLabel[look="mute"] { color: $mute; }
QLabel[look="small"] { color: $mute; font-size: 12px; }
QLabel[look="label"] { font-weight: 600; }
QLabel[look="error"] { color: $bad; font-weight: 600; }
QLabel[look="figure"] { font-size: 24px; font-weight: 700; }
QLabel[look="percent"] { font-size: 17px; font-weight: 700; }
QLabel[look="as_of"] { background: $warn_ground; color: $warn; border: 1px solid $warn; border-radius: 6px;
    font-weight: 600; padding: 3px; }
QLabel[look="capitals"] { color: $mute; font-size: 11px; font-weight: 600; }
QLabel[look="keycap"] { color: $mute; background: $alt; border: 1px solid $line; border-radius: 4px;
    padding: 0 5px; font-size: 11px; font-weight: 600; min-height: 16px; }

QFrame#Head { background: $head; border: 0; }
QFrame#Head QLabel { color: $on_head; }
QFrame#Head QLabel[look="head_mute"] { color: $head_mute; }
QFrame#Head QLabel[look="clock"] { font-size: 16px; font-weight: 700; }
QFrame#Head QLabel[look="brand"] { font-size: 17px; font-weight: 700; }
QPushButton[look="head"] { background: transparent; color: $on_head; border-color: transparent;
    padding: 4px 10px; font-weight: 500; }
QPushButton[look="head"]:hover { background: rgba(255, 255, 255, 0.14); }
QPushButton[look="head"]:focus { border-color: $band; }
QFrame#Rail { background: $card; border: 0; border-right: 1px solid $line; }
QFrame#Rail QToolButton { background: transparent; border: 2px solid transparent; border-radius: 0;
    color: $mute; font-size: 12px; font-weight: 600; padding: 4px 0; }
QFrame#Rail QToolButton:hover { background: $hover; color: $text; }
QFrame#Rail QToolButton:checked { background: $selection; color: $text; border-left: 4px solid $brand;
    padding-right: 2px; }
QFrame#Rail QToolButton[tone="warn"] { background: $warn_ground; color: $warn; }
QFrame#Rail QToolButton:focus { border: 2px solid $focus; border-radius: 6px; }
QLabel[look="band"], QFrame#Head QLabel[look="band"] { background: $band; color: $on_band; font-size: 12px;
    font-weight: 700; border-radius: 10px; padding: 0 12px; min-height: 21px; max-height: 21px; }

Card, HubCard { background: $card; border: 1px solid $line; border-radius: 10px; }
Card[sunken="true"] { background: $alt; }
QFrame#Rule { background: $line; border: 0; }

QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 3px; margin: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $mute; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")

_BUTTONS = Template("""
QPushButton { background: $card; border: 1px solid $button; border-radius: 7px; padding: 6px 15px;
    min-height: 20px; font-weight: 600; }
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $selection; }
QPushButton:disabled { color: $mute; border-color: $line; background: $alt; }
QPushButton:focus { border: 2px solid $focus; padding: 5px 14px; }
QPushButton[look="primary"] { background: $primary; color: $on_primary; border-color: $primary; }
QPushButton[look="primary"]:focus { border-color: $text; }
QPushButton[look="primary"]:disabled { background: $plain_ground; color: $plain;
    border-color: $plain_ground; }
QPushButton[look="danger"] { color: $bad; border-color: $bad; }
QPushButton[look="danger"]:focus { border-color: $focus; }
QPushButton[look="danger"]:disabled { color: $mute; border-color: $line; }
QPushButton[look="quiet"] { background: transparent; border-color: transparent; border-width: 2px;
    padding: 4px 8px; }
QPushButton[look="quiet"]:hover { background: $hover; }
QPushButton[look="quiet"]:focus { border-color: $focus; padding: 4px 8px; }
QPushButton[look="chip"] { border-radius: 15px; border-width: 2px; padding: 3px 14px; font-size: 12px; }
QPushButton[look="chip"]:hover { border-color: $edge; }
QPushButton[look="chip"]:checked { background: $brand; color: $on_brand; border-color: $brand; }
QPushButton[look="chip"]:focus { border-color: $focus; padding: 3px 14px; }
QPushButton[look="chip"]:checked:focus { border-color: $text; }
QPushButton[look="warning"] { text-align: left; border: 0; border-radius: 6px; padding: 5px 10px;
    font-weight: 600; font-size: 12px; background: $plain_ground; color: $text; }
QPushButton[look="warning"][tone="bad"] { background: $bad_ground; color: $bad; }
HubCard:hover { border-color: $edge; }
HubCard[chosen="true"] { border: 2px solid $brand; }
HubCard:focus { border: 2px solid $focus; }
KeyButton QLabel { font-weight: 600; }
KeyButton QLabel[look="keycap"] { background: $plain_ground; color: $plain; border: 0; }
KeyButton[look="primary"] QLabel { color: $on_primary; }
KeyButton[look="primary"] QLabel[look="keycap"] { background: rgba(0, 0, 0, 0.2); color: $on_primary; }
KeyButton[look="primary"] QLabel:disabled { color: $plain; }
KeyButton[look="primary"] QLabel[look="keycap"]:disabled { background: $card; color: $plain; }
KeyButton[look="danger"] QLabel { color: $bad; }
KeyButton QLabel:disabled, KeyButton[look="danger"] QLabel:disabled { color: $mute; }
QPushButton[look="onmap"] { background: $card; padding: 0; min-width: 30px; max-width: 30px; min-height: 30px;
    max-height: 30px; font-size: 17px; }
QPushButton[look="onmap"]:hover { background: $hover; }
QPushButton[look="onmap"]:focus { padding: 0; min-width: 28px; max-width: 28px; min-height: 28px;
    max-height: 28px; }
QPushButton[look="thanks"] { min-height: 0; padding: 0; border: 0; background: transparent; }
MapView { border: 1px solid $line; border-radius: 6px; background: $bg; }
MapView:focus { border: 2px solid $focus; }
LoadTile { background: transparent; border: 2px solid transparent; border-radius: 8px; }
LoadTile:hover { background: $hover; }
LoadTile:focus { border-color: $focus; }
""")

_FIELDS = Template("""
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox, QSpinBox, QDateEdit {
    background: $card; border: 1px solid $edge; border-radius: 6px; padding: 5px 9px; min-height: 20px;
    selection-background-color: $brand; selection-color: $on_brand; placeholder-text-color: $mute; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
    border: 2px solid $focus; padding: 4px 8px; }
QLineEdit[wrong="true"], QPlainTextEdit[wrong="true"], QComboBox[wrong="true"] {
    border: 2px solid $bad; padding: 4px 8px; background: $bad_ground; }
QLineEdit[wrong="true"]:focus, QPlainTextEdit[wrong="true"]:focus, QComboBox[wrong="true"]:focus {
    border-color: $focus; }
QFrame#CommandBar { background: $card; border: 1px solid $edge; border-radius: 12px; }
QLineEdit[look="bar"], QLineEdit[look="bar"]:focus { border: 0; border-radius: 11px; background: transparent;
    font-size: 17px; padding: 11px 13px; min-height: 26px; }
QListView#Hits { background: transparent; border: 0; padding: 0 0 6px 0; }
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    color: $mute; background: $alt; border-color: $line; }
QLineEdit[readOnly="true"] { background: $alt; border-color: $line; }
QComboBox::drop-down { border: 0; width: 26px; }
QComboBox::down-arrow { image: url($icons/chevron-down.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView, QAbstractItemView#Choices { background: $card; border: 1px solid $edge;
    padding: 4px; outline: 0; selection-background-color: $selection; selection-color: $text; }
/* What Qt leaves round the rows of a finder is 6 pixels high: with more a single one is cut. */
QAbstractItemView#Choices { padding: 2px 4px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; background: transparent;
    min-height: 0; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 2px solid transparent; border-radius: 5px; }
QCheckBox:focus, QRadioButton:focus { border-color: $focus; }
QCheckBox::indicator { width: 16px; height: 16px; border: 2px solid $edge; border-radius: 4px;
    background: $card; }
QCheckBox::indicator:checked { background: $brand; border-color: $brand; image: url($icons/check.svg); }
QRadioButton::indicator { width: 14px; height: 14px; border: 2px solid $edge; border-radius: 9px;
    background: $card; }
QRadioButton::indicator:checked { border: 5px solid $brand; width: 8px; height: 8px; }
QMenu { background: $card; border: 1px solid $edge; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 5px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $mute; }
QMenu::separator { height: 1px; background: $line; margin: 6px 4px; }
QProgressBar { background: $track; border: 0; border-radius: 3px; max-height: 6px; }
QProgressBar::chunk { background: $brand; border-radius: 3px; }
""")

_TABLES = Template("""
QTableView, QListView, QTreeView { background: $card; border: 0; outline: 0; gridline-color: $line;
    selection-background-color: $selection; selection-color: $text; }
QListWidget, QListView#Candidates { border: 1px solid $line; border-radius: 8px; padding: 4px; }
QListView#Candidates { padding: 1px; }
QListWidget:focus, QListView#Candidates:focus { border-color: $focus; }
QListWidget::item { border-radius: 6px; padding: 3px 10px; }
QListWidget::item:hover { background: $hover; }
QListWidget::item:selected { background: $selection; color: $text; }
QTableWidget#people::item { padding: 0 7px; border-bottom: 1px solid $line; }
QTableWidget#people::item:selected { background: $selection; }
QHeaderView { background: $card; border: 0; }
QHeaderView::section { background: $card; color: $mute; border: 0; border-bottom: 1px solid $line;
    padding: 0 10px; font-size: 11px; font-weight: 600; }
QHeaderView::section:hover { color: $text; }
QTabBar::tab { padding: 7px 14px; border: 0; border-bottom: 3px solid transparent; color: $mute;
    font-weight: 600; }
QTabBar::tab:selected { color: $text; border-bottom-color: $brand; }
QTabBar::tab:focus { color: $focus; }
""")

_TONE = Template("""
QLabel[tone="$tone"] { color: $ink; }
Pill[tone="$tone"] { color: $ink; background: $ground; border-radius: 10px; padding: 0 9px;
    font-size: 12px; font-weight: 600; min-height: 21px; max-height: 21px; }
Notice[tone="$tone"] { background: $ground; border: 1px solid $ink; border-radius: 8px; }
Notice[tone="$tone"] QLabel#Sentence { color: $text; }
QFrame#Warning[tone="$tone"] { background: $ground; border: 0; border-left: 4px solid $ink;
    border-radius: 4px; }
QFrame#Warning[tone="$tone"] QLabel[look="small"] { color: $text; }
""")


def stylesheet(tokens: Tokens, icons: str) -> str:
    """The whole style sheet for one theme; `icons` is the folder of its tinted chevron and tick."""
    values = tokens._asdict() | {"icons": icons}
    parts = [part.substitute(values) for part in (_BASE, _BUTTONS, _FIELDS, _TABLES)]
    for tone in TONES:
        ink, ground = values[tone], values[f"{tone}_ground"]
        parts.append(_TONE.substitute(values, tone=tone, ink=ink, ground=ground))
    return "\n".join(parts)
