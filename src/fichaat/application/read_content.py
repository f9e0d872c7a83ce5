"""Reading the corrected content of one ficha that another program wrote."""

from msgspec import to_builtins

from fichaat.application.import_fichas import normalise_deep
from fichaat.application.ports.keys import IdGenerator
from fichaat.domain.codec import convert
from fichaat.domain.errors import SchemaError
from fichaat.domain.ficha import Ficha
from fichaat.domain.foreign_json import parse_foreign


def read_content(data: bytes, current: Ficha, ids: IdGenerator) -> Ficha:
    """The content that replaces `current`: same code, and its executor unless another is named.

    Raises:
        SchemaError: not the JSON object of a ficha.
    """
    value = parse_foreign(data)
    if not isinstance(value, dict):
        raise SchemaError("schema.type")
    row = {key: normalise_deep(child) for key, child in value.items()}
    row["codigo"] = current.codigo
    row.setdefault("ejecutor", to_builtins(current.ejecutor))
    for section in ("responsables", "destinatarios", "acuerdos"):
        items = row.get(section)
        for item in items if isinstance(items, list) else []:
            if isinstance(item, dict):
                item.setdefault("id", ids.new_id())
    return convert(row, Ficha)
