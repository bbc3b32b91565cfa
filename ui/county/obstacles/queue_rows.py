"""The rows of the queue in their order: the longest waiting first, what was put off last."""

from collections.abc import Mapping, Sequence

from models.county.confirmations import Confirmations, Key
from models.county.request_details import task_words
from ui.county.obstacles.request_queue import QueueRow


def queue_rows(requests: Confirmations, days: Mapping[Key, int], later: Sequence[Key], year: int) -> list[QueueRow]:
    """A row for each request; `later` are those put off here, in the order in which they were."""
    rows = [QueueRow(c, task_words(requests.space, c), days.get(c.key, 0), year, c.key in later) for c in requests.all]
    place = {key: n for n, key in enumerate(later, 1)}
    return sorted(rows, key=lambda r: (place.get(r.request.key, 0), -r.waited))
