"""Identifiers: UUID version 7 (RFC 9562), lower case, increasing within one process."""


class Uuid7Ids:
    """From the system's own clock and random source, whatever clock the records name."""

    def new_id(self) -> str:
        """A fresh UUID version 7, lower case."""
        from uuid_utils import uuid7

        return str(uuid7())
