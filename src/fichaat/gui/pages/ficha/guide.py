"""What the catalogue in force offers to whoever fills in a ficha: it changes nothing there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from fichaat.domain.catalogo import Catalogo, Indicador
from fichaat.domain.ficha import Tema
from fichaat.gui.text import say


@dataclass(frozen=True, slots=True)
class Offer:
    """One indicator that may be chosen."""

    codigo: str
    words: str
    tema: Tema | None
    """None of a code that the catalogue does not offer."""


class Guide:
    """Indicators, people and activities; nothing while no catalogue is known."""

    def __init__(self, catalogo: Catalogo | None = None) -> None:
        indicadores: Sequence[Indicador] = () if catalogo is None else catalogo.indicadores
        self._names = {item.codigo: item.nombre for item in indicadores}
        self._offered = tuple(
            Offer(item.codigo, f"{item.codigo} · {item.nombre}", item.tema)
            for item in indicadores
            if not item.retirado
        )
        self._people: dict[str | None, list[tuple[str, str, str]]] = {}
        for person in () if catalogo is None else catalogo.directorio:
            held = self._people.setdefault(person.distrito, [])
            held.append((person.entidad, person.nombre, person.cargo))
        self._activities = () if catalogo is None else catalogo.actividades

    @property
    def picks_indicators(self) -> bool:
        """Whether codes are chosen instead of typed."""
        return bool(self._offered)

    def indicator(self, code: str) -> str:
        """«AG-01 Centros poblados con agua clorada»."""
        return f"{code} {self._names.get(code, '')}".strip()

    def names(self, codes: Sequence[str]) -> str:
        """What the chosen codes are called."""
        return "; ".join(self._names[code] for code in codes if code in self._names)

    def offers(self, chosen: Sequence[str]) -> tuple[Offer, ...]:
        """Everything that may be chosen, and what is although it no longer could be."""
        known = {offer.codigo for offer in self._offered}
        gone = [code for code in chosen if code not in known]
        return (
            *self._offered,
            *(Offer(code, say("editor.indicator_gone", codigo=code), None) for code in gone),
        )

    def people(self, ubigeos: Collection[str]) -> list[tuple[str, str, str]]:
        """(entity, name, position) of the directory: of these districts, then of the region."""
        near = [person for ubigeo in ubigeos for person in self._people.get(ubigeo, ())]
        return near + self._people.get(None, [])

    def activities(self, chosen: str | None) -> list[tuple[str, str]]:
        """(id, name) to choose from; nothing where there is nothing to choose."""
        named = [(item.id, item.nombre) for item in self._activities]
        if chosen is not None and all(chosen != id_ for id_, _ in named):
            named.append((chosen, say("editor.activity_gone")))
        return [("", say("editor.activity_none")), *named] if named else []
