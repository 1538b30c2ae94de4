"""Bytes become text by the rule, and a guess is never silent."""

from pathlib import Path
from random import Random

import pytest

from qualcode.errors import InputError
from qualcode.transcripts.encodings import decode

TEXT = "Interviewer: Où êtes-vous née ?\nMaureen: À l’hôpital, j’étais très fatiguée.\n" * 8
RUSSIAN = "Интервьюер: Где вы родились?\nМария: В больнице, я очень устала тогда.\n" * 8
FILE = Path("x.txt")


@pytest.mark.parametrize("codec", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_a_byte_order_mark_decides(codec):
    decoded = decode(("\ufeff" + TEXT).encode(codec), FILE)
    assert (decoded.text, decoded.encoding, decoded.warnings) == (TEXT, codec, ())


def test_utf8_needs_no_guess():
    assert decode(TEXT.encode(), FILE).encoding == "utf-8"


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", [TEXT, RUSSIAN, "I: plain\nP: words only\n"])
def test_utf16_without_a_mark_is_known_by_its_zeros(codec, text):
    decoded = decode(text.encode(codec), FILE)
    assert (decoded.text, decoded.encoding) == (text, f"{codec} (guessed)")


@pytest.mark.parametrize(("codec", "text"), [("cp1252", TEXT), ("cp1251", RUSSIAN)])
def test_a_guess_is_told_with_lines_to_judge_it_by(codec, text):
    decoded = decode(text.encode(codec), FILE)
    assert decoded.text == text
    assert decoded.encoding.endswith("(guessed)")
    (warning,) = decoded.warnings
    assert text.split("\n")[0][:20] in warning
    assert "--encoding" in warning


@pytest.mark.parametrize(
    "text", ["I: Zoë\nP: naïve café — “yes”\n", "Müller: Grüße\n", "nom;rôle\nZoé;à l’hôpital\n", "yes — no"]
)
def test_a_few_accents_are_taken_for_western_european(text):
    assert decode(text.encode("cp1252"), FILE).text == text


def test_the_researchers_word_goes_before_all():
    assert decode("né".encode("cp1250"), FILE, "mac_roman").text != "né"
    assert decode("né".encode(), FILE, "UTF8").encoding == "utf-8"


@pytest.mark.parametrize("name", ["klingon", "base64", "rot13", "x\0y", ""])
def test_an_unknown_encoding_is_refused(name):
    with pytest.raises(InputError, match="no encoding is called"):
        decode(b"abc", FILE, name)


def test_bytes_that_do_not_fit_the_named_encoding_are_refused_with_the_place():
    with pytest.raises(InputError, match="at byte 1"):
        decode(b"n\xe9", FILE, "utf-8")


def test_a_damaged_file_that_says_its_encoding_is_refused():
    with pytest.raises(InputError, match="utf-32-le, but byte 12 does not fit"):
        decode("\ufeffab".encode("utf-32-le") + b"\xff" * 4 + "c".encode("utf-32-le"), FILE)


def test_noise_is_refused():
    with pytest.raises(InputError, match="no encoding that fits"):
        decode(bytes(range(256)) * 4, FILE)


def test_half_characters_survive_to_be_told():
    assert decode(b"a\xed\xa0\x80b", FILE).text == "a\ud800b"


@pytest.mark.parametrize("encoding", ["mac_roman", "cp1252"])
def test_an_old_macs_english_text_is_told_apart(encoding):
    text = "Interviewer: How was the café?\nAnn: It’s fine – don’t worry, she said “yes”.\n" * 20
    assert decode(text.encode(encoding), Path("a.txt")).text == text


OLD = {
    "French": (TEXT.replace("’", "'").replace("Où", "ou").replace("À", "a"), ["cp437", "cp850", "mac_roman", "cp1252"]),
    "German": ("I: Wo wären Sie gerne?\nB: Für mich schön, größer über München.\n", ["cp437", "cp850", "mac_roman"]),
    "Spanish": ("I: ¿Cuándo nació usted, señora?\nR: ¡Ay! Un año difícil, según decían.\n", ["cp850", "cp1252"]),
    "Polish": ("I: Proszę opowiedzieć.\nP: Dziękuję, nieźle. Później żyłam w Łodzi.\n", ["iso8859-2", "cp1250"]),
    "Czech": ("I: Jak jste se měla?\nP: Děkuji, dobře. Později jsem žila v Ústí.\n", ["cp852", "iso8859-2", "cp1250"]),
    "Russian": (RUSSIAN, ["koi8-r", "cp866", "iso8859-5", "mac_cyrillic"]),
    "Greek": ("Ερευνητής: Πώς είστε;\nΜαρία: Καλά, ευχαριστώ. Είμαι δασκάλα.\n", ["iso8859-7", "cp1253"]),
    "Japanese": ("聞き手：お仕事は何をなさっていますか？\n山田：教師です。\n", ["shift_jis", "euc_jp", "iso2022_jp"]),
    "Thai": ("ผู้สัมภาษณ์: คุณทำงานอะไร\nผู้ให้ข้อมูล: เป็นครูค่ะ\n", ["tis-620"]),
    "Lithuanian": ("I: Kaip jaučiatės šiandien?\nP: Ačiū, gerai. Gyvenu Šiauliuose, esu mokytoja.\n", ["cp1257"]),
}


@pytest.mark.parametrize(
    ("text", "codec"), [(text, codec) for text, codecs in OLD.values() for codec in codecs], ids=lambda value: value[:9]
)
def test_older_code_pages_are_guessed_and_told(text, codec):
    decoded = decode((text * 4).encode(codec), FILE)
    assert decoded.text == text * 4
    assert "guessed" in decoded.warnings[0]


def test_a_line_pasted_in_from_an_older_file_keeps_its_words_and_is_told():
    decoded = decode(TEXT.encode() + "Zoé: l’été\n".encode("cp1252") + TEXT.encode(), FILE)
    assert decoded.text == f"{TEXT}Zoé: l’été\n{TEXT}"
    assert decoded.encoding == "utf-8"
    assert decoded.warnings == ("4 bytes are not UTF-8, as the rest is: read as cp1252, the first in line 17",)


def test_utf8_that_ends_in_the_middle_of_a_letter_is_read_and_told():
    decoded = decode((TEXT + "à l’").encode()[:-1], FILE)
    assert decoded.text == f"{TEXT}à l"
    assert any("cut off" in warning for warning in decoded.warnings)
    assert decode("I: So?\nP: café".encode("cp1252"), FILE).text.endswith("café")


@pytest.mark.parametrize("seed", range(5))
def test_bytes_at_random_are_refused(seed):
    noise = bytes(byte or 1 for byte in Random(seed).randbytes(3_000))
    with pytest.raises(InputError, match="no encoding that fits"):
        decode(noise, FILE)


TWICE = "She said it’s café time, naïve and all."


@pytest.mark.parametrize(
    ("data", "encoding", "advice"),
    [
        (TWICE.encode().decode("cp1252").encode(), None, "take the file it was made from"),
        (TWICE.encode(), "cp1252", "name no encoding (--encoding)"),
    ],
)
def test_letters_that_were_encoded_twice_are_told(data, encoding, advice):
    (warning,) = decode(data, Path("x.txt"), encoding).warnings
    assert "encoded twice" in warning
    assert advice in warning


@pytest.mark.parametrize("text", [TWICE, "NÃO, IRMÃ, «CAFÉ», «IRMû e «IRMû, ÃO"])
def test_letters_that_only_look_so_are_not(text):
    assert decode(text.encode(), Path("x.txt")).warnings == ()


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    "text", ["访谈者：你好，请你先介绍一下自己，好吗？\n受访者：好的。\n", "聞き手：今日は。\n話し手：はい、どうも。\n"]
)
def test_utf16_in_which_zeros_are_few_is_read(text, codec):
    long = text.replace("：", "：这个医院" * 40) * 4
    assert decode(long.encode(codec), Path("x.txt")).text == long


def test_an_older_file_with_two_zeros_in_it_is_no_utf16():
    line = "Zoé: l’été\n".encode("cp1252")
    assert decode(line * 40 + b"a\0b\0", FILE).text.endswith("l’été\na\0b\0")
    with pytest.raises(InputError, match="no encoding that fits"):
        decode(line * 12 + b"a\0b\0", FILE)


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be", "utf-16", "utf-32"])
def test_utf16_that_is_a_byte_short_is_read_and_told(codec):
    text = "Ruth: it was a long day, and nobody came by.\n" * 3
    decoded = decode(text.encode(codec)[:-1], Path("x.txt"))
    assert decoded.text == text[:-1]
    assert any("cut off" in warning for warning in decoded.warnings)
