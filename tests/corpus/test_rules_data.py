"""What the shipped `rules.toml` and `en.md` say is what the official text says, entry by entry."""

import re
from calendar import month_name
from itertools import pairwise

import pytest

from corpus.document import Level
from corpus.library import Library, load_library
from corpus.rules import Duty, Fact

SLUGS = ("notice", "plan", "guide")

# The aspects that a fact may be about. Facts that differ only by tier share one.
_ASPECTS = """
title validity part topic attachment subject issuer issued-on addressee instruction
basis basis-ministry basis-beijing purpose
target-date target-incubators target-urban target-rural target-brand direction vision
project requirement
incubator-standards guide-author tiers building-ways host-facilities incubator-support
federation federation-nature federation-role
money-sources purchase-share funding-channels purchase-more
experts-list teacher-list teacher-list-date list-forces
training-effort training-planning training-methods training-follow-up training-result
training-audience training-content training-outcome books exam-support exam-support-who
key-types development-basis roles participation-platform
rural-types rural-basis rural-purpose cooperation fundraising fundraising-use
leadership values activities activity-volunteering activity-consultation activity-safety activity-culture
ethos-roles volunteering residents ethos-result
filing-guide charter-model information-system evaluation internal-governance
brand-pattern brand-choice brand-guidance brand-focus brand-plan brand-projects brand-examples
phase-dates phase-deploy phase-deploy-means phase-implement phase-implement-lead
phase-implement-departments phase-implement-street two-lists mobilisation
phase-inspect phase-inspect-purpose performance-evaluation phase-summarise report-contents
importance annual-agenda annual-report-duty annual-report-who work-pattern
policy-publication policy-guidance
topical-training topical-training-hours topical-training-date topical-training-form
street-support policy-push hard-problems escalation
publicity publicity-means publicity-purpose model-selection model-selection-means
model name rooms multi-use-rooms
room-party room-training room-service room-resource room-mobile-office room-display
services service-advice service-training service-research service-capacity service-resources
service-exhibition service-incubation service-brand service-exchange service-special
operation operation-mode rules-to-make assessment assessment-object
facilities premises-sharing premises-layout premises-planning
funding-budget funding-transfer funding-other
training-staff training-staff-frequency training-staff-audience
careers education awards awards-who interpretation
"""
ASPECTS = frozenset(_ASPECTS.split())

# Who a duty falls on; an empty list where the text names nobody. `operator` is an incubator, whoever runs it;
# `bureau` the civil affairs departments where no tier is named; `departments` and `units` 各相关部门 and 各单位;
# `federation` 社区社会组织联合会.
ACTORS = {"city", "district", "street", "operator", "bureau", "departments", "units", "federation"}

MODAL = {
    "must": re.compile(r"应(?!急)|要(?!点|求|内容|性)"),
    "may": re.compile(r"可(?!复制|推广)"),
    "encouraged": re.compile(r"鼓励|支持"),
    "advocated": re.compile(r"提倡"),
    "must_not": re.compile(r"不得"),
}
NOT_MODAL = re.compile(r"适应|相应|认可|可复制|可推广|需要|重要|要求|要点|支持性|场地支持")
NOT_A_NUMBER = re.compile(r"进一步|统一|一定|第三方")
NUMBER = re.compile(r"\d+%?|[一二三四五六七八九十两]+")

library = load_library()
FACTS = [fact for fact in library.facts if library.document_of(fact.provision).slug in SLUGS]
DUTIES = [duty for duty in library.duties if library.document_of(duty.provision).slug in SLUGS]
each_fact = pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
each_duty = pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)


def numbers(text: str) -> set[str]:
    return set(NUMBER.findall(NOT_A_NUMBER.sub("", text)))


def modal_words(text: str) -> set[str]:
    plain = NOT_MODAL.sub("", text)
    return {word for pattern in MODAL.values() for word in pattern.findall(plain)}


@each_fact
def test_a_fact_rests_on_words_that_its_provision_has_once(fact: Fact) -> None:
    assert library.text_of(fact.provision).count(fact.words) == 1
    assert fact.words == fact.words.strip()


@each_fact
def test_a_fact_is_about_a_known_aspect_and_its_id_says_where_it_stands(fact: Fact) -> None:
    assert fact.about in ASPECTS
    steps = fact.provision.partition("#")[0].replace("/", "-")
    assert fact.id == steps or fact.id.startswith(f"{steps}-") or fact.provision.endswith("#end")


