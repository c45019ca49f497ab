"""Writing a notice down: as Markdown by its template, and from that in every other format but JSON, alike in all.

Templates are trusted, for a lawyer may edit them; what somebody recorded is not, and is made inert wherever
a template prints it.
"""

import json
from collections.abc import Callable
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from incident.errors import BadInput
from incident.notices.html_page import html_page
from incident.notices.labels import labels_in
from incident.notices.mail import address_of, mail
from incident.notices.markdown import Ready, escaped, fenced
from incident.notices.notice import News, Notice
from incident.notices.page import Page, page_of
from incident.notices.pdf import pdf
from incident.notices.plain import plain_text
from incident.notices.sources import NOTICES, SUFFIX, notice_text
from incident.notices.word import word
from models.moments import utc_text

if TYPE_CHECKING:
    from jinja2 import Environment

TEXTS = ("md", "txt", "html", "json")
FORMATS = ("md", "txt", "html", "pdf", "docx", "eml", "json")
"""Those that are text, and all: as the files end."""

SAFE_FILTERS = ("default", "first", "last", "length")
"""Jinja's own filters that a template may use: none of these can make data pass for Markdown."""


def render(notice: Notice, form: str, folder: Path | None = None) -> str:
    """Write a notice down as text.

    Args:
        form: one of `TEXTS`.
        folder: the user's playbooks, whose templates come before ours.

    Raises:
        BadInput: a format that is no text, or a fault in a template, with its name and line.
    """
    if form not in TEXTS:
        raise BadInput(f"format {form!r} is no text: choose {', '.join(TEXTS)}")
    if form == "json":
        return json.dumps(_document(notice), indent=2, ensure_ascii=True) + "\n"
    markdown = _markdown(notice, folder)
    match form:
        case "txt":
            return plain_text(markdown)
        case "html":
            return html_page(_page(notice, markdown, folder))
        case _:
            return markdown


def draft_file(notice: Notice, form: str, folder: Path | None = None) -> bytes:
    """Write a notice down as the bytes of a file.

    Args:
        form: one of `FORMATS`.
        folder: the user's playbooks, whose templates come before ours.

    Raises:
        BadInput: a format that does not exist, or a fault in a template, with its name and line.
        Failure: the PDF cannot be made.
    """
    if form not in FORMATS:
        raise BadInput(f"no format {form!r}: choose {', '.join(FORMATS)}")
    if form in TEXTS:
        return render(notice, form, folder).encode()
    markdown = _markdown(notice, folder)
    page = _page(notice, markdown, folder)
    match form:
        case "pdf":
            return pdf(page)
        case "docx":
            return word(page)
        case _:
            return mail(page, markdown, address_of(notice), file_name(notice, "pdf"))


def file_name(notice: Notice, extension: str) -> str:
    """Return `<reference>-<kind>[-<customer id, authority or variant>]-<language>.<extension>`.

    Nothing in it is taken from what was told.
    """
    recipient = notice.customer or notice.authority or notice.variant
    parts = [notice.incident, notice.kind, *([recipient] if recipient else []), notice.language]
    return f"{'-'.join(parts)}.{extension}"


def _page(notice: Notice, markdown: str, folder: Path | None) -> Page:
    return page_of(notice, markdown, labels_in(notice.language, folder))


def _markdown(notice: Notice, folder: Path | None) -> str:
    from jinja2 import TemplateError, TemplateNotFound, TemplateSyntaxError

    name = f"{notice.template}/{notice.language}{SUFFIX}"
    try:
        return _environment(folder).get_template(name).render(notice=notice)
    except TemplateSyntaxError as error:
        raise BadInput(f"{NOTICES}/{error.name or name}, line {error.lineno}: {error.message}") from None
    except TemplateNotFound as error:
        raise BadInput(f"{NOTICES}/{name}: there is no file {error.name!r} in the folder {NOTICES}") from None
    except RecursionError:
        raise BadInput(f"{NOTICES}/{name}: calls itself without end, or is nested too deeply") from None
    except (TemplateError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise BadInput(f"{NOTICES}/{name}: {error}") from None


@lru_cache(maxsize=4)
def _environment(folder: Path | None) -> "Environment":
    """Return what renders our templates: sandboxed, refusing what is not there, escaping whatever is printed.

    What is Markdown already says so (`__html__`), as a macro's result does; all else is made inert. A template is
    compiled once, and again when its text has changed.
    """
    from jinja2 import FunctionLoader, StrictUndefined, Undefined
    from jinja2.sandbox import SandboxedEnvironment

    def inert(value: Any) -> Any:
        if value is None:
            raise TypeError("prints a value that is not there")
        ready = hasattr(value, "__html__") or isinstance(value, Undefined)
        return value if ready else Ready(escaped(str(value)))

    def template(name: str) -> tuple[str, None, Callable[[], bool]] | None:
        text = notice_text(name, folder)
        return None if text is None else (text, None, lambda: notice_text(name, folder) == text)

    environment = SandboxedEnvironment(
        loader=FunctionLoader(template),
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
        "incident_title": notice.incident_title,
        "language": notice.language,
        "recipient": notice.recipient,
        "customer": notice.customer,
        "authority": notice.authority,
        "variant": notice.variant,
        "as_of": utc_text(notice.as_of),
        "phase": notice.phase.value,
        "title": notice.title,
        "statement": notice.statement,
        "missing": [one.field for one in notice.missing],
        "blocking": [one.field for one in notice.blocking],
        "may_follow": [one.field for one in notice.may_follow],
        "promised": [one.field for one in notice.promised],
        "since": notice.since.heading if notice.since else None,
        "changes": [_change(one) for one in notice.since.news] if notice.since else [],
        "answers": notice.answers,
        "estimated": [item.field for item in notice.items if item.certainty == "estimated"],
        "to_check": list(notice.to_check),
        "sections": [asdict(section) for section in notice.sections],
        "letter": asdict(notice.letter) if notice.letter else None,
        "sheet": asdict(notice.sheet) if notice.sheet else None,
        "entry": asdict(notice.entry) if notice.entry else None,
        "sources": [asdict(source) for source in notice.sources],
        "duties": list(notice.duties),
    }


def _change(news: News) -> dict[str, Any]:
    """Return what is new since the notification before as plain JSON, by the names of the import record."""
    change = news.change
    before, after = change.before_recorded_at, change.recorded_at
    return {
        "field": change.field,
        "kind": change.kind.value,
        "before": change.before,
        "after": change.after,
        "before_recorded_at": utc_text(before) if before else None,
        "recorded_at": utc_text(after) if after else None,
        "text": news.text,
    }
