"""Files of every kind become the same text. Invented texts are marked （示例）."""

import zipfile
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from corpus.clean import Undecodable, clean, decode
from corpus.document import FrontMatter
from corpus.frontmatter import read_text_file
from corpus.library import load_library
from corpus.readers.errors import FileUnreadable
from corpus.readers.reading import compose, import_document, read_document
from corpus.structure import parse

RULES = """社区议事办法（示例）

第一条　为了示例，制定本办法。

第二条　有下列情形之一的，应当议事：
（一）甲；
（二）乙。

第三条　本办法自2022年3月1日起施行。"""


def nodes(text: str) -> list[str]:
    document = parse("law", FrontMatter(title="社区议事办法（示例）"), text)
    return [id for id in document.provisions if "#" not in id]


EXPECTED = [
    "law",
    "law/article/1",
    "law/article/2",
    "law/article/2/item/1",
    "law/article/2/item/2",
    "law/article/3",
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_a_text_file_is_read_in_whatever_encoding(tmp_path, encoding):
    path = tmp_path / "rules.txt"
    path.write_bytes(RULES.encode(encoding))
    front, text = read_document(path)
    assert text == RULES
    assert front.title == "社区议事办法（示例）"
    assert front.effective_on == date(2022, 3, 1)


def test_traditional_text_in_big5_is_not_taken_for_gb18030(tmp_path):
    text = "社區議事辦法（示例）\n第一條　為了保障社會團體的權益，制定本辦法。"
    path = tmp_path / "rules.txt"
    path.write_bytes(text.encode("big5"))
    assert read_document(path)[1] == text


@pytest.mark.parametrize("text", ["第一条 养老。", "社区", "第三条　区级机构。", "2021年10月14日"])
def test_a_few_words_in_gbk_are_enough(text):
    assert decode(text.encode("gbk")) == text


def test_bytes_that_are_no_text_are_told_as_such():
    with pytest.raises(Undecodable):
        decode(b"\xff\xfe\x00\xd8")


def test_radicals_and_invisible_characters_are_cleaned_and_punctuation_is_not():
    assert clean("⾏⽅⼯⺠、⻓⻔⻅⻋\u200b（⼀）“甲”\r\n\xa0乙  \r\n") == "行方工民、长门见车（一）“甲”\n 乙"


# Word


def numbered(document, text: str, level: int = 0, list_id: int = 9) -> None:
    paragraph = document.add_paragraph(text)
    properties = paragraph._p.get_or_add_pPr()
    properties.append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')
    )


def with_lists(document) -> None:
    numbering = document.part.numbering_part.element
    levels = [("chineseCountingThousand", "第%1条"), ("chineseCounting", "（%2）"), ("decimal", "%3.")]
    inner = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:suff w:val="space"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate(levels)
    )
    abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="99">{inner}</w:abstractNum>')
    first = numbering.find(qn("w:num"))
    numbering.insert(list(numbering).index(first) if first is not None else len(numbering), abstract)
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="9"><w:abstractNumId w:val="99"/></w:num>'))


def test_the_numbers_that_word_counts_by_itself_are_in_the_text(tmp_path):
    document = docx.Document()
    with_lists(document)
    document.add_paragraph("社区议事办法（示例）")
    numbered(document, "为了示例，制定本办法。")
    numbered(document, "有下列情形之一的，应当议事：")
    numbered(document, "甲；", level=1)
    numbered(document, "乙。", level=1)
    numbered(document, "本办法自2022年3月1日起施行。")
    path = tmp_path / "rules.docx"
    document.save(path)
    front, text = read_document(path)
    assert text == (
        "社区议事办法（示例）\n第一条\u3000为了示例，制定本办法。\n第二条\u3000有下列情形之一的，应当议事：\n（一）甲；\n（二）乙。\n"
        "第三条\u3000本办法自2022年3月1日起施行。"
    )
    assert nodes(text) == EXPECTED
    assert front.kind == "办法"
    assert front.title == "社区议事办法（示例）"


