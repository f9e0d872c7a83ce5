import re
from pathlib import Path

import pytest

from fichaat.gui.pages.ayuda.manual import find_chapter, read_manual, topic_of
from fichaat.system.paths import manual

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


def test_every_link_of_the_manual_leads_somewhere() -> None:
    names = {path.stem for path in manual().glob("*.md")}
    topics = {chapter.topic for chapter in read_manual(manual())}
    for path in manual().glob("*.md"):
        for link in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
            stem = link.partition("#")[0].removesuffix(".md")
            assert stem in names or topic_of(stem) in topics, (path.name, link)
