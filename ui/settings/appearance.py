"""界面: theme and text size from the settings."""

from forms.field import Row


def chosen_look(settings: Row) -> tuple[str, int]:
    """Theme name and text size in percent."""
    return settings.get("theme") or "light", int(settings.get("font_size") or 100)
