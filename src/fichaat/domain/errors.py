"""The one error family a person may see: a stable code and its parameters, never a sentence."""

from collections.abc import Mapping

Param = str | int
"""What may stand inside a sentence of `texts/`."""


class UserFacingError(Exception):
    """Something the person can act on. `texts/` holds the Spanish sentence of each code.

    Attributes:
        code: stable, dotted, for scripts and for `texts/` ("bundle.truncated").
        params: values that the sentence names.
    """

    def __init__(self, code: str, **params: Param) -> None:
        super().__init__(code, params)
        self.code = code
        self.params: Mapping[str, Param] = params


class SchemaError(UserFacingError):
    """A text that is not what its type says ("schema.*"). `path` is an RFC 6901 pointer."""

    def __init__(self, code: str, path: str = "", **params: Param) -> None:
        super().__init__(code, path=path, **params)
        self.path = path


class CancelledError(UserFacingError):
    """The person cancelled a long job; nothing of it remains."""

    def __init__(self) -> None:
        super().__init__("job.cancelled")
