"""Hold one comparison: a clause of a statement, a leaf of a provision, and how the one covers the other."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from assistant.grounding.bodies import Group
from assistant.grounding.claims import Claim
from assistant.grounding.cover import Piece
from assistant.grounding.source import Source

LIGHT = frozenset(
    [
        "进一步",
        "组织",
        "开展",
        "进行",
        "举办",
        "提供",
        "实施",
        "工作",
        "服务",
        "建设",
        "形式",
        "方式",
        "通过",
        "内容",
        "情况",
        "要求",
        "社区",
        "社会",
        "作用",
        "活动",
        "制定",
        "建立",
        "形成",
        "发展",
        "实现",
        "相关",
        "结合",
        "使用",
        "管理",
        "发挥",
        "加强",
        "推动",
        "支持",
        "给予",
        "社会组织",
        "社区社会组织",
    ]
)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a clause is not supported; the nearer to support, the lower ``rank``."""

    rank: float
    why: str
    by_tier: bool = False
    """Whether it may be that the claim speaks of several tiers at once, each told in its own place."""


def touches(piece: Piece, groups: tuple[Group, ...]) -> bool:
    return any(group.start < piece.end and piece.start < group.end for group in groups)


def is_name(piece: Piece, groups: tuple[Group, ...]) -> bool:
    """Say whether a piece is an actor's name, perhaps with a modal word after it."""
    inside = sum(max(0, min(group.end, piece.end) - max(group.start, piece.start)) for group in groups)
    return piece.end - piece.start - inside <= 1


def within(piece: Piece, groups: tuple[Group, ...]) -> bool:
    return any(group.start <= piece.start and piece.end <= group.end for group in groups)


def is_modal(piece: Piece, claim: Claim) -> bool:
    """Say whether a piece is no more than a modal word."""
    return any(marker.start <= piece.start and piece.end <= marker.end for marker in claim.markers)


@dataclass(frozen=True)
class Case:
    """One clause laid over one leaf."""

    claim: Claim
    source: Source
    pieces: tuple[Piece, ...]
    statement: str
    """The whole statement in plain form."""

    @cached_property
    def content(self) -> list[Piece]:
        """The pieces that the leaf itself says, single characters left out."""
        return [piece for piece in self.pieces if piece.places and len(piece.told) > 1]


Check = Callable[[Case], Failure | None]
