"""The words that are stored and travel for roles, parts, states and signs: one StrEnum each, so that a misspelt word
fails at once. Their values never change.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a workspace is for (本机用途): 单位填报, 工作专班, 领导小组办公室."""

    UNIT = "unit"
    TEAM = "team"
    OFFICE = "office"


class Part(StrEnum):
    """A unit's part in a task (分工): 牵头, 配合."""

    LEAD = "lead"
    SUPPORT = "support"


class UnitKind(StrEnum):
    """What kind of unit reports (类别)."""

    TOWNSHIP = "township"
    DEPARTMENT = "department"
    PARK = "park"


class ReportState(StrEnum):
    """The state of a unit's report of a period at the county (报送状态)."""

    MISSING = "missing"
    SUBMITTED = "submitted"
    LATE = "late"
    ZERO = "zero"
    RETURNED = "returned"
    CONFLICT = "conflict"


class HandInState(StrEnum):
    """How far a unit's own period is on its way to the county (上报). MADE: sealed, but not written to a place yet;
    AGAIN: the returned cells were dealt with, to be sent once more.
    """

    NONE = "none"
    MADE = "made"
    SENT = "sent"
    RETURNED = "returned"
    AGAIN = "again"
    REPORTED = "reported"


class CommentState(StrEnum):
    """What the unit did about a comment of the county (退回意见的办理)."""

    OPEN = "open"
    CHANGED = "changed"
    ANSWERED = "answered"
    CLOSED = "closed"


class Statement(StrEnum):
    """What is stated about a form or a period (声明)."""

    ZERO = "zero"
    UNCHANGED = "unchanged"
    SAMPLE = "sample"
    REOPENED = "reopened"
    CLOSED = "closed"


class Mark(StrEnum):
    """The sign that a plan gives to a status (记号), whatever it calls it."""

    IDLE = "idle"
    DOING = "doing"
    WARN = "warn"
    LATE = "late"
    DONE = "done"


class ObstacleState(StrEnum):
    """The state of an obstacle at the county (中梗阻)."""

    OPEN = "open"
    WORKING = "working"
    CLOSED = "closed"


class PackageState(StrEnum):
    """Whether a file that travelled counts (收发台账)."""

    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Trust(StrEnum):
    """Whether the signer of a file is known (验证)."""

    VERIFIED = "verified"
    UNVERIFIED = "unverified"


class Way(StrEnum):
    """Which way a file of the ledger went (收到、传出)."""

    IN = "in"
    OUT = "out"


class FileKind(StrEnum):
    """The kinds of files and entries of the ledger that the code asks for (文件种类); a new kind of package needs no line
    here.
    """

    SUBMISSION = "submission"
    HANDOUT = "handout"
    RECEIPT = "receipt"
    RETURN = "return"
    TEAM = "team"
    WORKBOOK = "workbook"
    DECISION = "decision"
    PLAN = "plan"


class Result(StrEnum):
    """What became of a file that was taken in (装入结果); the words are part of the format of `load --json` and of the
    intake log, where ASIDE is a file that waits for a later load.
    """

    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"
    WAITING = "waiting"
    REFUSED = "refused"
    ASIDE = "aside"


class Request(StrEnum):
    """What a unit asks the county with the status of a line (请示): to confirm a completion, or to allow a change."""

    COMPLETION = "completion"
    DELAY = "delay"
    CHANGE = "change"
    END = "end"


class Decision(StrEnum):
    """What the county decided about a request (核验); WAITING while it did not."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class SheetState(StrEnum):
    """How far a unit's scores of a period are (成绩单). DRAFT while nothing was given out; OBJECTED is worked out."""

    DRAFT = "draft"
    ISSUED = "issued"
    OBJECTED = "objected"
    FIXED = "fixed"


UNIT_KINDS: Mapping[str, str] = {UnitKind.TOWNSHIP: "乡镇", UnitKind.DEPARTMENT: "县直部门", UnitKind.PARK: "园区"}
REPORT_STATES: Mapping[str, str] = {
    ReportState.MISSING: "未报",
    ReportState.SUBMITTED: "已报",
    ReportState.LATE: "迟报",
    ReportState.ZERO: "零报告",
    ReportState.RETURNED: "退回未回",
    ReportState.CONFLICT: "冲突",
}
MARKS: Mapping[str, str] = {
    Mark.IDLE: "未启动",
    Mark.DOING: "正常",
    Mark.WARN: "偏慢",
    Mark.LATE: "滞后",
    Mark.DONE: "已完成",
}
REQUESTS: Mapping[str, str] = {
    Request.COMPLETION: "完成",
    Request.DELAY: "延期",
    Request.CHANGE: "调整",
    Request.END: "终止",
}
DECISIONS: Mapping[str, str] = {
    Decision.WAITING: "待核验",
    Decision.CONFIRMED: "同意",
    Decision.REFUSED: "不同意",
}
SHEET_STATES: Mapping[str, str] = {
    SheetState.DRAFT: "试算",
    SheetState.ISSUED: "已发",
    SheetState.OBJECTED: "有异议",
    SheetState.FIXED: "已定",
}
