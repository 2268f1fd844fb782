import cn2an
import pytest

from corpus.numerals import read_compound, read_number, write_compound, write_number


@pytest.mark.parametrize("thousand", range(10))
def test_every_number_is_written_and_read_as_the_usual_package_does(thousand):
    for number in range(max(1, thousand * 1000), thousand * 1000 + 1000):
        written = write_number(number)
        assert read_number(written) == number
        assert cn2an.cn2an(written, "smart") == number
        assert read_number(cn2an.an2cn(number)) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [("十", 10), ("一十二", 12), ("二十", 20), ("一百一", 110), ("一百零一", 101), ("一百〇一", 101), ("两百", 200), ("一百十", 110),
     ("１２", 12), ("12", 12), ("〇", 0), ("二〇二一", 2021), ("⑫", 12), ("一千零五十", 1050)],
)  # fmt: skip
def test_numbers_are_read_however_they_are_written(text, number):
    assert read_number(text) == number


@pytest.mark.parametrize("text", ["", "甲", "十十", "一二三四五", "百千", "12345", "第一", "1a", "-1", "²"])
def test_what_is_no_number_is_none(text):
    assert read_number(text) is None


def test_an_inserted_article_is_counted_with_a_hyphen():
    assert read_compound("十二之一") == "12-1"
    assert read_compound("一百二十之二") == "120-2"
    assert read_compound("甲之一") is None
    assert write_compound("12-1") == ("十二", "之一")
    assert write_compound("105") == ("一百零五", "")


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_numbers_that_nobody_counts_provisions_with_are_refused(number):
    with pytest.raises(ValueError, match="not a number"):
        write_number(number)
