"""An empty Word document with our page, styles and language, and its bytes: the same document, the same bytes."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.styles.style import ParagraphStyle

LEVELS = 9
"""Levels of headings and of lists that Word has."""
BULLETS = 1
"""The numbering of bulleted lists."""
MARGIN = Mm(20)

_FONT = "Arial"
_INK, _SOFT = RGBColor(0x0B, 0x4F, 0x6C), RGBColor(0x54, 0x58, 0x5C)
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List", "Title", "Caption", "Footer", "List Bullet"}
_KEPT |= {f"Heading {level}" for level in range(1, LEVELS + 1)}
_LEFT = {"customXml", "extended-properties", "fontTable", "stylesWithEffects", "thumbnail", "webSettings"}
_REGIONS = {"ar": "ar-SA", "en": "en-GB", "es": "es-ES", "fr": "fr-FR", "ru": "ru-RU", "zh": "zh-CN"}
"""Word checks spelling by language and region."""
_HEADINGS = (16, 13, 11.5)
_NEVER_IN_XML = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF])
_LONGEST_TITLE = 255
_ZIP_DAY = (1980, 1, 1, 0, 0, 0)


def empty_document(title: str, language: str, right_to_left: bool = False, wide: bool = False) -> WordDocument:
    """A document of one A4 page, lying if `wide`, with nothing in it.

    Paragraph styles: Title, Heading 1 to 9, Normal, List Bullet, List Lead, Caption, Facts, Notice, Closing, Contents,
    Table Head, Table Text, Footer. Character styles: Strong, Muted, Pinpoint, Mark, Hyperlink. A table style: Report
    Table.
    """
    document = Document()
    _leave_template(document)
    properties = document.core_properties
    properties.title, properties.author, properties.comments = writable(title)[:_LONGEST_TITLE], "Palermo", ""
    properties.language = language
    for day in ("created", "modified"):
        element = properties._element.find(qn(f"dcterms:{day}"))
        properties._element.remove(element)
    _page(document, right_to_left, wide)
    _language(document, language, right_to_left)
    _paragraph_styles(document, right_to_left)
    _character_styles(document)
    _table_style(document)
    _bullets(document)
    return document


def writable(text: str) -> str:
    """The text without the characters that no XML may hold."""
    return text.translate(_NEVER_IN_XML)


def file_bytes(document: WordDocument) -> bytes:
    """The document as a file; it carries no time of writing."""
    written, out = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as parts, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, _ZIP_DAY)
            part.compress_type = zipfile.ZIP_DEFLATED
            part.create_system, part.external_attr = 3, 0o644 << 16
            file.writestr(part, parts.read(name))
    return out.getvalue()


def _leave_template(document: WordDocument) -> None:
    """Take out what the library's template brings along: its picture, program, sources, styles and settings."""
    for relations in (document.part.rels, document.part.package.rels):
        for id, relation in list(relations.items()):
            if relation.reltype.rsplit("/", 1)[-1] in _LEFT:
                del relations[id]
    styles = document.styles.element
    for style in document.styles:
        if style.name not in _KEPT:
            styles.remove(style.element)
        elif (link := style.element.find(qn("w:link"))) is not None:
            style.element.remove(link)
    settings = document.settings.element
    for child in list(settings):
        if child.tag not in (qn("w:defaultTabStop"), qn("w:characterSpacingControl"), qn("w:clrSchemeMapping")):
            settings.remove(child)
    mode = parse_xml(
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    settings.find(qn("w:characterSpacingControl")).addnext(mode)


def _page(document: WordDocument, right_to_left: bool, wide: bool) -> None:
    page = document.sections[0]
    short, long = Mm(210), Mm(297)
    page.page_width, page.page_height = (long, short) if wide else (short, long)
    page.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = MARGIN
    page.header_distance = page.footer_distance = Mm(10)
    if right_to_left:
        page._sectPr.find(qn("w:cols")).addnext(OxmlElement("w:bidi"))


def _language(document: WordDocument, language: str, right_to_left: bool) -> None:
    tag = _REGIONS.get(language, language)
    of_script = f'w:bidi="{tag}"' if right_to_left else f'w:eastAsia="{tag}"' if language == "zh" else ""
    plain = f'w:val="{tag}"'
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(defaults):
        defaults.remove(child)
    fonts = " ".join(f'w:{script}="{_FONT}"' for script in ("ascii", "hAnsi", "cs"))
    for xml in (f"w:rFonts {fonts}", 'w:sz w:val="20"', 'w:szCs w:val="20"', f"w:lang {plain} {of_script}"):
        name, values = xml.split(" ", 1)
        defaults.append(parse_xml(f"<{name} {nsdecls('w')} {values}/>"))
    mapping = document.settings.element.find(qn("w:clrSchemeMapping"))
    mapping.addprevious(parse_xml(f"<w:themeFontLang {nsdecls('w')} {plain} {of_script}/>"))


def _paragraph_styles(document: WordDocument, right_to_left: bool) -> None:
    styles = document.styles
    normal = _plain(styles["Normal"], before=6)
    normal.paragraph_format.line_spacing = 1.15
    if right_to_left:
        _bidi(normal)
    _plain(styles["Title"], 20, bold=True, colour=_INK, after=6, keep=True)
    for level in range(1, LEVELS + 1):
        size = _HEADINGS[min(level, len(_HEADINGS)) - 1]
        _plain(styles[f"Heading {level}"], size, bold=True, colour=_INK, before=16 if level == 1 else 10, keep=True)
    _plain(styles["Caption"], bold=True, before=12, after=4, keep=True)
    _plain(styles["Footer"], 8, colour=_SOFT)
    bullet = _plain(styles["List Bullet"], before=2)
    properties: Any = bullet.element.get_or_add_pPr()
    properties.get_or_add_numPr().get_or_add_numId().val = BULLETS
    added = {
        name: styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        for name in ("Closing", "Contents", "Facts", "List Lead", "Notice", "Table Head", "Table Text")
    }
    for style in added.values():
        style.base_style = styles["Normal"]
        style.quick_style = True
    _plain(added["Closing"], colour=_SOFT, before=18)
    _plain(added["Contents"], before=2)
    _plain(added["Facts"], before=2)
    added["Facts"].paragraph_format.left_indent, added["Facts"].paragraph_format.first_line_indent = Mm(45), Mm(-45)
    _plain(added["List Lead"], bold=True, before=8, keep=True)
    _plain(added["Notice"], before=8, after=8)
    _beside(added["Notice"])
    _plain(added["Table Text"], 9, before=2, after=2)
    _plain(added["Table Head"], 9, bold=True, before=2, after=2, keep=True)


def _plain(
    style: Any,
    size: float | None = None,
    *,
    bold: bool = False,
    colour: RGBColor | None = None,
    before: float = 0,
    after: float = 0,
    keep: bool = False,
) -> ParagraphStyle:
    """Give a style only what is said here."""
    for tag in ("w:rPr", "w:pPr"):
        if (element := style.element.find(qn(tag))) is not None:
            outline = element.find(qn("w:outlineLvl"))
            style.element.remove(element)
            if outline is not None:
                style.element.get_or_add_pPr().append(outline)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    if keep:
        style.paragraph_format.keep_with_next = True
    if bold:
        style.font.bold = style.font.cs_bold = True
    if colour is not None:
        style.font.color.rgb = colour
    if size is not None:
        style.font.size = Pt(size)
        style.element.rPr.find(qn("w:sz")).addnext(_value("w:szCs", str(int(size * 2))))
    found: ParagraphStyle = style
    return found


def _value(tag: str, value: str) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), value)
    return element


