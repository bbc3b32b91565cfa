"""What is left to do, in the window's corners: beside each form's name, at each step, and on the button F8."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.county.next_step import first_thing, stages
from ui.filling.open_items import counts
from ui.handin.step_state import next_words, rail_words
from ui.window.page_registry import CHECK, HOME, PRINT, SEND

if TYPE_CHECKING:
    from ui.window.main_window import MainWindow


def show_counts(window: MainWindow) -> None:
    """The figures at the forms' tabs and at the steps from filling in to handing in."""
    session, left = window.session, counts(window.session)
    for form in session.forms:
        count = left[form.name]
        done = "" if session.lock.shut else " ✓"  # what is shut was not always finished
        window.buttons[form.name].setText(f"{form.title} {count}" if count else f"{form.title}{done}")
    cells = session.now.left_cells
    texts = {HOME: f"还剩{left.total()}件" if left.total() else "✓", CHECK: f"{cells}" if cells else "✓"}
    if session.lock.shut:
        texts = {}
    if SEND in window.sides:
        texts[PRINT], texts[SEND] = rail_words(session)
    for (name, title), step in zip(window.rail, window.top.steps, strict=True):
        text = texts.get(name, "")
        step.show_step(f"{title} {text}".strip(), "done" if text == "✓" else "todo")
    say_next(window, left.total())


def say_next(window: MainWindow, left: int | None = None) -> None:
    """The right upper corner: one button, one key. `left`: how many things are left, where it is known already."""
    if window.in_front in window.county:
        own = getattr(window.stack.currentWidget(), "next_words", "")  # what the page in front has left
        words = own or first_thing(window.session.space, window.session.period).words
        window.top.county.tell(stages(window.session.space, window.session.period), window.in_front)
    else:
        left = counts(window.session).total() if left is None else left
        shut = window.session.lock.shut
        words = (
            "打印"
            if shut
            else f"逐件做：还剩{left}件"
            if left
            else next_words(window.session)
            if SEND in window.sides
            else "打印"
        )
    window.top.next.setText(f"{words}　F8")
