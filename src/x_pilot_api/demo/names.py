"""What the demonstration is made of: made-up people's names and numbers, and the wording of its academic register."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡"
    "余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦方白邹孟熊秦邱江尹薛段雷侯陶顾"
)
_GIVEN = (
    "子浩宇轩梓涵欣怡佳雨思嘉俊杰文博一诺晨曦明远若彤睿泽梦瑶志成静雅天佑语桐书航可馨"
    "建国华安宁乐凡星辰楠芷萱昊然景行知微清扬悦心沐阳锦程云舒婉婷鹏飞雪莹家豪永康秋月"
)
_REGIONS = (
    "320102", "320104", "320105", "320106", "320113", "320205", "320211", "320302", "320311", "320404", "320411",
    "320505", "320506", "320602", "320703", "320803", "320804", "320830", "320831", "320902", "320903", "321002",
    "321003", "321102", "321202", "321302",
)  # fmt: skip
_CHECK_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS = "10X98765432"
# The sequence codes 996 to 999 were set aside for centenarians, so joined to a student's birth date they make a
# well-formed number that should belong to nobody.
_FIRST_SEQUENCE_CODE = 996
_SEQUENCE_CODES = 4
_SHARE_OF_SHORT_NAMES = 15


@dataclass(frozen=True, slots=True)
class ProgrammeWording:
    """How one programme reads in the register, with its cohorts' sizes for the entry years in order."""

    college: str
    code: str
    name: str
    class_prefix: str
    cohort_sizes: tuple[int, int, int]
    foundation: str
    core: str
    elective: str
    is_pilot: bool = True
    is_showcase: bool = False


COLLEGES = ("会计学院", "金融学院", "经济贸易学院", "工商管理学院", "智能工程技术学院", "法律与艺术学院")

