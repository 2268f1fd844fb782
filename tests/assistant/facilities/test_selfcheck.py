"""What is missing is what the provision lists and nobody ticked; what is optional is never missing."""

import itertools
import re

import pytest

from assistant.facilities.selfcheck import check, requirements
from corpus.library import Library

TIERS = ("city", "district", "street")
OBLIGES = {"room": "应独立设置", "service": "应提供", "rule": "应制定"}


@pytest.mark.parametrize("tier", TIERS)
def test_every_requirement_is_in_words_that_oblige_or_leave_it_to_need(tier: str, library: Library) -> None:
    for one in requirements(library, tier):
        words = one.quotation.text
        assert one.name in words
        assert words in library.text_of(one.quotation.provision)
        assert ("根据需要" if one.optional else OBLIGES[one.kind]) in words
        assert one.open_list == (re.search(r"等", words) is not None)


@pytest.mark.parametrize("tier", TIERS)
def test_whatever_is_ticked_the_rest_is_missing_or_optional(tier: str, library: Library) -> None:
    known = requirements(library, tier)
    rooms = [one for one in known if one.kind == "room"]
    for count in range(len(rooms) + 1):
        for ticked in itertools.combinations(rooms, count):
            group = next(g for g in check(library, tier, {one.id for one in ticked}) if g.kind == "room")
            assert set(group.held) == set(ticked)
            assert set(group.missing) == {one for one in rooms if one not in ticked and not one.optional}
            assert set(group.optional) == {one for one in rooms if one not in ticked and one.optional}


def test_a_subdistrict_without_a_room_for_meetings_lacks_just_that(library: Library) -> None:
    held = {"room:党建活动室", "room:综合服务区", "room:交流展示区"}
    room = check(library, "street", held)[0]
    assert [one.name for one in room.missing] == ["会议培训室"]
    assert room.missing[0].quotation.provision == "guide/4#1"
    assert [one.name for one in room.optional] == ["多功能的活动区(室)"]
    assert room.unlisted == ("资源配置区", "流动办公区")
    assert room.open_list


@pytest.mark.parametrize("tier", TIERS)
def test_what_other_tiers_list_is_not_in_this_tiers_words(tier: str, library: Library) -> None:
    for group in check(library, tier, ()):
        own = {one.name for one in requirements(library, tier) if one.kind == group.kind}
        assert not own & set(group.unlisted)
        for quotation in group.quotations:
            listed = re.split(r"[、]|以及|应独立设置|设立|应提供|应制定|等", quotation.text)
            assert not set(group.unlisted) & set(listed)


def test_ids_that_a_tier_does_not_have_count_for_nothing(library: Library) -> None:
    strange = check(library, "street", {"room:流动办公区", "room:游泳池", "service:党建活动室", ""})
    assert strange == check(library, "street", ())
    assert check(library, "province", ()) == ()
