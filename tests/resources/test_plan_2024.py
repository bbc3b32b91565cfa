"""The plan of 2024 is complete: every figure of part 一, every sentence of part 二, every named programme and place."""

import re
from decimal import Decimal

import pytest

import resources
from models.plan import Plan
from models.plan_files import read_folder

# Sentences in each clause of part 二, counted to the full stop, the opening one included.
SENTENCES = {"一": 5, "二": 11, "三": 10, "四": 11, "五": 9, "六": 6, "七": 12, "八": 7}
NAMES = [
    "3×3",
    "一县一特",
    "竹缠绕管道",
    "竹木复合板材",
    "竹餐具",
    "竹滑板",
    "滑板之乡",
    "湘西南竹产业发展区域中心",
    "以竹代钢",
    "以竹代塑",
    "百亿级竹产业发展示范县",
    "应用推广基地",
    "瓦屋塘镇",
    "竹笋加工",
    "国家级制种",
    "杂交水稻",
    "数字产业",
    "新能源",
    "大健康",
    "数字绥宁",
    "大唐华银",
    "金盘科技",
    "光伏",
    "风电",
    "碳达峰十大行动",
    "林业碳汇试点",
    "碳汇交易市场",
    "金山银山",
    "绿色矿业",
    "食品加工",
    "文化旅游",
    "现代农业",
    "五大科创工程",
    "十大技术攻关项目",
    "揭榜挂帅",
    "知识产权保护支撑体系",
    "县级知识产权综合服务平台",
    "高价值专利",
    "研发经费",
    "应用基础研究",
    "科创平台",
    "绿洲人才",
    "湘智回归",
    "校友回归",
    "人才政策",
    "研发奖补",
    "设备更新改造",
    "创新创业大赛",
    "高新技术企业",
    "专精特新",
    "单项冠军",
    "知识价值信用贷款风险补偿资金池",
    "知识产权质押融资",
    "科技人才评价",
    "校地",
    "校企",
    "能工巧匠",
    "高技能人才",
    "大国工匠",
    "数字消费",
    "绿色消费",
    "健康消费",
    "夜娱",
    "夜购",
    "年货节",
    "四月八姑娘节",
    "产销对接会",
    "农贸市场",
    "民间投资",
    "新型购物中心",
    "商圈",
    "招大引强",
    "迎老乡、回故乡、建家乡",
    "大比拼",
    "四率",
    "进博会",
    "中博会",
    "广交会",
    "一带一路",
    "外贸特色产业集群",
    "邵阳-怀化-东盟接续班列",
    "湘粤非铁海联运",
    "要素市场化",
    "全国统一大市场",
    "国企改革深化提升",
    "财源建设提质",
    "国资",
    "投融资",
    "三资",
    "四合一",
    "接待后勤",
    "园区管理体制",
    "五好",
    "合作共建",
    "营商环境",
    "历史遗留问题",
    "110",
    "拖欠民营企业账款",
    "政务失信",
    "首违不罚",
    "三个全覆盖",
    "制度性交易",
    "物流",
    "税费",
    "融资",
    "用能",
    "用工",
    "地方保护",
    "恶性竞争",
    "六个一",
    "市场准入",
    "新增规模工业企业",
    "金芙蓉",
    "小巨人",
    "上市辅导",
    "个转企",
    "小升规",
    "领军企业",
    "领跑者",
    "链主、链长、链生态",
    "制造业金融",
    "轻工纺织",
    "三送三解三优",
    "减税降费",
    "政策找人",
    "湘商回归",
    "返乡创业",
    "强县城",
    "一主两次",
    "寨市",
    "关峡",
    "绿色低碳",
    "京津冀、长三角、泛珠三角",
    "承接产业转移示范区",
    "东盟、非盟、欧盟",
    "城镇化",
    "17个乡镇",
    "综合承载",
    "千万亩农田产能提升",
    "非农化",
    "非粮化",
    "三查一曝光",
    "道路交通",
    "消防安全",
    "矿山",
    "危化",
    "烟花",
    "建设施工",
    "五化",
    "城市消防站建设两年行动",
    "化债",
    "法人机构",
    "非法金融",
    "清零",
    "房地产",
    "平安创建",
    "扫黑除恶",
    "电信网络诈骗",
    "矛盾纠纷",
    "信访",
    "督察",
    "夏季攻势",
    "蓝天",
    "碧水",
    "净土",
    "利剑",
    "三个不发生",
    "十大重点民生实事",
    "特立体艺馆",
    "家庭教育",
    "普惠托育",
    "优生优育",
    "高校毕业生",
    "残疾人",
    "退役军人",
    "零就业家庭",
    "社会救助",
    "低保",
    "两项补贴",
    "孤儿",
    "两癌",
    "重度困难残疾人",
    "残疾儿童",
    "老年助餐",
    "爱晚",
    "脑卒中",
    "数字政务",
    "湘易办",
    "农村公路",
    "农村水源",
    "燃气管网",
    "超期安置",
    "二次供水",
]
# a piece of the indicator's name, comparison, figure, measure, 力争
FIGURES = """产业总体规模 ≥ 146.5 亿元|第一产业增加值 ≥ 3.6 %|规模工业增加值 ≥ 7 %|服务业增加值增速 ≥ 7 %|制造业增加值占 ≥ 23 %
生产性服务业占 > 42 % 力争|数字经济 ≥ 15 %|研发经费 ≥ 12 %|新增高新技术企业 ≥ 3 家|高价值发明专利 ≥ 1 件|高新技术产业增加值占 ≥ 22 %
技术合同 ≥ 20 %|关键核心技术 ≥ 1 项|社会消费品零售总额 ≥ 8 %|固定资产投资 ≥ 7 %|外资 ≥ 10 %|进出口总额 ≥ 10 %|进口额 ≥ 10 %|出口额 ≥ 10 %
进出口实绩企业 ≥ 6 家|专精特新中小企业 ≥ 2 家 力争|单项冠军 ≥ 1 家 力争|实有经营主体 ≥ 25876 户|其中：企业 ≥ 5463 户|中心城区 > 20 % 力争
城镇化率 左右 1 百分点|地区生产总值 ≥ 125 亿元 力争|经济增速 ≥ 6.5 %""".replace("\n", "|").split("|")


