"""Whose keys a workspace writes and reads with; made without asking anybody anything."""

import json
import secrets
from dataclasses import asdict
from hashlib import sha256

from exports.package.envelope import is_identity, is_recipient, new_identity, new_signer, public, recipient_of
from exports.package.manifest import County, convert
from models.errors import UserError
from models.ledger.keys import Keys
from models.workspace import Workspace


class Keyring:
    """The keys of one workspace. A unit signs with its own and reads what is meant for it; the county reads with its
    office key or the recovery key that lies on paper.
    """

    def __init__(self, space: Workspace) -> None:
        self.space, self.keys = space, Keys(space.store)

    @property
    def signer(self) -> str:
        """The secret signing key of this computer."""
        return self.keys.get("signer", new_signer)

    @property
    def verify(self) -> str:
        """The public part of it."""
        return public(self.signer)

    def _pair(self, name: str) -> tuple[str, str]:
        pair = self.keys.get(name, lambda: " ".join(new_identity()))
        identity, recipient = pair.split(" ")
        return identity, recipient

    @property
    def recipient(self) -> str:
        """To whom files for this computer are encrypted."""
        return self._pair("identity")[1]

    @property
    def recovery(self) -> str:
        """The county's recovery identity, to be printed and put into the safe."""
        return self._pair("recovery")[0]

    @property
    def identities(self) -> tuple[str, ...]:
        """Everything that this workspace can open files with."""
        old = self.keys.get("old_identities").split()
        if self.is_county:
            return (self._pair("identity")[0], self._pair("recovery")[0], *old)
        readers = [i for u in self.space.units for i in self.readers(u.code)] if self.space.role == "unit" else []
        return (self._pair("identity")[0], *readers, *old)

    @property
    def is_county(self) -> bool:
        """Whether this workspace hands out."""
        return self.space.role == "office"

    @property
    def county(self) -> County:
        """What a hand-out tells about the county."""
        head = self.space.plan.about
        return County(
            signer=self.verify,
            recipients=(self.recipient, self._pair("recovery")[1]),
            name=head.get("制表机关", ""),
            phone=head.get("联系电话", ""),
            fingerprint=fingerprint(self.verify),
            teams={action: team["recipient"] for action, team in self.teams.items()},
        )

    @property
    def reports_to(self) -> County | None:
        """The county of the first hand-out; None before one was loaded."""
        kept = json.loads(self.keys.get("county") or "null")
        return convert(kept, County) if kept else None

    def report_to(self, county: County) -> None:
        """Know the county of a hand-out."""
        self.keys.set("county", json.dumps(asdict(county), ensure_ascii=False))

    @property
    def teams(self) -> dict[str, dict[str, str]]:
        """The work teams that the office knows, by action: recipient and signer."""
        known: dict[str, dict[str, str]] = json.loads(self.keys.get("teams") or "{}")
        return known

    @property
    def to_county(self) -> tuple[str, ...]:
        """The recipients of a submission; none before a hand-out was loaded."""
        county = self.reports_to
        return (*county.recipients, self.recipient) if county and county.recipients else ()

    def of_submission(self, unit: str) -> tuple[str, ...]:
        """The recipients of a unit's submission: the county, and the work teams of the actions it works for."""
        county = self.reports_to
        teams = county.teams if county else {}
        mine = {t.action for t, _ in self.space.plan.tasks_of(unit)}
        readers = tuple(r for action, r in sorted(teams.items()) if action in mine and is_recipient(r))
        own = tuple(recipient_of(i) for i in self.readers(unit)[:1])
        return (*self.to_county, *own, *readers) if self.to_county else ()

    def to_unit(self, unit: str) -> tuple[str, ...]:
        """The recipients of a file for a unit; none before one of its computers is known. Raises UserError where one was
        enrolled to which nothing can be encrypted.
        """
        devices = [d for d in self.keys.devices(unit) if not d.ended and d.recipient]
        junk = next((d for d in devices if not is_recipient(d.recipient)), None)
        if junk is not None:
            name = self.space.plan.unit(unit).short
            raise UserError(
                f"{name}登记的电脑（{junk.name or junk.signer[:8]}）收件密钥“{junk.recipient[:20]}”无效，没有给{name}写文件；"
                f"请给{name}补发任务包（handout --again --unit {unit}），它装入后重新传出"
            )
        known = tuple(d.recipient for d in devices)
        return (*known, recipient_of(self.reader_for(unit)), self.recipient) if known else ()

    def readers(self, unit: str) -> list[str]:
        """The identities by which all computers of a unit read each other's files and the county's, the newest first."""
        return [i for i in self.keys.get(f"reader.{unit}").split() if is_identity(i)]

    def add_reader(self, unit: str, identity: str) -> None:
        """Know what a hand-out brought; older ones go on reading what was written to them."""
        self.keys.set(f"reader.{unit}", " ".join(dict.fromkeys([identity, *self.readers(unit)])))

    def reader_for(self, unit: str, again: bool = False) -> str:
        """The unit's identity, made by the county and handed out; a new one where it is issued `again`."""
        if again or not self.readers(unit):
            self.add_reader(unit, new_identity()[0])
        return self.readers(unit)[0]

    def code_for(self, unit: str, again: bool = False) -> str:
        """The unit's enrolment code; a new one where it has none, or where it is issued `again`."""
        if again or not self.keys.code(unit):
            self.keys.give_code(unit, secrets.token_hex(16))
        return self.keys.code(unit)

    def rotate(self) -> None:
        """New office keys; the old identity goes on reading what was written to it."""
        old = f"{self.keys.get('old_identities')} {self._pair('identity')[0]}".strip()
        self.keys.set("old_identities", old)
        self.keys.set("identity", " ".join(new_identity()))

    def take_over(self, identity: str, signer: str) -> None:
        """The keys of an office that was lost, from its paper; what this one could read it goes on reading."""
        old = f"{self.keys.get('old_identities')} {self.recovery}".strip()
        self.keys.set("old_identities", old)
        self.keys.set("recovery", f"{identity} {recipient_of(identity)}")
        self.keys.set("signer", signer)
        self.keys.set("recovered", "yes")


def fingerprint(verify: str) -> str:
    """Eight groups of four figures by which people compare a county key over the telephone."""
    number = int(sha256(bytes.fromhex(verify)).hexdigest(), 16) % 10**32
    text = f"{number:032d}"
    return " ".join(text[i : i + 4] for i in range(0, 32, 4))
