"""Say who may be taught, what the documents say of teaching them, and which provisions concern them most."""

from dataclasses import dataclass

from assistant.phrases import Line


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """People who are taught together."""

    name: str
    title: Line
    basis: str = ""
    """The leaf that names them as people to be taught; empty when no document does."""
    basis_words: str = ""
    """The words of it that do."""
    units: tuple[str, ...] = ()
    """What is chosen for them before anything is changed; the editors' choice."""


AUDIENCES = (
    Audience(
        name="leaders",
        title=Line("社区社会组织负责人和骨干", "Heads and core members of community social organizations"),
        basis="plan/2/2#3",
        basis_words="面向社区社会组织负责人和骨干力量开展政策解读和宣讲",
        units=(
            "plan/1", "plan/2/1", "plan/2/2", "plan/2/3", "plan/2/4", "plan/2/5", "plan/4/2", "plan/4/3",
            "guide/4", "guide/5", "guide/7",
        ),
    ),
    Audience(
        name="incubator",
        title=Line("孵化机构工作人员", "Staff of incubators"),
        basis="guide/9#1",
        basis_words="定期对全市社会组织培育孵化机构工作人员开展培训",
        units=(
            "plan/1", "plan/2/1", "plan/2/2", "guide/1", "guide/2", "guide/3", "guide/4", "guide/5", "guide/6",
            "guide/7", "guide/8", "guide/9", "guide/10",
        ),
    ),
    Audience(
        name="workers",
        title=Line("社区工作者和街道乡镇工作人员", "Community workers and staff of subdistricts and townships"),
        units=(
            "plan/1", "plan/2/1", "plan/2/2", "plan/2/3", "plan/2/4", "plan/2/5", "plan/3/1", "plan/3/2",
            "plan/3/3", "plan/3/4", "plan/4/1", "plan/4/2", "plan/4/3", "guide/4", "guide/5", "guide/6",
            "guide/7", "guide/8",
        ),
    ),
    Audience(
        name="residents",
        title=Line("居民骨干", "Active residents"),
        units=("plan/1", "plan/2/1", "plan/2/3", "plan/2/4", "plan/2/5", "plan/4/2", "guide/4", "guide/5"),
    ),
)  # fmt: skip
