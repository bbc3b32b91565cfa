"""Clocks are wrong at times: nothing here is ordered by them, but people should be told."""

from datetime import datetime, timedelta

from models.store.store import Store

SLACK = timedelta(days=1)


def behind(store: Store) -> str:
    """A sentence where the PC's clock is before the newest time written here; '' otherwise."""
    newest = store.conn.execute("SELECT max(at) FROM history").fetchone()[0]
    if not newest:
        return ""
    late = datetime.fromisoformat(newest) - datetime.now().astimezone()
    if late < SLACK:
        return ""
    return f"这台电脑的时间比上次填报时早了{late.days}天，请校准时间；内容不受影响，只是记录里的时间不准。"
