"""A stand-in for the age library where the key's own encryption is not what is tested: it takes a second by design."""

HEAD = b"age-encryption.org/"


class Quick:
    """Stands for pyrage.passphrase: nothing that was written can be read in what it gives back."""

    @staticmethod
    def encrypt(content: bytes, _passphrase: str) -> bytes:
        return HEAD + bytes(each ^ 0x5A for each in content)

    @staticmethod
    def decrypt(content: bytes, _passphrase: str) -> bytes:
        return bytes(each ^ 0x5A for each in content.removeprefix(HEAD))
