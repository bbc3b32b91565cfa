"""Never half a file: the writer of models.writing, by the name under which the exports know it."""

from models.writing import replacing

__all__ = ["replacing"]
