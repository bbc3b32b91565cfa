"""Sentences of 收件: the empty page, waiting files, the result of a load, and the lines of the intake log."""

import os.path
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from exports.incoming.outcome import Outcome
from forms.states import Result
from models.ledger.intake_log import TAKEN_UP, UNDONE, IntakeRecord
from ui.filling.empty_form import EmptyFormAction

BECAME: Mapping[str, str] = {
    Result.ACCEPTED: "已装入",
    Result.UNCHANGED: "无变化",
    Result.CONFLICT: "两版相撞",
    Result.REFUSED: "拒收",
    Result.ASIDE: "先放着",
    Result.WAITING: "等您定",
}
ENDED = {UNDONE: "已撤销", TAKEN_UP: "后来装入"}


def ways(
    choose: Callable[[], object], folder: Callable[[], object], stick: Callable[[], object] | None
) -> tuple[str, str, list[EmptyFormAction]]:
    """The page before anything was received: its sentence, the line below, and buttons for adding files."""
    found = [EmptyFormAction("从U盘收", "插着的U盘里的全部", "", stick)] if stick else []
    found += [
        EmptyFormAction("选文件……", "上报包、压缩包、保存的邮件、填好的 Excel", "", choose),
        EmptyFormAction("收文件夹……", "里面的全部，几千个也可以；中途可以停，再收时接着来", "", folder),
    ]
    second = "单位用U盘或邮件送来的，拖到这里，或从下面选。先看清单，再装入；每次装入都记在这里，可以整次撤销。"
    return "还没有收过文件", second, found


def done_sentence(found: Sequence[Outcome]) -> str:
    """The result of a load as the page's sentence."""
    taken = sum(a.result != Result.REFUSED for a in found)
    return f"装入了{taken}份" + (f"，{len(found) - taken}份没有装入" if taken < len(found) else "")


def waiting_sentences(
    pending: Sequence[Outcome], reading: bool = False, taking: bool = False, done: str = ""
) -> tuple[str, str]:
    """The page's sentence and line while files wait, are read or are taken in; `done` is the result of
    the last load.
    """
    if reading:
        word, why = ("装入", "已经装入的都留着") if taking else ("看", "还没有装入")
        return f"正在{word}文件……", f"进度在下面，可以停下；{why}。"
    if not pending:
        return (
            done or "把文件拖进来",
            "文件、文件夹、压缩包、保存的邮件都可以，填好的 Excel 也可以；认内容，不认文件名。",
        )
    bad = sum(a.result == Result.REFUSED for a in pending)
    if bad == len(pending):
        return f"这{bad}份不能装入", "原因在右边；照办以后再收一次，或先放着、都不装。"
    told = f"{bad}份不能装入，原因在右边；" if bad else ""
    return f"收到{len(pending)}份，请看过再装入", f"{told}每份单独判断，一份坏了不碍别的；装入以后可以整次撤销。"


def taken_sentence(found: Sequence[Outcome], whole: bool) -> str:
    """The result of a load for the foot; `whole` is False where it was stopped."""
    taken = [a for a in found if a.result != Result.REFUSED]
    text = taken[0].message if len(taken) == len(found) == 1 else f"装入{len(taken)}个"
    text += f"，{len(found) - len(taken)}个拒收，原件和原因放在 refused 文件夹" if len(taken) < len(found) else ""
    torn = sum(a.result == Result.CONFLICT for a in found)
    text += f"，其中{torn}个两版相撞，请逐格选定" if torn and len(found) > 1 else ""
    return text + ("" if whole else "；停下了，再收时接着来")


def became(line: IntakeRecord) -> str:
    """The outcome of a file in one word."""
    return ENDED.get(line.ended) or BECAME.get(line.result, line.result)


def load_sentence(lines: Sequence[IntakeRecord]) -> str:
    """A load in two lines: time and number of files; outcomes and where the files came from."""
    at = lines[0].at[5:16].replace("-", "月").replace("T", "日 ")
    counts = Counter(became(line) for line in lines)
    told = [f"{word}{count}" for word, count in counts.items()]
    folder = Path(came_from(lines)).name
    return f"{at}　第{lines[0].load}次，{len(lines)}个\n{'、'.join(told)}" + (f"　来自“{folder}”" if folder else "")


def came_from(lines: Sequence[IntakeRecord]) -> str:
    """The lowest folder, zip or mail that holds all files of a load; '' where they share none."""
    parents = {str(Path(line.path).parent) for line in lines} - {"."}
    with suppress(ValueError):  # on several drives
        return os.path.commonpath(parents) if parents else ""
    return ""
