"""Statutes of no country, one for each language that has phrases; and the same act as each kind of file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from palermo.documents.pdf import pdf
from palermo.documents.report import Paragraph, Report, line

ACT = """\
Trafficking in Persons (Example) Act

1. Interpretation
In this Act—
"child" means a person under eighteen years of age;
"conveyance" means any vehicle or vessel used to transport goods;
"exploitation" includes forced labour, slavery or practices similar to slavery, begging and the removal of organs;
"Minister" means the Minister responsible for home affairs.

2. Trafficking in persons
A person who recruits, transports, harbours or receives another person by means of threat or use of force, deception or
abuse of a position of vulnerability, for the purpose of exploitation, commits an offence and is liable to imprisonment
for a term of not less than five years and not exceeding twenty years.

3. Aggravated trafficking
Where the victim of trafficking is a child, or the offence is committed by a public officer, the offender is liable to
imprisonment for life.

4. Holding in slavery
Any person who holds another person in slavery commits an offence and is liable to imprisonment for fifteen years.

5. Victims of trafficking
(1) A victim of trafficking shall not be liable to prosecution for an act that was a direct result of the trafficking.
(2) The court may order that proceedings be held in camera.
(3) A victim is given a reflection period of forty-five days.

6. Fees
The Minister may prescribe fees for licences.
"""

SENTENCES = {
    "en": ACT,
    "fr": """\
Article 1
La traite des êtres humains est le fait de recruter, de transporter ou d'héberger une personne, par la contrainte ou la
tromperie, aux fins d'exploitation sexuelle ou de travail forcé. Elle est punie de sept ans d'emprisonnement et d'une
amende.

Article 2
Le présent code s'applique aux navires de commerce et à la pêche en mer.
""",
    "es": """\
Artículo 1. Trata de personas
El que captare, transportare o acogiere a una persona mediante violencia o engaño, con fines de explotación sexual, de
trabajo forzado o de extracción de órganos, será reprimido con prisión de cinco a doce años.

Artículo 2. Vigencia
La presente ley entrará en vigor a los treinta días de su publicación en el boletín.
""",
    "de": """\
§ 1 Menschenhandel
Wer eine andere Person mit Gewalt oder durch List anwirbt, befördert oder beherbergt, damit sie durch Zwangsarbeit oder
Bettelei ausgebeutet werden soll, wird mit Freiheitsstrafe von einem Jahr bis zu zehn Jahren bestraft.

§ 2 Gebühren
Die Behörde kann für ihre Bescheide Gebühren erheben.
""",
    "pt": """\
Artigo 1 Tráfico de pessoas
Quem recrutar, transportar ou alojar uma pessoa mediante grave ameaça, violência ou fraude, com a finalidade de
exploração sexual, servidão ou remoção de órgãos, é punido com prisão de três a dez anos.

Artigo 2 Entrada em vigor
A presente lei entra em vigor no dia seguinte ao da sua publicação.
""",
    "it": """\
Articolo 1 Tratta di persone
Chiunque recluta, trasporta o ospita una persona mediante inganno, violenza o minaccia, al fine di indurla alla
prostituzione o all'accattonaggio, è punito con la reclusione da otto a venti anni.

Articolo 2 Entrata in vigore
La presente legge entra in vigore il giorno successivo alla pubblicazione.
""",
    "ro": """\
Articolul 1 Traficul de persoane
Recrutarea, transportarea sau adăpostirea unei persoane prin constrângere sau răpire, în scopul exploatării persoanei în
sclavie sau cerșetorie, se pedepsește cu închisoare de la 5 la 12 ani.

Articolul 2 Dispoziții
Prezenta lege intră în vigoare la trei zile de la publicare.
""",
    "sv": """\
4 kap. Om brott mot frihet och frid

1 §
Den som genom vilseledande eller hot rekryterar, transporterar eller inhyser en person i syfte att personen ska
exploateras i tvångsarbete döms för människohandel till fängelse i lägst två och högst tio år.

2 §
Denna lag träder i kraft den dag som regeringen bestämmer.
""",
    "ar": """\
المادة 1
الاتجار بالأشخاص هو تجنيد شخص أو نقله أو إيواؤه بالإكراه أو الخداع من أجل السخرة أو التسول. يعاقب كل من ارتكب جريمة
الاتجار بالأشخاص بالسجن مدة لا تزيد على عشر سنوات.

المادة 2
يعمل بهذا القانون بعد شهر من نشره.
""",
    "zh": """\
第一條
意圖剝削，以強暴、脅迫從事招募、運送、藏匿他人，使人為奴隸或強迫勞動，犯人口販運罪者，處三年以上十年以下有期徒刑。

第二條
本法自公布日施行。
""",
    "ru": """\
Статья 1. Торговля людьми
Вербовка, перевозка или укрывательство человека с применением насилия или обмана в целях эксплуатации, то есть
принудительного труда или изъятия органов, наказываются лишением свободы на срок до шести лет.

