"""A draft as a page to be set: its blocks, and what stands beside them in every format."""

from dataclasses import dataclass
from datetime import datetime

from incident.notices.blocks import Block, blocks_of
from incident.notices.labels import Labels
from incident.notices.notice import Notice
from incident.text import visible


@dataclass(frozen=True, slots=True)
class Page:
    """What a file in HTML, PDF or Word says.

    Attributes:
        title: what the draft is, of which incident: the document's own title, and the subject of a mail.
        language: the two letters of ISO 639.
        draft: the words for a draft that was not sent.
        incident: the incident's reference.
        known: words for the instant whose knowledge the draft holds.
        as_of: that instant (UTC).
    """

    title: str
    language: str
    draft: str
    incident: str
    known: str
    as_of: datetime
    blocks: tuple[Block, ...]

    @property
    def head(self) -> str:
        """What stands on top of every sheet of paper."""
        return f"{self.draft} · {self.incident}"


def page_of(notice: Notice, markdown: str, labels: Labels) -> Page:
    """Return a notice, written in Markdown, as a page.

    Raises:
        BadInput: the labels lack the words for a draft.
    """
    return Page(
        title=visible(f"{notice.title}, {notice.incident}", one_line=True),
        language=notice.language,
        draft=visible(labels.phrase("draft"), one_line=True),
        incident=notice.incident,
        known=visible(labels.phrase("known", instant=notice.as_of_words), one_line=True),
        as_of=notice.as_of,
        blocks=blocks_of(markdown),
    )
