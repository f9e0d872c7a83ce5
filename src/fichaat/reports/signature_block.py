"""The last rows of Anexo N°3: who signed, how, or the line on which to sign."""

from collections.abc import Sequence
from itertools import zip_longest
from typing import Final

from msgspec import Struct

from fichaat.application.ports.papers import PaperFirma
from fichaat.domain.firma import Adjunto, TipoFirma, Trazo
from fichaat.domain.persona import Destinatario, Responsable
from fichaat.reports import words
from fichaat.reports.fonts import Face
from fichaat.reports.sheet import (
    BOTTOM,
    INK,
    LEFT,
    RIGHT,
    RULE,
    SOFT,
    TOP,
    WIDTH,
    Rule,
    Stroke,
)
from fichaat.reports.table_canvas import Flow, Row
from fichaat.reports.text_layout import Line, Measure, Span

_MIDDLE: Final = LEFT + WIDTH / 2
_ACROSS: Final = 2
_PAD: Final = 3.5
_SIGNING: Final = 42.0
"""Height above the line of a signature."""
_LABEL: Final = 8.0
_LABEL_LEADING: Final = 10.0
_STROKE_BOX: Final = (90.0, 36.0)
_MAGNIFY: Final = 1.6
"""A small hand on a large pad is drawn larger, but not so much that its pen looks wrong."""


_WITHOUT: Final = (TipoFirma.PENDIENTE, TipoFirma.NO_FIRMO)
"""Kinds that tell why there is no signature."""


class _Slot(Struct, frozen=True):
    """The place of one signature."""

    name: tuple[Line, ...]
    said: tuple[Line, ...]
    trazo: Trazo | None

    @property
    def rise(self) -> float:
        """Height above the line."""
        return max(_SIGNING, len(self.said) * _LABEL_LEADING + 2 * _PAD)

    @property
    def fall(self) -> float:
        return len(self.name) * _LABEL_LEADING + _PAD


_Pair = tuple[tuple[_Slot, ...], tuple[_Slot, ...]]
"""What stands at one height in the two halves."""


def attachment_number(adjuntos: Sequence[Adjunto], sha256: str | None) -> int | None:
    """The place of a file in the list of attachments, from one."""
    for number, adjunto in enumerate(adjuntos, start=1):
        if adjunto.sha256 == sha256:
            return number
    return None


def chosen(firmas: Sequence[PaperFirma], participante: str) -> PaperFirma | None:
    """What the paper shows of one person: the newest signature that stands, or the newest word."""
    own = [item for item in firmas if item.firma.participante == participante]
    given = [item for item in own if not item.void and item.firma.tipo not in _WITHOUT]
    shown = given or own
    return shown[-1] if shown else None


def said(item: PaperFirma, adjuntos: Sequence[Adjunto]) -> str:
    """A signature that is not ink on this paper, in words; "" where a stroke is drawn."""
    firma = item.firma
    where = attachment_number(adjuntos, firma.blob)
    if item.void:
        return "Firma sin validez: el contenido cambió después de firmar"
    match firma.tipo:
        case TipoFirma.PAPEL:
            return (
                f"Firmó en papel\n(ver adjunto {where})"
                if where
                else "Firmó en papel\n(falta el escaneo)"
            )
        case TipoFirma.DIGITAL:
            return f"Firmó digitalmente\n(ver adjunto {where})" if where else "Firmó digitalmente"
        case TipoFirma.PENDIENTE:
            return "Firma pendiente"
        case TipoFirma.NO_FIRMO:
            return "No firmó"
        case TipoFirma.TRAZO:
            return "" if item.trazo else "Firmó en pantalla\n(trazo no disponible)"