def test_tables_stay_in_place_and_deletions_are_left_out(tmp_path):
    document = docx.Document()
    document.add_paragraph("第一条 甲。")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "级数", "税率"
    paragraph = document.add_paragraph("第二条 ")
    paragraph._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="1" w:author="x"><w:r><w:t>新文字。</w:t></w:r></w:ins>')
    )
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="2" w:author="x"><w:r><w:delText>旧文字。</w:delText></w:r></w:del>'
        )
    )
    path = tmp_path / "table.docx"
    document.save(path)
    assert read_document(path)[1] == "第一条 甲。\n| 级数 | 税率 |\n第二条 新文字。"


# PDF


def pdf(pages: list[list[str]]) -> bytes:
    """Write a small PDF whose font says, as a browser's does, which character each glyph is."""
    glyphs = {
        character: n
        for n, character in enumerate(sorted({c for page in pages for line in page for c in line}), start=1)
    }
    mapping = "\n".join(f"<{n:04x}> <{c.encode('utf-16-be').hex()}>" for c, n in glyphs.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(glyphs)} beginbfchar\n{mapping}\nendbfchar endcmap end end"
    )
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>", "",
        "<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
        "/FontDescriptor 5 0 R /DW 1000 >>",
        "<< /Type /FontDescriptor /FontName /X /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 "
        "/StemV 80 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]  # fmt: skip
    kids = []
    for lines in pages:
        drawn = "BT /F 10 Tf 20 780 Td 14 TL\n"
        drawn += "".join(f"<{''.join(f'{glyphs[c]:04x}' for c in line)}> Tj T*\n" for line in lines) + "ET"
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {len(objects)} 0 R /Resources << /Font << /F 3 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    written, offsets = "%PDF-1.4\n", []
    for n, body in enumerate(objects, start=1):
        offsets.append(len(written))
        written += f"{n} 0 obj\n{body}\nendobj\n"
    start = len(written)
    written += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{offset:010d} 00000 n \n" for offset in offsets
    )
    return (
        written + f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    ).encode("latin-1")


def test_a_pdf_gives_whole_sentences_without_radicals_heads_and_page_numbers(tmp_path):
    path = tmp_path / "rules.pdf"
    path.write_bytes(
        pdf(
            [
                [
                    "市政府公报",
                    "社区议事办法（示例）",
                    "第一条　为了⽅便居⺠议事，规范社区议事活动，根据有关规定，结合本市实际情况，",
                    "制定本办法。",
                    "— 1 —",
                ],
                ["市政府公报", "第二条　有下列情形之一的，应当议事：", "（一）甲；", "（二）乙。", "— 2 —"],
                [
                    "市政府公报",
                    "第三条　本办法自2022年3月1日起施行，以前的有关规定与本办法不一致的以本办法为准，",
                    "由市民政局负责解释。",
                    "— 3 —",
                ],
            ]
        )
    )
    _, text = read_document(path)
    assert text.split("\n") == [
        "社区议事办法（示例）",
        "第一条　为了方便居民议事，规范社区议事活动，根据有关规定，结合本市实际情况，制定本办法。",
        "第二条　有下列情形之一的，应当议事：", "（一）甲；", "（二）乙。",
        "第三条　本办法自2022年3月1日起施行，以前的有关规定与本办法不一致的以本办法为准，由市民政局负责解释。",
    ]  # fmt: skip
    assert nodes(text) == EXPECTED


# Web pages

PAGE = """<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<meta name="ArticleTitle" content="社区议事办法（示例）"><title>社区议事办法_某市政府</title><style>p {{}}</style></head>
<body><header>某市人民政府 首页 政务公开</header><nav>首页</nav><div id="UCAP-CONTENT">
<p style="text-align:center">社区议事办法（示例）</p><p>　　第一条　为了示例，
制定本办法。</p><p>　　第二条　有下列情形之一的，应当议事：<br>（一）甲；<br/>（二）乙。</p>
<table><tr><td>级数</td><td>税率</td></tr></table>
<p>　　第三条　本办法自2022年3月1日起施行。</p><script>alert(1)</script><!-- 备注 --></div><footer>版权所有</footer></body></html>"""


