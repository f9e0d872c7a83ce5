"""Which page shows a route. Pages are imported when they are first shown."""

from fichaat.gui import routes
from fichaat.gui.desk import Desk
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import Route


def make_page(route: Route, desk: Desk) -> Page:  # noqa: C901, PLR0912  # one case for each place
    """A fresh page for a place."""
    match route:
        case routes.Inicio():
            from fichaat.gui.pages.inicio.page import InicioPage

            return InicioPage(desk)
        case routes.NuevaVisita():
            from fichaat.gui.pages.visita.page import NuevaVisitaPage

            return NuevaVisitaPage(desk)
        case routes.Papelera():
            from fichaat.gui.pages.papelera.page import PapeleraPage

            return PapeleraPage(desk)
        case routes.EditarFicha(codigo=codigo):
            from fichaat.gui.pages.ficha.page import FichaPage

            return FichaPage(desk, codigo)
        case routes.Firmar():
            from fichaat.gui.pages.firmas.page import FirmasPage

            return FirmasPage(desk)
        case routes.Fichas():
            from fichaat.gui.pages.fichas.page import FichasPage

            return FichasPage(desk)
        case routes.ImportarFichas():
            from fichaat.gui.pages.importar_fichas.page import ImportarFichasPage

            return ImportarFichasPage(desk)
        case routes.VerFicha(codigo=codigo, copia=copia):
            from fichaat.gui.pages.ver_ficha.page import VerFichaPage

            return VerFichaPage(desk, codigo, copia)
        case routes.Sellar(codigo=codigo):
            from fichaat.gui.pages.sellar.page import SellarPage

            return SellarPage(desk, codigo)
        case routes.Paquetes():
            from fichaat.gui.pages.paquetes.page import PaquetesPage

            return PaquetesPage(desk)
        case routes.ImportarPaquetes():
            from fichaat.gui.pages.importar.page import ImportarPage

            return ImportarPage(desk)
        case routes.Recepcion():
            from fichaat.gui.pages.recepcion.page import RecepcionPage

            return RecepcionPage(desk)
        case routes.Equipos():
            from fichaat.gui.pages.equipos.page import EquiposPage

            return EquiposPage(desk)
        case routes.Municipalidades():
            from fichaat.gui.pages.municipalidades.page import MunicipalidadesPage

            return MunicipalidadesPage(desk)
        case routes.Catalogo():
            from fichaat.gui.pages.catalogo.page import CatalogoPage

            return CatalogoPage(desk)
        case routes.Revision():
            from fichaat.gui.pages.revision.page import RevisionPage

            return RevisionPage(desk)
        case routes.Acuerdos():
            from fichaat.gui.pages.acuerdos.page import AcuerdosPage

            return AcuerdosPage(desk)
        case routes.Ajustes():
            from fichaat.gui.pages.ajustes.page import AjustesPage

            return AjustesPage(desk)
        case routes.Ayuda():
            from fichaat.gui.pages.ayuda.page import AyudaPage

            return AyudaPage(desk)
    raise AssertionError(f"no page for {route}")
