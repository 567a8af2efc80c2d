"""What all files look alike in: colours and faces."""

from __future__ import annotations

from collections.abc import Callable, Mapping

ACCENT, MUTED, WARNING, INK, LINES = "0B5D66", "5A6870", "A6321F", "16262E", "C9C3B5"
SERIES = ("0B5D66", "CD4B54", "7C8FC9", "8C9010", "8640C7", "7D3B0E", "372C1A")
PALE = ("B4CFD1", "F0C9CC", "D8DDEF", "DDDDB3", "DABFEE", "D8C4B6", "C3BFBB")
"""Of what is no counted figure."""
LATIN, HAN = "Calibri", "Microsoft YaHei"
"""Faces that office programs have."""
TAGS: Mapping[str, str] = {"en": "en-GB", "zh": "zh-CN"}
SONG, TITLE_SONG, FANG, KAI, HEI = "宋体", "方正小标宋简体", "仿宋_GB2312", "楷体_GB2312", "黑体"
INSTEAD: Mapping[str, tuple[str, ...]] = {
    SONG: ("SimSun", "Songti SC", "Noto Serif SC", "Source Han Serif SC"),
    TITLE_SONG: ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "小标宋", "华文中宋", "STZhongsong", "Noto Serif SC"),
    FANG: ("仿宋", "FangSong", "FangSong_GB2312", "STFangsong", "FZFangSong-Z02S", "Noto Serif SC"),
    KAI: ("楷体", "KaiTi", "KaiTi_GB2312", "STKaiti", "AR PL UKai CN", "LXGW WenKai", "Noto Serif SC"),
    HEI: ("SimHei", "STHeiti", "Heiti SC", "Noto Sans SC", "Source Han Sans SC"),
}
"""The faces of Chinese official papers, each with what may stand for it where it is not at hand."""
Step = Callable[[str, float], None]
"""Told what is being written, and how far that is."""
