"""Small Windows programs for looking at: just headers, one section, and the libraries they ask for."""

import struct
from collections.abc import Sequence

X64, X86 = 0x8664, 0x14C
AT, SECTION = 0x1000, 0x200  # where the section lies in memory, and in the file


def program(libraries: Sequence[str] = (), machine: int = X64) -> bytes:
    """A program that asks for libraries by name; it does nothing and has no resources."""
    names = b"".join(name.encode() + b"\0" for name in libraries)
    table = (len(libraries) + 1) * 20
    thunk, text = table, table + 16
    entries, at = b"", text
    for name in libraries:
        entries += struct.pack("<5I", AT + thunk, 0, 0, AT + at, AT + thunk)
        at += len(name) + 1
    body = (entries + b"\0" * 20 + struct.pack("<2Q", 1 << 63 | 1, 0) + names).ljust(0x200, b"\0")
    wide = machine == X64
    optional = struct.pack("<HBB5I", 0x20B if wide else 0x10B, 14, 0, 0, len(body), 0, 0, AT)
    optional += struct.pack("<Q", 0x140000000) if wide else struct.pack("<2I", AT, 0x400000)
    optional += struct.pack("<2I6H4I2H", AT, SECTION, 6, 0, 0, 0, 6, 0, 0, AT * 2, SECTION, 0, 2, 0)
    optional += struct.pack("<4QII" if wide else "<4III", 0, 0, 0, 0, 0, 16)
    places = [(0, 0)] * 16
    places[1] = (AT, table)
    optional += b"".join(struct.pack("<2I", *place) for place in places)
    head = b"MZ" + b"\0" * 58 + struct.pack("<I", 64) + b"PE\0\0"
    head += struct.pack("<2H3I2H", machine, 1, 0, 0, 0, len(optional), 0x22) + optional
    head += struct.pack("<8s6I2HI", b".data", len(body), AT, len(body), SECTION, 0, 0, 0, 0, 0xC0000040)
    return head.ljust(SECTION, b"\0") + body
