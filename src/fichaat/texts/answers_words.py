"""Why somebody waits for an answer, in one line: for a window and for an order alike."""

from collections.abc import Callable, Iterator

from fichaat.application.answers import Waiting
from fichaat.texts import message


def why_words(item: Waiting, number: Callable[[int], str] = str) -> str:
    """«Catálogo, versión 2 · 3 novedades · 1 paquete recibido», the weightiest first.

    Args:
        item: one of `due`.
        number: how a count is written.
    """
    return " · ".join(_reasons(item, number))


def _reasons(item: Waiting, number: Callable[[int], str]) -> Iterator[str]:
    news = item.novedades
    # A first answer brings everything: only later ones have something that stands out.
    rest = news.propios or news.registros
    if item.respondido:
        rest = news.propios - news.revocaciones
        if item.catalogo is not None:
            rest -= len(news.catalogos)
            yield message("recepcion.answers_catalogue", {"version": item.catalogo})
        if news.revocados:
            yield message("recepcion.answers_revoked", {"cantidad": number(news.revocados)})
        if not rest:
            return
    if not item.entregas and not item.respondido:
        yield message("recepcion.answers_new", {"cantidad": number(rest)})
    elif not item.entregas:
        yield message("recepcion.answers_more", {"cantidad": number(rest)})
    else:
        params: dict[str, str | int] = {"cantidad": number(rest), "entregas": item.entregas}
        yield message("recepcion.answers_line", params)
