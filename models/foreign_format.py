"""The form of a mapping file: how another tool's records are recognised, and what of them feeds which key of ours.

An alert is not awareness, and a record is not yet a personal data breach: a mapping that says nothing of
`personal_data` leaves it undecided (null).
"""

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, Literal, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field, model_validator

from models.dotted import kind_of, place
from models.expressions import Expression
from models.foreign_fetch import Fetch
from models.foreign_times import ISO, PARTS, check_notation, names_its_zone
from models.foreign_values import fitted, is_time
from models.moments import shortened
from models.organisation import ZoneName
from models.record import RecordError, read_patch
from models.sourced import Document, File, Key, Source, SourcedFile, Words, refuse

LOCAL = "local"
"""The zone of a mapping whose times are in the time zone of the settings."""

Notation = Annotated[str, AfterValidator(check_notation)]


class Shape(File):
    """One shape in which a tool's records come.

    Attributes:
        when: holds for a JSON document, line or element of this shape; None where any JSON will do.
        columns: for a table (CSV, XLSX): columns that its header must have, among others.
        records: picks the records from what was recognised.
    """

    when: Expression | None = None
    columns: tuple[Words, ...] = ()
    records: Expression = "[@]"
    source: Source | None = None

    @model_validator(mode="after")
    def _table_or_not(self) -> Self:
        if self.columns and self.when is not None:
            raise ValueError("has columns, as tables have, and when, which is for JSON: make two shapes of it")
        return self


class ValueTable(File):
    """Foreign values, and what we call them. Case and blanks do not matter.

    Attributes:
        ignored: values that say nothing.
        unlisted: what becomes of any other value: the record is refused, it is ignored, or kept as it came.
        default: what any other value becomes instead.
    """

    values: Mapping[str, Any] = Field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    unlisted: Literal["refuse", "ignore", "keep"] = "refuse"
    default: Any = None

    def ours(self, foreign: Any) -> list[Any]:
        """Return what we call a foreign value: one word, several, or none where it says nothing.

        Raises:
            ValueError: the table does not know the value, and refuses what it does not know.
        """
        known = self._known.get(_alike(foreign))
        if known is not None:
            return known
        if self.default is not None:
            return [self.default]
        if self.unlisted == "refuse":
            raise ValueError(f"the table does not know {shortened(repr(foreign))}; add it to its values, or to ignored")
        return [foreign] if self.unlisted == "keep" else []

    @cached_property
    def _known(self) -> dict[str, list[Any]]:
        listed = {_alike(foreign): ours if isinstance(ours, list) else [ours] for foreign, ours in self.values.items()}
        return listed | {_alike(foreign): [] for foreign in self.ignored}


class Rule(File):
    """What feeds one key of our record: an expression, or what it always is.

    Attributes:
        time: the notations of a time, in the order in which they are tried.
        table: the name of the table that says what we call a value.
    """

    expression: Expression | None = None
    always: Any = None
    time: tuple[Notation, ...] = ()
    table: str | None = None

    @model_validator(mode="before")
    @classmethod
    def _in_short(cls, data: Any) -> Any:
        """A bare text is the expression; one notation need not be a list."""
        if isinstance(data, str):
            return {"expression": data}
        if isinstance(data, Mapping) and isinstance(data.get("time"), str):
            return {**data, "time": (data["time"],)}
        return data

    @model_validator(mode="after")
    def _one_or_the_other(self) -> Self:
        if (self.expression is None) == (self.always is None):
            raise ValueError("has either an expression or always")
        if self.always is not None and (self.time or self.table):
            raise ValueError("what it always is needs neither time nor table")
        return self