Статья 2. Вступление в силу
Настоящий закон вступает в силу со дня его опубликования.
""",
}

EXPECTED = {
    "en": {
        "act.recruitment",
        "means.threat",
        "means.force",
        "means.deception",
        "purpose.forced-labour",
        "result.slavery",
    },
    "fr": {
        "act.recruitment",
        "act.transport",
        "act.harbouring",
        "means.coercion",
        "means.deception",
        "purpose.forced-labour",
    },
    "es": {
        "act.recruitment",
        "act.transport",
        "act.harbouring",
        "means.force",
        "means.deception",
        "purpose.organ-removal",
    },
    "de": {"act.recruitment", "act.transport", "act.harbouring", "means.force", "means.deception", "purpose.begging"},
    "pt": {
        "act.recruitment",
        "act.transport",
        "means.threats",
        "means.fraud",
        "purpose.servitude",
        "purpose.organ-removal",
    },
    "it": {
        "act.recruitment",
        "act.transport",
        "means.deception",
        "means.force",
        "purpose.prostitution",
        "purpose.begging",
    },
    "ro": {
        "act.recruitment",
        "act.transport",
        "act.harbouring",
        "means.coercion",
        "means.abduction",
        "purpose.begging",
    },
    "sv": {"act.recruitment", "act.transport", "act.harbouring", "means.deception", "purpose.forced-labour"},
    "ar": {
        "act.recruitment",
        "act.transport",
        "act.harbouring",
        "means.coercion",
        "means.deception",
        "purpose.begging",
    },
    "zh": {"act.recruitment", "act.transport", "act.harbouring", "means.force", "means.threats", "purpose.slavery"},
    "ru": {
        "act.recruitment",
        "act.transport",
        "act.harbouring",
        "means.force",
        "means.deception",
        "purpose.forced-labour",
    },
}

AKOMA_NTOSO = """\
<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="{namespace}"><act name="act"><meta><identification source="#x"/></meta>
<preface><p><docTitle>Example Act</docTitle></p></preface><body>
<section eId="sec_1"><num>1.</num><heading>Fees</heading>
<content><p>The Minister may prescribe fees.</p></content></section>
<section eId="sec_2"><num>2.</num><heading>Trafficking in persons</heading>
<subsection><num>(1)</num><content><p>A person who recruits another person by deception for the purpose of forced labour
commits an offence and is liable to imprisonment for ten years.</p></content></subsection></section>
</body></act></akomaNtoso>
"""
CLML = """\
<?xml version="1.0" encoding="UTF-8"?>
<Legislation xmlns="http://www.legislation.gov.uk/namespaces/legislation"><Primary><PrimaryPrelims>
<Title>Example Act</Title></PrimaryPrelims><Body>
<P1group><Title>Fees</Title><P1><Pnumber>1</Pnumber>
<P1para><Text>The Minister may prescribe fees.</Text></P1para></P1></P1group>
<P1group><Title>Trafficking in persons</Title><P1><Pnumber>2</Pnumber><P1para><P2><Pnumber>1</Pnumber><P2para>
<Text>A person who recruits another person by deception for the purpose of forced labour commits an offence and is
liable to imprisonment for ten years.<CommentaryRef Ref="c1"/></Text></P2para></P2></P1para></P1></P1group>
</Body></Primary><Commentaries><Commentary id="c1"><Para><Text>slavery, in a note</Text></Para></Commentary>
</Commentaries>
</Legislation>
"""
USLM = """\
<?xml version="1.0" encoding="UTF-8"?>
<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0"><main><title><num value="18">Title 18</num>
<section><num value="1">§ 1.</num><heading> Fees</heading>
<content><p>The Secretary may prescribe fees.</p></content></section>
<section><num value="2">§ 2.</num><heading> Trafficking in persons</heading><content><p>Whoever recruits a person by
deception for the purpose of forced labour shall be imprisoned for not more than ten years.</p></content>
<notes><note><p>An amendment spoke of slavery.</p></note></notes></section></title></main></uscDoc>
"""
CANADA = """\
<?xml version="1.0" encoding="UTF-8"?>
<Statute><Identification><ShortTitle>Example Act</ShortTitle></Identification><Body>
<Section><MarginalNote>Fees</MarginalNote><Label>1</Label><Text>The Minister may prescribe fees.</Text></Section>
<Section><MarginalNote>Trafficking in persons</MarginalNote><Label>2</Label><Subsection><Label>(1)</Label>
<Text>Every person who recruits a person by deception for the purpose of forced labour commits an
offence and is liable to imprisonment for ten years.</Text></Subsection>
<HistoricalNote><Text>slavery, in a note</Text></HistoricalNote></Section>
</Body></Statute>
"""


def write_docx(path: Path, text: str) -> Path:
    """The text as a Word document, a paragraph for each line."""
    import docx

    document = docx.Document()
    for paragraph in text.splitlines():
        document.add_paragraph(paragraph)
    content = BytesIO()
    document.save(content)
    path.write_bytes(content.getvalue())
    return path


def write_pdf(path: Path, text: str) -> Path:
    """The text as a PDF."""
    blocks = tuple(Paragraph(line(paragraph)) for paragraph in text.splitlines() if paragraph.strip())
    path.write_bytes(pdf(Report("Example", blocks)))
    return path


def write_html(path: Path, text: str) -> Path:
    """The text as a page, with what no statute holds around it."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in text.splitlines() if paragraph.strip())
    path.write_text(
        f"<html><head><title>Example Act</title><style>p {{ color: red }}</style></head>"
        f"<body><nav>Section 99 slavery</nav>{body}<script>var slavery = 1</script></body></html>",
        encoding="utf-8",
    )
    return path
