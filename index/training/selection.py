"""Choose the articles for which people write everyday questions, and deal them out in parts.

    python -m index.training.selection --laws DIR --out DIR [--parts 16] [--size 250] [--seed 0]

Core national laws first (they are what residents, workers and shopkeepers ask about), then regulations, judicial
interpretations and local rules of many regions. Nothing is chosen by what any test set asks.
"""

import argparse
import json
import random
import re
from collections import defaultdict
from pathlib import Path

from index.training.articles import Article, law_name, newest_versions, read_articles

CORE = {
    "民法典·人格权编": 45,
    "民法典·侵权责任编": 80,
    "民法典·合同编": 150,
    "民法典·婚姻家庭编": 60,
    "民法典·总则": 60,
    "民法典·物权编": 90,
    "民法典·继承编": 35,
    "最高人民法院关于适用《民法典》婚姻家庭编的解释（一）": 30,
    "最高人民法院关于适用《民法典》婚姻家庭编的解释（二）": 15,
    "最高人民法院关于适用《民法典》继承编的解释（一）": 15,
    "最高人民法院关于适用《民法典》侵权责任编的解释（一）": 10,
    "最高人民法院关于审理民间借贷案件适用法律若干问题的规定": 20,
    "最高人民法院关于审理劳动争议案件适用法律问题的解释（一）": 25,
    "刑法": 110,
    "劳动合同法": 55,
    "劳动法": 45,
    "劳动争议调解仲裁法": 25,
    "劳动合同法实施条例": 20,
    "社会保险法": 40,
    "工伤保险条例": 40,
    "失业保险条例": 15,
    "女职工劳动保护特别规定": 10,
    "职工带薪年休假条例": 6,
    "企业职工带薪年休假实施办法": 10,
    "保障农民工工资支付条例": 30,
    "住房公积金管理条例": 20,
    "就业促进法": 20,
    "安全生产法": 30,
    "职业病防治法": 30,
    "工会法": 20,
    "消费者权益保护法": 40,
    "消费者权益保护法实施条例": 30,
    "产品质量法": 20,
    "食品安全法": 45,
    "电子商务法": 35,
    "广告法": 25,
    "价格法": 15,
    "反不正当竞争法": 12,
    "道路交通安全法": 60,
    "道路交通安全法实施条例": 50,
    "机动车交通事故责任强制保险条例": 20,
    "道路交通事故处理程序规定": 40,
    "机动车驾驶证申领和使用规定": 40,
    "机动车登记规定": 30,
    "治安管理处罚法": 80,
    "行政处罚法": 35,
    "行政许可法": 25,
    "行政复议法": 35,
    "行政诉讼法": 35,
    "行政强制法": 20,
    "国家赔偿法": 20,
    "政府信息公开条例": 20,
    "信访工作条例": 20,
    "信访条例": 15,
    "公务员法": 25,
    "民事诉讼法": 70,
    "刑事诉讼法": 50,
    "人民调解法": 15,
    "仲裁法": 20,
    "法律援助法": 30,
    "律师法": 15,
    "公证法": 15,
    "未成年人保护法": 50,
    "预防未成年人犯罪法": 15,
    "老年人权益保障法": 35,
    "妇女权益保障法": 35,
    "残疾人保障法": 25,
    "反家庭暴力法": 20,
    "家庭教育促进法": 15,
    "母婴保健法": 12,
    "人口与计划生育法": 15,
    "婚姻登记条例": 12,
    "收养登记管理办法": 8,
    "居住证暂行条例": 12,
    "居民身份证法": 15,
    "户口登记条例": 12,
    "护照法": 12,
    "出境入境管理法": 25,
    "义务教育法": 30,
    "教育法": 20,
    "民办教育促进法": 20,
    "教师法": 15,
    "高等教育法": 15,
    "职业教育法": 15,
    "学前教育法": 30,
    "学位法": 12,
    "学生伤害事故处理办法": 20,
    "物业管理条例": 35,
    "城市房地产管理法": 20,
    "商品房屋租赁管理办法": 15,
    "商品房销售管理办法": 20,
    "国有土地上房屋征收与补偿条例": 20,
    "土地管理法": 35,
    "农村土地承包法": 30,
    "不动产登记暂行条例": 15,
    "城乡规划法": 20,
    "建筑法": 15,
    "村民委员会组织法": 20,
    "城市居民委员会组织法": 15,
    "志愿服务条例": 20,
    "慈善法": 40,
    "社会团体登记管理条例": 20,
    "民办非企业单位登记管理暂行条例": 15,
    "基金会管理条例": 20,
    "境外非政府组织境内活动管理法": 12,
    "红十字会法": 8,
    "公益事业捐赠法": 12,
    "社会救助法": 30,
    "社会救助暂行办法": 25,
    "城市居民最低生活保障条例": 10,
    "农村五保供养工作条例": 8,
    "退役军人保障法": 25,
    "军人地位和权益保障法": 12,
    "军人抚恤优待条例": 20,
    "公司法": 60,
    "合伙企业法": 25,
    "个人独资企业法": 15,
    "个体工商户条例": 12,
    "促进个体工商户发展条例": 12,
    "市场主体登记管理条例": 25,
    "中小企业促进法": 15,
    "企业破产法": 20,
    "农民专业合作社法": 20,
    "商标法": 25,
    "专利法": 20,
    "著作权法": 30,
    "优化营商环境条例": 25,
    "个人所得税法": 15,
    "个人所得税法实施条例": 12,
    "税收征收管理法": 25,
    "增值税法": 12,
    "企业所得税法": 12,
    "车船税法": 6,
    "发票管理办法": 15,
    "契税法": 8,
    "保险法": 40,
    "证券法": 15,
    "商业银行法": 15,
    "票据法": 12,
    "储蓄管理条例": 10,
    "防范和处置非法集资条例": 15,
    "反电信网络诈骗法": 25,
    "个人信息保护法": 40,
    "网络安全法": 20,
    "数据安全法": 12,
    "未成年人网络保护条例": 20,
    "电信条例": 15,
    "基本医疗卫生与健康促进法": 20,
    "医师法": 20,
    "医疗事故处理条例": 25,
    "医疗纠纷预防和处理条例": 20,
    "医疗机构管理条例": 12,
    "药品管理法": 20,
    "疫苗管理法": 20,
    "传染病防治法": 25,
    "精神卫生法": 25,
    "献血法": 8,
    "医疗保障基金使用监督管理条例": 15,
    "突发事件应对法": 20,
    "环境保护法": 20,
    "噪声污染防治法": 35,
    "大气污染防治法": 25,
    "水污染防治法": 20,
    "固体废物污染环境防治法": 25,
    "野生动物保护法": 20,
    "动物防疫法": 20,
    "消防法": 30,
    "特种设备安全法": 15,
    "城镇燃气管理条例": 20,
    "电力法": 12,
    "城市供水条例": 10,
    "邮政法": 15,
    "快递暂行条例": 15,
    "旅游法": 30,
    "旅行社条例": 15,
    "导游人员管理条例": 8,
    "民用航空法": 15,
    "铁路法": 12,
    "道路运输条例": 20,
    "烟草专卖法": 8,
    "娱乐场所管理条例": 15,
    "殡葬管理条例": 8,
    "宗教事务条例": 12,
    "无障碍环境建设法": 20,
    "公共图书馆法": 10,
    "全民健身条例": 10,
    "体育法": 12,
    "集会游行示威法": 8,
    "禁毒法": 15,
    "反有组织犯罪法": 8,
    "枪支管理法": 8,
    "社区矫正法": 12,
    "监狱法": 8,
    "反食品浪费法": 8,
    "彩票管理条例": 10,
    "家用汽车产品修理更换退货责任规定": 15,
    "市场监督管理投诉举报处理暂行办法": 15,
    "城市生活垃圾管理办法": 10,
    "归侨侨眷权益保护法": 8,
    "安全生产许可证条例": 6,
    "危险化学品安全管理条例": 8,
    "烟花爆竹安全管理条例": 10,
    "种子法": 8,
    "农产品质量安全法": 12,
    "海关法": 10,
    "招标投标法": 12,
    "政府采购法": 10,
    "电影产业促进法": 6,
    "人民警察法": 8,
    "档案法": 6,
    "气象法": 5,
    "文物保护法": 12,
}
"""How many articles at most of a core law, by its name without 中华人民共和国."""

