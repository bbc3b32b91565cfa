"""What each check compares, in a sentence for the one who reads its problem: by the codes of forms/problem.py."""

RULES: dict[str, str] = {
    # any form
    "required": "带 * 的栏每一行都要填，空着就不能传出。",
    "unreadable": "每一栏有自己的写法：数字栏只写数，日期栏写年月日。",
    "unknown_choice": "选择栏只认方案里列出的内容，汇总时才合得到一起。",
    "empty_form": "每张表要么有内容，要么声明零报告；空着，县里分不清是没有还是忘了。",
    "zero_but_filled": "零报告说的是“本期一行也没有”，所以表里不能再有行。",
    "double": "有的栏在一张表里不能重复，重复了汇总就会算两遍。",
    "left_plan": "方案改过以后，老方案的行留着不删，只提示一声。",
    "file_gone": "表里写着的佐证材料，原件要在本机，才能随上报包带给县里。",
    "half_width": "正文用全角标点，打印出来整齐；不改也能传出。",
    # tasks
    "no_reason": "有的状态（如滞后、终止）要求写明存在问题，县里据此调度。",
    "done_not_full": "状态“办结”和完成进度100%应当一起出现。",
    "full_not_done": "完成进度到了100%，状态应当是“办结”的那一种。",
    "fell_back": "完成进度是年初至今的累计数，一般只增不减。",
    "overdue": "完成时限和本期最后一天比：过了时限还没有办结的，要说明。",
    "behind": "完成进度和序时进度（按时间过去多少算）比，慢得多的，状态不应当还是正常推进。",
    "same_text": "进展每期都要写新情况，和上期逐字比一遍。",
    "short_text": "进展太短，县里看不出办到哪一步。",
    "no_next": "没有办结的任务，最好写下一步打算；不写也能传出。",
    # projects
    "period_over_year": "本期完成是本年累计的一部分，不会比它大。",
    "sum_broken": "本年累计应当等于上期的本年累计加本期完成。",
    "over_plan": "本年累计投资和年度计划投资比。常见的差错是把总投资填成了本年累计。",
    "over_total": "上年底累计加本年累计，和总投资比。",
    "plan_over_total": "一年的计划投资不会比总投资多。",
    "ends_before_start": "竣工时间不会早于开工时间。",
    "investment_behind": "本年累计占年度计划的份额，和序时进度（按时间过去多少算）比，慢得多的要说明。",
    # policies
    "issued_without": "已出台的政策有文号和出台时间，县里按它们查得到。",
    "in_future": "填的日期和本期最后一天比：还没有到的日子，一般是写错了。",
    "paid_nobody": "有兑现资金，就应当有受益的户或企业。",
    # indicators
    "no_figure": "定量指标每期要报累计数。",
    "missed": "累计数和年度目标按序时折算比，没有达到的要写原因和打算。",
    "now_over_sum": "本期数是累计数的一部分，一般不会比它大。",
    # obstacles
    "closed_without": "销了号的问题要写销号的日子。",
    "closed_date_alone": "有销号日期的，状态应当是已销号。",
    "obstacle_overdue": "解决时限和本期最后一天比：过了时限还没有销号的，要说明。",
    # publicity, cover
    "outside_period": "发布日期应当在本期以内，免得一篇报两回。",
    "odd_phone": "电话写成县里打得通的样子：区号加号码，或11位手机号。",
}
