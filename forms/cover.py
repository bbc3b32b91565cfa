"""单位信息: who leads, who answers, who fills in; one sheet per unit and period, also the cover of the paper set."""

from forms.checks import phones
from forms.field import Context, Field, Meaning, Seed
from forms.form import Form
from forms.kind import Text

NAME = Text(limit=40)
PHONE = Text(limit=40)


def one_sheet(_ctx: Context) -> list[Seed]:
    """The single row of this form."""
    return [Seed("cover", {})]


COVER = Form(
    name="cover",
    title="单位信息",
    own=False,
    record=True,
    fields=(
        Field("head", "主要负责人", NAME, required=True, carry=True),
        Field("head_post", "主要负责人职务", NAME, carry=True),
        Field("deputy", "分管领导", NAME, required=True, carry=True),
        Field("deputy_post", "分管领导职务", NAME, carry=True),
        Field("liaison", "联络员", NAME, required=True, carry=True, meaning=Meaning.CONTACT),
        Field("liaison_phone", "联络员电话", PHONE, required=True, carry=True, meaning=Meaning.PHONE),
        Field("filler", "填报人", NAME, required=True, carry=True, offer="person"),
        Field("filler_phone", "填报人电话", PHONE, required=True, carry=True),
        Field("reviewer", "审核人", NAME, carry=True),
        Field("office_phone", "办公电话", PHONE, carry=True),
        Field("email", "电子邮箱", Text(limit=80), carry=True),
        Field("note", "情况说明", Text(long=True, limit=2000)),
    ),
    seed=one_sheet,
    checks=(phones("liaison_phone", "filler_phone", "office_phone"),),
)