class ForeignFormat(SourcedFile):
    """A mapping file.

    Attributes:
        id: names the format; also the `source` of its records, where no rule feeds that key.
        zone: the time zone of times that name none; `local` for that of the settings.
        repeated: what a second record with a ref that came before in the same source is, where it differs: an update
            of the first, or refused.
        named_by: what tells records apart: their ref, or, for tools that give none, their content.
        keys: the rule for each dotted key of our record.
        fetch: how the tool is asked, where its records come from a URL.
    """

    documents: tuple[Document, ...] = ()
    zone: ZoneName | Literal["local"] | None = None
    repeated: Literal["update", "refuse"] = "update"
    named_by: Literal["ref", "content"] = "ref"
    shapes: tuple[Shape, ...] = ()
    tables: Mapping[str, ValueTable] = Field(default_factory=dict)
    keys: dict[str, Rule] = Field(min_length=1)
    fetch: Fetch = Fetch()

    def zone_of_times(self, settings: ZoneInfo) -> ZoneInfo:
        """Return where times that name no zone are read; `settings` is the time zone of the settings."""
        return ZoneInfo(self.zone) if self.zone not in {None, LOCAL} else settings

    @property
    def table_shapes(self) -> tuple[Shape, ...]:
        """The shapes that are tables."""
        return tuple(shape for shape in self.shapes if shape.columns)

    @property
    def json_shapes(self) -> tuple[Shape, ...]:
        """The shapes that are JSON."""
        return tuple(shape for shape in self.shapes if not shape.columns)

    @model_validator(mode="after")
    def _fits_the_record(self) -> Self:
        refuse(self._faults())
        return self

    def _faults(self) -> Iterator[tuple[Key, str]]:
        for key, rule in self.keys.items():
            if key.startswith("customers.") or kind_of(key) is None:
                yield _place(key), "is no key of a record; incident schema shows those there are"
            else:
                yield from self._rule_faults(key, rule)
        if "title" not in self.keys:
            yield _place("title"), "is required"
        if self.named_by == "ref" and "ref" not in self.keys:
            reason = 'is required, so that importing again changes nothing; tools without one: named_by = "content"'
            yield _place("ref"), reason
        if self.named_by == "content" and "ref" in self.keys:
            yield _place("ref"), 'contradicts named_by = "content"'

    def _rule_faults(self, key: str, rule: Rule) -> Iterator[tuple[Key, str]]:
        if rule.time and not is_time(key):
            yield (*_place(key), "time"), "is for keys that hold a time"
        if is_time(key) and self.zone is None and not all(map(names_its_zone, notations_of(rule))):
            yield _place(key), 'its times may name no zone: say zone = "Europe/Paris" at the top, or "local"'
        if rule.table is not None and rule.table not in self.tables:
            yield (*_place(key), "table"), f"there is no table {rule.table!r}"
        elif rule.table is not None:
            yield from _table_faults(rule.table, self.tables[rule.table], key)
        if rule.always is not None and (reason := _misfit(key, rule.always)):
            yield _place(key), reason


def notations_of(rule: Rule) -> tuple[str, ...]:
    """Return the notations in which a rule's times are read."""
    return rule.time or (ISO, PARTS)


def _place(key: str) -> Key:
    return ("keys", *key.split("."))


def _alike(value: Any) -> str:
    """Write a value so that case, kinds of blanks and typographic apostrophes make no difference."""
    text = ("true" if value else "false") if isinstance(value, bool) else str(value)
    return " ".join(text.replace("’", "'").split()).casefold()


def _table_faults(name: str, table: ValueTable, key: str) -> Iterator[tuple[Key, str]]:
    given: dict[Key, Any] = {("tables", name, "values", foreign): ours for foreign, ours in table.values.items()}
    if table.default is not None:
        given["tables", name, "default"] = table.default
    for where, ours in given.items():
        if reason := _misfit(key, ours):
            yield where, f"for {key}: {reason}"


def _misfit(key: str, value: Any) -> str | None:
    """Say why our record would not take a value that a mapping itself names; None where it would."""
    record: dict[str, Any] = {}
    try:
        place(record, key, fitted(key, value))
        read_patch(record, ZoneInfo("UTC"))
    except RecordError as error:
        return error.problems[0][1]
    except ValueError as error:
        return str(error)
    return None
