"""Never half a file: the writer of models.store.atomic_file, by the name under which the exports know it."""

from models.store.atomic_file import replacing

__all__ = ["replacing"]