# The programmes and their codes follow the national vocational catalogue of 2021; courses, credits and cohort sizes
# are demonstration values. A course is written as its name and its credits.
PROGRAMMES = (
    ProgrammeWording(
        "会计学院", "530302", "大数据与会计", "会计", (110, 120, 120),
        "会计基础 4.00|经济法基础 3.00|大数据技术基础 3.00",
        "智能财税实务 4.00|成本核算与管理 3.50|企业财务会计 5.00|管理会计实务 3.00",
        "财务机器人应用 2.00",
        is_showcase=True,
    ),
    ProgrammeWording(
        "会计学院", "530301", "大数据与财务管理", "财管", (70, 80, 80),
        "财务管理基础 3.00|会计基础与实务 4.00|统计基础 2.50",
        "业财税融合实务 4.00|企业纳税实务 3.50|投融资管理 3.00",
        "大数据财务分析 2.00",
    ),
    ProgrammeWording(
        "会计学院", "530303", "大数据与审计", "审计", (40, 50, 50),
        "审计基础 3.00|会计基础 4.00",
        "财务审计实务 4.00|税务审计与筹划 3.50|审计数据采集与分析 3.00",
        "内部控制与风险管理 2.00",
    ),
    ProgrammeWording(
        "会计学院", "530304", "会计信息管理", "会信", (30, 40, 40),
        "会计基础 4.00|数据库基础 3.00",
        "财务软件应用 4.00|业财一体化设计 4.00|会计信息系统运维 3.00",
        "商业智能可视化 2.00",
    ),
    ProgrammeWording(
        "金融学院", "530201", "金融服务与管理", "金融", (50, 60, 60),
        "金融基础 3.00|经济学基础 3.00|会计与税收基础 3.50",
        "商业银行综合业务 4.00|企业财税服务 4.00|个人理财规划 3.00",
        "金融营销 2.00",
        is_showcase=True,
    ),
    ProgrammeWording(
        "金融学院", "530202", "金融科技应用", "金科", (20, 30, 30),
        "金融科技概论 2.50|Python语言基础 3.50",
        "金融大数据分析 4.00|智能风控实务 3.50|区块链金融 3.00",
        "数字人民币应用 1.50",
    ),
    ProgrammeWording(
        "金融学院", "530205", "财富管理", "财富", (20, 20, 20),
        "证券投资基础 3.00|保险基础 2.50",
        "财富规划实务 4.00|基金业务 3.00|客户关系管理 3.00",
        "家族信托概论 1.50",
    ),
    ProgrammeWording(
        "金融学院", "530101", "财税大数据应用", "财税", (40, 50, 50),
        "财政与税收基础 3.00|会计核算基础 4.00|大数据基础 2.50",
        "智能纳税申报 4.00|财税大数据分析 4.00|税务稽查与风险 3.50|税收筹划 3.00",
        "政府采购实务 2.00",
    ),
    ProgrammeWording(
        "经济贸易学院", "530802", "现代物流管理", "物流", (20, 25, 25),
        "物流基础 3.00|供应链概论 2.50",
        "智慧仓储运营 4.00|运输与配送管理 4.00|物流成本与绩效 3.00",
        "冷链物流 2.00",
        is_showcase=True,
    ),
    ProgrammeWording(
        "经济贸易学院", "530701", "电子商务", "电商", (20, 25, 25),
        "电子商务基础 3.00|商务文案写作 2.50",
        "电子商务数据分析 4.00|网店运营 4.00|网店推广 3.50|客户服务管理 3.00",
        "直播电商 2.00",
    ),
    ProgrammeWording(
        "经济贸易学院", "530702", "跨境电子商务", "跨境", (10, 15, 15),
        "国际贸易基础 3.00|跨境电商英语 3.00",
        "跨境店铺运营 4.00|海外社媒营销 3.50|跨境物流 3.00",
        "跨境支付与结算 2.00",
    ),
    ProgrammeWording(
        "经济贸易学院", "530501", "国际经济与贸易", "国贸", (10, 10, 10),
        "国际贸易理论 3.00|商务英语 4.00",
        "外贸单证实务 3.50|国际结算 3.00|报关实务 3.50",
        "国际商法 2.00",
    ),
    ProgrammeWording(
        "工商管理学院", "530605", "市场营销", "营销", (20, 25, 25),
        "市场营销基础 3.00|消费者行为分析 2.50",
        "数字营销实务 4.00|市场调查与预测 3.50|品牌策划 3.00",
        "商务谈判 2.00",
        is_showcase=True,
    ),
    ProgrammeWording(
        "工商管理学院", "530601", "工商企业管理", "工商", (15, 20, 20),
        "管理学基础 3.00|企业统计 2.50",
        "生产运作管理 3.50|人力资源管理 3.00|质量管理 3.00",
        "创业实务 2.00",
    ),
    ProgrammeWording(
        "工商管理学院", "530602", "连锁经营与管理", "连锁", (10, 10, 10),
        "连锁经营概论 3.00|商品学 2.50",
        "门店运营管理 4.00|采购与品类管理 3.50|选址与规划 3.00",
        "新零售实务 2.00",
    ),
    ProgrammeWording(
        "工商管理学院", "540101", "旅游管理", "旅游", (10, 10, 10),
        "旅游学概论 3.00|旅游法规 2.50",
        "导游实务 4.00|旅行社运营 3.50|旅游产品策划 3.00",
        "研学旅行 2.00",
        is_pilot=False,
    ),
    ProgrammeWording(
        "智能工程技术学院", "510203", "软件技术", "软件", (20, 25, 25),
        "程序设计基础 4.00|数据库技术 3.50",
        "Python程序开发 4.00|Web应用开发 4.00|软件测试 3.00",
        "移动应用开发 2.00",
        is_showcase=True,
    ),
    ProgrammeWording(
        "智能工程技术学院", "510205", "大数据技术", "数据", (15, 20, 20),
        "大数据导论 2.50|Linux操作系统 3.50",
        "数据采集与清洗 4.00|Python数据处理 4.00|数据可视化 3.00",
        "机器学习入门 2.00",
    ),
    ProgrammeWording(
        "智能工程技术学院", "510201", "计算机应用技术", "计应", (15, 15, 15),
        "计算机组成与维护 3.00|信息技术 3.00",
        "前端页面开发 4.00|Java程序设计 4.00|数据结构 3.00",
        "图形图像处理 2.00",
    ),
    ProgrammeWording(
        "智能工程技术学院", "510202", "计算机网络技术", "网络", (10, 10, 10),
        "计算机网络基础 3.50|网络操作系统 3.50",
        "路由与交换技术 4.00|网络安全运维 3.50|网络工程实施 3.00",
        "云计算基础 2.00",
    ),
    ProgrammeWording(
        "法律与艺术学院", "550103", "数字媒体艺术设计", "数媒", (15, 20, 20),
        "设计构成 3.00|数字影像基础 3.00|摄影基础 2.50",
        "影像后期处理 4.00|交互界面设计 3.50|短视频制作 3.00",
        "非遗文创设计 2.00",
        is_showcase=True,
    ),
    ProgrammeWording(
        "法律与艺术学院", "550106", "环境艺术设计", "环艺", (10, 10, 10),
        "设计素描与色彩 3.00|制图基础 2.50",
        "居住空间设计 4.00|公共空间设计 4.00|装饰材料与工艺 3.00",
        "景观小品设计 2.00",
    ),
    ProgrammeWording(
        "法律与艺术学院", "580401", "法律事务", "法律", (10, 15, 15),
        "法理学基础 3.00|宪法 2.50",
        "民法实务 4.00|刑法实务 3.50|基层法律服务 3.00",
        "法律文书写作 2.00",
        is_pilot=False,
    ),
)  # fmt: skip


def below(rng: Random, limit: int) -> int:
    """Draw a whole number from 0 up to, but not including, the limit."""
    # Of Random's methods only random() is promised to give the same numbers in every version of Python.
    return int(rng.random() * limit)


def person_name(rng: Random) -> str:
    """Make up a person's name in which common surnames come up more often."""
    surname = _SURNAMES[min(below(rng, len(_SURNAMES)), below(rng, len(_SURNAMES)))]
    first = below(rng, len(_GIVEN))
    if below(rng, 100) < _SHARE_OF_SHORT_NAMES:
        return surname + _GIVEN[first]
    second = (first + 1 + below(rng, len(_GIVEN) - 1)) % len(_GIVEN)
    return surname + _GIVEN[first] + _GIVEN[second]


def identity_number(rng: Random, born_on: date) -> str:
    """Make up a well-formed identity number of a city in Jiangsu for that birth date."""
    region = _REGIONS[below(rng, len(_REGIONS))]
    body = f"{region}{born_on:%Y%m%d}{_FIRST_SEQUENCE_CODE + below(rng, _SEQUENCE_CODES)}"
    remainder = sum(int(digit) * weight for digit, weight in zip(body, _CHECK_WEIGHTS, strict=True)) % 11
    return body + _CHECK_DIGITS[remainder]


def birth_date(rng: Random, entry_year: int) -> date:
    """Draw the birth date of somebody who is eighteen when the entry year begins on the first of September."""
    return date(entry_year - 19, 9, 2) + timedelta(days=below(rng, 365))
