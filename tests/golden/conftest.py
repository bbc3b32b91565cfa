"""The county and the unit of the tests of travelling files."""

from tests.exports.conftest import county, pc

__all__ = ["county", "pc"]
