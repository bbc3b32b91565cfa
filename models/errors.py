"""The one kind of error that is shown to people as it stands."""

from collections.abc import Sequence


class UserError(Exception):
    """Something the user can mend: a Chinese sentence with place, value and way out. `details` lists the places,
    one line each as `file:sheet:row:column: message`.
    """

    def __init__(self, message: str, details: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.details = tuple(details)
