"""How a Word file looks: A4, styles that counsel can change in one place, language, numbering, page numbers."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.styles.style import ParagraphStyle
    from docx.text.paragraph import Paragraph

LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "it": "it-IT", "nl": "nl-NL", "sv": "sv-SE"}
"""The language in which Word checks the spelling."""

EMU_PER_MM = 36_000
TEXT_WIDTH = 160 * EMU_PER_MM
TERM_WIDTH = 54 * EMU_PER_MM
"""The width of the text on A4, and of a table's first column, in Word's unit."""

VERBATIM = "Verbatim"
HEADING_SIZES = {1: 16.0, 2: 12.5, 3: 11.0, 4: 10.5, 5: 10.5, 6: 10.5}
"""Points."""

_RED, _INK, _FAINT = "9B1C1C", "1A1A1A", "666666"


def set_styles(document: "Document", language: str) -> None:
    """Lay out the page and its styles."""
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section, styles = document.sections[0], document.styles
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin, section.bottom_margin = Mm(28), Mm(25)
    for default in styles.element.iter(qn("w:rPrDefault")):
        for spoken in default.iter(qn("w:lang")):
            spoken.set(qn("w:val"), LANGUAGES.get(language, language))

    normal = _style(document, "Normal")
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(6), 1.1
    for level, size in HEADING_SIZES.items():
        heading = _style(document, f"Heading {level}")
        heading.font.size, heading.font.color.rgb = Pt(size), RGBColor.from_string(_INK)
        heading.font.italic = False
        heading.paragraph_format.space_before = Pt(14 if level < 3 else 10)  # noqa: PLR2004
        heading.paragraph_format.space_after = Pt(4)
    for name in ("Header", "Footer"):
        _edge(document, name)
    _style(document, "Header").font.color.rgb = RGBColor.from_string(_RED)
    _own_styles(document)
    _hairlines(document)


def new_numbering(document: "Document", style: str, first: int) -> int:
    """Return the id of a new numbering in the manner of a list style, which begins at `first`."""
    numberings = document.part.numbering_part.element
    properties = _style(document, style).element.pPr
    like = numberings.num_having_numId(properties.numPr.numId.val)
    fresh = numberings.add_num(like.abstractNumId.val)
    fresh.add_lvlOverride(ilvl=0).add_startOverride(first)
    return int(fresh.numId)


def number(paragraph: "Paragraph", numbering: int) -> None:
    """Let a paragraph be counted in a numbering."""
    properties = paragraph.paragraph_format.element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = numbering


def add_field(paragraph: "Paragraph", name: str) -> None:
    """Add a field that Word reckons itself, such as `PAGE`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field, run, shown = OxmlElement("w:fldSimple"), OxmlElement("w:r"), OxmlElement("w:t")
    field.set(qn("w:instr"), name)
    shown.text = "1"
    run.append(shown)
    field.append(run)
    paragraph.paragraph_format.element.append(field)


def _style(document: "Document", name: str) -> "ParagraphStyle":
    from docx.styles.style import ParagraphStyle

    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(f"{name} is no style of paragraphs")
    return style


def _edge(document: "Document", name: str) -> None:
    """Lay out head or foot: small, one thing on the left and one on the right."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Pt, RGBColor

    style = _style(document, name)
    style.font.size, style.font.color.rgb = Pt(8.5), RGBColor.from_string(_FAINT)
    for stop in reversed(range(len(style.paragraph_format.tab_stops))):
        del style.paragraph_format.tab_stops[stop]
    style.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)


def _own_styles(document: "Document") -> None:
    """Add the styles that Word does not bring: options of a form, texts to copy, cells, the line."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Mm, Pt, RGBColor

    made = {}
    for name in ("Option", VERBATIM, "Cell", "Line"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        made[name] = _style(document, name)
    option = made["Option"].paragraph_format
    option.left_indent, option.first_line_indent, option.space_after = Mm(7), Mm(-7), Pt(2)
    option.tab_stops.add_tab_stop(Mm(7))
    made["Cell"].paragraph_format.space_after = Pt(2)
    _border(made[VERBATIM], ("top", "left", "bottom", "right"), 4)
    _border(made["Line"], ("bottom",), 8)
    quote = _style(document, "Quote")
    quote.font.italic, quote.font.color.rgb = False, RGBColor.from_string(_INK)
    quote.paragraph_format.left_indent = Mm(4)
    _border(quote, ("left",), 18)


def _border(style: "ParagraphStyle", sides: tuple[str, ...], eighths: int) -> None:
    """Draw lines beside a paragraph, so many eighths of a point thick."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties, borders = style.element.get_or_add_pPr(), OxmlElement("w:pBdr")
    for side in sides:
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", str(eighths)), ("space", "4"), ("color", "8C8C8C")):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    after = ("w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:contextualSpacing", "w:jc")
    properties.insert_element_before(borders, *after)


def _hairlines(document: "Document") -> None:
    """Let tables have thin lines between their rows, and none upright."""
    from docx.oxml.ns import qn

    for borders in document.styles["Table Grid"].element.iter(qn("w:tblBorders")):
        for line in list(borders):
            line.set(qn("w:color"), "BFBFBF")
            if line.tag in {qn("w:left"), qn("w:right"), qn("w:insideV")}:
                line.set(qn("w:val"), "nil")
