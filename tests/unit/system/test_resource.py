"""The program finds its own files."""

import pytest

from fichaat.system.paths import resource


def test_a_file_of_the_program_is_found() -> None:
    assert resource("fonts", "NotoSans-Regular.ttf").is_file()
    assert resource("fonts").is_dir()


def test_a_missing_file_is_named() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/fonts/Comic\.ttf"):
        resource("fonts", "Comic.ttf")