GONE = {
    "合同法",
    "民法通则",
    "民法总则",
    "婚姻法",
    "继承法",
    "物权法",
    "担保法",
    "侵权责任法",
    "收养法",
    "劳动保险条例",
    "外资企业法实施细则",
    "中外合资经营企业法实施条例",
    "城市房屋拆迁管理条例",
    "治安管理处罚条例",
    "社会保险费征缴暂行条例草案",
    "流动人口计划生育工作条例",
    "卫生防疫站工作条例",
    "信访条例",
    "增值税暂行条例",
    "营业税暂行条例",
}
"""Laws known to be replaced: nobody should be taught their numbers."""

DULL = re.compile(
    "劳动教养|房屋拆迁|经营企业法|外资企业法|废止|若干司法解释|立法条例|地方性法规条例|议事规则|人民代表大会|代表建议|任免|人民法院组织|检察院组织|监督条例|审计|修正案|立法法|预算|国旗|国徽|国歌|缔结条约|"
    "戒严|驻军|军衔|解放军|领海|海域|大陆架|外层空间|核|测绘|矿|军事|国防|检察|引渡|司法协助|外交|领事|进出境动植物|吨税|船|港口|航道|航标|渔业"
)
EVERYDAY = re.compile(
    "物业|养老|志愿|消费者|垃圾|养犬|犬只|文明行为|电动自行车|非机动车|停车|租赁|出租|医疗|工资|社会救助|慈善|社区|街道|社会组织|法律援助|食品|餐饮|电梯|"
    "消防|计划生育|未成年人|妇女|残疾人|献血|图书馆|燃气|供水|供热|客运|公积金|就业|职业教育|学前|学校|校园|噪声|大气|绿化|市容|历史|殡葬|数据|营商环境|"
    "劳动|社会保险|工伤|失业|集体合同|企业|房地产|住房|住宅|房屋|宅基地|农村|信访|调解|户外广告|旅游|文化|体育|健身|控烟|吸烟|饮用水|急救|精神卫生|母婴|"
    "老年|青少年|家庭|邻里|矛盾纠纷|平安|治安|流动人口|居住证|网约|道路交通|公共交通|轨道|节约用水|节能|信用|知识产权|科技|人才|退役|归侨|清真|宗教|安全生产|"
    "农民工|合作社|农产品|市场|价格|广告|电信|网络|个人信息|公共数据|政务|行政程序|突发|防汛|地震|气象|湿地|河道|野生动物|动物|烟花|无障碍|爱国卫生|社会信用"
)
VOID = re.compile(
    "起施行|同时废止|^为了|^为规范|^本(法|条例|办法|规定|细则|解释)(适用于|自|由)|另行(制定|规定)|办法由.{2,30}(制定|规定)|负责解释|参照本|(本法|本条例|本办法|本解释)的?规定不一致"
)
FOR_OFFICES = re.compile(
    r"^(县级以上|各级|国务院|[省市区县州镇]|[^，。；]{0,14}?(人民政府|主管部门|行政部门|管理部门|机关|委员会|机构))[^，。；]{0,40}应当"
)
TELLING = re.compile(
    "不得|有权|可以|应当(赔偿|支付|退|承担|给予|告知|出示|提供|申请|提交|签订|自)|罚款|责任|日内|期限|标准|申请|补偿|处罚|禁止|免费|优先|减免|补贴|责令|拘留|赔偿|[一二三四五六七八九十]+(日|个月|年|元)"
)


