"""A name is held against the form of its tier, and is told which form it has, or what the form would be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.facilities.sign import Verdict, check_sign, forms_of
from assistant.facilities.words import VERDICTS
from corpus.library import Library, load_library
from corpus.vocabulary import load_vocabulary

STREET, DISTRICT = "社会组织培育孵化中心", "社会组织发展服务中心"
library_ = load_library()

CASES = [
    ("street", f"中关村街道{STREET}", Verdict.FITS, "", f"中关村街道{STREET}"),
    ("street", f"“中关村街道{STREET}”", Verdict.FITS, "", f"中关村街道{STREET}"),
    ("street", f" 庞各庄镇 {STREET} ", Verdict.FITS, "", f"庞各庄镇{STREET}"),
    ("street", "庞各庄镇社會組織培育孵化中心", Verdict.FITS, "", f"庞各庄镇{STREET}"),
    ("street", f"海淀区中关村街道{STREET}", Verdict.EXTRA, "海淀区", f"中关村街道{STREET}"),
    ("street", f"北京市海淀区中关村街道{STREET}", Verdict.EXTRA, "北京市海淀区", f"中关村街道{STREET}"),
    ("street", f"XX街道{STREET}", Verdict.NO_PLACE, "", ""),
    ("street", f"XX街道/乡镇{STREET}", Verdict.NO_PLACE, "", ""),
    ("street", STREET, Verdict.NO_PLACE, "", ""),
    ("street", f"街道{STREET}", Verdict.NO_PLACE, "", ""),
    ("street", f"和平里地区{STREET}", Verdict.NO_PLACE, "", ""),
    ("street", f"海淀区{DISTRICT}", Verdict.OTHER_TIER, "", ""),
    ("street", f"中关村街道{DISTRICT}", Verdict.DIFFERS, "", f"中关村街道{STREET}"),
    ("street", "中关村街道社会组织孵化中心", Verdict.DIFFERS, "", f"中关村街道{STREET}"),
    ("street", "随便写的", Verdict.DIFFERS, "", ""),
    ("district", f"海淀区{DISTRICT}", Verdict.FITS, "", f"海淀区{DISTRICT}"),
    ("district", f"北京市海淀区{DISTRICT}", Verdict.EXTRA, "北京市", f"海淀区{DISTRICT}"),
    ("district", f"海淀{DISTRICT}", Verdict.NO_PLACE, "", ""),
    ("district", f"北京市{DISTRICT}", Verdict.OTHER_TIER, "", ""),
    ("district", f"海淀区{STREET}", Verdict.DIFFERS, "", f"海淀区{DISTRICT}"),
    ("city", f"北京市{DISTRICT}", Verdict.FITS, "", ""),
    ("city", "北京市社会组织孵化中心海淀基地", Verdict.FITS, "", "北京市社会组织孵化中心海淀基地"),
    ("city", "北京市社会组织孵化中心基地", Verdict.NO_PLACE, "", ""),
    ("city", "北京市社会组织孵化中心XX基地", Verdict.NO_PLACE, "", ""),
    ("city", "北京社会组织服务中心", Verdict.DIFFERS, "", f"北京市{DISTRICT}"),
]  # fmt: skip


@pytest.mark.parametrize(("tier", "written", "verdict", "extra", "suggestion"), CASES)
def test_a_name_is_told_how_it_stands(
    tier: str, written: str, verdict: Verdict, extra: str, suggestion: str, library: Library
) -> None:
    sign = check_sign(library, tier, written)
    assert sign is not None
    assert (sign.verdict, sign.extra, sign.suggestion) == (verdict, extra, suggestion)
    assert (sign.other is not None) == (verdict is Verdict.OTHER_TIER)


def test_the_forms_are_printed_as_the_text_prints_them(library: Library) -> None:
    printed = {
        tier: [form.printed for form in forms_of(library, tier)] for tier in ("city", "district", "street")
    }
    assert printed == {
        "city": ["北京市社会组织发展服务中心", "北京市社会组织孵化中心XX基地"],
        "district": ["XX区社会组织发展服务中心"],
        "street": ["XX街道/乡镇社会组织培育孵化中心"],
    }
    for tier, names in printed.items():
        for form, name in zip(forms_of(library, tier), names, strict=True):
            assert f"“{name}”" in library.text_of(form.quotation.provision)


@pytest.mark.parametrize("district", sorted(set(load_vocabulary().districts.values())))
def test_every_district_has_a_name_that_fits_and_only_there(district: str, library: Library) -> None:
    name = f"{district}区{DISTRICT}"
    found = {tier: check_sign(library, tier, name) for tier in ("city", "district", "street")}
    assert found["district"] is not None
    assert found["district"].verdict is Verdict.FITS
    assert found["street"] is not None
    assert found["street"].verdict is Verdict.OTHER_TIER


@settings(deadline=None)
@given(st.text(), st.sampled_from(["city", "district", "street"]))
def test_whatever_is_typed_is_answered(written: str, tier: str) -> None:
    sign = check_sign(library_, tier, written)
    if sign is not None:
        assert sign.written
        assert not sign.suggestion or check_sign(library_, tier, sign.suggestion).verdict is Verdict.FITS  # type: ignore[union-attr]


def test_nothing_typed_and_a_tier_without_a_form_are_not_judged(library: Library) -> None:
    assert check_sign(library, "street", "  “” ") is None
    assert check_sign(library, "province", "某某中心") is None


def test_every_verdict_has_its_sentence() -> None:
    assert set(VERDICTS) == {verdict.value for verdict in Verdict}
