"""Writes a time relative to today."""

from datetime import date, datetime

from models.store.clock import today_here


def moment(at: datetime | str, today: date | None = None, seconds: bool = False) -> str:
    """今天 09:05, 昨天 16:30, or 10月25日 14:43, with seconds if wanted; `at` may be a text as stored in the ledger."""
    at = datetime.fromisoformat(at) if isinstance(at, str) else at
    days = ((today or today_here()) - at.date()).days
    day = "今天" if days == 0 else "昨天" if days == 1 else f"{at.month}月{at.day}日"
    return f"{day} {at:%H:%M:%S}" if seconds else f"{day} {at:%H:%M}"
