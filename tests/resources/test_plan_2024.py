"""The plan of 2024 is whole: every figure of part 一, every sentence and named programme of part 二, no loose ends.

The files are read as plain CSV, as county staff see them in Excel; what the program makes of them is tests/models.
"""

import csv
import io
import re
from collections import Counter

import pytest

import resources

HEADINGS = {
    "plan": "项目,内容",
    "actions": "编号,名称,目标,序号,实施方案,专班,牵头单位,召集人,联络员,确认",
    "rules": "编号,类别,事项,主体,要求,出处",
    "indicators": "编号,行动,指标名称,计量单位,比较,目标值,目标表述,力争,参照指标,性质,汇总,牵头单位,确认,出处,上限,容差,主要",
    "units": "代码,全称,简称,类别,落款,排序,确认",
    "tasks": "编号,行动,重点任务,年度目标,完成时限,指标,出处,确认",
    "assignments": "任务,单位,分工,确认,依据",
    "periods": "编号,名称,类别,开始,结束,截止,考核",
    "choices": "字典,编号,名称,记号,要说明,说明,请示",
    "scoring": "编号,项目,分值,计分办法,依据数据,参数,确认",
}
# Sentences in each clause of part 二, counted by 。 after the clause's title.
SENTENCES = {"一": 4, "二": 10, "三": 9, "四": 10, "五": 8, "六": 5, "七": 11, "八": 6}
NAMES = re.findall(r"\S+", """
“3×3” 产业生态 绿色矿业 食品加工 竹缠绕管道 竹木复合板材 竹餐具 竹滑板 文化旅游 现代农业 “一县一特” “滑板之乡” 湘西南竹产业发展区域中心
“以竹代钢” “以竹代塑” “百亿级竹产业发展示范县” 国家级“以竹代塑”应用推广基地 瓦屋塘镇 竹笋加工生产基地 “国家级制种” 杂交水稻 数字产业
“数字绥宁” 新能源 大健康 大唐华银 金盘科技 光伏 风电 碳达峰十大行动 林业碳汇试点 林业碳汇交易市场 绿水青山 金山银山
五大科创工程 “十大技术攻关项目” “揭榜挂帅” 知识产权保护支撑体系 县级知识产权综合服务平台 高价值专利 研发经费 区域科技创新高地 应用基础研究
科创平台 平台共建、技术共研、资源共享 产学研 绿洲人才行动计划 “湘智回归” “校友回归” 人才政策 研发奖补 设备更新改造 平台建设 科技型企业
创新创业大赛 高新技术企业 专精特新中小企业 单项冠军企业 知识价值信用贷款风险补偿资金池 知识产权质押融资 科技人才评价体系 协同创新 校地 校企
转移转化 能工巧匠 高技能人才 大国工匠
传统消费 新兴消费 城乡消费 数字消费 绿色消费 健康消费 夜娱 夜购 年货节 “苗族四月八姑娘节” 产销对接会 有效投资政策 项目策划 包装 前期准备
重点项目建设 县城农贸市场布局 政府投资 投资壁垒 民间投资 新型购物中心 商圈建设提升行动 “招大引强” “迎老乡、回故乡、建家乡” “大比拼” “四率”
“进博会” “中博会” “广交会” “一带一路” 境内外展会 省级县域外贸特色产业集群 邵阳-怀化-东盟接续班列 湘粤非铁海联运邵阳接续班列
要素市场化配置改革 全国统一大市场 招商引资领域突出问题 国企改革深化提升行动 财源建设提质行动 国资特色 投融资 金融 国有“三资” 接待后勤体制 “四合一”
园区管理体制改革 “五好”园区 园区合作共建 市场化、法治化、国际化 历史遗留问题处置专项行动 “110”平台 拖欠民营企业账款 政务失信 “首违不罚”
“三个全覆盖” 制度性交易 物流 税费 融资 用能 用工 公平竞争 地方保护 市场分割 恶性竞争 “六个一” 市场准入 要素获取 权益保护
“新增规模工业企业” “金芙蓉”跃升行动 “小巨人”企业倍增工程 梯度培育 上市辅导 “个转企” “小升规” 市场份额 科技型领军企业 重大科技计划项目
关键核心技术 “领跑者” “链主、链长、链生态” 制造业金融服务 轻工纺织 “三送三解三优” 减税降费 “政策找人” 直达快享 湘商回归 返乡创业
“强县城” “一主两次” 寨市 关峡 绿色低碳 京津冀 长三角 泛珠三角 承接产业转移示范区 东盟、非盟、欧盟 县域主导产业 争先进位 以县城为重要载体的城镇化
17个乡镇 基础设施 产业配套 综合承载能力 吸纳集聚 千万亩农田产能提升工程 “非农化” “非粮化”
安全生产底线 “三查一曝光” 道路交通 消防安全 矿山 危化 烟花 建设施工 本质安全 矿山“五化”治理 城市消防站建设两年行动 系统性风险 化债举措
中央化债支持 地方法人机构 非法金融活动 涉众金融 “清零” 在建在售 房地产发展新模式 爆雷 社会稳定底线 平安创建 社会治安 扫黑除恶 电信网络诈骗
矛盾纠纷 信访问题源头治理攻坚行动 生态环保督察 “夏季攻势” 蓝天 碧水 净土 “利剑” “三个不发生”
十大重点民生实事 二中“特立体艺馆” 家庭教育指导 普惠托育 优生优育 高校毕业生 残疾人 就业困难人员 退役军人 零就业家庭 社会保障网 社会救助体系
城乡低保 “两项补贴” 孤儿 事实无人抚养儿童 农村适龄及城镇低保适龄“两癌”妇女 重度困难残疾人 残疾儿童 社区养老服务网络 老年助餐服务点
“爱晚”老年学校 脑卒中免费检查 数字政务服务提质增效便民利民工程 “湘易办”APP 政务服务品牌 农村公路 农村水源 燃气管网 超期安置 二次供水
""")  # fmt: skip
# a piece of the indicator's name | comparison | figure | measure | what prints | 力争
FIGURES = re.findall(r"\S+", """
产业总体规模|≥|146.5|亿元|达到146.5亿元|否
第一产业增加值|≥|3.6|%|增长3.6%|否
规模工业增加值|≥|7|%|增长7%|否
服务业增加值增速|≥|7|%|增长7%|否
制造业增加值占地区生产总值|≥|23|%|达到23%|否
生产性服务业占服务业|>|42|%|超过42%|是
数字经济|≥|15|%|增长15%以上|否
研发经费|≥|12|%|增长12%以上|否
新增高新技术企业|≥|3|家|3家以上|否
高价值发明专利|≥|1|件|1件以上|否
高新技术产业增加值占地区生产总值|≥|22|%|22%以上|否
技术合同成交额|≥|20|%|增长20%以上|否
关键核心技术|≥|1|项|1项以上|否
社会消费品零售总额|≥|8|%|增长8%|否
固定资产投资|≥|7|%|增长7%|否
外资|≥|10|%|增长10%|否
进出口总额|≥|10|%|增长10%|否
进口额|≥|10|%|增长10%|否
出口额|≥|10|%|增长10%|否
进出口实绩企业|≥|6|家|至少6家|否
专精特新中小企业|≥|2|家|2家以上|是
制造业单项冠军|≥|1|家|1家以上|是
实有经营主体|≥|25876|户|达到25876户|否
其中：企业|≥|5463|户|达到5463户以上|否
中心城区地区生产总值占全县|>|20|%|超过20%|是
城镇化率|左右|1|百分点|1个百分点左右|否
地区生产总值|≥|125|亿元|125亿元以上|是
经济增速|≥|6.5|%|增长6.5%|否
重特大事故|杜绝|0|起|杜绝|否
较大事故|遏制||起|遏制|否
一般事故起数|下降||起|持续下降|否
一般事故死亡人数|下降||人|持续下降|否
重污染天气|下降||天|同比下降|否
综合成本|下降|||有效降低|否
""")  # fmt: skip
IN_WORDS = re.findall(r"\S+", """
科创项目 要素市场化配置改革 国企改革 园区管理体制改革 营商环境 优质经营主体 平衡性 地方债务 金融风险 房地产发展新模式 生态环境质量 社会大局
十大重点民生实事 就业 教育 医疗 养老 住房 惠及群众
""")  # fmt: skip


