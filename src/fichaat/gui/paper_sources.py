"""Where the papers of an open data folder come from."""

from fichaat.gui.desk import Desk
from fichaat.gui.paper_actions import PaperSources


def paper_sources(desk: Desk) -> PaperSources:
    """What `PaperActions` needs of a desk."""
    session, program = desk.session, desk.program
    return PaperSources(
        session.print_ficha,
        session.print_ficha.sealed,
        program.blank_form,
        program.lend_file,
        program.write_file,
    )
