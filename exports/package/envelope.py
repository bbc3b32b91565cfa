"""信封: signs a file and encrypts it for its readers; opens it and checks the signature (验证). Uses age and Ed25519
only.

`file = age(signature (64 bytes) || inner.zip)`; without recipients the same bytes unencrypted. Another program opens
it so: `age -d -i key.txt FILE | tail -c +65 > inner.zip`.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256

from models.refusals import CHANGED, INCOMPLETE, NOT_FOR_US, STRANGER, Refused

SUITE = "age-x25519+ed25519"  # named in every manifest, so that a later format can use other algorithms
MAGIC = b"age-encryption.org/v1"
ARMOUR = b"-----BEGIN AGE ENCRYPTED FILE-----"
SIGNATURE = 64
ZIP = b"PK\x03\x04"


def new_signer() -> str:
    """A new secret signing key, as hex text."""
    from nacl.signing import SigningKey

    return bytes(SigningKey.generate()).hex()


def public(signer: str) -> str:
    """The public part of a signing key, as hex text."""
    from nacl.signing import SigningKey

    return bytes(SigningKey(bytes.fromhex(signer)).verify_key).hex()


def new_identity() -> tuple[str, str]:
    """A new age identity and its recipient."""
    from pyrage import x25519

    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())


def recipient_of(identity: str) -> str:
    """The recipient of an age identity."""
    from pyrage import x25519

    return str(x25519.Identity.from_str(identity).to_public())


def is_recipient(word: str) -> bool:
    """Whether files can be encrypted to this recipient."""
    from pyrage import RecipientError, x25519

    try:
        x25519.Recipient.from_str(word)
    except RecipientError:
        return False
    return True


def is_identity(word: str) -> bool:
    """Whether files can be opened with this identity."""
    from pyrage import IdentityError, x25519

    try:
        x25519.Identity.from_str(word)
    except IdentityError:
        return False
    return True


def proof(code: str, signer: str, unit: str) -> str:
    """HMAC-SHA256 which proves that the owner of the public key `signer` knows the unit's enrolment code."""
    return hmac.new(code.encode(), f"{signer}|{unit}".encode(), sha256).hexdigest()


def is_proof(given: str, code: str, signer: str, unit: str) -> bool:
    """Whether a proof is valid."""
    return hmac.compare_digest(given, proof(code, signer, unit))


def seal(inner: bytes, signer: str, recipients: Sequence[str] = ()) -> bytes:
    """The file of an inner zip: signed, and encrypted where recipients are given."""
    from nacl.signing import SigningKey

    signed = SigningKey(bytes.fromhex(signer)).sign(inner)
    if not recipients:
        return bytes(signed)
    import pyrage

    sealed: bytes = pyrage.encrypt(bytes(signed), [pyrage.x25519.Recipient.from_str(r) for r in recipients])
    return sealed


def is_ours(data: bytes) -> bool:
    """Whether the bytes look like one of our files, whatever its name."""
    start = data[:200].lstrip(b"\xef\xbb\xbf \r\n\t")
    return start.startswith((MAGIC, ARMOUR)) or data[SIGNATURE : SIGNATURE + 4] == ZIP


def is_encrypted(data: bytes) -> bool:
    """Whether one of our files can be opened by its recipients only."""
    return data[SIGNATURE : SIGNATURE + 4] != ZIP


def unseal(data: bytes, identities: Sequence[str] = ()) -> tuple[bytes, bytes, bool]:
    """Signature, inner zip, and whether the file was encrypted; the signature is not checked here. Raises Refused."""
    if data[SIGNATURE : SIGNATURE + 4] == ZIP:
        return data[:SIGNATURE], data[SIGNATURE:], False
    if not is_ours(data):
        raise Refused(INCOMPLETE if MAGIC.startswith(data[: len(MAGIC)]) else STRANGER)
    signed = _decrypted(_without_mail_marks(data), identities)
    if signed[SIGNATURE : SIGNATURE + 4] != ZIP:
        raise Refused(STRANGER)
    return signed[:SIGNATURE], signed[SIGNATURE:], True


def _without_mail_marks(data: bytes) -> bytes:
    """Armoured text without the line ends, blanks and footers that mail programs added."""
    if data.startswith(MAGIC):
        return data
    lines = [line.strip() for line in data.lstrip(b"\xef\xbb\xbf").splitlines()]
    end = ARMOUR.replace(b"BEGIN", b"END")
    if ARMOUR not in lines or end not in lines:
        raise Refused(INCOMPLETE)
    first = lines.index(ARMOUR)
    return b"\n".join(line for line in lines[first : lines.index(end) + 1] if line) + b"\n"


def _decrypted(data: bytes, identities: Sequence[str]) -> bytes:
    import pyrage

    if not identities:
        raise Refused(NOT_FOR_US)
    ours = [pyrage.x25519.Identity.from_str(i) for i in identities]
    try:
        opened: bytes = pyrage.decrypt(data, ours)
        return opened
    except Exception as error:
        why = str(error)
        raise Refused(
            NOT_FOR_US if "matching" in why else STRANGER if "eader is invalid" in why else INCOMPLETE
        ) from None


def check_signature(signature: bytes, inner: bytes, signer: str) -> None:
    """Raise Refused where an inner zip was not signed with the key whose public part is `signer`."""
    from nacl.exceptions import BadSignatureError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(signer)).verify(inner, signature)
    except (BadSignatureError, ValueError, TypeError):
        raise Refused(CHANGED) from None
