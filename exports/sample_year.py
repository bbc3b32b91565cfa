"""示例数据 of a county: a plan year of submissions up to one period, each a real file that is kept as received, with what an
office meets: some late or missing, some sent twice, some returned, two versions that clash.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from random import Random

from exports.incoming.messages import clash
from exports.outgoing.handout import send_back
from exports.outgoing.submission import digest_of, ledger_line, lines_described, name_of, plan_head, totals
from exports.package.container import PackageFile, write_inner
from exports.package.envelope import new_identity, new_signer, proof, public, seal
from exports.package.keyring import Keyring
from exports.package.manifest import Submission
from forms.field import Context, Field
from forms.form import Form
from forms.records import COMMENTS, REASONS, STATEMENTS
from forms.states import Result
from models.ledger.intake_log import IntakeLog, IntakeRecord
from models.ledger.ledger import Ledger, Package
from models.ledger.projection import Tables
from models.plan.entries import Period, Unit
from models.reporting.report import in_order
from models.reporting.sample import (
    Lines,
    SampleReport,
    has_data,
    made_up,
    refuse_over_real_data,
    year_until,
)
from models.reporting.version_code import PROGRAM, data_code
from models.store.change import Change
from models.workspace import Workspace

LATE = 0.06  # share of the units whose file comes after the due day
MISSING, TWICE = "missing", "twice"
RETURNED, CLASHING = "returned", "clashing"
EARLIER = {MISSING: 0.03, TWICE: 0.04}  # shares of the units
NOW = {MISSING: 0.08, TWICE: 0.03, RETURNED: 0.03, CLASHING: 0.01}  # of the period that is under way
WITH_FAULTS = 0.15  # missing
FEW = 8  # units; with fewer of them nothing befalls anybody
DRAFTS = ("（第一稿）", "（乡镇报送稿）", "（分管领导改定稿）")
COMMENT = "进展写得太笼统，请写清完成了几处、还差几处。"


@dataclass(frozen=True)
class SampleYear:
    """What was made: the number of units that reported the period, of all submissions, and the periods."""

    units: int
    files: int
    periods: Sequence[Period]


@dataclass(frozen=True)
class Arrival:
    """One submission that came: the file, its ledger entry, what became of it."""

    file: PackageFile
    package: Package
    result: Result
    message: str


def hand_in_year(
    county: Workspace, period: Period, seed: int = 1, faults: bool = False, day: date | None = None
) -> SampleYear:
    """Make up the plan year up to a period for all units of a county, and take their submissions in; a period of which a
    unit has something already is passed over. In the last one nothing came after `day`, the period's sample day. With `faults` some rows of the last period are wrong and more units are
    missing. Raises UserError where that period has data.
    """
    refuse_over_real_data(county, period)
    year, office, reported = year_until(county, period), _Office(county, seed), 0
    before: dict[str, Lines] = {}
    for month in year:
        last = month == period
        if not last and any(has_data(county, u.code, month) for u in county.units):
            before = {}
            continue
        reported = 0
        for made, story in office.month(month, before, faults and last, (day or month.sample_day) if last else None):
            before[made.unit] = {} if story == MISSING else made.lines
            reported += story != MISSING
    return SampleYear(reported, office.files, year)


class _Office:
    """The county, and the one computer that signs for all units; it is forgotten afterwards."""

    def __init__(self, county: Workspace, seed: int) -> None:
        self.county, self.seed, self.ring = county, seed, Keyring(county)
        self.ledger, self.log = Ledger(county.store), IntakeLog(county.store)
        self.files = 0
        self.signer, self.recipient = new_signer(), new_identity()[1]
        self.verify, self.readers = public(self.signer), self.ring.county.recipients
        with county.store.db.atomic():
            self.codes = {u.code: self.ring.code_for(u.code) for u in county.units}

    def month(
        self, month: Period, before: Mapping[str, Lines], faults: bool, today: date | None
    ) -> list[tuple[SampleReport, str]]:
        """Make one period for every unit and write it in one transaction; gives what was made, with what befell it."""
        stories = _stories(self.county.units, month, self.seed, faults, last=today is not None)
        all_made, arrivals = list[tuple[SampleReport, str]](), list[Arrival]()
        with self.county.store.db.atomic():
            for n, unit in enumerate(self.county.units):
                lines = before.get(unit.code) or {}
                made = made_up(self.county, unit.code, month, lines, self.seed, faults and n % 3 == 0)
                if stories.get(unit.code) != MISSING:
                    arrivals += self._taken_in(unit, made, stories.get(unit.code, ""), today)
                all_made.append((made, stories.get(unit.code, "")))
            self._log(arrivals)
        for code in [c for c, story in stories.items() if story == RETURNED]:
            self._send_back(self.county.plan.unit(code), month)
        return all_made

    ## one unit's period

    def _taken_in(self, unit: Unit, made: SampleReport, story: str, today: date | None) -> list[Arrival]:
        random = Random(f"{self.seed}/{unit.code}/{made.period.id}/came")
        came = _came(random, made.period, today)
        tables = self._in_order(made)
        if story == TWICE:
            first = self._file(unit, made.period, _reworded(self.county.forms, tables, DRAFTS[0]), came, 1)
            files = [first, self._file(unit, made.period, tables, came + timedelta(hours=3), 2, (first.id,))]
        else:
            files = [self._file(unit, made.period, tables, came, 1)]
        if story == CLASHING:
            for n, words in enumerate(DRAFTS[1:], 1):
                other = _reworded(self.county.forms, tables, words)
                files.append(self._file(unit, made.period, other, came + timedelta(hours=n), 2, (files[0].id,)))
        arrivals = [self._arrival(f) for f in files]
        if story == CLASHING:
            said = clash([a.package for a in arrivals[1:]])
            arrivals[-1] = replace(arrivals[-1], result=Result.CONFLICT, message=said)
        changes = [Change(form, r["id"], None, r) for form, rows in tables.items() for r in rows]
        self.county.apply(changes, f"装入{unit.short}{made.period.id}第{files[-1].expect(Submission).revision}版")
        self.ledger.set_ancestor(unit.code, made.period.id, files[0 if story == CLASHING else -1].id)
        return arrivals

    def _in_order(self, made: SampleReport) -> Tables:
        ctx = Context(self.county.plan, made.unit, made.period)
        rows = {f.name: in_order(f, ctx, made.rows[f.name]) for f in self.county.forms}
        return {**rows, STATEMENTS.name: made.statements, REASONS.name: [], COMMENTS.name: []}

    def _file(
        self, unit: Unit, period: Period, tables: Tables, at: datetime, revision: int, ancestors: tuple[str, ...] = ()
    ) -> PackageFile:
        """The signed and encrypted submission of these rows, as the unit's computer would make it."""
        county, ctx = self.county, Context(self.county.plan, unit.code, period, rows=tables)
        members, resources = lines_described(county, tables)
        manifest = Submission(
            unit=unit.code, unit_name=unit.name, period=period.id, plan=plan_head(county), signer=self.verify,
            recipient=self.recipient, enrol=proof(self.codes[unit.code], self.verify, unit.code), device="示例电脑",
            person="示例", program=PROGRAM, created=_written(at), code=data_code(county.forms, ctx),
            totals=totals(county.forms, tables), sample=True, revision=revision, ancestors=ancestors,
            data_hash=digest_of(members),
        )  # fmt: skip
        inner = write_inner(manifest, members, resources)
        data = seal(inner, self.signer, self.readers)
        return PackageFile(sha256(inner).hexdigest(), manifest, members, True, data)

    def _arrival(self, file: PackageFile) -> Arrival:
        """Keep the file and its ledger entry."""
        said = file.expect(Submission)
        about = {"code": said.code, "device": said.device, "person": said.person, "program": PROGRAM,
                 "answered": [0, 0], "sample": True, "saved": None}  # fmt: skip
        package = replace(ledger_line(file, said), at=said.created, file=f"received/{file.id}.qd", about=about)
        path = self.county.folder / package.file
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(file.data)  # not synced to the disk one by one: made-up data can be made again
        self.ledger.keep(package)
        self.files += 1
        return Arrival(file, package, Result.ACCEPTED, f"第{said.revision}版已装入；示例数据")

    def _log(self, arrivals: Sequence[Arrival]) -> None:
        """Write what came into the intake log: one load for each day."""
        day, load = "", 0
        for a in sorted(arrivals, key=lambda a: (a.package.at, a.package.unit)):
            if a.package.at[:10] != day:
                day, load = a.package.at[:10], self.log.next_load()
            p = a.package
            name = name_of(p.unit, p.period, p.revision, p.id)
            digest = sha256(a.file.data).hexdigest()
            self.log.note(
                IntakeRecord(
                    load, name, digest, p.kind, p.unit, p.period, p.revision, a.result, a.message, p.id, at=p.at
                )
            )

    def _send_back(self, unit: Unit, period: Period) -> None:
        rows = {f.name: self.county.store.rows(f.name, unit.code, period.id) for f in self.county.forms}
        form, field = _free_text(self.county.forms, rows)
        send_back(self.county, unit, period, [(form.name, 1, field.name, COMMENT)])


