"""«Datos complementarios del registro»: what the record holds and Anexo N°3 does not ask (R110)."""

from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import structs

from fichaat.application.ports.papers import FichaPaper, PaperFirma
from fichaat.domain.ficha import Origen, short_huella
from fichaat.domain.firma import TipoFirma
from fichaat.reports import words
from fichaat.reports.fonts import Face
from fichaat.reports.sheet import HEADING, LEFT, RIGHT, SOFT, WIDTH
from fichaat.reports.signature_block import attachment_number
from fichaat.reports.table_canvas import LEADING, SIZE, Flow, Row
from fichaat.reports.text_layout import Span

_TITLE: Final = 11.5
_SECTION: Final = 10.0
_NOTE: Final = 8.0
_PAD: Final = 2.4
_BOLD: Final = Face.BOLD

Widths = Sequence[float]
"""Shares of the page's width, one a column."""


class Complementarios:
    """Draws the sheet; a section with nothing to say is left out and the others count on."""

    def __init__(self, flow: Flow, paper: FichaPaper) -> None:
        self._flow = flow
        self._paper = paper
        self._ficha = paper.ficha
        self._adjuntos = [*paper.ficha.adjuntos, *paper.adjuntos_posteriores]
        self._section = 0

    @staticmethod
    def has_something(paper: FichaPaper) -> bool:
        """Whether there is anything to print. What will be or is sealed always has its executor."""
        ficha = paper.ficha
        return paper.face.kind != "borrador" or any(
            (
                ficha.distritos,
                ficha.temas,
                ficha.indicadores,
                ficha.plataforma,
                ficha.actividad_plan,
                ficha.adjuntos,
                paper.avisos,
                ficha.observaciones,
                paper.firmas,
                paper.face.version > 1,
            )
        )

    def draw(self) -> None:
        flow = self._flow
        flow.feed()
        flow.skip(12)
        self._centred("Datos complementarios del registro", _BOLD, _TITLE)
        flow.skip(18)
        self._centred(
            "Esta hoja no forma parte del Anexo N°3. Reúne datos internos que el formato oficial "
            "no pide.",
            Face.REGULAR,
            SIZE,
        )
        self._accion()
        self._sesiones()
        self._indicadores()
        self._filas()
        self._firmas()
        self._avisos()
        self._archivos()
        self._observaciones()

    # --- sections --------------------------------------------------------------------------------

    def _accion(self) -> None:
        rows = [
            self._row([(name, _BOLD), (value, Face.REGULAR)], (0.3, 0.7), named=True)
            for name, value in self._accion_values()
        ]
        self._table("La acción", (), (), rows)

    def _accion_values(self) -> Iterator[tuple[str, str]]:
        ficha, face = self._ficha, self._paper.face
        nivel = words.NIVELES[ficha.ejecutor.nivel]
        entidad = ficha.ejecutor.entidad
        yield "Ejecutor", f"{entidad} ({nivel})" if entidad else nivel.capitalize()
        if ficha.distritos:
            count = len(ficha.distritos)
            yield (
                "Alcance",
                f"Grupal: {count} gobiernos locales"
                if count > 1
                else "Individual: 1 gobierno local",
            )
        if ficha.plataforma:
            yield "Plataforma (parte virtual)", ficha.plataforma
        if ficha.temas:
            yield "Temas", " · ".join(words.TEMAS[tema] for tema in ficha.temas)
        if ficha.actividad_plan:
            yield (
                "Actividad del plan de asistencia técnica",
                self._paper.actividad or "Actividad de un plan que no está en este equipo",
            )
        if ficha.origen is Origen.PAPEL:
            yield "Origen", "Transcrita de una ficha en papel"
        if face.version > 1:
            text = f"Versión {face.version}, reemplaza a la versión {face.version - 1}."
            if face.supersedes_reason:
                text += f" Motivo: {words.sentence(face.supersedes_reason)}"
            if self._only_responsables_signed():
                text += " Firmada solo por la parte responsable."
            yield "Corrección", text

    def _only_responsables_signed(self) -> bool:
        """A sealed correction may do without the destinatarios, and says so."""
        responsables = {person.id for person in self._ficha.responsables}
        signed = [
            item.firma.participante in responsables
            for item in self._paper.firmas
            if not item.void and item.firma.tipo not in (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO)
        ]
        return self._paper.face.kind == "sellada" and bool(signed) and all(signed)

    def _sesiones(self) -> None:
        paper = self._paper
        signatories = bool(paper.firmantes)
        widths = (0.115, 0.29, 0.195, 0.195, 0.205) if signatories else (0.14, 0.36, 0.25, 0.25)
        heads = ["Ubigeo", "Distrito", "Provincia", "Sesión"]
        rows = []
        for item in self._ficha.distritos:
            name, province = paper.distritos.get(item.ubigeo, (words.NOTHING, words.NOTHING))
            sesion = words.SESIONES[item.sesion] if item.sesion else words.NOTHING
            values = [item.ubigeo, name, province, sesion]
            if signatories:
                values.append(paper.firmantes.get(item.ubigeo, words.NOTHING))
            rows.append(values)
        self._grid(
            "Sesión por distrito", [*heads, "Firmante del Pacto"][: len(widths)], widths, rows
        )

    def _indicadores(self) -> None:
        rows = []
        for code in self._ficha.indicadores:
            name, theme = self._paper.indicadores.get(code, (words.NOTHING, words.NOTHING))
            rows.append([code, name, theme])
        self._grid(
            "Indicadores del Pacto Regional tratados",
            ["Código", "Indicador", "Tema"],
            (0.17, 0.6, 0.23),
            rows,
        )

    def _filas(self) -> None:
        """Where a row of the paper belongs, when the person said so."""
        rows = []
        for number, nudo in enumerate(self._ficha.nudos_criticos, start=1):
            if nudo.distrito or nudo.indicador:
                rows.append(
                    [f"Nudo {number}", self._district(nudo.distrito), nudo.indicador or "", ""]
                )
        for number, acuerdo in enumerate(self._ficha.acuerdos, start=1):
            if acuerdo.distrito or acuerdo.indicador or acuerdo.nudo is not None:
                attends = f"Nudo {acuerdo.nudo + 1}" if acuerdo.nudo is not None else ""
                rows.append(
                    [
                        f"Acuerdo {number}",
                        self._district(acuerdo.distrito),
                        acuerdo.indicador or "",
                        attends,
                    ]
                )
        self._grid(
            "Nudos y acuerdos por distrito",
            ["Fila", "Distrito", "Indicador", "Atiende al"],
            (0.16, 0.44, 0.2, 0.2),
            [[value or words.NOTHING for value in row] for row in rows],
        )

    def _district(self, ubigeo: str | None) -> str:
        if ubigeo is None:
            return ""
        name, province = self._paper.distritos.get(ubigeo, (ubigeo, ""))
        return f"{name} ({province})" if province else name

    def _firmas(self) -> None:
        people = {p.id: p.nombre for p in self._ficha.responsables}
        people.update((p.id, p.nombre) for p in self._ficha.destinatarios)
        rows = []
        for item in self._paper.firmas:
            firma = item.firma
            rows.append(
                [
                    people.get(firma.participante) or "Persona que no está en la ficha",
                    self._tipo(item),
                    words.moment(firma.firmado_en) if firma.firmado_en else words.NOTHING,
                    short_huella(firma.contenido) if firma.contenido else words.NOTHING,
                ]
            )
        self._grid(
            "Firmas recibidas",
            ["Nombre", "Tipo", "Momento", "Contenido firmado"],
            (0.295, 0.275, 0.2, 0.23),
            rows,
        )
        if any(item.firma.tipo is TipoFirma.TRAZO for item in self._paper.firmas):
            self._note(
                "El trazo en pantalla es una firma electrónica simple. No es una firma digital."
            )

    def _tipo(self, item: PaperFirma) -> str:
        firma = item.firma
        where = attachment_number(self._adjuntos, firma.blob)
        beside = f" (adjunto {where})" if where else ""
        text = {
            TipoFirma.TRAZO: "Trazo en pantalla",
            TipoFirma.PAPEL: f"Firma en papel{beside}" if where else "Firma en papel (sin escaneo)",
            TipoFirma.DIGITAL: f"Firma digital{beside}",
            TipoFirma.PENDIENTE: "Pendiente",
            TipoFirma.NO_FIRMO: "No firmó",
        }[firma.tipo]
        if item.void:
            text += ". Sin validez: el contenido cambió después"
        if item.late:
            text += ". Llegó después del sellado"
        if firma.motivo:
            text += f". Motivo: {firma.motivo}"
        return text

    def _avisos(self) -> None:
        rows = [[statement, motivo] for statement, motivo in self._paper.avisos]
        self._grid(
            "Avisos aceptados al sellar",
            ["Aviso", "Motivo que escribió la persona responsable"],
            (0.437, 0.563),
            rows,
        )

    def _archivos(self) -> None:
        rows = [
            [
                str(number),
                adjunto.nombre,
                adjunto.descripcion or words.CLASES[adjunto.clase],
                words.size(adjunto.bytes),
            ]
            for number, adjunto in enumerate(self._adjuntos, start=1)
        ]
        self._grid(
            "Adjuntos", ["N.º", "Nombre", "Descripción", "Tamaño"], (0.07, 0.28, 0.51, 0.14), rows
        )

    def _observaciones(self) -> None:
        text = self._ficha.observaciones
        if not text:
            return
        self._title("Observaciones", 2 * LEADING)
        flow = self._flow
        for line in flow.measure.wrap([Span(text)], WIDTH, SIZE):
            flow.keep(LEADING + 3)
            flow.skip(LEADING)
            flow.sheet.line(line, LEFT, flow.y, SIZE)

    # --- parts -----------------------------------------------------------------------------------

    def _centred(self, text: str, face: Face, size: float) -> None:
        line = self._flow.measure.one_line([Span(text, face)], size)
        self._flow.sheet.line(line, (LEFT + RIGHT - line.width) / 2, self._flow.y, size)

    def _title(self, text: str, least: float) -> None:
        """A numbered heading that stays with what follows it."""
        self._section += 1
        flow = self._flow
        flow.keep(24 + least)
        flow.skip(18)
        line = flow.measure.one_line([Span(f"{self._section}. {text}", _BOLD)], _SECTION)
        flow.sheet.line(line, LEFT, flow.y, _SECTION)
        flow.skip(5.5)

    def _note(self, text: str) -> None:
        flow = self._flow
        flow.keep(12)
        flow.skip(10.5)
        flow.sheet.line(flow.measure.one_line([Span(text)], _NOTE), LEFT, flow.y, _NOTE, SOFT)

    def _grid(
        self, title: str, heads: Sequence[str], widths: Widths, values: Sequence[Sequence[str]]
    ) -> None:
        if values:
            rows = [self._row([(text, Face.REGULAR) for text in row], widths) for row in values]
            self._table(title, heads, widths, rows)

    def _table(self, title: str, heads: Sequence[str], widths: Widths, rows: list[Row]) -> None:
        headings = (
            [self._row([(text, _BOLD) for text in heads], widths, head=True)] if heads else []
        )
        self._title(title, sum(row.height for row in headings) + rows[0].least())
        self._flow.table(headings, rows)

    def _row(
        self,
        values: Sequence[tuple[str, Face]],
        widths: Widths,
        *,
        head: bool = False,
        named: bool = False,
    ) -> Row:
        cells = []
        x0 = LEFT
        for number, ((text, face), share) in enumerate(zip(values, widths, strict=True)):
            x1 = x0 + share * WIDTH
            fill = HEADING if head or (named and number == 0) else None
            cell = self._flow.fixed_cell if fill else self._flow.cell
            cells.append(cell((Span(text, face),), x0, x1, fill=fill))
            x0 = x1
        # A row that breaks says on the next page that it began before.
        cells[0] = structs.replace(cells[0], continued=words.CONTINUED)
        return Row(tuple(cells), pad=_PAD)