def test_every_aspect_is_used() -> None:
    assert {fact.about for fact in FACTS} == ASPECTS


def test_no_two_facts_say_the_same() -> None:
    assert len({fact.say for fact in FACTS}) == len(FACTS)
    assert len({fact.say_en for fact in FACTS}) == len(FACTS)


@each_fact
def test_a_fact_says_the_numbers_of_its_words_and_no_other(fact: Fact) -> None:
    said = fact.say
    opening = "到2023年，"
    if opening in library.text_of(fact.provision) and opening not in fact.words:
        said = said.removeprefix(opening)  # the time that opens a sentence holds for each of its clauses
    assert numbers(said) == numbers(fact.words)


@each_fact
def test_a_fact_in_english_keeps_the_numbers(fact: Fact) -> None:
    months = {month_name[int(month)] for month in re.findall(r"年(\d+)月", fact.say)}
    assert all(month in fact.say_en for month in months)
    figures = set(re.findall(r"\d+", re.sub(r"年\d+月", "年", fact.say)))
    assert figures <= set(re.findall(r"\d+", fact.say_en))


@each_fact
def test_a_fact_keeps_the_comparator(fact: Fact) -> None:
    for word in ("不少于", "不低于", "平均", "底前", "月前", "每个"):
        assert (word in fact.words) == (word in fact.say)


@each_fact
def test_a_fact_is_as_binding_as_its_provision(fact: Fact) -> None:
    leaf = library.text_of(fact.provision)
    assert modal_words(fact.say) <= modal_words(leaf) | ({"要"} if fact.kind == "purpose" else set())
    if fact.modality != "plain":
        assert MODAL[fact.modality].search(NOT_MODAL.sub("", leaf))
    if fact.modality in ("may", "encouraged", "advocated"):
        assert MODAL[fact.modality].search(fact.say)


@each_fact
def test_a_fact_is_one_sentence_in_each_language(fact: Fact) -> None:
    assert fact.say.endswith("。")
    assert fact.say.count("。") == 1
    assert fact.say_en.endswith((".", "”"))
    assert fact.say_en[0].isupper()


@each_fact
def test_a_list_is_said_whole_and_stays_open_if_it_is(fact: Fact) -> None:
    assert all(item in fact.say for item in fact.items)
    after_last = fact.words.partition(fact.items[-1])[2] if fact.items else ""
    leaf_after = library.text_of(fact.provision).partition(fact.items[-1])[2] if fact.items else ""
    is_open = after_last.lstrip("”的").startswith(("等", "”等"))
    assert fact.open_list == (is_open or (bool(fact.items) and leaf_after.startswith("等服务内容")))
    if fact.open_list:
        assert "等" in fact.say


@pytest.mark.parametrize("slug", SLUGS)
def test_every_sentence_of_the_text_has_a_fact(slug: str) -> None:
    told = {fact.provision for fact in FACTS}
    leaves = [leaf for leaf in library.document(slug).leaves if leaf.level is not Level.TITLE]
    assert [leaf.id for leaf in leaves if leaf.id not in told] == []


def test_facts_stand_in_the_order_of_the_text() -> None:
    for slug in SLUGS:
        document = library.document(slug)
        starts = [document.provisions[f.provision].span.start for f in FACTS if f.id.startswith(f"{slug}-")]
        assert all(before <= after for before, after in pairwise(starts))


ROOMS = {
    ("city", "separate"): "党建活动室、会议培训室、综合服务区、资源配置区、交流展示区",
    ("district", "separate"): "党建活动室、会议培训室、综合服务区、流动办公区、交流展示区",
    ("district", "as_needed"): "多功能的活动区(室)",
    ("street", "separate"): "党建活动室、会议培训室、综合服务区、交流展示区",
    ("street", "as_needed"): "多功能的活动区(室)",
}


def test_each_tier_has_exactly_the_rooms_of_its_article() -> None:
    found: dict[tuple[str, str], list[str]] = {}
    for room in library.rooms:
        found.setdefault((room.tier, room.need), []).append(room.name)
        assert room.name in room.words
        assert ("应独立设置" if room.need == "separate" else "根据需要设立") in room.words
    assert {key: "、".join(names) for key, names in found.items()} == ROOMS
    for (tier, need), names in ROOMS.items():
        if need == "separate":
            (fact,) = (fact for fact in FACTS if fact.about == "rooms" and fact.tier == (tier,))
            assert "、".join(fact.items) == names