def rows(table: str) -> list[dict[str, str]]:
    text = resources.path("plans", "2024", f"{table}.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def column(table: str, heading: str) -> list[str]:
    return [r[heading] for r in rows(table)]


UNITS = {r["代码"]: r for r in rows("units")}
GROUPS = {f"全部{kind}": {c for c, u in UNITS.items() if u["类别"] == kind} for kind in ("乡镇", "县直部门")}
BOOK = {t["编号"]: t["重点任务"] for t in rows("tasks")}


@pytest.mark.parametrize("table", HEADINGS)
def test_excel_opens_the_files_as_they_are(table: str) -> None:
    raw = resources.path("plans", "2024", f"{table}.csv").read_bytes()
    first, *lines = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    assert first == HEADINGS[table].split(",")
    assert lines
    assert all(len(line) == len(first) and any(line) and line == [c.strip() for c in line] for line in lines)


@pytest.mark.parametrize(
    ("table", "heading"),
    [("actions", "编号"), ("rules", "编号"), ("indicators", "编号"), ("tasks", "编号"), ("tasks", "重点任务"), ("units", "代码"),
     ("units", "全称"), ("units", "简称"), ("units", "排序"), ("periods", "编号"), ("periods", "名称"), ("scoring", "编号")],
)  # fmt: skip
def test_codes_and_names_are_unique(table: str, heading: str) -> None:
    found = column(table, heading)
    assert len(set(found)) == len(found)


@pytest.mark.parametrize(
    ("table", "heading", "into", "by"),
    [("actions", "牵头单位", "units", "代码"), ("indicators", "行动", "actions", "编号"),
     ("indicators", "牵头单位", "units", "代码"), ("indicators", "参照指标", "indicators", "编号"),
     ("tasks", "行动", "actions", "编号"), ("tasks", "指标", "indicators", "编号"), ("assignments", "任务", "tasks", "编号")],
)  # fmt: skip
def test_every_reference_exists(table: str, heading: str, into: str, by: str) -> None:
    named = {one for cell in column(table, heading) for one in cell.split("、") if one}
    assert named - set(column(into, by)) == set()


def test_a_code_bears_its_action_and_counts_from_one() -> None:
    numbers = {a: [t["编号"] for t in rows("tasks") if t["行动"] == a] for a in column("actions", "编号")}
    assert numbers == {a: [f"{a}-{n:03d}" for n in range(1, len(ids) + 1)] for a, ids in numbers.items()}
    assert all(i["编号"].startswith(f"ZB-{i['行动']}-") for i in rows("indicators"))


@pytest.mark.parametrize("task", BOOK)
def test_a_task_has_one_lead_some_support_and_fits_its_cell(task: str) -> None:
    parts = [r for r in rows("assignments") if r["任务"] == task]
    roles = Counter(r["分工"] for r in parts)
    assert roles["牵头"] == 1
    assert 1 <= roles["配合"] <= 5
    assert set(roles) <= {"牵头", "配合"}
    assert len({r["单位"] for r in parts}) == len(parts)
    assert 12 <= len(BOOK[task]) <= 60


def test_every_unit_has_work_it_can_carry() -> None:
    work: Counter[str] = Counter()
    for r in rows("assignments"):
        work.update(GROUPS.get(r["单位"], {r["单位"]}))
    assert set(work) == set(UNITS)
    assert all(18 <= work[c] <= 40 for c in GROUPS["全部乡镇"])
    assert len(GROUPS["全部乡镇"]) == 17


def test_only_what_the_plan_names_is_confirmed() -> None:
    short = {code: u["简称"] for code, u in UNITS.items()}
    sure = {(BOOK[r["任务"]], short.get(r["单位"], r["单位"])) for r in rows("assignments") if r["确认"] == "已确认"}
    assert sure == {
        ("打造以瓦屋塘镇为中心的竹笋加工生产基地", "瓦屋塘镇"),
        ("推进“一主两次”建设互促共进，引领带动全县齐头并进", "寨市乡"),
        ("推进“一主两次”建设互促共进，引领带动全县齐头并进", "关峡乡"),
        ("加强寨市区域次中心支撑，带动周边乡镇发展", "寨市乡"),
        ("加强关峡区域次中心支撑，带动周边乡镇发展", "关峡乡"),
        ("不断完善17个乡镇的基础设施建设", "全部乡镇"),
        ("不断完善17个乡镇的产业配套功能", "全部乡镇"),
        ("抓实部门、乡镇、园区“三个全覆盖”营商环境评价", "全部乡镇"),
        ("抓实部门、乡镇、园区“三个全覆盖”营商环境评价", "园区管委会"),
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_named_programme_or_place_is_missing(name: str) -> None:
    assert any(name in text for text in BOOK.values())


@pytest.mark.parametrize(("clause", "count"), SENTENCES.items())
def test_every_sentence_has_a_task(clause: str, count: int) -> None:
    found = [int(m[1]) for c in column("tasks", "出处") if (m := re.fullmatch(rf"二（{clause}）第(\d+)句", c))]
    action = next(a["编号"] for a in rows("actions") if a["序号"] == clause)
    assert len(found) == column("tasks", "行动").count(action)
    assert set(found) == set(range(1, count + 1))
    assert found == sorted(found)


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_is_an_indicator(figure: str) -> None:
    name, *want, wording, strive = figure.split("|")
    hits = [i for i in rows("indicators") if name in i["指标名称"] and [i["比较"], i["目标值"], i["计量单位"]] == want]
    assert [i["力争"] for i in hits if wording in i["目标表述"]] == [strive]


@pytest.mark.parametrize("name", IN_WORDS)
def test_every_target_in_words_is_an_indicator(name: str) -> None:
    assert any(name in i["指标名称"] and i["比较"] == i["性质"] == "定性" for i in rows("indicators"))


@pytest.mark.parametrize(("name", "than"), [("城乡居民收入增速", "经济增速"), ("农村居民收入增速", "城镇居民收入增速")])
def test_a_growth_that_must_exceed_another_names_it(name: str, than: str) -> None:
    names = {i["编号"]: i["指标名称"] for i in rows("indicators")}
    hits = [names[i["参照指标"]] for i in rows("indicators") if i["指标名称"] == name and i["比较"] == "高于"]
    assert len(hits) == 1
    assert than in hits[0]


def test_every_indicator_is_carried_by_a_task() -> None:
    carried = {one for cell in column("tasks", "指标") for one in cell.split("、")}
    assert set(column("indicators", "编号")) - carried == set()


@pytest.mark.parametrize(("clause", "least"), [("三（一）", 6), ("三（二）", 3), ("三（三）", 6), ("三（四）", 2)])
def test_the_organising_rules_cover_part_three(clause: str, least: int) -> None:
    assert column("rules", "出处").count(clause) >= least


def test_periods_cover_the_year_and_fall_due_inside_themselves() -> None:
    assert Counter(column("periods", "类别")) == {"月": 12, "季": 4, "半年": 2, "年": 1}
    assert all(p["开始"] <= p["截止"] <= p["结束"] for p in rows("periods"))
    assert all(p["截止"][-2:] == ("25" if p["类别"] == "月" else "28") for p in rows("periods"))


def test_a_dictionary_repeats_no_word_and_uses_the_known_marks() -> None:
    words = [(r["字典"], r["编号"]) for r in rows("choices")] + [(r["字典"], r["名称"]) for r in rows("choices")]
    assert len(set(words)) == len(words)
    assert set(column("choices", "记号")) <= {"", "idle", "doing", "warn", "late", "done"}
    assert all(column("choices", "说明"))


def test_the_scoring_adds_up_to_a_hundred() -> None:
    assert sum(int(p) for p in column("scoring", "分值")) == 100
    assert set(column("scoring", "依据数据")) == {
        "on_time",
        "complete",
        "quality",
        "progress",
        "obstacles",
        "publicity",
    }
