"""What PySide6 6.12.0 asks of Python 3.11.

Its calls that return None, and some that return True or False, take a reference from them and
never gave one: right since Python 3.12 made the three immortal, but on 3.11 the count goes down
at every call and the process ends at zero, after a minute of painting («none_dealloc:
deallocating None»). PySide6 6.11.3 does not do so. Until a release mends it, the three get more
references than a window can use up.
"""

import ctypes
import sys
from typing import Final

_ENOUGH: Final = 1 << 48


def keep_singletons_alive() -> None:
    """Call before the first widget; nothing on Pythons where they cannot die."""
    if sys.version_info >= (3, 12):
        return
    for singleton in (None, True, False):
        if sys.getrefcount(singleton) < _ENOUGH:
            # The count of references is the first word of every object of CPython.
            ctypes.c_ssize_t.from_address(id(singleton)).value += _ENOUGH
