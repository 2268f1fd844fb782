"""Keep the labels that the page and the printed forms share, in Chinese and in English."""

from collections.abc import Mapping
from types import MappingProxyType

from assistant.phrases import Line

NOT_LISTED = Line("未列出", "not listed")
NOT_THE_SAME = Line("“未列出”不等于“不需要”。", "“Not listed” does not mean “not required”.")
OPEN = Line("等（列举未尽）", "and so on (等: not exhaustive)")
OPEN_NOTE = Line(
    "条文以“等”收尾，列举未尽：核对的只是条文列出的各项，对上了不等于齐全；“未列出”不等于“不需要”。",
    "The list in the text ends in 等 and is not exhaustive: only what it names is checked, so having it all does not mean "
    "that nothing else is needed; “not listed” does not mean “not required”.",
)
OPEN_SHORT = Line("条文以“等”收尾，列举未尽。", "The list ends in 等 and is not exhaustive.")
OPEN_SENTENCE = Line("原文含“等”，列举未尽", "the text says 等: not exhaustive")

SAME = Line("＝ 三级相同", "＝ the same at all levels")
DIFFERS = Line("≠ 三级不同", "≠ differs between levels")
ONLY_HERE = Line("◆ 仅{tiers}列出", "◆ listed only at: {tiers}")
LISTED_LESS = Line("未列出：{items}", "not listed: {items}")
SAME_WORDS = Line("{tiers}用的是同一句话", "the same words at: {tiers}")

MATTER = Line("事项", "Matter")
MATTERS: Mapping[str, Line] = MappingProxyType(
    {
        "name": Line("名称", "Name"),
        "separate": Line("应独立设置的房间", "Rooms to be set up separately (应独立设置)"),
        "as_needed": Line("根据需要设立的房间", "Rooms set up as needed (根据需要设立)"),
        "services": Line("应提供的服务", "Services to be offered (应提供)"),
        "facilities": Line("场地和办公条件", "Premises and office conditions"),
        "premises-sharing": Line("与现有设施整合使用", "Sharing existing facilities"),
        "funding-budget": Line("经费：财政预算", "Funding: the budget"),
        "funding-transfer": Line("经费：转移支付资金", "Funding: transferred funds"),
        "funding-other": Line("经费：其他支持", "Funding: other support"),
        "model": Line("运营：模式", "Operation: model"),
        "operation": Line("运营：运作方式", "Operation: manner"),
        "rules-to-make": Line("运营：各项制度", "Operation: rules to draw up"),
        "assessment": Line("运营：考核评估", "Operation: assessment"),
    }
)

