"""What is reported: one import for each form, in the order of menus, workbooks and printed sets; FORMS follows from it."""
# ruff: noqa: I001, F401 - the imports are the list

from forms.form import Form
from forms.cover import COVER
from forms.tasks import TASKS
from forms.projects import PROJECTS
from forms.policies import POLICIES
from forms.indicators import INDICATORS
from forms.obstacles import OBSTACLES
from forms.publicity import PUBLICITY
from forms.problem import GENERAL, Check
from forms.proportion import PROPORTION

FORMS: tuple[Form, ...] = tuple(x for x in list(globals().values()) if isinstance(x, Form))

CHECKS: dict[str, Check] = {
    c.code: c for c in (*GENERAL, *PROPORTION, *(c for form in FORMS for c in form.checks))
}  # by their codes
