"""What is reported: the forms in the order of menus, workbooks and printed sets."""

from forms.cover import COVER
from forms.form import Form
from forms.indicators import INDICATORS
from forms.obstacles import OBSTACLES
from forms.policies import POLICIES
from forms.problem import GENERAL, Check
from forms.projects import PROJECTS
from forms.publicity import PUBLICITY
from forms.tasks import TASKS

FORMS: tuple[Form, ...] = (COVER, TASKS, PROJECTS, POLICIES, INDICATORS, OBSTACLES, PUBLICITY)

CHECKS: dict[str, Check] = {
    c.code: c for c in (*GENERAL, *(c for form in FORMS for c in form.checks))
}  # by their codes
