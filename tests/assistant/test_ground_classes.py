"""Each way of putting things that ground() understands, beside the falsehoods that look just like it."""

import pytest

from assistant.ground import check
from corpus.library import Library, load_library

ALL_STEPS = "plan/3/1+plan/3/2+plan/3/3+plan/3/4"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library()


CLASSES: dict[str, tuple[tuple[str, str, bool], ...]] = {
    "a name with one member of the alternatives": (
        ("guide/4", "街道级的孵化机构名称是统一的，格式为“XX街道社会组织培育孵化中心”。", True),
        ("guide/4", "街道级的孵化机构名称是统一的，格式为“XX区社会组织培育孵化中心”。", False),
        ("guide/4", "街道级的孵化机构名称是统一的，格式为“XX街道社会组织发展服务中心”。", False),
        ("guide/2", "“北京市社会组织孵化中心XX基地”是基地的名字。", True),
        ("guide/2", "“北京市社会组织孵化中心XX基地”是中心的名字。", False),
    ),
    "this, not that": (
        ("guide/3", "区级机构的名称里用的是“发展服务中心”，不是“培育孵化中心”。", True),
        ("guide/3", "区级机构的名称里用的是“培育孵化中心”，不是“发展服务中心”。", False),
        ("guide/2", "“北京市社会组织孵化中心XX基地”是基地的名字，不是中心的名字。", True),
        ("guide/2", "“北京市社会组织孵化中心XX基地”是中心的名字，不是基地的名字。", False),
        ("guide/6", "日常管理运营交给第三方专业机构，是提倡的做法，不是强制的。", True),
        ("guide/6", "日常管理运营交给第三方专业机构，是强制性的做法，不是提倡的。", False),
        ("plan/2/2", "买书这件事不是硬性要求，是鼓励有条件的区和街乡镇去做。", True),
        ("plan/2/2", "买书这件事是硬性要求，不是鼓励有条件的区和街乡镇去做。", False),
        ("guide/7", "提供必要的办公条件，不是市区民政部门和街道、乡镇的责任。", False),
        ("plan/3/2", "牵头的是民政部门，不是财政部门。", True),
        ("plan/3/2", "牵头的是财政部门，不是民政部门。", False),
        ("plan/2/3", "募集资金的方式是慈善组织捐赠，不是社区资源置换。", False),
    ),
    "not in the list": (
        ("guide/3+guide/4", "和区级机构相比，街道、乡镇级机构的功能区里没有列出流动办公区。", True),
        ("guide/3+guide/4", "和街道、乡镇级机构相比，区级机构的功能区里没有列出流动办公区。", False),
        ("guide/2", "市级机构的功能区里没有流动办公区。", True),
        ("guide/2", "市级机构的功能区里没有资源配置区。", False),
        ("guide/3", "市级机构的功能区里没有流动办公区。", False),
        ("guide/5", "品牌推广是区级和街道乡镇级机构的服务内容，市级的服务清单里没有。", True),
        ("guide/5", "品牌推广是区级和街道乡镇级机构的服务内容，市级的服务清单里也有。", False),
        ("guide/3+guide/4", "区级机构比街道、乡镇级机构多列了一个流动办公区。", True),
        ("guide/3+guide/4", "街道、乡镇级机构比区级机构多列了一个流动办公区。", False),
        ("guide/3+guide/4", "区级机构比市级机构多列了一个流动办公区。", False),
    ),
    "everyday verbs and words": (
        ("guide/5", "市级机构要做政策咨询，也要做人员培训。", True),
        ("guide/5", "市级机构要做品牌推广，也要做人员培训。", False),
        ("guide/8", "乡镇也应把孵化机构的建设运营经费编进财政预算。", True),
        ("guide/8", "社区也应把孵化机构的建设运营经费编进财政预算。", False),
        ("plan/4/2", "街道乡镇要有针对性地把相关政策推送出去。", True),
        ("plan/4/2", "市民政部门要有针对性地把相关政策推送出去。", False),
        ("guide/2+guide/3", "市级机构列了资源配置区，区级机构列的是流动办公区。", True),
        ("guide/2+guide/3", "市级机构列了流动办公区，区级机构列的是资源配置区。", False),
    ),
    "the end and the edges of a period": (
        ("plan/2/2", "第一批师资名单应在2022年6月结束之前对外公布。", True),
        ("plan/2/2", "第一批师资名单应在2022年7月结束之前对外公布。", False),
        ("plan/4/2", "各区要在2022年6月结束之前组织一次专题培训。", False),
        ("plan/3/2+plan/3/3", "2023年8月是落实阶段的末月，也是检查阶段的首月。", True),
        ("plan/3/2+plan/3/3", "2023年8月是落实阶段的首月，也是检查阶段的末月。", False),
        ("plan/3/2+plan/3/3", "2023年9月是落实阶段的末月，也是检查阶段的首月。", False),
        ("plan/1", "数量目标对应的年份是2023年。", True),
        ("plan/1", "数量目标对应的年份是2024年。", False),
        ("plan/3/1", "部署阶段从2021年9月起，到同年12月为止。", True),
        ("plan/3/1", "部署阶段从2021年9月起，到同年11月为止。", False),
        ("plan/preamble", "实施意见是2019年的。", True),
        ("plan/3/2", "落实阶段由2022年1月延续到2023年8月。", True),
        ("plan/3/2", "落实阶段由2022年2月延续到2023年8月。", False),
        ("plan/3/2", "落实阶段由2022年1月延续到2023年7月。", False),
        ("plan/preamble", "实施意见是2018年的。", False),
    ),
    "counts that are no figures of the text": (
        ("guide/5", "政策咨询是三级机构都应提供的服务。", True),
        ("guide/5", "政策咨询是四级机构都应提供的服务。", False),
        ("guide/5", "品牌推广是三级机构都应提供的服务。", False),
        (ALL_STEPS, "四个阶段从2021年9月排到2023年12月。", True),
        (ALL_STEPS, "五个阶段从2021年9月排到2023年12月。", False),
        (ALL_STEPS, "四个阶段从2021年10月排到2023年12月。", False),
        ("plan/3/1+plan/3/2", "四个阶段从2021年9月排到2023年12月。", False),
        ("plan/3", "落实阶段从2021年9月排到2023年12月。", False),
        ("plan/3/4", "最后一个阶段在2023年12月结束。", True),
        ("plan/3/3", "最后一个阶段在2023年10月结束。", False),
        ("plan/3/1", "头一个阶段从2021年9月开始。", True),
        ("plan/3/2", "头一个阶段从2022年1月开始。", False),
        ("guide/8", "各区可以从市级社会建设资金转移支付中拿出一部分支持孵化机构。", True),
        ("guide/8", "各区必须从市级社会建设资金转移支付中拿出一部分支持孵化机构。", False),
        ("guide/8", "搞公益创投也是有条件的乡镇支持孵化机构的一种办法。", True),
        ("guide/8", "搞公益创投是所有乡镇支持孵化机构的一种办法。", False),
        ("plan/2/4", "方案点名的系列活动有四项。", True),
        ("plan/2/4", "方案点名的系列活动有五项。", False),
        ("plan/4", "工作要求有三条：高度重视、加强指导、加大宣传。", True),
        ("plan/4", "工作要求有二条：高度重视、加强指导、加大宣传。", False),
    ),
    "what follows from the amounts": (
        ("plan/1", "城市社区的平均数量目标高于农村社区。", True),
        ("plan/1", "城市社区的平均数量目标低于农村社区。", False),
        ("plan/1", "城市社区的平均指标比农村社区多7个。", True),
        ("plan/1", "城市社区的平均指标比农村社区多8个。", False),
        ("plan/1", "五个城市社区按平均目标加起来，不少于75个社区社会组织。", True),
        ("plan/1", "五个城市社区按平均目标加起来，不多于75个社区社会组织。", False),
        ("plan/1", "五个城市社区按平均目标加起来，不少于85个社区社会组织。", False),
        ("plan/1", "城市社区加起来不少于15个社区社会组织。", False),
        ("plan/1", "四个社区加在一起，品牌社区社会组织不少于8个。", True),
        ("plan/1", "四个社区加在一起，品牌社区社会组织不少于6个。", False),
        ("plan/1", "20个社区合计应不少于300个社区社会组织。", False),
        ("plan/1", "五个城市社区和三个农村社区，按平均数合计不少于99个社区社会组织。", True),
        ("plan/1", "五个城市社区和三个农村社区，按平均数合计不少于98个社区社会组织。", False),
        ("guide/5", "区级机构和街道、乡镇级机构的服务内容规定是一样的。", True),
        ("guide/5", "市级机构和区级机构的服务内容规定是一样的。", False),
    ),
    "how binding it is, said as a noun": (
        ("plan/2/2", "给从业人员买书这件事是鼓励性的，对象是有条件的区和街乡镇。", True),
        ("plan/2/2", "给从业人员买书这件事是强制性的，对象是有条件的区和街乡镇。", False),
        (
            "guide/9+plan/2/2",
            "社工职业资格方面，孵化机构工作人员和社区社会组织从业人员都有支持性的规定。",
            True,
        ),
        (
            "guide/9+plan/2/2",
            "社工职业资格方面，联合会工作人员和社区社会组织从业人员都有支持性的规定。",
            False,
        ),
        ("guide/9", "孵化机构工作人员接受继续教育是硬性要求。", False),
        ("plan/2/1", "街道成立联合会是鼓励性的规定。", False),
        ("plan/2/1", "街道成立联合会是硬性要求。", True),
        ("plan/4/3", "可以选树能复制、能推广的品牌社区社会组织。", False),
    ),
    "no duty out of a means": (
        ("plan/2/3", "驻区单位必须赞助社区社会组织。", False),
        ("plan/2/3", "驻区单位有义务赞助社区社会组织。", False),
        ("plan/2/3", "慈善组织应当捐赠资金支持社区社会组织。", False),
        ("plan/2/3", "应通过驻区单位赞助、慈善组织捐赠等方式募集资金。", True),
        ("plan/2/4", "社区社会组织要弘扬时代新风，促进社区和谐。", True),
    ),
    "whose document, whose task": (
        ("plan/2/5", "章程示范文本是北京市民政局制定的。", False),
        ("plan/2/5", "章程示范文本出自民政部，方案要求推广使用。", True),
        ("plan/2/1", "街道办事处要成立社区社会组织联合会。", True),
        ("plan/4/2", "街道办事处要组织专题培训。", False),
        ("plan/2/1", "市、区社会建设专项转移支付资金由各区、街道乡镇统筹使用。", True),
        ("plan/2/1", "各区、街道乡镇的资金由市民政局统筹使用。", False),
        ("plan/2/5", "章程示范文本出自市民政局，方案要求推广使用。", False),
        ("guide/8", "孵化机构的建设运营经费要纳入财政预算，由市区民政部门和街道、乡镇负责。", True),
        ("guide/8", "孵化机构的建设运营经费要纳入财政预算，由市区财政部门和街道、乡镇负责。", False),
        ("guide/8", "孵化机构的建设运营经费要纳入财政预算，由市区民政部门和各区负责。", False),
        ("plan/2/5", "市、区民政部门指导各街道乡镇形成“一社一品”。", True),
        ("plan/2/5", "市、区民政部门指导各区形成“一社一品”。", False),
        ("plan/3/2", "发改、财政、农业农村等部门配合民政部门开展工作。", True),
        ("plan/3/2", "发改、财政、农业农村等部门配合财政部门开展工作。", False),
        ("plan/3/3", "开展城乡社会组织培育发展绩效评估。", False),
        ("plan/2/2", "市、区民政部门要建立专家库、专家库。", False),
    ),
    "limited to one tier, left open, or not forced": (
        ("guide/5", "展览展示只列在市级机构的服务内容里。", True),
        ("guide/5", "展览展示只列在区级机构的服务内容里。", False),
        ("guide/5", "政策咨询只列在市级机构的服务内容里。", False),
        ("guide/8", "各区从转移支付里拿钱支持孵化机构，是可以做的事，没有规定具体比例。", True),
        ("guide/8", "各区从转移支付里拿钱支持孵化机构，是可以做的事，有规定具体比例。", False),
        ("plan/2/1", "新增公共服务项目要向社会组织购买，没有规定具体比例。", False),
        ("plan/2/1", "不具备条件的乡镇，方案没有要求其成立联合会。", True),
        ("plan/2/1", "街道，方案没有要求其成立联合会。", False),
        ("guide/6", "指引不强制委托第三方运营，只是提倡。", True),
        ("guide/6", "指引不强制制定档案管理制度，只是提倡。", False),
        ("guide/6", "对工作效果可以组织专家评审，不一定非要请第三方评估。", True),
        ("guide/4", "党建活动室不一定要独立设置。", False),
        ("guide/9", "文件没有提到继续教育。", False),
        ("guide/3", "多功能活动区设不设，区级机构可以看自己的需要。", True),
        ("guide/3", "流动办公区设不设，区级机构可以看自己的需要。", False),
        ("plan/3/3+plan/3/4", "检查阶段和总结阶段都包含2023年10月。", True),
        ("plan/3/3+plan/3/4", "检查阶段和总结阶段都包含2023年12月。", False),
        ("plan/4/2", "专题培训必须线上办。", False),
        ("plan/4/2", "各区应通过线上形式组织一次专题培训。", False),
        ("plan/1", "农村社区平均应有8个或8个以上社区社会组织。", True),
        ("plan/1", "农村社区平均应有8个或8个以下社区社会组织。", False),
        ("plan/2/5", "可以推广使用民政部的章程示范文本。", False),
    ),
    "English": (
        ("plan/1", "The goal for rural communities is lower than the goal for urban ones.", True),
        ("plan/1", "The goal for rural communities is higher than the goal for urban ones.", False),
        ("guide/8", "Districts may use part of the transferred municipal fund to support incubators.", True),
        (
            "guide/8",
            "Districts must use part of the transferred municipal fund to support incubators.",
            False,
        ),
        ("guide/10", "The State Council is responsible for interpreting the guideline.", False),
        ("guide/10", "The Beijing Municipal Civil Affairs Bureau helps to interpret the guideline.", True),
        ("guide/10", "The Ministry of Civil Affairs interprets this guideline.", False),
        ("plan/3/2", "The finance departments lead the implementation phase.", False),
        ("plan/3/2", "The civil affairs departments lead the implementation phase.", True),
        ("plan/2/5", "The model charter was drawn up by the Beijing Municipal Civil Affairs Bureau.", False),
        ("guide/8", "Municipal and district finance bureaus must put the cost in the budget.", False),
        ("plan/3/3", "The inspection phase ran from August to October 2023.", True),
        ("plan/3/3", "The inspection phase ran from August to November 2023.", False),
        ("notice", "The notice is dated 14 October 2021.", True),
        ("notice", "The notice is dated 24 October 2021.", False),
        ("guide/5", "Both district and subdistrict incubators must provide policy advice.", True),
        ("guide/5", "Both district and subdistrict incubators must provide exhibition and display.", False),
        ("plan/2/2", "Buying books is encouraged, not required.", True),
        ("plan/2/1", "Setting up a federation is encouraged for subdistricts, not required.", False),
        ("guide/6", "Incubators are not required to have rules on records management.", False),
        (
            "plan/2/1",
            "Subdistricts have to set up a federation; townships only if they meet the conditions.",
            True,
        ),
        ("plan/2/1", "Townships have to set up a federation.", False),
    ),
}


@pytest.mark.parametrize(
    ("provisions", "statement", "supported"),
    [
        pytest.param(*case, id=f"{name}-{number}")
        for name, cases in CLASSES.items()
        for number, case in enumerate(cases, start=1)
    ],
)
def test_a_way_of_putting_things_is_understood_and_its_likeness_is_not_believed(
    library: Library, provisions: str, statement: str, supported: bool
) -> None:
    verdict = check(statement, provisions.split("+"), library)
    assert verdict.supported is supported, verdict.why
