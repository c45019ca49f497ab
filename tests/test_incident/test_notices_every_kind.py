"""Every kind of draft in every language: nothing hollow while little is known, inert whatever was recorded."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from typing import Any

import pytest
from pypdf import PdfReader

from incident.notices.notice import Notice
from incident.notices.render import draft_file, render
from incident.notices.sources import languages_of
from incident.text import visible
from models.dossier import FACTS
from models.fact_kinds import FactKind, fact_kind
from models.incident import Incident
from tests.builders import decided, incident, sent, shipped_rules
from tests.test_incident.draft_examples import HOSTILE_TEXT, NOW, PROCESSOR, RICH, TWO_CUSTOMERS, drafts
from tests.test_incident.format_texts import html_tags, in_markdown, mail_in
from tests.test_incident.test_notices_formats import EVIL, every_format
from tests.test_incident.test_notices_golden import ALMOST_NOTHING, NOBODY, US
from tests.test_incident.test_notices_render import PROSE, parsed
from tests.test_incident.test_notices_subjects import ACCOUNTS

KINDS: Mapping[str, Mapping[str, Any]] = {
    "controller": {},
    "vendor": {},
    "register": {},
    "subjects": {},
    "subjects for minors": {"readers": "minors"},
    "subjects in public": {},
    "subjects under 611": {"regime": "eprivacy-611"},
    "authority": {"authority": "cnil"},
    "controller again": {"phase": "follow-up"},
    "controller withdrawn": {"phase": "withdrawal"},
    "authority again": {"authority": "cnil", "phase": "follow-up"},
    "authority withdrawn": {"authority": "cnil", "phase": "withdrawal"},
}
"""What may be asked for: the kind, a word that tells it from others, and its options.

`test_notices_forms` goes through every authority's form.
"""

LAYOUT = PROSE | {"heading", "blockquote", "hr", "ordered_list", "fence", "softbreak"}
COUNTS = [name for name in FACTS if fact_kind(name) is FactKind.COUNT]
LINE_OF_NOTHING = re.compile(r"[-#>*. ]+|[-#> ]*\*\*.*\*\* —\s*")


def about(kind: str, record: Mapping[str, Any], because: str = "x") -> Incident:
    """Replay an incident in which a draft of a kind may be asked for."""
    record = {**record, "regimes": ["eprivacy-611"], "role": "processor" if "controller" in kind else "controller"}
    ground = "c" if kind == "subjects in public" else None
    duty = f"gdpr-33-2@{record['customers'][0]['id']}" if "controller" in kind else "gdpr-33-1"
    told = sent(duty, "2026-10-24T09:00Z", reference=because, channel=because, because=because)
    earlier = [told] if kind.endswith(("again", "withdrawn")) else []
    return incident(record, *earlier, decided("high", because=because, by=because, dpo_advice=because, art_34_3=ground))


def hostile(text: str) -> dict[str, Any]:
    """A record in which somebody's text stands wherever a text may stand."""
    values = {FactKind.TEXT: text, FactKind.LINES: [text], FactKind.PARTIES: [{"name": text, "role": text}]}
    free = {name: values[fact_kind(name)] for name in FACTS if fact_kind(name) in values and name != "countries"}
    return {
        **TWO_CUSTOMERS,
        "title": text,
        "summary": text,
        "vendor": {"name": text},
        "subprocessor": {"name": text},
        "customers": [{"id": "evil", "name": text, "contact": text, "facts": {"description": text}}],
        "facts": {**RICH["facts"], **free},
    }


def written(kind: str, record: Mapping[str, Any], name: str, languages: tuple[str, ...] = ()) -> list[Notice]:
    """Compose a kind of draft, in every language that there is unless some are named."""
    us = PROCESSOR if "controller" in kind else US
    us = NOBODY if not name else us.model_copy(update={"name": name})
    word, wanted = kind.split(maxsplit=1)[0], KINDS[kind]
    form = shipped_rules().authorities.get(wanted.get("authority", ""))
    spoken = languages or (form.languages if form else languages_of(word, None))
    what = about(kind, record, name or "x")
    return [one for language in spoken for one in drafts(word, what, us, NOW, languages=(language,), **wanted)]


LITTLE = {**ALMOST_NOTHING, "vendor": {"name": "No One Ltd"}, "customers": [{"id": "acme", "name": "Acme SAS"}]}
RECORDS: Mapping[str, tuple[dict[str, Any], str]] = {
    "rich": ({**TWO_CUSTOMERS, **ACCOUNTS}, "Exemple SA"),
    "almost nothing": (LITTLE, ""),
    "nothing but unknown": ({**LITTLE, "facts": {name: {"unknown": True} for name in COUNTS}}, ""),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("record", "name"), RECORDS.values(), ids=RECORDS)
def test_it_has_no_hole_no_key_and_no_value_of_python(kind: str, record: dict[str, Any], name: str) -> None:
    for notice in written(kind, record, name):
        markdown = render(notice, "md")
        assert not re.search(r"\b(None|True|False|nan)\b", markdown)
        assert "\n\n\n" not in markdown
        lines = markdown.replace("\n>\n>", "\n>").splitlines()
        assert [line for line in lines if LINE_OF_NOTHING.fullmatch(line) and line != "---"] == []
        assert re.findall(r"[a-z0-9]+_[a-z0-9_]+|\b(?:moments|questions|facts)\.[a-z]+|gdpr-3[34]", markdown) == []
        assert notice.incident in markdown
        assert notice.as_of_words in " ".join(markdown.split())


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_text_is_inert_in_every_language(kind: str) -> None:
    for notice in written(kind, hostile(HOSTILE_TEXT), HOSTILE_TEXT):
        markdown = render(notice, "md")
        nodes = list(parsed(markdown).walk())
        assert {node.type for node in nodes} <= LAYOUT
        assert not any(node.type == "heading" and node.children[0].content.startswith("Owned") for node in nodes)
        for text in (markdown, render(notice, "txt")):
            assert visible(text) == text
        document = render(notice, "json")
        assert document.isascii()
        assert json.loads(document)["incident"] == "INC-2026-0001"


@pytest.mark.parametrize("kind", ["vendor", "register", "subjects", "authority"])
def test_hostile_text_is_inert_in_every_format(kind: str) -> None:
    record = hostile(EVIL)
    record["facts"] = {name: record["facts"][name] for name in ("breach_types", "description", "measures_remedy")}
    (notice,) = written(kind, record, EVIL, ("fr",))
    words = in_markdown(render(notice, "md"))
    texts = every_format(notice)
    assert {form: text.replace(r"\u4e2d\u6587", "中文") for form, text in texts.items()} == dict.fromkeys(texts, words)
    assert "onerror" in words
    tags = html_tags(render(notice, "html"))
    assert {tag for tag, _ in tags}.isdisjoint({"a", "img", "svg", "script", "link", "iframe", "form", "object"})
    pages = PdfReader(io.BytesIO(draft_file(notice, "pdf"))).pages
    assert [page for page in pages if "/Annots" in page or "/AA" in page] == []
    with zipfile.ZipFile(io.BytesIO(draft_file(notice, "docx"))) as archive:
        assert not any(b'TargetMode="External"' in archive.read(part) for part in archive.namelist())
        assert b"w:instrText" not in archive.read("word/document.xml")
    mail = mail_in(draft_file(notice, "eml"))
    assert set(mail.keys()) == {"Subject", "X-Unsent", "Content-Language", "MIME-Version", "Content-Type"}
