"""How a tool's records are fetched: the header that bears a token, and how its answers go on from page to page.

A mapping file names the environment variable of a token and never the token itself.
"""

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from models.expressions import Expression, ExpressionError, evaluate, holds
from models.sourced import File, Source, Words

VARIABLE = "INCIDENT_IMPORT_TOKEN"
"""The environment variable that holds the token where a mapping names no other."""

MOST_PAGES = 1000


def _header_name(name: str) -> str:
    if not name.isascii() or not name.replace("-", "").isalnum():
        raise ValueError(f"{name!r} is no name of a header")
    return name


def _variable(name: str) -> str:
    if not name.isascii() or not name.isidentifier():
        raise ValueError(f"{name!r} is no name of an environment variable; the token itself never stands here")
    return name


def _with_place(value: str) -> str:
    if value.count("{token}") != 1 or not value.isascii() or not value.isprintable():
        raise ValueError('is the text of a header with {token} where the token belongs, such as "Bearer {token}"')
    return value


class Pages(File):
    """How the page that follows is found, in one of three ways. A page without records, or the end of links, ends it.

    Attributes:
        next: picks from a page the address of the page that follows, or, as an object, the query parameters that are
            to change; nothing where it is the last.
        header: `link`: the answer's `Link` header names the page that follows (RFC 8288, `rel="next"`).
        offset: the query parameter that says how many records are passed over.
        most: pages after which the fetching is given up.
    """

    next: Expression | None = None
    header: Literal["link"] | None = None
    offset: Words | None = None
    most: Annotated[int, Field(gt=0)] = MOST_PAGES
    source: Source | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        if sum(way is not None for way in (self.next, self.header, self.offset)) != 1:
            raise ValueError('has exactly one of next, offset and header = "link"')
        return self

    def following(self, page: Any) -> str | dict[str, str]:
        """Return what `next` picks: an address, or parameters to change; both are empty after the last page.

        Raises:
            ExpressionError: it picks something else.
        """
        picked = evaluate(self.next, page) if self.next is not None else None
        if not holds(picked):
            return ""
        if isinstance(picked, str):
            return picked
        if isinstance(picked, dict) and all(isinstance(value, str | int | None) for value in picked.values()):
            return {name: _as_parameter(value) for name, value in picked.items() if value is not None}
        raise ExpressionError("gives neither an address nor parameters")


class Fetch(File):
    """How a tool is asked.

    Attributes:
        token_env: the environment variable that holds the token.
        header: the header that bears it.
        value: the text of that header, with `{token}` where the token belongs.
    """

    token_env: Annotated[str, AfterValidator(_variable)] = VARIABLE
    header: Annotated[str, AfterValidator(_header_name)] = "Authorization"
    value: Annotated[str, AfterValidator(_with_place)] = "Bearer {token}"
    pages: Pages | None = None
    source: Source | None = None

    def bearing(self, token: str) -> str:
        """Return the text of the header. A token that names its own scheme, such as `Basic …`, stands as it is."""
        return token if " " in token else self.value.replace("{token}", token)


def _as_parameter(value: str | int) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
