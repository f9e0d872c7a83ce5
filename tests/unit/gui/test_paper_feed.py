"""The paper beside a form: the newest, one at a time, and never one that was replaced."""

from collections.abc import Callable

from fichaat.domain.errors import UserFacingError
from fichaat.gui.saving.paper_feed import PaperFeed
from tests.support.editor import HandClock
from tests.support.queued_tasks import QueuedTasks


def feed(
    draw: Callable[[], bytes],
) -> tuple[PaperFeed, QueuedTasks, list[bytes], list[UserFacingError]]:
    tasks, drawn, failed = QueuedTasks(), list[bytes](), list[UserFacingError]()
    made = PaperFeed(tasks, HandClock(), draw, drawn.append, failed.append)
    made.watch(seen=True)
    return made, tasks, drawn, failed


def test_a_paper_that_was_replaced_while_it_was_drawn_is_not_shown() -> None:
    papers = iter([b"borrador", b"sellada"])
    made, tasks, drawn, _ = feed(lambda: next(papers))
    made.replaced()
    tasks.run()
    assert drawn == [b"sellada"]


def test_what_failed_for_a_replaced_paper_is_not_told() -> None:
    tries = [UserFacingError("ficha.draft_unknown", codigo="x")]

    def draw() -> bytes:
        if tries:
            raise tries.pop()
        return b"sellada"

    made, tasks, drawn, failed = feed(draw)
    made.replaced()
    tasks.run()
    assert (drawn, failed) == ([b"sellada"], [])


def test_nothing_is_drawn_for_a_replaced_paper_that_nobody_sees() -> None:
    made, tasks, drawn, _ = feed(lambda: b"papel")
    tasks.run()
    made.watch(seen=False)
    made.replaced()
    tasks.run()
    assert drawn == [b"papel"]
    made.watch(seen=True)
    tasks.run()
    assert drawn == [b"papel", b"papel"]
