"""The page of any playbook: whose it is, what it says, and the documents that were read for it."""

from collections.abc import Iterator

from incident.playbook_pages.authority import authority_page
from incident.playbook_pages.layout import Paragraph, item, paragraph, section
from incident.playbook_pages.regime import regime_page
from incident.playbook_pages.vendor import vendor_page
from models.authority import AuthorityPlaybook
from models.playbook import Playbook, VendorPlaybook
from models.regime import RegimePlaybook


def playbook_page(playbook: Playbook, origin: str) -> Iterator[Paragraph]:
    """Write the page of one playbook.

    Args:
        origin: whether it ships with the program or is the user's own.
    """
    yield from paragraph(f"{playbook.name} · {playbook.kind} {playbook.id} · {origin}")
    yield from _said_by(playbook)
    yield from section("Documents that were read", _documents(playbook))


def _said_by(playbook: Playbook) -> Iterator[Paragraph]:
    match playbook:
        case VendorPlaybook():
            yield from vendor_page(playbook)
        case RegimePlaybook():
            yield from regime_page(playbook)
        case AuthorityPlaybook():
            yield from authority_page(playbook)


def _documents(playbook: Playbook) -> Iterator[Paragraph]:
    for document in playbook.documents:
        version = f"version {document.version}" if document.version else "no version"
        dated = f"dated {document.dated}" if document.dated else "no date"
        head = f"{document.title} ({document.language}), {version}, {dated}; checked on {document.checked_on}"
        if document.note is None:
            yield from paragraph(head, "  ", "      ")
        else:
            yield from item(head, document.note)
