"""A draft as a mail that nobody has sent: plain text, HTML, and the PDF attached. No sender and no date are made up."""

import re
from hashlib import sha256

from incident.notices.html_page import html_page
from incident.notices.notice import Notice
from incident.notices.page import Page
from incident.notices.pdf import pdf
from incident.notices.plain import plain_text

_ADDRESS = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")


def address_of(notice: Notice) -> str | None:
    """Return the recipient's address; None unless what is recorded is exactly one address."""
    contact = notice.letter.recipient_contact.strip() if notice.letter else ""
    return contact if _ADDRESS.fullmatch(contact) else None


def mail(page: Page, markdown: str, recipient: str | None, attachment: str) -> bytes:
    """Return a page as a mail (.eml) that a mail program opens for editing.

    Args:
        markdown: the draft that the page was made of.
        recipient: an address, or None where none is known: then `To` is left out.
        attachment: the name of the attached PDF.

    Raises:
        Failure: the PDF cannot be made.
    """
    from email.message import EmailMessage
    from email.policy import SMTP

    paper = pdf(page)
    message = EmailMessage(SMTP)
    message["Subject"] = f"{page.draft}: {page.title}"
    if recipient is not None:
        message["To"] = recipient
    message["X-Unsent"] = "1"
    message.set_content(plain_text(markdown))
    message.add_alternative(html_page(page), subtype="html")
    message.add_attachment(paper, maintype="application", subtype="pdf", filename=attachment)
    message["Content-Language"] = page.language
    for depth, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"draft-{depth}-{sha256(paper).hexdigest()}"[:60])
    return message.as_bytes()
