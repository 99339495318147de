# SPDX-License-Identifier: Apache-2.0
"""The look of the widgets, written once with the theme's colour names."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.kit.theme import Colours

_SHEET = Template("""
QLabel[role="title"] { font-size: 17pt; font-weight: 700; color: $text; }
QLabel[role="heading"] { font-size: 12pt; font-weight: 700; color: $text; }
QLabel[role="subheading"] { font-weight: 700; color: $accent; }
QLabel[role="question"] { color: $text; font-weight: 600; }
QLabel[role="asked"] { font-size: 19pt; color: $text; }
QLabel[role="muted"], QLabel[role="help"] { color: $muted; }
QLabel[role="help"] { font-size: 9.5pt; }
QLabel[role="understood"] { color: $good; font-size: 9.5pt; }
QLabel[role="agrees"] { color: $good; }
QLabel[role="late"] { color: $danger; }
QLabel[role="error"] { color: $danger; font-size: 9.5pt; }
QLabel[role="warning"] { color: $warning; font-size: 9.5pt; }
QLabel[role="figure"] { font-size: 24pt; font-weight: 700; color: $accent; }
QLabel[role="caption"] { color: $muted; font-size: 9.5pt; }
QLabel[role="recovery"] { font-family: monospace; font-size: 14pt; font-weight: 700; letter-spacing: 1px; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QDateEdit {
  background: $surface; color: $text; border: 1px solid $border; border-radius: 5px;
  padding: 5px 8px; min-height: 20px; placeholder-text-color: $muted;
  selection-background-color: $accent; selection-color: $on_accent; }
QPlainTextEdit { padding: 3px 5px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $accent; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus, QDateEdit:focus {
  border: 2px solid $focus; padding: 4px 7px; }
QPlainTextEdit:focus { padding: 2px 4px; }
QLineEdit:read-only, QPlainTextEdit:read-only, QLineEdit:disabled, QComboBox:disabled, QPlainTextEdit:disabled {
  background: $window; color: $muted; border-color: $line; }
QLineEdit[wrong="error"], QPlainTextEdit[wrong="error"], QComboBox[wrong="error"] {
  border: 2px solid $danger; padding: 4px 7px; }
QLineEdit[wrong="warning"], QPlainTextEdit[wrong="warning"], QComboBox[wrong="warning"] {
  border: 2px solid $warning; padding: 4px 7px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: none; width: 0; height: 0; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: 0; padding: 0; background: transparent; min-height: 0; }
QComboBox QAbstractItemView, QListView[role="popup"] {
  background: $surface; color: $text; border: 1px solid $border; outline: 0;
  selection-background-color: $accent; selection-color: $on_accent; }
QListView[role="popup"]::item, QComboBox QAbstractItemView::item { min-height: 26px; padding: 2px 8px; }

QPushButton, QRadioButton, QCheckBox { outline: 0; }
QPushButton { background: $surface; color: $text; border: 1px solid $border; border-radius: 5px;
  padding: 6px 14px; min-height: 20px; }
QPushButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed { background: $sunken; }
QPushButton:focus { border: 2px solid $focus; padding: 5px 13px; }
QPushButton:disabled { color: $muted; background: $window; border-color: $line; }
QPushButton[role="main"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: 700; }
QPushButton[role="main"]:hover, QPushButton[role="main"]:pressed {
  background: $accent_strong; border-color: $accent_strong; }
QPushButton[role="main"]:focus { border: 2px solid $focus; }
QPushButton[role="main"]:disabled { background: $sunken; color: $muted; border-color: $line; }
QPushButton[role="link"] {
  background: transparent; border: 1px solid transparent; color: $accent; padding: 2px 1px; text-align: left; }
QPushButton[role="link"]:hover { text-decoration: underline; background: transparent; border-color: transparent; }
QPushButton[role="link"]:focus { border: 2px solid $focus; padding: 1px 0; }
QPushButton[role="link"]:disabled { color: $muted; }
QPushButton[role="danger"] { color: $danger; border-color: $danger; }
QPushButton[role="danger"]:hover { background: $danger_soft; }
QPushButton[role="danger"]:disabled { color: $muted; background: $window; border-color: $line; }

QToolButton {
  background: transparent; color: $muted; border: 1px solid transparent; border-radius: 5px; padding: 4px 6px; }
QToolButton:hover { background: $accent_soft; color: $text; }
QToolButton:focus { border: 2px solid $focus; padding: 3px 5px; }
QToolButton::menu-indicator { image: none; }
QToolButton[role="chip"] {
  background: $sunken; color: $text; border: 1px solid $line; border-radius: 11px; padding: 3px 10px; }
QToolButton[role="small"] { padding: 0 4px; }
QToolButton[role="small"]:focus { padding: 0 3px; }
QToolButton[role="chip-small"] {
  background: $accent_soft; color: $accent_strong; border: 1px solid $accent; border-radius: 8px; padding: 0 8px; }
QToolButton[role="chip-small"]:focus { border: 2px solid $focus; padding: 0 7px; }
QToolButton[role="chip"]:hover { border-color: $accent; }
QToolButton[role="chip"]:focus { border: 2px solid $focus; padding: 2px 9px; }

QRadioButton, QCheckBox {
  spacing: 7px; padding: 4px 6px 4px 2px; border: 2px solid transparent; border-radius: 5px; }
QRadioButton[role="tight"] { padding: 1px 6px 1px 2px; }
*[look="large"] QRadioButton, *[look="large"] QCheckBox { font-size: 14pt; padding: 6px 10px 6px 4px; }
*[look="large"] QLabel[role="words"], *[look="large"] QLineEdit, *[look="large"] QComboBox,
*[look="large"] QPlainTextEdit { font-size: 14pt; }
QRadioButton:focus, QCheckBox:focus { border-color: $focus; }
QRadioButton::indicator, QCheckBox::indicator, QListView::indicator {
  width: 12px; height: 12px; border: 2px solid $border; border-radius: 8px; background: $surface; }
QCheckBox::indicator, QListView::indicator { border-radius: 4px; }
QRadioButton::indicator:hover, QCheckBox::indicator:hover { border-color: $accent; }
QRadioButton::indicator:checked, QCheckBox::indicator:checked, QListView::indicator:checked {
  width: 6px; height: 6px; border: 5px solid $accent; }
QRadioButton::indicator:disabled { border-color: $line; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[role="line"] { background: $line; border: 0; max-height: 1px; }
QFrame[role="banner"] { border-radius: 6px; border: 1px solid $line; background: $surface; }
QFrame[role="banner"][tone="error"] { background: $danger_soft; border-color: $danger; }
QFrame[role="banner"][tone="warning"] { background: $warning_soft; border-color: $warning; }
QFrame[role="banner"][tone="good"] { background: $good_soft; border-color: $good; }
QFrame[role="banner"][tone="info"] { background: $accent_soft; border-color: $accent; }
QFrame[role="brand"] { background: $brand; border: 0; }
QFrame[role="brand"] QLabel { color: $quiet_on_brand; }
QFrame[role="brand"] QLabel[role="brand-name"] { color: $on_brand; font-size: 20pt; font-weight: 700; }
QFrame[role="brand"] QLabel[role="step-now"] { color: $on_brand; font-weight: 700; }
QPushButton[role="language"] {
  background: transparent; border: 2px solid transparent; color: $muted; padding: 4px 8px; }
QPushButton[role="language"]:hover { color: $text; text-decoration: underline; }
QPushButton[role="language"]:checked { color: $accent; border-bottom-color: $accent; border-radius: 0; }
QPushButton[role="choice"] { text-align: left; padding: 11px 14px; }
QPushButton[role="choice"]:focus { padding: 10px 13px; }
QPushButton[role="choice"]:checked {
  background: $accent_soft; border-color: $accent; color: $accent_strong; font-weight: 700; }
QPushButton[role="language"]:focus { border-color: $focus; }
QFrame[role="navigation"] { background: $sunken; border: 0; border-right: 1px solid $line; }
QFrame[role="status"] { background: $window; border: 0; border-top: 1px solid $line; }

QPushButton[role="place"] { background: transparent; border: 2px solid transparent; border-radius: 6px;
  text-align: left;
  padding: 6px 10px; color: $text; }
QPushButton[role="place"]:hover { background: $surface; }
QPushButton[role="place"]:checked { background: $accent_soft; color: $accent_strong; font-weight: 700; }
QPushButton[role="place"]:focus { border-color: $focus; }

QTableView, QTreeView, QListView { background: $surface; alternate-background-color: $window; color: $text;
  border: 1px solid $line; border-radius: 6px; padding: 1px; gridline-color: $line; outline: 0;
  selection-background-color: $accent_soft; selection-color: $text; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 2px solid $focus; padding: 0; }
QTableView[role="bare"] { border: 2px solid transparent; border-radius: 4px; padding: 0; }
QTableView[role="bare"]:focus { border-color: $focus; }
QListView[role="steps"] { background: transparent; border: 2px solid transparent; padding: 0; }
QListView[role="steps"]:focus { border-color: $focus; }
QListView[role="steps"]::item { padding: 0 8px; border-radius: 6px; }
QListView[role="steps"]::item:hover { background: $sunken; }
QListView[role="steps"]::item:selected { background: $accent_soft; color: $accent_strong; }
QListView[role="steps"]::item:disabled { color: $muted; background: transparent; }
QTableView::item { padding: 2px 8px; }
QTreeView::item { padding: 6px 8px; border: 0; }
QTableView::item:selected, QTreeView::item:selected { background: $accent_soft; color: $text; }
QTreeView::branch:selected { background: $accent_soft; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section {
  background: $surface; color: $muted; border: 0; border-bottom: 1px solid $border; padding: 6px 11px;
  font-weight: 700; }
QHeaderView::section:vertical { border-bottom: 1px solid $line; font-weight: 400; padding: 0 6px; }
QTableCornerButton::section { background: $surface; border: 0; border-bottom: 1px solid $border; }

QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[role="body"] { background: transparent; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $border; border-radius: 4px; min-height: 32px; min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }

QTabWidget::pane { border: 0; border-top: 1px solid $line; }
QTabBar::tab {
  background: transparent; color: $muted; padding: 8px 14px; border: 0; border-bottom: 3px solid transparent; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: 700; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:focus { color: $focus; }

QProgressBar { background: $sunken; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QMenu { background: $surface; color: $text; border: 1px solid $border; padding: 4px; }
QMenu::item { padding: 6px 22px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QToolTip { background: $surface; color: $text; border: 1px solid $border; padding: 4px 6px; }
""")


def style_sheet(colours: Colours) -> str:
    """The application's style sheet in these colours."""
    return _SHEET.substitute(colours._asdict())
