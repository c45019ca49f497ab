"""Small contracts of our own, and the files they may come in."""

import io
import zipfile

from pypdf import PdfWriter

CLAUSE = (
    "The Processor shall notify the Controller of any personal data breach within 24 hours of becoming aware of it."
)

AGREEMENT = """# Acme data processing agreement
Version 2.1, last updated 3 March 2026

Acme Ltd ("Processor") processes personal data for the customer ("Controller").

## 5. Sub-processors
5.1 The Processor shall inform the Controller of new sub-processors at least 30 days in advance.

## 6. Personal data breaches
6.1 The Processor shall notify the Controller by e-mail of any actual or suspected personal data breach without undue
delay, and in any event within 24 hours of becoming aware of it.

6.2 The notification shall at least:
- describe the nature of the breach;
- state the categories and approximate number of data subjects concerned;
- describe the likely consequences and the measures taken.

6.3 This clause shall not apply to security incidents caused by the Controller.

6.4 The Processor shall not notify any supervisory authority of a personal data breach on its own.

## 7. Miscellaneous
7.1 This agreement is governed by the laws of Ireland. Questions: dpo@acme.example.
7.2 The English version of this agreement shall prevail.
"""


def docx(document: str) -> bytes:
    """Return a Word file whose document part is the given XML."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", document)
    return content.getvalue()


def word_paragraphs(*paragraphs: str) -> str:
    """Return the XML of a Word document with these paragraphs."""
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in paragraphs)
    namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{namespace}"><w:body>{body}</w:body></w:document>'


def pdf(*lines: str) -> bytes:
    """Return a PDF of one page with these lines of text."""
    shown = " ".join(f"({line}) Tj T*" for line in lines)
    stream = f"BT /F1 10 Tf 12 TL 40 780 Td {shown} ET"
    page = "/Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R"
    objects = (
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< {page} /Resources << /Font << /F1 4 0 R >> >> >>",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
    )
    written, places = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(written))
        written += f"{number} 0 obj\n{content}\nendobj\n"
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}"
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(written)}\n%%EOF\n"
    return (written + table + trailer).encode("latin-1")


def blank_pdf(password: str | None = None) -> bytes:
    """Return a PDF of one page without text, as a scan is; encrypted where there is a password."""
    writer = PdfWriter()
    writer.add_blank_page(595, 842)
    if password is not None:
        writer.encrypt(password, algorithm="RC4-128")
    content = io.BytesIO()
    writer.write(content)
    return content.getvalue()
