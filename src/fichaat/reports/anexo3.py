"""The body of Anexo N°3: the official words in their order, four equal columns (R095–R109)."""

from collections.abc import Mapping, Sequence
from typing import Final

from fichaat.application.ports.papers import FichaPaper
from fichaat.domain.acuerdo import Acuerdo, EstadoAcuerdo, Seguimiento
from fichaat.domain.ficha import Ficha, Modalidad
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.reports import words
from fichaat.reports.fonts import Face
from fichaat.reports.sheet import (
    ALARM,
    ALARM_INK,
    GAP,
    GAP_INK,
    HEADING,
    INK,
    LEFT,
    RIGHT,
    WIDTH,
    Colour,
)
from fichaat.reports.signature_block import SignatureBlock
from fichaat.reports.table_canvas import LEADING, SIZE, Cell, Flow, Row
from fichaat.reports.text_layout import Span

_QUARTER: Final = WIDTH / 4
_COLUMN: Final = (LEFT, LEFT + _QUARTER, LEFT + 2 * _QUARTER, LEFT + 3 * _QUARTER, RIGHT)
_TITLE: Final = 11.5
_BOLD: Final = Face.BOLD

Spans = Sequence[Span]


class Anexo3:
    """Draws one ficha into a flow. A draft shows what it lacks; any other face a dash."""

    def __init__(self, flow: Flow, paper: FichaPaper) -> None:
        self._flow = flow
        self._paper = paper
        self._ficha: Ficha = paper.ficha
        self._draft = paper.face.kind == "borrador"

    def draw(self) -> None:
        """Title, fields, tables and signatures, in the order of the official text."""
        heading(self._flow)
        self._notices()
        self._fields()
        self._people()
        self._nudos()
        self._acuerdos()
        ficha = self._ficha
        adjuntos = [*ficha.adjuntos, *self._paper.adjuntos_posteriores]
        block = SignatureBlock(self._flow, adjuntos, self._paper.face.kind)
        least = block.set(ficha.responsables, ficha.destinatarios, self._paper.firmas)
        # Nobody signs a page with nothing on it: the last row goes along.
        self._seguimientos(least)
        block.draw()

    # --- what the reader must know first ---------------------------------------------------------

    def _notices(self) -> None:
        notices: list[Spans] = []
        if self._paper.anulada is not None:
            notices.append(
                [
                    Span("ANULADA. ", _BOLD),
                    Span("Esta ficha no cuenta. Motivo: "),
                    Span(words.sentence(self._paper.anulada)),
                ]
            )
        if self._paper.practice:
            notices.append(
                [Span("PRÁCTICA. ", _BOLD), Span("Hecha para ejercitarse: no tiene valor oficial.")]
            )
        for spans in notices:
            cell = self._flow.cell(spans, LEFT, RIGHT, fill=ALARM, colour=ALARM_INK)
            self._flow.add(Row((cell,)))
            self._flow.skip(4)

    # --- fields ----------------------------------------------------------------------------------

    def _label(self, text: str, column: int = 0) -> Cell:
        return self._flow.fixed_cell((Span(text, _BOLD),), _COLUMN[column], _COLUMN[column + 1])

    def _value(
        self, spans: Spans, first: int, last: int, *, required: bool = True, centred: bool = False
    ) -> Cell:
        """A value across columns; an empty one is a gap of a draft or a dash."""
        fill: Colour | None = None
        colour = INK
        if not any(span.text for span in spans):
            spans, fill, colour = self._empty(required=required)
        return self._flow.cell(
            spans, _COLUMN[first], _COLUMN[last], fill=fill, colour=colour, centred=centred
        )

    def _empty(self, *, required: bool) -> tuple[Spans, Colour | None, Colour]:
        if not self._draft:
            return [Span(words.NOTHING)], None, INK
        if required:
            return [Span(words.MISSING, Face.ITALIC)], GAP, GAP_INK
        return [], None, INK

    def _fields(self) -> None:
        ficha, flow = self._ficha, self._flow
        add = flow.add
        add(
            Row(
                (
                    self._label(words.GOBIERNO_REGIONAL),
                    self._value([Span(self._paper.gobierno_regional)], 1, 4),
                )
            )
        )
        fecha = words.day(ficha.fecha) if ficha.fecha else ""
        add(
            Row(
                (
                    self._label(words.FECHA),
                    self._value([Span(fecha)], 1, 2),
                    self._label(words.HORA_INICIO, 2),
                    self._value([Span(ficha.hora_inicio or "")], 3, 4),
                )
            )
        )
        there = ficha.modalidad in (Modalidad.PRESENCIAL, Modalidad.MIXTA)
        add(
            Row(
                (
                    self._label(words.LUGAR),
                    self._value([Span(ficha.lugar or "")], 1, 2, required=there),
                    self._label(words.HORA_FIN, 2),
                    self._value([Span(ficha.hora_fin or "")], 3, 4),
                )
            )
        )
        add(Row((self._label(words.DISTRITOS), self._value([Span(self._distritos())], 1, 4))))
        marks = [
            self._flow.cell(
                [Span(f"{name} ( {'X' if ficha.modalidad is modalidad else ' '} )")],
                _COLUMN[column],
                _COLUMN[column + 1],
                centred=True,
                fill=GAP if self._draft and ficha.modalidad is None else None,
            )
            for column, (modalidad, name) in enumerate(words.MODALIDADES.items(), start=1)
        ]
        add(Row((self._label(words.MODALIDAD), *marks)))

    def _distritos(self) -> str:
        """The districts in their order, each province named once."""
        by_province: dict[str, list[str]] = {}
        for item in self._ficha.distritos:
            name, province = self._paper.distritos.get(item.ubigeo, (item.ubigeo, ""))
            by_province.setdefault(province, []).append(name)
        return "; ".join(
            f"{words.listing(names)} (provincia de {province})"
            if province
            else words.listing(names)
            for province, names in by_province.items()
        )

    # --- people ----------------------------------------------------------------------------------

    def _people(self) -> None:
        self._group(words.RESPONSABLE, self._ficha.responsables)
        self._group(words.DESTINATARIOS, self._ficha.destinatarios)

    def _group(self, label: str, people: Sequence[Responsable | Destinatario]) -> None:
        rows = []
        for number, person in enumerate(people, start=1):
            whole = all((person.entidad, person.nombre, person.cargo))
            prefix = f"{number}. " if len(people) > 1 else ""
            spans = [
                Span(prefix),
                self._or_lack(person.entidad),
                Span("\n"),
                self._or_lack(person.nombre, _BOLD),
                Span(" – "),
                self._or_lack(person.cargo),
            ]
            fill = GAP if self._draft and not whole else None
            rows.append(Row((self._flow.cell(spans, _COLUMN[1], RIGHT, fill=fill),)))
        if not rows:
            rows.append(Row((self._value([], 1, 4),)))
        self._flow.group(people_label(self._flow, label), rows)

    def _or_lack(self, text: str, face: Face = Face.REGULAR) -> Span:
        """The text, or what says that it is missing."""
        if text:
            return Span(text, face)
        return Span(words.MISSING, Face.ITALIC) if self._draft else Span(words.NOTHING)

    # --- tables ----------------------------------------------------------------------------------

    def _nudos(self) -> None:
        rows = []
        for number, nudo in enumerate(self._ficha.nudos_criticos, start=1):
            rows.append(
                Row(
                    (
                        self._half(nudo.descripcion, number, 0),
                        self._half(nudo.orientacion, number, 2),
                    )
                )
            )
        if not rows:
            rows.append(Row((self._value([], 0, 2), self._value([], 2, 4))))
        self._flow.table(nudo_headings(self._flow), rows)

    def _half(self, text: str, number: int, column: int) -> Cell:
        if not text and self._draft:
            return self._numbered([Span(words.MISSING, Face.ITALIC)], number, column, gap=True)
        return self._numbered([Span(text or words.NOTHING)], number, column)

    def _numbered(
        self, spans: Spans, number: int, first: int = 0, span: int = 2, *, gap: bool = False
    ) -> Cell:
        return self._flow.cell(
            [Span(f"{number}. "), *spans],
            _COLUMN[first],
            _COLUMN[first + span],
            fill=GAP if gap else None,
            continued=f"{number}. {words.CONTINUED}",
        )

    def _acuerdos(self) -> None:
        rows = [
            Row((self._numbered(self._acuerdo(acuerdo), number, span=4, gap=self._open(acuerdo)),))
            for number, acuerdo in enumerate(self._ficha.acuerdos, start=1)
        ]
        rows = rows or [Row((self._value([], 0, 4, required=False),))]
        self._flow.table([wide_heading(self._flow, words.ACUERDOS)], rows)

    def _open(self, acuerdo: Acuerdo) -> bool:
        return self._draft and not all((acuerdo.descripcion, acuerdo.responsable, acuerdo.plazo))

    def _acuerdo(self, acuerdo: Acuerdo) -> Spans:
        plazo = words.day(acuerdo.plazo) if acuerdo.plazo else ""
        return [
            self._or_lack(words.sentence(acuerdo.descripcion)),
            Span(" "),
            Span("Responsable:", _BOLD),
            Span(" "),
            self._or_lack(words.sentence(acuerdo.responsable)),
            Span(" "),
            Span("Plazo:", _BOLD),
            Span("\N{NO-BREAK SPACE}"),
            self._or_lack(words.sentence(plazo)),
        ]

    def _seguimientos(self, after: float) -> None:
        rows = []
        for number, item in enumerate(self._ficha.seguimientos, start=1):
            spans = self._seguimiento(item)
            gap = any(span.text == words.MISSING for span in spans)
            rows.append(Row((self._numbered(spans, number, span=4, gap=gap),)))
        rows = rows or [Row((self._value([], 0, 4, required=False),))]
        self._flow.table([wide_heading(self._flow, words.SEGUIMIENTO)], rows, after)

    def _about(self, item: Seguimiento) -> str:
        known = self._paper.acuerdos_anteriores.get(item.acuerdo) if item.acuerdo else None
        if known is not None:
            descripcion, plazo = known
            return f"{descripcion} (plazo {plazo})." if plazo else words.sentence(descripcion)
        if item.descripcion or item.acuerdo is None:
            return words.sentence(item.descripcion or "")
        return "Acuerdo que no está en este equipo."

    def _asked(self, item: Seguimiento) -> list[str]:
        """What a draft still has to say about a follow-up (R107)."""
        moved = item.estado is EstadoAcuerdo.REPROGRAMADO
        asked = (
            ("Fecha de cumplimiento", item.estado is EstadoAcuerdo.CUMPLIDO, item.cumplido_el),
            ("Nuevo plazo", moved, item.nuevo_plazo),
            ("Motivo", moved, item.motivo),
        )
        return [name for name, needed, value in asked if self._draft and needed and not value]

    def _seguimiento(self, item: Seguimiento) -> Spans:
        state = words.ESTADOS[item.estado]
        if item.avance is not None:
            state += f", {item.avance}\N{NO-BREAK SPACE}%"
        if item.cumplido_el:
            state += f", {words.day(item.cumplido_el)}"
        rest = [words.sentence(item.comentario)] if item.comentario else []
        if item.nuevo_plazo:
            rest.append(f"Nuevo plazo: {words.day(item.nuevo_plazo)}.")
        if item.motivo:
            rest.append(f"Motivo: {words.sentence(item.motivo)}")
        spans = [self._or_lack(self._about(item)), Span(" "), Span(f"{state}.", _BOLD)]
        spans.extend(Span(f" {text}") for text in rest)
        for name in self._asked(item):
            spans += [Span(f" {name}: "), Span(words.MISSING, Face.ITALIC)]
        return spans


