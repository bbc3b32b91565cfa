"""密钥: the keys with which a workspace signs, encrypts and opens files; missing ones are made without
asking the user.
"""

import json
import secrets
from dataclasses import asdict
from hashlib import sha256

from exports.package.envelope import is_identity, is_recipient, new_identity, new_signer, public, recipient_of
from exports.package.manifest import County, HandOut, convert
from forms.states import Role
from models.errors import UserError
from models.ledger.keys import Keys
from models.workspace import Workspace


class Keyring:
    """The keys of one workspace. A unit signs with its own key and opens what is encrypted for it; the county opens
    files with its office key or with the recovery key that is on paper.
    """

    def __init__(self, space: Workspace) -> None:
        self.space, self.keys = space, Keys(space.store)

    @property
    def signer(self) -> str:
        """The secret signing key of this computer."""
        return self.keys.get("signer", new_signer)

    @property
    def verify(self) -> str:
        """The public signing key of this computer."""
        return public(self.signer)

    def _pair(self, name: str) -> tuple[str, str]:
        pair = self.keys.get(name, lambda: " ".join(new_identity()))
        identity, recipient = pair.split(" ")
        return identity, recipient

    @property
    def recipient(self) -> str:
        """The age recipient for files to this computer."""
        return self._pair("identity")[1]

    @property
    def recovery(self) -> str:
        """The county's recovery identity, which is printed and put into a safe."""
        return self._pair("recovery")[0]

    @property
    def identities(self) -> tuple[str, ...]:
        """All identities with which this workspace can open files."""
        old = self.keys.get("old_identities").split()
        if self.is_county:
            return (self._pair("identity")[0], self._pair("recovery")[0], *old)
        readers = [i for u in self.space.units for i in self.readers(u.code)] if self.space.role == Role.UNIT else []
        return (self._pair("identity")[0], *readers, *old)

    @property
    def is_county(self) -> bool:
        """Whether this workspace writes hand-outs."""
        return self.space.role == Role.OFFICE

    @property
    def county(self) -> County:
        """The county as its hand-outs name it."""
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
        """Keep the county of a hand-out."""
        self.keys.set("county", json.dumps(asdict(county), ensure_ascii=False))

    def keep_handout(self, head: HandOut) -> None:
        """Keep the county, the enrolment code and the keys in a hand-out, and its place in the order of hand-outs."""
        self.report_to(head.county)
        self.keys.set(f"code.{head.unit}", head.code)
        self.keys.set(f"handout.{head.unit}", json.dumps(head.order))
        if head.reader:
            self.add_reader(head.unit, head.reader)

    def newest_handout(self, unit: str) -> tuple[int, str] | None:
        """The `order` of the newest hand-out taken in for a unit; None before the first."""
        kept = json.loads(self.keys.get(f"handout.{unit}") or "null")
        return (int(kept[0]), str(kept[1])) if kept else None

    @property
    def teams(self) -> dict[str, dict[str, str]]:
        """The recipient and signer of each work team that the office knows, by action."""
        known: dict[str, dict[str, str]] = json.loads(self.keys.get("teams") or "{}")
        return known

    @property
    def to_county(self) -> tuple[str, ...]:
        """The recipients of a submission; none before a hand-out was loaded."""
        county = self.reports_to
        return (*county.recipients, self.recipient) if county and county.recipients else ()

    def of_submission(self, unit: str) -> tuple[str, ...]:
        """The recipients of a unit's submission: the county, and the work teams of the actions in which the unit has
        tasks.
        """
        county = self.reports_to
        teams = county.teams if county else {}
        mine = {t.action for t, _ in self.space.plan.tasks_of(unit)}
        readers = tuple(r for action, r in sorted(teams.items()) if action in mine and is_recipient(r))
        own = tuple(recipient_of(i) for i in self.readers(unit)[:1])
        return (*self.to_county, *own, *readers) if self.to_county else ()

    def to_unit(self, unit: str) -> tuple[str, ...]:
        """The recipients of a file for a unit; () before a computer of the unit is enrolled. Raises UserError where an
        enrolled computer has an invalid recipient.
        """
        devices = [d for d in self.keys.devices(unit) if not d.ended and d.recipient]
        junk = next((d for d in devices if not is_recipient(d.recipient)), None)
        if junk is not None:
            name = self.space.plan.unit(unit).short
            raise UserError(
                "keyring.invalid-recipient",
                name=name,
                device=junk.name or junk.signer[:8],
                recipient=junk.recipient[:20],
                unit=unit,
            )
        known = tuple(d.recipient for d in devices)
        return (*known, recipient_of(self.reader_for(unit)), self.recipient) if known else ()

    def readers(self, unit: str) -> list[str]:
        """The identities that all computers of a unit share, to open each other's files and the county's, the newest
        first.
        """
        return [i for i in self.keys.get(f"reader.{unit}").split() if is_identity(i)]

    def add_reader(self, unit: str, identity: str) -> None:
        """Keep the identity in a hand-out; older ones stay, for files that were encrypted to them."""
        self.keys.set(f"reader.{unit}", " ".join(dict.fromkeys([identity, *self.readers(unit)])))

    def reader_for(self, unit: str, again: bool = False) -> str:
        """The identity that the county made for a unit; a new one where the hand-out is issued `again`."""
        if again or not self.readers(unit):
            self.add_reader(unit, new_identity()[0])
        return self.readers(unit)[0]

    def code_for(self, unit: str, again: bool = False) -> str:
        """The unit's enrolment code; a new one where it has none, or where the hand-out is issued `again`."""
        if again or not self.keys.code(unit):
            self.keys.give_code(unit, secrets.token_hex(16))
        return self.keys.code(unit)

    def rotate(self) -> None:
        """Make new office keys; the old identity is kept for files that were encrypted to it."""
        old = f"{self.keys.get('old_identities')} {self._pair('identity')[0]}".strip()
        self.keys.set("old_identities", old)
        self.keys.set("identity", " ".join(new_identity()))

    def take_over(self, identity: str, signer: str) -> None:
        """Take the keys of a lost office from its printed page; this workspace's own identities are kept."""
        old = f"{self.keys.get('old_identities')} {self.recovery}".strip()
        self.keys.set("old_identities", old)
        self.keys.set("recovery", f"{identity} {recipient_of(identity)}")
        self.keys.set("signer", signer)
        self.keys.set("recovered", "yes")


def fingerprint(verify: str) -> str:
    """Eight groups of four digits, by which people compare a county key on the telephone."""
    number = int(sha256(bytes.fromhex(verify)).hexdigest(), 16) % 10**32
    text = f"{number:032d}"
    return " ".join(text[i : i + 4] for i in range(0, 32, 4))
