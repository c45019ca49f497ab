"""`incident schema`: the JSON Schema of the import record, each fact with its meaning and who asks for it."""

from typing import Any

from models.record import record_schema
from playbooks.facts import fact_hooks


def schema_document() -> dict[str, Any]:
    """Return the schema (draft 2020-12) with a description of each fact."""
    schema, hooks = record_schema(), fact_hooks()
    described = schema["$defs"]["Facts"]["properties"]
    for hook in hooks.facts:
        described[hook.name] |= {"description": f"{hook.means} [{hooks.citations(hook.name)[0].words}]"}
    return schema