# --- the parts that the blank form shares --------------------------------------------------------


def heading(flow: Flow) -> None:
    """The title and the instructions, justified."""
    measure = flow.measure
    for text, drop in ((words.ANEXO, 12.0), (words.TITULO, 17.0)):
        flow.skip(drop)
        line = measure.one_line([Span(text, _BOLD)], _TITLE)
        flow.sheet.line(line, (LEFT + RIGHT - line.width) / 2, flow.y, _TITLE)
    flow.skip(8)
    spans = (Span(words.INSTRUCCIONES, _BOLD), Span(f" {words.INSTRUCCIONES_TEXTO}"))
    for line in measure.justified(spans, WIDTH, SIZE):
        flow.skip(LEADING)
        flow.sheet.line(line, LEFT, flow.y, SIZE)
    flow.skip(9)


def people_label(flow: Flow, label: str) -> Cell:
    """The bold label of people, with what the paper asks of each."""
    return flow.fixed_cell((Span(f"{label}\n", _BOLD), Span(words.CONSIGNAR)), LEFT, _COLUMN[1])


def wide_heading(flow: Flow, text: str) -> Row:
    """A heading across the four columns."""
    return Row((flow.fixed_cell((Span(text, _BOLD),), LEFT, RIGHT, centred=True, fill=HEADING),))


