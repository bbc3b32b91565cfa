"""设置: a record editor for the settings, with the key card below."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import QTimer

from forms.kind import Value
from forms.records import OF_A_SAMPLE, OF_THE_COUNTY, SETTINGS
from forms.states import Role
from ui.filling.record_page import RecordEditor, Source
from ui.session import Session
from ui.settings.appearance import chosen_look
from ui.settings.key_card import KeyCard
from ui.widgets.theme import Theme


def settings_page(session: Session, look: Theme) -> RecordEditor:
    """The settings page; each change is stored at once."""
    space = session.space

    def write(values: Mapping[str, Value]) -> bool:
        space.set(values)
        session.message.emit("设置已存好", "saved")
        if {"theme", "font_size", "sample_day"} & set(values):  # shown on every page
            look.change(*chosen_look(space.settings))
            QTimer.singleShot(0, session, session.appearance_changed.emit)  # not while this page is still at work
        return True

    hidden = {*(() if space.role == Role.OFFICE else OF_THE_COUNTY), *(() if space.sample_day else OF_A_SAMPLE)}
    shown = replace(SETTINGS, fields=tuple(f for f in SETTINGS.fields if f.name not in hidden))
    page = RecordEditor(shown, look, Source(lambda: space.settings, write))
    page.below.addWidget(KeyCard(session, look))
    return page
