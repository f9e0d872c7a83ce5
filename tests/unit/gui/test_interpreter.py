"""The three values that PySide6 6.12.0 wears out on Python 3.11."""

import sys

import pytest

from fichaat.gui.interpreter import keep_singletons_alive


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="they cannot die there")
@pytest.mark.parametrize("singleton", [None, True, False])
def test_no_window_uses_up_none_true_or_false(singleton: object) -> None:
    keep_singletons_alive()
    many = sys.getrefcount(singleton)
    keep_singletons_alive()
    assert many > 1 << 40
    assert sys.getrefcount(singleton) < 1 << 50