def nudo_headings(flow: Flow) -> tuple[Row, ...]:
    """The two headings over the paired columns."""
    return (
        Row(
            tuple(
                flow.fixed_cell(
                    (Span(text, _BOLD),),
                    _COLUMN[first],
                    _COLUMN[first + 2],
                    centred=True,
                    fill=HEADING,
                )
                for text, first in ((words.NUDO, 0), (words.ORIENTACIONES, 2))
            )
        ),
    )


BLANK_HEIGHTS: Final[Mapping[str, tuple[float, int]]] = {
    "responsables": (44.0, 1),
    "destinatarios": (27.0, 3),
    "nudos": (40.0, 3),
    "acuerdos": (24.0, 3),
    "seguimientos": (24.0, 2),
}
"""Height and number of the rows to write on by hand; together they fill one page."""


def draw_blank(flow: Flow) -> None:
    """The official form with room to write."""

    def label(text: str, column: int = 0) -> Cell:
        return flow.cell([Span(text, _BOLD)], _COLUMN[column], _COLUMN[column + 1])

    def space(first: int, last: int) -> Cell:
        return flow.cell([], _COLUMN[first], _COLUMN[last])

    heading(flow)
    high = 21.0
    flow.add(Row((label(words.GOBIERNO_REGIONAL), space(1, 4)), high))
    flow.add(Row((label(words.FECHA), space(1, 2), label(words.HORA_INICIO, 2), space(3, 4)), high))
    flow.add(Row((label(words.LUGAR), space(1, 2), label(words.HORA_FIN, 2), space(3, 4)), 34.0))
    flow.add(Row((label(words.DISTRITOS), space(1, 4)), high))
    marks = (
        flow.cell([Span(f"{name} (   )")], _COLUMN[column], _COLUMN[column + 1], centred=True)
        for column, name in enumerate(words.MODALIDADES.values(), start=1)
    )
    flow.add(Row((label(words.MODALIDAD), *marks)))
    for text, key in ((words.RESPONSABLE, "responsables"), (words.DESTINATARIOS, "destinatarios")):
        height, count = BLANK_HEIGHTS[key]
        flow.group(people_label(flow, text), [Row((space(1, 4),), height)] * count)
    height, count = BLANK_HEIGHTS["nudos"]
    flow.table(nudo_headings(flow), [Row((space(0, 2), space(2, 4)), height)] * count)
    for text, key in ((words.ACUERDOS, "acuerdos"), (words.SEGUIMIENTO, "seguimientos")):
        height, count = BLANK_HEIGHTS[key]
        flow.table([wide_heading(flow, text)], [Row((space(0, 4),), height)] * count)
    # Room for two of the destinatarios; more sign on another sheet or beside.
    block = SignatureBlock(flow, ())
    block.set((), [Destinatario(id="")] * 2, ())
    block.draw()