def _bidi(style: ParagraphStyle) -> None:
    """Run the paragraphs of a style from right to left; those of the styles that stand on it do the same."""
    bidi: Any = OxmlElement("w:bidi")
    properties: Any = style.element.get_or_add_pPr()
    properties.find(qn("w:spacing")).addprevious(bidi)


def _beside(style: ParagraphStyle) -> None:
    line = f'w:left {nsdecls("w")} w:val="single" w:sz="18" w:space="8" w:color="{_INK}"'
    border = parse_xml(f"<w:pBdr {nsdecls('w')}><{line}/></w:pBdr>")
    properties: Any = style.element.get_or_add_pPr()
    properties.find(qn("w:spacing")).addprevious(border)


def _character_styles(document: WordDocument) -> None:
    for name in ("Strong", "Muted", "Pinpoint", "Mark", "Hyperlink"):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER, builtin=name in ("Strong", "Hyperlink"))
        style.quick_style = True
        font = style.font
        if name in ("Strong", "Mark"):
            font.bold = font.cs_bold = True
        if name == "Pinpoint":
            font.italic = font.cs_italic = True
        if name in ("Mark", "Hyperlink"):
            font.color.rgb = _INK
        if name == "Muted":
            font.color.rgb = _SOFT
        if name == "Hyperlink":
            font.underline = True


def _table_style(document: WordDocument) -> None:
    rule = f'w:val="single" w:sz="4" w:space="0" w:color="{RGBColor(0x9A, 0x9E, 0xA2)}"'
    sides = "".join(f"<w:{side} {rule}/>" for side in ("top", "bottom", "insideH"))
    document.styles.element.append(
        parse_xml(
            f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="ReportTable">'
            '<w:name w:val="Report Table"/><w:basedOn w:val="TableNormal"/><w:qFormat/>'
            f"<w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>"
            '<w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8EEF1"/></w:tcPr>'
            "</w:tblStylePr></w:style>"
        )
    )


def _bullets(document: WordDocument) -> None:
    """One list of nine levels in place of the template's lists."""
    numbering: Any = document.part.numbering_part.element
    for child in list(numbering):
        numbering.remove(child)
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="bullet"/><w:lvlText w:val="{"•–"[level % 2]}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{340 * (level + 1)}" w:hanging="340"/></w:pPr></w:lvl>'
        for level in range(LEVELS)
    )
    numbering.append(
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="0"><w:multiLevelType w:val="hybridMultilevel"/>'
            f"{levels}</w:abstractNum>"
        )
    )
    numbering.append(
        parse_xml(f'<w:num {nsdecls("w")} w:numId="{BULLETS}"><w:abstractNumId w:val="0"/></w:num>'),
    )
