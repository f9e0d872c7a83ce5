"""Whose agreement an id already is. Two fichas that bear one id would be followed up as one
agreement, and one of them would be lost to it (`acuerdo_state`).
"""

from collections.abc import Collection

from fichaat.application.ports.store import Reader
from fichaat.domain.ficha import Ficha


def sealed_bearers(reader: Reader, ids: Collection[str], *, but: str = "") -> dict[str, str]:
    """The code of the sealed ficha that bears each of these agreements, whatever became of it.

    Args:
        reader: where to look.
        ids: of agreements.
        but: id of a ficha; what one of its own versions bears is its own, and is left out, so that
            another's copy of it keeps nobody from a rectification.
    """
    if not ids:
        return {}
    found: dict[str, str] = {}
    own: set[str] = set()
    for item in reader.records_about(ids):
        content = item.record.content
        if not isinstance(content, Ficha):
            continue
        borne = [acuerdo.id for acuerdo in content.acuerdos if acuerdo.id in ids]
        if item.record.id == but:
            own.update(borne)
        else:
            found |= dict.fromkeys(borne, content.codigo)
    return {id_: codigo for id_, codigo in found.items() if id_ not in own}