@pytest.mark.parametrize(
    ("charset", "encoding"), [("utf-8", "utf-8"), ("gb2312", "gb18030"), ("utf-8", "gb18030")]
)
def test_a_web_page_gives_the_article_and_not_the_site(tmp_path, charset, encoding):
    path = tmp_path / "rules.html"
    path.write_bytes(PAGE.format(charset=charset).encode(encoding))
    front, text = read_document(path)
    lines = [line for line in text.split("\n") if line]
    assert lines == [
        "社区议事办法（示例）", "　　第一条　为了示例， 制定本办法。", "　　第二条　有下列情形之一的，应当议事：", "（一）甲；", "（二）乙。",
        "| 级数 | 税率 |", "　　第三条　本办法自2022年3月1日起施行。",
    ]  # fmt: skip
    assert nodes(text) == EXPECTED
    assert front.title == "社区议事办法（示例）"


# What goes wrong


def zipped(size: int, path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * size)


@pytest.mark.parametrize(
    ("name", "content", "what"),
    [
        ("empty.txt", b"", "the file is empty"), ("blank.txt", b" \n\r\n", "the file is empty"), ("picture.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "text"),
        ("sheet.xlsx", b"PK", r"files of the kind \.xlsx are not read"), ("broken.pdf", b"%PDF-1.4 nothing", "the PDF file is damaged"),
        ("broken.docx", b"PK\x03\x04 nothing", "the Word file is damaged"), ("old.doc", b"\xd0\xcf\x11\xe0" + b"x" * 99, "an old Word file"),
        ("scan.pdf", pdf([["1"], ["2"]]), r"the pages are pictures \(a scan\)"), ("page.html", b"<html><body><script>1</script></body></html>", "no text on the page"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_told_with_its_remedy(tmp_path, name, content, what):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileUnreadable, match=what) as told:
        read_document(path)
    assert name in str(told.value)
    assert told.value.fix


def test_a_file_that_is_missing_is_told(tmp_path):
    with pytest.raises(FileUnreadable, match=r"none\.txt: cannot be read"):
        read_document(tmp_path / "none.txt")


def test_an_enormous_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(65_000_000)
    with pytest.raises(FileUnreadable, match="larger than 64 MB"):
        read_document(path)


def test_a_word_file_that_unpacks_to_hundreds_of_megabytes_is_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    zipped(201_000_000, path)
    with pytest.raises(FileUnreadable, match="unpacks to more than 200 MB"):
        read_document(path)


# Into the corpus


def test_an_imported_file_is_a_document_of_the_library(tmp_path):
    source = tmp_path / "rules.txt"
    source.write_bytes(RULES.encode("gb18030"))
    documents = tmp_path / "documents"
    path = import_document(source, documents, "rules", short_title="议事办法")
    front, text = read_text_file(path)
    assert text == RULES
    assert front.short_title == "议事办法"
    assert front.effective_on == date(2022, 3, 1)
    assert "rules/article/2/item/2" in load_library(documents)
    with pytest.raises(FileUnreadable, match="there is a document rules already"):
        import_document(source, documents, "rules")


def test_front_matter_is_written_as_it_is_read(tmp_path):
    front = FrontMatter(
        title="办法: （示例）", issued_on=date(2021, 10, 14), aliases=("甲", "乙"), official=False, order=3
    )
    path = tmp_path / "text.md"
    path.write_text(compose(front, "第一条　甲。"), encoding="utf-8")
    assert read_text_file(path) == (front, "第一条　甲。")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "北京市民政局\n关于印发登记办法的通知（示例）\n京民社发〔2023〕12号\n\n各区民政局：\n\n　　现印发办法。\n\n北京市民政局\n2023年5月6日",
            (
                "北京市民政局关于印发登记办法的通知（示例）",
                "京民社发〔2023〕12号",
                date(2023, 5, 6),
                "北京市民政局",
            ),
        ),
        (
            "登记条例（示例）\n1998年10月25日国务院令第250号发布\n2016年2月6日修订\n第一条　甲。",
            ("登记条例（示例）", "", date(2016, 2, 6), ""),
        ),
    ],
    ids=["notice", "regulation"],
)
def test_the_masthead_gives_a_guess_at_the_front_matter(tmp_path, text, expected):
    path = tmp_path / "file.txt"
    path.write_text(text, encoding="utf-8")
    front, _ = read_document(path)
    assert (front.title, front.number, front.issued_on, front.issuer) == expected