class SignatureBlock:
    """Lays the signatures out in two halves, two beside each other in a half."""

    def __init__(self, flow: Flow, adjuntos: Sequence[Adjunto], kind: str = "") -> None:
        self._flow = flow
        self._measure: Measure = flow.measure
        self._adjuntos = adjuntos
        self._kind = kind
        """Of the face: on a print to sign who is pending finds a free line; on a sealed one no
        line is left free for anyone."""
        self._last_page = [1, 1]
        self._captions = self._caption_rows()
        self._rows: list[_Pair] = []
        self._alone = (True, True)
        self._least = 0.0

    def set(
        self,
        responsables: Sequence[Responsable],
        destinatarios: Sequence[Destinatario],
        firmas: Sequence[PaperFirma],
    ) -> float:
        """Takes who signs. The room that the block needs to begin on a page: all of its height,
        where one page can hold it.
        """
        left = self._lines_of([self._slot(p.nombre, chosen(firmas, p.id)) for p in responsables])
        right = self._lines_of([self._slot(p.nombre, chosen(firmas, p.id)) for p in destinatarios])
        self._alone = (len(responsables) < _ACROSS, len(destinatarios) < _ACROSS)
        self._rows = list(zip_longest(left, right, fillvalue=()))
        foot = sum(row.height for row in self._captions)
        total = sum(_height(row) for row in self._rows) + foot
        self._least = total if total <= TOP - BOTTOM else _height(self._rows[0]) + foot
        return self._least

    def draw(self) -> None:
        """The block that was set; a signature never breaks."""
        rows, alone = list(self._rows), self._alone
        foot = sum(row.height for row in self._captions)
        self._flow.keep(self._least)
        while rows:
            chunk = [rows.pop(0)]
            used = _height(chunk[0]) + foot
            while rows and used + _height(rows[0]) <= self._flow.room:
                used += _height(rows[0])
                chunk.append(rows.pop(0))
            self._draw_rows(chunk, alone)
            for row in self._captions:
                self._flow.add(row)
            if rows:
                self._flow.feed()

    def _caption_rows(self) -> tuple[Row, ...]:
        cell = self._flow.fixed_cell
        return tuple(
            Row(
                (
                    cell((Span(left, face),), LEFT, _MIDDLE, centred=True),
                    cell((Span(right, face),), _MIDDLE, RIGHT, centred=True),
                )
            )
            for left, right, face in (
                (words.FIRMA, words.FIRMA, Face.REGULAR),
                (words.FIRMA_RESPONSABLE, words.FIRMA_DESTINATARIOS, Face.BOLD),
            )
        )

    def _lines_of(self, slots: Sequence[_Slot]) -> list[tuple[_Slot, ...]]:
        slots = slots or [_Slot((), (), None)]
        return [tuple(slots[at : at + _ACROSS]) for at in range(0, len(slots), _ACROSS)]

    def _slot(self, nombre: str, item: PaperFirma | None) -> _Slot:
        width = WIDTH / 2 / _ACROSS - 2 * _PAD - 4
        label = [Span(nombre)]
        if item is not None and item.late and item.firma.tipo not in _WITHOUT:
            label.append(Span("\nFirmó después del sellado", Face.ITALIC))
        if self._kind == "para_firmar" and item and item.firma.tipo is TipoFirma.PENDIENTE:
            item = None
        words_said = "Sin firma" if self._kind == "sellada" else ""
        if item is not None:
            words_said = said(item, self._adjuntos)
        lines: tuple[Line, ...] = ()
        if words_said:
            motivo = item.firma.motivo if item is not None else None
            lines = self._measure.wrap([Span(words_said, Face.ITALIC)], width, _LABEL)
            if motivo:
                reason = self._measure.wrap([Span(f"Motivo: {motivo}", Face.ITALIC)], width, _LABEL)
                if len(lines) + len(reason) > 4:
                    reason = self._measure.wrap(
                        [Span("(motivo en los datos complementarios)", Face.ITALIC)], width, _LABEL
                    )
                lines += reason
        return _Slot(
            self._measure.wrap(label, width, _LABEL),
            lines,
            item.trazo if item is not None and not words_said else None,
        )

    def _draw_rows(self, rows: Sequence[_Pair], alone: tuple[bool, bool]) -> None:
        flow = self._flow
        top = flow.y
        height = sum(_height(row) for row in rows)
        bottom = top - height
        for side, (x0, x1) in enumerate(((LEFT, _MIDDLE), (_MIDDLE, RIGHT))):
            flow.sheet.box(x0, bottom, x1, top)
            filled = [row for row in rows if row[side]]
            if filled:
                self._last_page[side] = len(flow.sheets)
            else:
                self._refer(self._last_page[side], (x0 + x1) / 2, (top + bottom) / 2)
            # The shorter half stands in the middle of its cell.
            y = top - (height - sum(_height(row) for row in filled)) / 2
            for row in filled:
                rise = max(slot.rise for half in row for slot in half)
                # A single signature stands centred; an odd last one under those above it.
                place = (x1 - x0) / _ACROSS
                left = (x0 + x1 - place) / 2 if alone[side] else x0
                for slot in row[side]:
                    self._draw_slot(slot, left + _PAD + 2, left + place - _PAD - 2, y - _PAD - rise)
                    left += place
                y -= _height(row)
        flow.skip(height)

    def _refer(self, page: int, x: float, y: float) -> None:
        """An empty half must not look as if nobody had signed it."""
        line = self._measure.one_line([Span(f"Ver página {page}", Face.ITALIC)], _LABEL)
        self._flow.sheet.line(line, x - line.width / 2, y, _LABEL, SOFT)

    def _draw_slot(self, slot: _Slot, x0: float, x1: float, y: float) -> None:
        sheet = self._flow.sheet
        sheet.rules.append(Rule(x0, y, x1, y, RULE, 0.5))
        baseline = y - 9.0
        for line in slot.name:
            sheet.line(line, (x0 + x1 - line.width) / 2, baseline, _LABEL, INK)
            baseline -= _LABEL_LEADING
        baseline = y + 5.0 + (len(slot.said) - 1) * _LABEL_LEADING
        for line in slot.said:
            sheet.line(line, (x0 + x1 - line.width) / 2, baseline, _LABEL, SOFT)
            baseline -= _LABEL_LEADING
        if slot.trazo is not None:
            sheet.strokes.append(_placed(slot.trazo, (x0 + x1) / 2, y + 4.0))


def _height(row: _Pair) -> float:
    slots = [slot for half in row for slot in half]
    return max(slot.rise for slot in slots) + max(slot.fall for slot in slots) + 2 * _PAD


def _placed(trazo: Trazo, centre: float, y: float) -> Stroke:
    """The stroke within its box over the line: what was drawn fills it, not the empty pad."""
    xs = [x for line in trazo.trazos for x, _ in line]
    ys = [y_ for line in trazo.trazos for _, y_ in line]
    width, height = _STROKE_BOX
    whole = min(width / trazo.ancho, height / trazo.alto)
    scale = min(
        width / max(1, max(xs) - min(xs)), height / max(1, max(ys) - min(ys)), whole * _MAGNIFY
    )
    return Stroke(
        x=centre - scale * (min(xs) + max(xs)) / 2,
        y=y + scale * max(ys),
        scale=scale,
        polylines=trazo.trazos,
    )
