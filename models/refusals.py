"""Why a file was not taken in (没有装入): one error, and the sentences that several rooms share."""

from models.errors import UserError

INCOMPLETE = "文件不完整，可能没有拷完；请重新拷贝一份，或请对方重新发送"
STRANGER = "不是清单填报的文件，没有装入；请核对是不是选错了文件"
NOT_FOR_US = "不是给这里的文件，本机打不开；请核对收件的县和单位，或请县里重新发任务包"
NOT_FOR_OFFICE = "不是给这里的文件，本机打不开；请核对是不是别的县的，或请单位装入本县发的任务包，再重新传出"
CHANGED = "传出后被改动过，没有装入；请对方用程序重新传出，不要自己解开修改"
TOO_NEW = "是更新版本的程序传出的，本机的程序看不懂；请先更新程序再装入"
TOO_DEEP = "压缩包、邮件一层套一层，套得太深，没有装入；请取出里面的文件，单独装入"


class Refused(UserError):
    """A file that is not taken in; the message says why and what to do."""
