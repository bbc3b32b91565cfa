"""Why a file was not taken in (没有装入): one error, and the ids of the sentences that several rooms share."""

from models.errors import UserError

INCOMPLETE = "file.incomplete"
STRANGER = "file.stranger"
NOT_FOR_US = "file.not-for-us"
NOT_FOR_OFFICE = "file.not-for-office"
CHANGED = "file.changed"
TOO_NEW = "file.too-new"
TOO_DEEP = "file.too-deep"


class Refused(UserError):
    """A file that is not taken in; the message says why and what to do."""
