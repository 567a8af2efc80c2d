"""Ten messy sheets, as offices send them: five with English titles, five with Chinese ones; each is written afresh."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import xlsxwriter

Rows = Sequence[Sequence[object]]


def _csv(text: str, encoding: str = "utf-8") -> Callable[[Path], None]:
    return lambda path: path.write_bytes(text.encode(encoding)) and None


def _xlsx(rows: Rows, hidden: Sequence[int] = (), sheet: str = "Sheet1") -> Callable[[Path], None]:
    """A workbook of one sheet; `hidden` are columns that nobody sees."""

    def write(path: Path) -> None:
        with xlsxwriter.Workbook(path) as book:
            page = book.add_worksheet(sheet)
            for at, row in enumerate(rows):
                for column, cell in enumerate(row):
                    page.write(at, column, cell)
            for column in hidden:
                page.set_column(column, column, None, None, {"hidden": True})

    return write


MESSY: dict[str, Callable[[Path], None]] = {
    # A title with the quarter in words, thousands separators, a totals row, a note and a source below.
    "gdp q1.csv": _csv(
        "GDP of pilot cities in the first quarter of 2016,,\n,,Unit: million yuan\n"
        'City,GDP,Rank\nBeijing,"531,900",1\nXining,"22,900",2\nTotal,"554,800",\n'
        "Note: at current prices,,\nSource: Xining Statistics Bureau,,\n"
    ),
    # Preliminary in the title, the first half, a column of growth that several columns could own.
    "half year.xlsx": _xlsx(
        [
            ["Preliminary figures for the first half of 2016"],
            ["Region", "GDP (100 million yuan)", "Online retail sales (100 million yuan)", "Growth (%)"],
            ["Beijing", 11413.8, 900.5, 6.7],
            ["Xining", "512.30 (p)", "1,020.4", 9.8],
            ["Sum", 11926.1, 1920.9, None],
        ]
    ),
    # Flash estimate in the sheet's name, a year column, a hidden column of codes.
    "telecom.xlsx": _xlsx(
        [
            ["Code", "Year", "City", "Telecom revenue (billion yuan)"],
            [110000, 2016, "Beijing", 62.5],
            [630100, 2016, "Xining", 2.35],
        ],
        hidden=[0],
        sheet="Flash",
    ),
    # Quarters as columns under a title with the year, footnote marks, and who published it above.
    "ecommerce.csv": _csv(
        "E-commerce sales 2016 (estimate),,,\nPublished by: Xining Commerce Bureau,,,\n"
        "Place,1st quarter of 2016,2nd quarter of 2016,Notes\n"
        'Xining,"1,200 million yuan","1,310* million yuan",quarter only\n* revised,,,\n'
    ),
    # A long table for internal use; periods in words, a blank and a dash.
    "subscribers internal.csv": _csv(
        "For internal use,,,\nCity,Indicator,Period,Value (10 thousand)\n"
        'Xining,Broadband subscribers,end of 2016,"61.2"\nXining,Mobile subscribers,end of 2016,"305.4"\n'
        "Beijing,Broadband subscribers,end of 2016,—\nBeijing,Mobile subscribers,end of 2016,\n"
    ),
    # The same in Chinese.
    "一季度.csv": _csv(
        "2016年一季度各试点城市地区生产总值,,\n,,单位：万元\n"
        '城市,地区生产总值,位次\n北京市,"53,190,000",1\n西宁市,"2,290,000",2\n合计,"55,480,000",\n'
        "注：按现价计算,,\n资料来源：西宁市统计局,,\n",
        "gb18030",
    ),
    "半年快报.xlsx": _xlsx(
        [
            ["2016年上半年主要经济指标快报"],
            ["地区", "地区生产总值（亿元）", "网络零售额（亿元）", "同比增长（%）"],
            ["北京市", 11413.8, 900.5, 6.7],
            ["西宁市", "512.30", "1,020.4", 9.8],
            ["总计", 11926.1, 1920.9, None],
        ]
    ),
    "电信.xlsx": _xlsx(
        [
            ["代码", "年份", "城市", "电信业务收入（亿元）"],
            [110000, 2016, "北京市", 625],
            [630100, 2016, "西宁市", 23.5],
        ],
        hidden=[0],
        sheet="初步数",
    ),
    "电子商务.csv": _csv(
        "2016年电子商务交易额（预计）,,,\n发布单位：西宁市商务局,,,\n"
        "地区,2016年第一季度,2016年第二季度,备注\n"
        '西宁市,"1,200百万元","1,310百万元",当季\n注：2为修订数,,,\n'
    ),
    "用户数 内部.csv": _csv(
        "内部资料，注意保存,,,\n城市,指标,时期,数值（万户）\n"
        '西宁市,宽带用户数,2016年末,"61.2"\n西宁市,移动电话用户数,2016年末,"305.4"\n'
        "北京市,宽带用户数,2016年末,—\n北京市,移动电话用户数,2016年末,\n"
    ),
}
