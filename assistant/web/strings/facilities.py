"""Keep the strings of the facilities room, in Chinese and in English."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FacilitiesStrings:
    """All words of the room in one language; what the printed forms say too is in ``assistant.facilities.words``."""

    room: str
    purpose: str
    empty: str
    """Said when the documents fix nothing of the kind."""

    matrix: str
    matrix_caption: str
    matrix_note: str
    matrix_download: str

    check: str
    check_purpose: str
    tier: str
    as_needed: str
    """After the name of what is set up as needed; braces: ``name``."""
    nothing_ticked: str
    missing: str
    """Braces: ``summary``, ``items``."""
    optional: str
    """Braces: ``items``."""
    sign: str
    sign_placeholder: str
    sign_waiting: str
    """Said until a name is typed; braces: ``tier``."""
    unnamed: str
    """Said of a tier whose name the documents do not give."""
    check_download: str
    untick: str

    duties: str
    duties_purpose: str
    actor: str
    everybody: str
    counted: str
    """Braces: ``actor``, ``count``."""
    found: str
    """Braces: ``actor``, ``count``, ``past``."""
    duties_download: str
    """Braces: ``actor``."""
    duties_csv: str
    """Braces: ``actor``."""


CHINESE = FacilitiesStrings(
    room="设施与职责",
    purpose="三级培育孵化机构该有什么、谁该做什么，都从文件原文里摘出，逐项注明出处；可以勾选自查，也可以下载成表。",
    empty="现有的文件没有写各级机构的设施和职责。",
    matrix="三级对照",
    matrix_caption="市级、区级、街道乡镇级设施对照表",
    matrix_note="宋体字是文件原文。“未列出”不等于“不需要”；列举以“等”收尾的，列举未尽。",
    matrix_download="下载对照表（DOCX）",
    check="设施自查",
    check_purpose="选级别，勾选已有的，下面就会说还缺什么。",
    tier="机构的级别",
    as_needed="{name}（根据需要设立）",
    nothing_ticked="还没有勾选。条文是这样写的：",
    missing="{summary}：{items}",
    optional="○ 根据需要设立，没有不算缺：{items}",
    sign="牌子上的名称",
    sign_placeholder="例如：中关村街道社会组织培育孵化中心",
    sign_waiting="写下牌子上的名称，就会与条文的格式核对。{tier}的格式：",
    unnamed="文件没有写这一级的名称格式。",
    check_download="下载自查表（DOCX）",
    untick="全部取消勾选",
    duties="职责清单",
    duties_purpose="文件里谁该做什么、什么时候做完。",
    actor="主体",
    everybody="全部",
    counted="{actor}（{count}）",
    found="{actor}共 {count} 项，其中 {past} 项期限已过。",
    duties_download="下载清单（DOCX）",
    duties_csv="下载表格（CSV，可用 Excel 打开）",
)

ENGLISH = FacilitiesStrings(
    room="Facilities and duties",
    purpose="What incubators at the three levels are to have, and who is to do what, drawn from the text with the provision of every "
    "item; tick what you have to see what is missing, or download it as a form.",
    empty="The documents here say nothing of facilities and duties by level.",
    matrix="Three levels compared",
    matrix_caption="Facilities at municipal, district, and subdistrict and township level",
    matrix_note="Words of the text are in Chinese, with a reference translation. “Not listed” does not mean “not required”; a list "
    "that ends in 等 is not exhaustive.",
    matrix_download="Download the comparison (DOCX)",
    check="Self-check",
    check_purpose="Choose the level and tick what is there; what is missing is said below.",
    tier="Level of the incubator",
    as_needed="{name} – as needed",
    nothing_ticked="Nothing is ticked yet. The provision reads:",
    missing="{summary}: {items}",
    optional="○ Set up as needed; not having it is no gap: {items}",
    sign="Name on the sign",
    sign_placeholder="For example: 中关村街道社会组织培育孵化中心",
    sign_waiting="Type the name on the sign to hold it against the form in the provision. The form for the {tier} level:",
    unnamed="The documents do not give the form of a name for this level.",
    check_download="Download the self-check (DOCX)",
    untick="Untick everything",
    duties="Duties",
    duties_purpose="Who is to do what by when, according to the documents.",
    actor="Actor",
    everybody="All",
    counted="{actor} ({count})",
    found="{actor}: {count} items, {past} of them past their date.",
    duties_download="Download the list (DOCX)",
    duties_csv="Download the table (CSV, opens in Excel)",
)
