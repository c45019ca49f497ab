"""Writing a notice down: as Markdown by its template, as plain text, or as JSON. The content is the same in all.

Templates are trusted, for a lawyer may edit them; what somebody recorded is not, and is made inert wherever
a template prints it.
"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incident.errors import BadInput
from incident.notices.markdown import Ready, escaped, fenced
from incident.notices.notice import Notice
from incident.notices.plain import plain_text
from incident.notices.sources import NOTICES, SUFFIX, notice_text
from models.moments import utc_text

if TYPE_CHECKING:
    from jinja2 import Environment

FORMATS = ("md", "txt", "json")

SAFE_FILTERS = ("default", "first", "last", "length")
"""Jinja's own filters that a template may use: none of these can make data pass for Markdown."""


def render(notice: Notice, form: str, folder: Path | None = None) -> str:
    """Write a notice down.

    Args:
        form: `md`, `txt` or `json`.
        folder: the user's playbooks, whose templates come before ours.

    Raises:
        BadInput: a format that does not exist yet, or a fault in a template, with its name and line.
    """
    if form not in FORMATS:
        raise BadInput(f"format {form!r} is not there yet: choose md, txt or json")
    if form == "json":
        return json.dumps(_document(notice), indent=2, ensure_ascii=True) + "\n"
    markdown = _markdown(notice, folder)
    return markdown if form == "md" else plain_text(markdown)


def file_name(notice: Notice, extension: str) -> str:
    """Return `<reference>-<kind>[-<customer id or authority>]-<language>.<extension>`; nothing of what was told."""
    recipient = notice.customer or notice.authority
    parts = [notice.incident, notice.kind, *([recipient] if recipient else []), notice.language]
    return f"{'-'.join(parts)}.{extension}"


def _markdown(notice: Notice, folder: Path | None) -> str:
    from jinja2 import TemplateError, TemplateSyntaxError

    name = f"{notice.kind}/{notice.language}{SUFFIX}"
    try:
        return _environment(folder).get_template(name).render(notice=notice)
    except TemplateSyntaxError as error:
        raise BadInput(f"{NOTICES}/{error.name or name}, line {error.lineno}: {error.message}") from None
    except (TemplateError, TypeError, ValueError) as error:
        raise BadInput(f"{NOTICES}/{name}: {error}") from None


def _environment(folder: Path | None) -> "Environment":
    """Return what renders our templates: sandboxed, refusing what is not there, escaping whatever is printed.

    What is Markdown already says so (`__html__`), as a macro's result does; all else is made inert.
    """
    from jinja2 import FunctionLoader, StrictUndefined, Undefined
    from jinja2.sandbox import SandboxedEnvironment

    def inert(value: Any) -> Any:
        if value is None:
            raise TypeError("prints a value that is not there")
        ready = hasattr(value, "__html__") or isinstance(value, Undefined)
        return value if ready else Ready(escaped(str(value)))

    environment = SandboxedEnvironment(
        loader=FunctionLoader(lambda name: notice_text(name, folder)),
        undefined=StrictUndefined,
        autoescape=True,
        finalize=inert,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters = {name: environment.filters[name] for name in SAFE_FILTERS} | {
        "block": lambda text: Ready(fenced(str(text))),
        "line": lambda text: Ready(escaped(str(text), one_line=True)),
    }
    return environment


def _document(notice: Notice) -> dict[str, Any]:
    """Return a notice as plain JSON, for scripts."""
    return {
        "kind": notice.kind,
        "draft": True,
        "incident": notice.incident,
        "language": notice.language,
        "recipient": notice.recipient,
        "customer": notice.customer,
        "authority": notice.authority,
        "as_of": utc_text(notice.as_of),
        "phase": notice.phase.value,
        "title": notice.title,
        "missing": [one.field for one in notice.missing],
        "blocking": [one.field for one in notice.blocking],
        "answers": notice.answers,
        "estimated": [item.field for item in notice.items if item.certainty == "estimated"],
        "to_check": list(notice.to_check),
        "sections": [asdict(section) for section in notice.sections],
        "letter": asdict(notice.letter) if notice.letter else None,
        "sheet": asdict(notice.sheet) if notice.sheet else None,
        "sources": [asdict(source) for source in notice.sources],
        "duties": list(notice.duties),
    }
