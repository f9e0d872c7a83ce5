"""The district that a person names in a cell: by its code, or by a name that only it has."""

import re
from collections import defaultdict
from typing import Final

from fichaat.application.sheet_values import NotReadError
from fichaat.domain.territorio import Territorio
from fichaat.domain.text import fold

_CODE: Final = re.compile(r"([0-9]{6})(?!\w)|([0-9]{5})\Z")
"""A sheet drops the first zero of a code that it takes for a number."""


class FindDistrito:
    def __init__(self, territorio: Territorio, region: str) -> None:
        self._territorio = territorio
        self._named: dict[str, list[str]] = defaultdict(list)
        for row in territorio.distritos_of(region):
            for name in (row.distrito, f"{row.distrito} ({row.provincia})"):
                self._named[_key(name)].append(row.ubigeo)

    def __call__(self, text: str) -> str:
        """The six digits. Names are those of the region, codes those of the country.

        Raises:
            NotReadError: "hoja.district_unknown", "hoja.district_ambiguous".
        """
        if match := _CODE.match(text):
            row = self._territorio.get((match[1] or match[2]).zfill(6))
            rest = _key(text[match.end() :])
            # Another name behind the code: one of the two is a slip.
            agrees = row is not None and (not rest or _key(row.distrito) in rest)
            found = [row.ubigeo] if row is not None and agrees else []
        else:
            found = self._named.get(_key(text), [])
        if len(found) != 1:
            code = "hoja.district_ambiguous" if found else "hoja.district_unknown"
            raise NotReadError(code, texto=text[:60])
        return found[0]


def _key(name: str) -> str:
    return fold(" ".join(name.split()))