@pytest.fixture(scope="module")
def plan2024() -> Plan:
    return read_folder(resources.path("plans", "2024"))


@pytest.mark.parametrize("name", NAMES)
def test_no_named_programme_or_place_is_missing(plan2024: Plan, name: str) -> None:
    assert any(name in t.text or name in t.goal for t in plan2024.tasks)


@pytest.mark.parametrize(("clause", "count"), SENTENCES.items())
def test_every_sentence_has_a_task(plan2024: Plan, clause: str, count: int) -> None:
    found = {int(m[1]) for t in plan2024.tasks if (m := re.fullmatch(rf"二（{clause}）第(\d+)句", t.clause))}
    assert found == set(range(1, count + 1))


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_an_indicator(plan2024: Plan, figure: str) -> None:
    name, comparison, target, measure, *strive = figure.split()
    hits = [
        i
        for i in plan2024.indicators
        if name in i.name and (i.comparison, i.target, i.measure) == (comparison, Decimal(target), measure)
    ]
    assert [i.strive for i in hits] == [bool(strive)]


@pytest.mark.parametrize(
    ("name", "comparison", "than"),
    [("城乡居民收入增速", "高于", "经济增速"), ("农村居民收入增速", "高于", "城镇居民收入增速"), ("重特大事故", "杜绝", ""),
     ("较大事故", "遏制", ""), ("一般事故起数", "下降", ""), ("死亡人数", "下降", ""), ("重污染天气", "下降", "")],
)  # fmt: skip
def test_comparisons_and_trends_are_indicators_too(plan2024: Plan, name: str, comparison: str, than: str) -> None:
    hits = [i for i in plan2024.indicators if name in i.name and i.comparison == comparison]
    other = plan2024.find("indicators", hits[0].than or "") if hits else None
    assert len(hits) == 1
    assert than in (other.name if other else "")


def test_every_unit_has_work_and_every_action_a_lead(plan2024: Plan) -> None:
    assert [u.short for u in plan2024.units if not plan2024.tasks_of(u.code)] == []
    assert all(plan2024.find("units", a.lead) for a in plan2024.actions)
    assert len([u for u in plan2024.units if u.kind == "township"]) == 17


def test_only_what_the_plan_names_is_confirmed(plan2024: Plan) -> None:
    confirmed = {(a.task, plan2024.find("units", a.unit).short) for a in plan2024.assignments if a.confirmed}
    leads = {short for _, short in confirmed if any(short == s for s in ("瓦屋塘镇", "寨市乡", "关峡乡"))}
    assert leads == {"瓦屋塘镇", "寨市乡", "关峡乡"}
    assert all("县" not in short for _, short in confirmed)


def test_the_scoring_adds_up_to_a_hundred(plan2024: Plan) -> None:
    assert sum(s.points for s in plan2024.scoring) == 100


def test_periods_cover_the_year(plan2024: Plan) -> None:
    kinds = [p.kind for p in plan2024.periods]
    assert [kinds.count(k) for k in ("month", "quarter", "half", "year")] == [12, 4, 2, 1]
    assert all(p.start <= p.due <= p.end for p in plan2024.periods)
