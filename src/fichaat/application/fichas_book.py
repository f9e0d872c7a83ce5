"""Use case: fichas that people write in a workbook: its empty form, and what they wrote in it."""

from datetime import date

from fichaat.application.acuerdo_line import AcuerdoLine
from fichaat.application.acuerdos.matrix import day
from fichaat.application.changes import Changes
from fichaat.application.fichas_columns import FichasWords, Sentence
from fichaat.application.fichas_template import fichas_template
from fichaat.application.find_acuerdo import FindAcuerdo, OpenAcuerdo
from fichaat.application.find_distrito import FindDistrito
from fichaat.application.import_fichas import How, ImportFichas, ImportReport
from fichaat.application.installation import Installation
from fichaat.application.ports.papers import Workbooks
from fichaat.application.read_fichas_sheets import Finders, read_fichas
from fichaat.application.sheets import Workbook
from fichaat.domain.text import fold


class FichasBook:
    def __init__(
        self,
        here: Installation,
        workbooks: Workbooks,
        import_fichas: ImportFichas,
        sentence: Sentence,
    ) -> None:
        self._here = here
        self._workbooks = workbooks
        self._import = import_fichas
        self._words = FichasWords(sentence)

    def template(self) -> bytes:
        """The empty workbook, with the lists of this region."""
        return self._workbooks.write(self.blank())

    def blank(self) -> Workbook:
        """The same before it is written."""
        here = self._here
        with here.store.read() as reader:
            found = reader.catalogo()
            lines = [line for line in reader.acuerdo_lines(here.ambito) if line.abierto]
        indicadores = () if found is None else found[0].indicadores
        distritos = here.territorio.distritos_of(here.ambito)
        abiertos = sorted(map(self._open, lines), key=_by_place)
        return fichas_template(self._words, distritos, indicadores, abiertos)

    def __call__(self, data: bytes, how: How) -> tuple[ImportReport, Changes]:
        """Import what was written: every ficha or none, unless `how` is partial.

        Args:
            data: the file.
            how: as drafts or sealed; or only what would happen.

        Raises:
            UserFacingError: "hoja.unreadable", "hoja.too_large", "ficha.too_many_rows", those of
                `Store.write`. A refused cell is reported, never raised.
        """
        here = self._here
        sheets = self._workbooks.read(data)
        how.cancel.check()
        region = here.profile.region
        find_distrito = FindDistrito(here.territorio, region)
        with here.store.read() as reader:
            find_acuerdo = FindAcuerdo(line.id for line in reader.acuerdo_lines())
        finders: Finders = {"distrito": find_distrito, "acuerdo": find_acuerdo}
        fichas = read_fichas(sheets, self._words, finders, region, here.ids.new_id)
        return self._import.sheets(fichas, how)

    def _open(self, line: AcuerdoLine) -> OpenAcuerdo:
        found = [self._here.territorio.get(ubigeo) for ubigeo in line.distritos]
        names = ", ".join(place.distrito for place in found if place is not None)
        return OpenAcuerdo(
            line.id,
            names or " ".join(line.distritos),
            line.descripcion,
            line.responsable,
            day(line.plazo),
        )


def _by_place(item: OpenAcuerdo) -> tuple[str, date, str]:
    """By municipality, the next due first; what has no date last."""
    return fold(item.municipalidad), item.plazo or date.max, item.id
