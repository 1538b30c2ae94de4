"""Time-ordered identities (UUID version 7, RFC 9562 section 5.7), as 16 bytes.

Time-ordered, so that a million of them keep an index small and fast to append to.
"""

import os
import threading
import time
import uuid

_lock = threading.Lock()
_last = 0
_OURS = uuid.UUID("6ff6b0fc-52c4-5c7e-9a3c-5bd8f0f6d1a7")  # the namespace of shipped names


def new_guid() -> bytes:
    """One new guid, larger than every one this process made before."""
    return new_guids(1)[0]


def new_guids(count: int) -> list[bytes]:
    """Many at once, rising.

    The 74 random bits are taken as a counter on top of the millisecond (RFC 9562 section 6.2, method 2), so that
    rows written together stand together.
    """
    global _last  # noqa: PLW0603 (the counter is the process's)
    with _lock:
        fresh = (time.time_ns() // 1_000_000 << 74) | int.from_bytes(os.urandom(9), "big")
        first = max(fresh, _last + 1)
        if first >> 62 != (first + count - 1) >> 62:  # begin anew, so that all differ in the last 62 bits alone
            first = ((first >> 62) + 1) << 62
        _last = first + count - 1
    laid = _layout(first)
    return [each.to_bytes(16, "big") for each in range(laid, laid + count)]


def _layout(number: int) -> int:
    """48 bits of milliseconds, version, 12 bits, variant, 62 bits."""
    stamp, tail = number >> 74, number & ((1 << 74) - 1)
    return (stamp << 80) | (7 << 76) | ((tail >> 62) << 64) | (2 << 62) | (tail & ((1 << 62) - 1))


def named_guid(*names: object) -> bytes:
    """The same guid for the same names each time (UUID version 5): for what is shipped."""
    return uuid.uuid5(_OURS, "\x1f".join(map(str, names))).bytes