KINDS: Mapping[str, Line] = MappingProxyType(
    {
        "room": Line("房间和区域", "Rooms and areas"),
        "service": Line("服务内容", "Services"),
        "rule": Line("各项制度", "Rules in writing"),
    }
)
MISSING: Mapping[str, Line] = MappingProxyType(
    {
        "room": Line("还缺 {count} 处应独立设置的", "{count} to be set up separately still missing"),
        "service": Line("还缺 {count} 项应提供的", "{count} to be offered still missing"),
        "rule": Line("还缺 {count} 项应制定的", "{count} to be drawn up still missing"),
    }
)
NOTHING_MISSING = Line("✓ 条文列出的都有", "✓ All that the provision lists is there")
HELD = Line("已有", "There")
OPTIONAL = Line("根据需要设立", "Set up as needed")
OPTIONAL_NOTE = Line(
    "条文写的是“根据需要设立”，没有不算缺。",
    "The text says “as needed” (根据需要设立): not having it is no gap.",
)
NONE_HELD = Line("没有勾选", "none ticked")
ELSEWHERE = Line(
    "其他级别的条文还列有：{items}。本级条文未列出；“未列出”不等于“不需要”。",
    "Other levels’ provisions also list: {items}. The one for this level does not; “not listed” does not mean “not required”.",
)
TIER = Line("级别", "Level")
SIGN = Line("牌子上的名称", "Name on the sign")
VERDICTS: Mapping[str, Line] = MappingProxyType(
    {
        "fits": Line(
            "✓ 与条文的格式一致：“{form}”。", "✓ It has the form that the provision gives: “{form}”."
        ),
        "extra": Line(
            "≈ 去掉前面的“{extra}”就与条文的格式“{form}”一致；条文没有写前面可以加字。",
            "≈ Without “{extra}” before it, it has the form that the provision gives, “{form}”; the text does not say that anything "
            "may stand before it.",
        ),
        "no_place": Line(
            "✗ “XX”处没有写成条文所写的地名：{tier}的格式是“{form}”。",
            "✗ Where the text has “XX”, no place of the kind that it writes is named: the form for the {tier} level is “{form}”.",
        ),
        "other_tier": Line(
            "✗ 这是{other}的名称格式；{tier}的格式是“{form}”。",
            "✗ This is the form for the {other} level; that for the {tier} level is “{form}”.",
        ),
        "differs": Line(
            "✗ 与条文的格式不一致：{tier}的格式是“{form}”。",
            "✗ It does not have the form that the provision gives: for the {tier} level that is “{form}”.",
        ),
    }
)
"""How a name on a sign stands to the form, by ``sign.Verdict``."""
SUGGESTED = Line("按条文的格式写作“{name}”。", "In that form it is “{name}”.")
ONLY_FORM = Line(
    "这里只核对名称的格式，不核对地名本身。",
    "Only the form of the name is checked here, not the place itself.",
)

ACTORS: Mapping[str, Line] = MappingProxyType(
    {
        "city": Line("市级", "Municipal"),
        "district": Line("区级", "District"),
        "street": Line("街道乡镇", "Subdistrict and township"),
        "operator": Line("孵化机构（运营方）", "Incubator (operator)"),
        "federation": Line("社区社会组织联合会", "Federation"),
        "bureau": Line("民政部门（未分级）", "Civil affairs departments (no level named)"),
        "departments": Line("各相关部门", "Departments concerned"),
        "units": Line("各单位", "All units"),
        "": Line("条文未写明主体", "No actor named"),
    }
)
"""Who has to do something, by the keys of ``rules.toml``; the last is for what the text lays on nobody by name."""

PLAIN = Line("直接写明", "stated plainly")
PLAIN_NOTE = Line(
    "“直接写明”指条文写了这件事，但没有用“应”“要”“可”“鼓励”“支持”“提倡”等字。",
    "“Stated plainly” means that the text says so without a word such as 应 or 要 (must), 可 (may), 鼓励 or 支持 (encouraged), 提倡 (advocated).",
)
TARGET = Line("目标", "target")
MODALITIES: Mapping[str, Line] = MappingProxyType(
    {
        "must": Line("{word}", "{word} (must)"),
        "may": Line("{word}", "{word} (may)"),
        "encouraged": Line("{word}", "{word} (encouraged)"),
        "advocated": Line("{word}", "{word} (advocated)"),
        "must_not": Line("{word}", "{word} (must not)"),
    }
)

PAST = Line("期限已过", "date passed")
AHEAD = Line("未到期", "not yet due")
UNDATED = Line("条文未写日期", "no date in the text")
NOBODY_ELSE = Line(
    "另有 {count} 项条文未写明主体或只写“民政部门”“各相关部门”“各单位”，也可能与您有关，见相应的主体。",
    "Another {count} are laid on nobody by name, or on “civil affairs departments”, “departments concerned” or “all units”; "
    "they may concern you too: see those actors.",
)

SOURCE = Line("出处", "Source")
WORDS = Line("原文", "Words of the text")
TRANSLATION = Line("参考译文", "Reference translation")
TRANSLATION_NOTE = Line("", "English renderings are reference translations; the Chinese text prevails.")
LIST_MARK = Line("、", "; ")
