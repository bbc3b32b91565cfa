"""The declarations themselves: names, references, widths; and one more field, in one line."""

from dataclasses import replace

import pytest

from forms import CHECKS, FORMS
from forms.choices import FromPlan
from forms.field import KEYS, Context, Field
from forms.form import Form
from forms.heading_match import matches
from forms.kind import Text
from forms.plan_tables import PLAN_TABLES
from forms.problem import GENERAL, LEVELS, Check
from forms.proportion import PROPORTION
from forms.records import SYSTEM
from forms.unit_papers import ACTION_TASKS, DUTIES, YEARLY_WORK
from models.plan.plan import Plan

DECLARED = FORMS + SYSTEM
PAPERS = (YEARLY_WORK, DUTIES, ACTION_TASKS)


@pytest.mark.parametrize("form", DECLARED + PAPERS + PLAN_TABLES, ids=lambda f: f"{f.name}-{f.title}")
def test_names_are_sound(form: Form) -> None:
    names = [f.name for f in form.fields]
    assert len(set(names)) == len(names)
    assert all(n.isidentifier() and n.isascii() for n in names)
    assert not form.group or form.field(form.group).name == form.group
    assert all(form.field(f.below) for f in form.fields if f.below)
    assert all(form.field(n) for n in form.unique)
    assert len({f.label for f in form.fields}) == len(form.fields)


@pytest.mark.parametrize("form", DECLARED, ids=lambda f: f.name)
def test_stored_fields_do_not_take_the_names_of_keys(form: Form) -> None:
    assert not {f.name for f in form.stored} & set(KEYS)


@pytest.mark.parametrize("form", FORMS + PAPERS, ids=lambda f: f.name)
def test_choices_come_from_lists_that_the_plan_has(form: Form, plan: Plan) -> None:
    lists = [f.kind.of for f in form.fields if isinstance(f.kind, FromPlan)]
    assert all(plan.options(of) for of in lists)
    assert not any(isinstance(f.kind, FromPlan) for f in form.bound(plan).fields)


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.name)
def test_a_form_carries_or_asks_afresh_but_never_carries_what_it_works_out(form: Form) -> None:
    assert not [f.name for f in form.fields if f.derive and (f.carry or f.required)]


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_every_check_has_a_level_a_sentence_and_a_rule_in_chinese(check: Check) -> None:
    assert check.level in LEVELS
    assert not check.sentence.endswith(("！", "!", "。"))
    assert "“" in check.sentence or any("一" <= c <= "鿿" for c in check.sentence)
    assert check.rule.endswith("。")
    assert len(check.sides) in (0, 5)


def test_a_code_means_one_check() -> None:
    every = [replace(c, function=None) for c in (*GENERAL, *PROPORTION, *(c for form in FORMS for c in form.checks))]
    assert len(set(every)) == len(CHECKS)


def test_every_check_of_a_form_has_its_function() -> None:
    assert [c.code for form in FORMS for c in form.checks if c.function is None] == []


def test_fields_come_and_go_with_the_plan_year(plan: Plan) -> None:
    form = Form("f", "表", (Field("a", "甲"), Field("b", "乙", since=plan.year + 1), Field("c", "丙", until=plan.year)))
    assert [f.name for f in form.bound(plan).fields] == ["a", "c"]


@pytest.mark.parametrize(("since", "until", "asked"), [(0, 9999, True), (1, 9999, False), (0, -1, False), (0, 0, True)])
def test_forms_come_and_go_with_the_plan_year(plan: Plan, since: int, until: int, asked: bool) -> None:
    year = plan.year
    form = Form("f", "表", (Field("a", "甲"),), since=since and year + since, until=min(until + year, 9999))
    assert form.expected(Context(plan, plan.units[0].code, plan.periods[0])) is asked


@pytest.mark.parametrize("form", FORMS, ids=lambda f: f.name)
def test_other_headings_of_a_field_lead_to_it_and_to_no_other(form: Form) -> None:
    other = [(words, f.name) for f in form.fields for words in f.aka]
    assert len({words for words, _ in other} | {f.label for f in form.fields}) == len(other) + len(form.fields)
    assert [(w, m.field.name) for w, _ in other for m in matches(form, [w])] == other


def test_a_field_added_with_its_other_headings_is_matched_by_them() -> None:
    form = Form("f", "表", (Field("a", "经办股室", aka=("哪个股室", "承办的")), Field("b", "乙")))
    assert [(m.column, m.field.name, m.sure) for m in matches(form, ["乙", "承办的（股室）"])] == [
        (0, "b", True),
        (1, "a", False),
    ]


def test_a_field_added_in_one_line_is_checked_like_the_others(plan: Plan) -> None:
    form = Form("f", "表", (Field("a", "甲"),))
    more = replace(form, fields=(*form.fields, Field("b", "乙", Text(), required=True)))
    ctx = Context(plan, plan.units[0].code, plan.periods[9])
    row = {"id": "1", "a": "有"}
    assert [p.message for p in more.bound(plan).problems([row], ctx)] == ["“乙”没有填，请填写"]