def test_each_tier_has_exactly_the_services_of_its_article() -> None:
    local = "培育孵化 政策咨询 能力建设 品牌推广 合作交流 适应区域发展需求的特色服务"
    expected = {
        "city": "政策咨询 人员培训 调查研究 能力建设 资源配置 展览展示 观摩交流",
        "district": local,
        "street": local,
    }
    found = {tier: " ".join(s.name for s in library.services if s.tier == tier) for tier in expected}
    assert found == expected
    assert all(service.name in service.words for service in library.services)


def test_a_template_is_the_name_printed_in_its_article() -> None:
    assert [(name.tier, name.unit) for name in library.names] == [
        ("city", "centre"),
        ("city", "base"),
        ("district", "centre"),
        ("street", "centre"),
    ]
    for name in library.names:
        printed = {"district": "XX区", "street": "XX街道/乡镇"}.get(name.tier, "XX")
        assert f"“{name.template.format(place=printed)}”" in name.words


def test_the_targets_are_those_of_the_first_part() -> None:
    assert [(t.scope, t.at_least, t.by) for t in library.targets] == [
        ("urban", 15, "2023"),
        ("rural", 8, "2023"),
        ("each", 2, "2023"),
    ]
    for target in library.targets:
        assert f"不少于{target.at_least}{target.unit}" in target.words
        assert f"到{target.by}年" in library.text_of(target.provision)


def test_the_phases_have_the_months_of_their_headings_and_the_work_of_their_text() -> None:
    assert len(library.phases) == 4
    for phase in library.phases:
        start, end = (f"{int(year)}年{int(month)}月" for year, month in map(_split, (phase.start, phase.end)))
        assert phase.words == f"{phase.name}({start}-{end})"
        work = library.text_of(phase.provision.partition("#")[0])
        pieces = re.split(r"[，；。]", f"{phase.who}，{phase.what}")
        assert [piece for piece in pieces if piece not in work] == []


def _split(month: str) -> tuple[str, str]:
    year, _, number = month.partition("-")
    return year, number


@each_duty
def test_a_duty_rests_on_words_that_its_provision_has_once(duty: Duty) -> None:
    assert library.text_of(duty.provision).count(duty.words) == 1
    assert duty.what_en[0].isupper()
    assert not duty.what.endswith("。")


@each_duty
def test_a_duty_falls_on_a_known_actor_and_is_as_binding_as_the_text(duty: Duty) -> None:
    assert ACTORS.issuperset(duty.actor)
    leaf = NOT_MODAL.sub("", library.text_of(duty.provision))
    assert duty.must == "plain" or MODAL[duty.must].search(leaf)


@each_duty
def test_a_duty_has_the_numbers_of_its_words_and_no_other(duty: Duty) -> None:
    assert numbers(duty.what + duty.by) == numbers(duty.words)


@each_duty
def test_a_duty_is_due_when_the_text_says(duty: Duty) -> None:
    printed = {"before": f"{duty.by}前", "end_of": f"{duty.by}底前", "": ""}[duty.by_kind]
    assert bool(duty.by) == bool(duty.by_kind)
    assert printed in duty.words


@pytest.mark.parametrize("slug", SLUGS)
def test_every_piece_of_the_text_has_a_reference_translation(slug: str) -> None:
    assert [leaf.id for leaf in library.document(slug).leaves if not library.translation(leaf.id)] == []
    first = (library.folder / slug / "en.md").read_text(encoding="utf-8").splitlines()[0]
    assert "reference translation" in first
    assert "Chinese text prevails" in first


@pytest.mark.parametrize("slug", SLUGS)
def test_a_translation_keeps_the_figures(slug: str) -> None:
    document = library.document(slug)
    for leaf in document.leaves:
        figures = set(re.findall(r"\d+", re.sub(r"年\d+月", "年", document.text_of(leaf))))
        assert figures <= set(re.findall(r"\d+", library.translation(leaf.id) or "")), leaf.id


def test_the_rules_say_nothing_that_the_five_known_forgeries_say() -> None:
    said = "".join(fact.say for fact in FACTS)
    for forged in ("50%", "25个", "18个", "心理咨询室", "可以不设置"):
        assert forged not in said
    street = "".join(fact.say for fact in FACTS if "street" in fact.tier)
    assert "流动办公区" not in street
    assert "资源配置区" not in street


def test_the_library_reads_the_rules_without_complaint() -> None:
    assert isinstance(library, Library)
    assert len(FACTS) >= 200
    assert len(DUTIES) > 80
