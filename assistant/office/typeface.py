"""Name the typefaces of every file, with what other systems call them.

An office file names one typeface for Chinese and one for everything else. The names are the Latin ones, which every
system takes: Linux finds a serif for SimSun and none for 宋体. Where a name is unknown, the alternates are looked for;
they are the same design, or the nearest that the system has.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Typeface:
    """A pair of typefaces that go together."""

    chinese: str
    """For ``w:eastAsia`` (Word) and ``a:ea`` (slides)."""
    latin: str
    """For ``w:ascii`` and ``w:hAnsi`` (Word) and ``a:latin`` (slides)."""
    alternates: tuple[str, ...]
    """Other names of the Chinese one, and what stands in for it on macOS and Linux."""


SERIF = Typeface(
    chinese="SimSun",
    latin="Times New Roman",
    alternates=("宋体", "Songti SC", "STSong", "Noto Serif CJK SC", "Source Han Serif SC"),
)
"""For running text and official words."""

SANS = Typeface(
    chinese="SimHei",
    latin="Arial",
    alternates=("黑体", "Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC", "Source Han Sans SC"),
)
"""For titles, headings and slides."""