def is_worth_asking(article: Article) -> bool:
    """Whether someone could meet the article in life: of fair length, saying something that has consequences."""
    text = article.text
    return (
        30 <= len(text) <= 400
        and article.number.startswith("第")
        and not VOID.search(text)
        and TELLING.search(text) is not None
    )


def choose(articles: list[Article], *, count: int, rng: random.Random) -> list[Article]:
    """Choose `count` articles: the core laws to their quota, the rest spread thinly over everyday laws."""
    by_law: dict[str, list[Article]] = defaultdict(list)
    for article in newest_versions(articles):
        name = law_name(article.law)
        if name not in GONE and not DULL.search(name) and is_worth_asking(article):
            by_law[name].append(article)
    chosen: list[Article] = []
    for name, quota in CORE.items():
        found = by_law.pop(name, [])
        chosen += sorted(rng.sample(found, min(quota, len(found))), key=found.index)
    civil = [article for article in chosen if "民法典·" in article.law]
    others = [article for article in chosen if "民法典·" not in article.law]
    chosen = civil + rng.sample(others, min(len(others), round(count * 0.74) - len(civil)))
    rest = [
        (name, found)
        for name, found in by_law.items()
        if EVERYDAY.search(name) and found[0].published >= "1995"
    ]
    texts = {article.text for article in chosen}
    rng.shuffle(rest)
    for take in (3, 3, 3, 3):
        for _, found in rest:
            fresh = [
                article
                for article in found
                if article.text not in texts and not FOR_OFFICES.search(article.text)
            ]
            for article in rng.sample(fresh, min(take, len(fresh))):
                if len(chosen) < count:
                    texts.add(article.text)
                    chosen.append(article)
    return chosen


def deal(chosen: list[Article], *, parts: int, rng: random.Random) -> list[list[Article]]:
    """Deal the articles into equal parts, those of one law next to one another (a long law fills several parts)."""
    place = {article.id: number for number, article in enumerate(chosen)}
    groups: dict[str, list[Article]] = defaultdict(list)
    for article in chosen:
        groups[article.law].append(article)
    runs = []
    for law in groups.values():
        law.sort(key=lambda article: place[article.id])
        runs += [law[start : start + 12] for start in range(0, len(law), 12)]
    rng.shuffle(runs)
    ordered = [article for run in runs for article in run]
    size = -(-len(ordered) // parts)
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def main() -> None:
    """Write part-01.jsonl … with fields id, law, article, text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--laws", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--parts", type=int, default=16)
    parser.add_argument("--size", type=int, default=250)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    chosen = choose(read_articles(options.laws), count=options.parts * options.size, rng=rng)
    options.out.mkdir(parents=True, exist_ok=True)
    for number, part in enumerate(deal(chosen, parts=options.parts, rng=rng), start=1):
        rows = [
            {"id": article.id, "law": article.law, "article": article.number, "text": article.text}
            for article in part
        ]
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (options.out / f"part-{number:02}.jsonl").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
