import re
from pathlib import Path

import pytest

from fichaat.gui.pages.ayuda.manual import find_chapter, read_manual, topic_of
from fichaat.system.paths import manual
from fichaat.texts import MESSAGES

HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
PAGES = Path(__file__).parents[3] / "src" / "fichaat" / "gui" / "pages"


def help_topics() -> set[str]:
    found = set()
    for path in PAGES.rglob("page.py"):
        found |= set(re.findall(r'^    help_topic = "(.+)"', path.read_text("utf-8"), re.MULTILINE))
    return found


@pytest.mark.parametrize("topic", sorted(help_topics()))
def test_every_page_has_its_chapter(topic: str) -> None:
    chapters = read_manual(manual())
    assert chapters[find_chapter(chapters, topic)].topic == topic


def test_the_chapters_about_the_window_come_first() -> None:
    chapters = read_manual(manual())
    assert [chapter.title for chapter in chapters][:3] == ["Inicio", "Nueva visita", "La ficha"]
    assert [chapter.topic for chapter in chapters][-2:] == ["inicio-rapido", "ordenes"]
    assert all(chapter.text.startswith("# ") for chapter in chapters)
    assert len({chapter.topic for chapter in chapters}) == len(chapters)


def test_topics_and_links_lead_to_their_chapter(tmp_path: Path) -> None:
    assert topic_of("¿Qué es «Ñandú»?") == "que-es-nandu"
    (tmp_path / "ventana.md").write_text("# V\n\n## Uno\n\na\n\n## Dos más\n\nb\n", "utf-8")
    (tmp_path / "zz.md").write_text("# Último\n", "utf-8")
    chapters = read_manual(tmp_path)
    assert [chapter.title for chapter in chapters] == ["Uno", "Dos más", "Último"]
    assert chapters[1].text == "# Dos más\nb\n"
    assert [find_chapter(chapters, t) for t in ("dos-mas", "zz.md#x", "", "nada")] == [1, 2, 0, 0]
    assert read_manual(tmp_path / "falta") == []


def test_the_chapters_of_the_region_follow_those_of_the_window() -> None:
    chapters = read_manual(manual())
    titles = [chapter.title for chapter in chapters if chapter.page == "region"]
    assert titles[:2] == ["De muchas laptops a una región", "La región se presenta"]
    assert titles[-1] == "El computador tiene mal la fecha"
    pages = [chapter.page for chapter in chapters]
    assert list(dict.fromkeys(pages)) == [
        "ventana",
        "region",
        "revision",
        "acuerdos",
        "catalogo",
        "cobertura",
        "repositorio",
        "hojas",
        "inicio-rapido",
        "ordenes",
    ]


def test_a_link_to_a_page_or_to_a_heading_leads_there(tmp_path: Path) -> None:
    (tmp_path / "ventana.md").write_text("# V\n\n## Uno\n\na\n", "utf-8")
    (tmp_path / "region.md").write_text("# R\n\nantes\n\n## Olvidé mi frase\n\nb\n", "utf-8")
    chapters = read_manual(tmp_path)
    assert [chapter.title for chapter in chapters] == ["Uno", "R", "Olvidé mi frase"]
    assert chapters[1].text == "# R\nantes\n"
    links = ("region.md", "region.md#olvidé-mi-frase", "ventana.md", "region.md#nada", "region")
    assert [find_chapter(chapters, link) for link in links] == [1, 2, 0, 1, 1]


def test_every_heading_that_is_linked_exists() -> None:
    headings = {
        path.stem: {heading.lower().replace(" ", "-") for heading in HEADING.findall(text)}
        for path in manual().glob("*.md")
        if (text := path.read_text("utf-8"))
    }
    for path in manual().glob("*.md"):
        for link in re.findall(r"\]\(([^)]+#[^)]+)\)", path.read_text("utf-8")):
            page, _, anchor = link.partition("#")
            stem = page.removesuffix(".md") or path.stem
            assert anchor in headings[stem], (path.name, link)


def test_every_button_that_the_region_is_told_of_exists() -> None:
    page = (manual() / "region.md").read_text("utf-8")
    text = re.sub(r"(?ms)^```.*?^```", "", page)
    text = re.sub(r"\s+", " ", text.replace("**", ""))
    named = set(re.findall(r"\*([^*]+)\*", text))
    assert named - set(MESSAGES.values()) - set(HEADING.findall(page)) == set()


def test_every_link_of_the_manual_leads_somewhere() -> None:
    names = {path.stem for path in manual().glob("*.md")}
    topics = {chapter.topic for chapter in read_manual(manual())}
    for path in manual().glob("*.md"):
        for link in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
            stem = link.partition("#")[0].removesuffix(".md")
            assert stem in names or topic_of(stem) in topics, (path.name, link)
