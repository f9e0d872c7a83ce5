"""Which page shows a route. Pages are imported when they are first shown."""

from fichaat.gui import routes
from fichaat.gui.desk import Desk
from fichaat.gui.pages.page import Page
from fichaat.gui.routes import Route


def make_page(route: Route, desk: Desk) -> Page:
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
        case routes.Sellar(codigo=codigo):
            from fichaat.gui.pages.sellar.page import SellarPage

            return SellarPage(desk, codigo)
        case routes.Ajustes():
            from fichaat.gui.pages.ajustes.page import AjustesPage

            return AjustesPage(desk)
        case routes.Ayuda():
            from fichaat.gui.pages.ayuda.page import AyudaPage

            return AyudaPage(desk)
    raise AssertionError(f"no page for {route}")
