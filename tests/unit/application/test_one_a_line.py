"""JSON laid out over many lines is told once; everything else passes as it came."""

import json

import pytest

from fichaat.application.one_a_line import one_a_line
from fichaat.domain.errors import UserFacingError
from tests.support.rows import row

PRETTY = json.dumps(row(), ensure_ascii=False, indent=2).encode()
LISTED = json.dumps([row(), row()], indent=1).encode()


@pytest.mark.parametrize(
    "data",
    [PRETTY, LISTED, b"\xef\xbb\xbf" + PRETTY, b"\n  \r\n" + PRETTY, PRETTY + b"\n" + PRETTY],
)
def test_a_ficha_over_several_lines_is_refused_once(data: bytes) -> None:
    with pytest.raises(UserFacingError) as refused:
        list(one_a_line(data.splitlines(keepends=True)))
    assert refused.value.code == "ficha.one_each_line"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n\n",
        b"{}\n{}\n",
        b"{\n",
        b'{"a": 1\n{"b": 2}\n',
        b"[]\n",
        b"\xff\xfe{\n\x00}",
        b"hola\n{\n}\n",
        b"[" * 100_000,
        PRETTY.replace(b"\n", b""),
        b"{}\n" + PRETTY,
    ],
)
def test_other_lines_pass_as_they_are(data: bytes) -> None:
    lines = data.splitlines(keepends=True)
    assert list(one_a_line(lines)) == lines
