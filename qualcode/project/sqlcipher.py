"""SQLCipher, by the library `sqlcipher3` (the extra `encrypted`): imported only for encrypted files, by `engine.py`.

Its connections have the methods of `sqlite3`'s, but its exceptions are others. Wrapping every method that may raise
would cost a call for each row, and one would be forgotten: instead each exception gets its namesake in `sqlite3` as a
further base, once, so that no other module need know which of the two libraries is at work.
"""

import sqlite3

from sqlcipher3 import dbapi2

from qualcode.project.held import Counted

_ERRORS = (
    "InterfaceError",
    "DatabaseError",
    "InternalError",
    "OperationalError",
    "ProgrammingError",
    "IntegrityError",
    "DataError",
    "NotSupportedError",
)
"""All that are ever raised: `Error` itself is only their base."""

for _name in _ERRORS:
    _theirs, _ours = getattr(dbapi2, _name), getattr(sqlite3, _name)
    if not issubclass(_theirs, _ours):
        _theirs.__bases__ = (*_theirs.__bases__, _ours)


class Encrypted(Counted, dbapi2.Connection):  # type: ignore[misc]  # the library has no types
    """A connection to a file that is encrypted; also one to a plain file, to write the one from the other."""


connect = dbapi2.connect