def _stories(units: Sequence[Unit], month: Period, seed: int, faults: bool, last: bool) -> dict[str, str]:
    """What befalls whom in a period: unit code → story."""
    if len(units) < FEW:
        return {}
    shares = {**(NOW if last else EARLIER), **({MISSING: WITH_FAULTS} if faults else {})}
    stories = [story for story, share in shares.items() for _ in range(max(1, round(share * len(units))))]
    chosen = Random(f"{seed}/{month.id}/stories").sample([u.code for u in units], len(stories))
    return dict(zip(chosen, stories, strict=True))


def _came(random: Random, period: Period, today: date | None) -> datetime:
    """A made-up time of receipt near the due day, late for some units; before `today` in the period under way."""
    days = random.randint(1, 3) if random.random() < LATE else -random.randint(0, 6)
    hour, day = time(random.randint(8, 16), random.randint(0, 59)), period.due + timedelta(days=days)
    if today and day >= today:
        day = today - timedelta(days=random.randint(1, 6))
    return datetime.combine(day, hour).astimezone()


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _free_text(forms: Sequence[Form], rows: Tables) -> tuple[Form, Field]:
    """A form with lines, and a field of it that holds sentences: of the plan's lines where there are any."""
    asked = sorted((f for f in forms if rows[f.name]), key=lambda f: (f.record, not f.seed))
    found = ((form, f) for form in asked for f in form.stored if f.editable and f.kind.prose and not f.carry)
    return next(found)


def _reworded(forms: Sequence[Form], tables: Tables, words: str) -> Tables:
    """The rows with some words added in one cell."""
    form, field = _free_text(forms, tables)
    first, *others = tables[form.name]
    return {**tables, form.name: [{**first, field.name: f"{first.get(field.name) or ''}{words}"}, *others]}
