"""Caption files become turns of whole sentences, with the time of every cue beside them."""

import pytest

from qualcode.errors import InputError
from qualcode.transcripts import Options, read


def captions(folder, text, suffix=".vtt", options=None):
    file = folder / f"x{suffix}"
    file.write_text(text if suffix == ".srt" else f"WEBVTT\n\n{text}")
    return read(file, options or Options())


def cue(seconds, *lines):
    return f"00:00:{seconds:02}.000 --> 00:00:{seconds + 1:02}.000\n" + "\n".join(lines) + "\n\n"


def body_of(folder, text, suffix=".vtt"):
    return captions(folder, text, suffix).transcripts[0].body


def test_cues_of_one_voice_are_one_turn(tmp_path):
    got = captions(
        tmp_path, cue(1, "<v Anna>So what</v>") + cue(2, "<v Anna>happened?") + cue(3, "<v.loud Dean R>Nothing")
    )
    (transcript,) = got.transcripts
    assert transcript.body == "Anna: So what happened?\nDean R: Nothing\n"
    assert [(turn.speaker, transcript.body[turn.speech : turn.end]) for turn in transcript.turns] == [
        ("Anna", "So what happened?\n"),
        ("Dean R", "Nothing\n"),
    ]
    assert [(transcript.body[at:].split()[0], time) for at, time in transcript.cues] == [
        ("So", 1000),
        ("happened?", 2000),
        ("Nothing", 3000),
    ]


def test_several_voices_in_a_cue_are_several_turns(tmp_path):
    assert body_of(tmp_path, cue(1, "<v A>Yes.</v> <v B>No.</v>", "<v A>Why?")) == "A: Yes.\nB: No.\nA: Why?\n"


def test_words_outside_a_voice_are_nobodys(tmp_path):
    assert body_of(tmp_path, cue(1, "<v A>Yes.</v>") + cue(2, "(door)")) == "A: Yes.\n(door)\n"


def test_zoom_names_are_labels_even_if_heard_once(tmp_path):
    text = cue(1, "Anna K: So") + cue(2, "Dean: Well") + cue(3, "it was") + cue(4, "Anna K: And?") + cue(5, "Dean: No")
    text += cue(6, "Zoe: Hello") + cue(7, "Dean: Yes")
    got = captions(tmp_path, text).transcripts[0]
    assert got.body == "Anna K: So\nDean: Well it was\nAnna K: And?\nDean: No\nZoe: Hello\nDean: Yes\n"
    assert [(count.label, count.turns) for count in got.speakers] == [("Anna K", 2), ("Dean", 3), ("Zoe", 1)]


def test_names_that_webex_writes_into_the_names_of_cues_are_speakers(tmp_path):
    cues = cue(1, "So what", "happened?") + '2 "Dean R" (16777)\n' + cue(2, "Nothing")
    body = body_of(tmp_path, '1 "Anna" (3217)\n' + cues + '3 "Anna" (3217)\n' + cue(3, "Well"))
    assert body == "Anna: So what happened?\nDean R: Nothing\nAnna: Well\n"


def test_names_in_brackets_on_lines_of_their_own_are_speakers(tmp_path):
    cues = (
        cue(1, "(Ann Roe)", "So what") + cue(2, "(Ann Roe)", "was it?", "-", " ", "(Bo Poe)", "It") + cue(3, "was so")
    )
    got = captions(tmp_path, cues + cue(4, "(Ann Roe)", "Ah") + cue(5, "(Bo Poe)", "Yes")).transcripts[0]
    assert [(count.label, count.turns) for count in got.speakers] == [("Ann Roe", 2), ("Bo Poe", 2)]
    one = cue(1, "[Ann] So") + cue(2, "[Bo] Yes") + cue(3, "[Ann] Well") + cue(4, "[Cy] No")
    assert body_of(tmp_path, one) == "Ann: So\nBo: Yes\nAnn: Well\nCy: No\n"


def test_tags_go_and_entities_become_characters(tmp_path):
    text = cue(1, "<i>Tom</i> &amp; <c.yellow>Ann</c> &lt;3&nbsp;<00:00:01.500>x &#8212; AT&T <laughs> 2 < 3")
    assert body_of(tmp_path, text) == "Tom & Ann <3\xa0x — AT&T <laughs> 2 < 3\n"


def test_an_entity_that_hides_a_tag_stays_text(tmp_path):
    assert body_of(tmp_path, cue(1, "a &lt;b&gt; c &amp;lt;")) == "a <b> c &lt;\n"


def test_notes_styles_names_and_settings_are_no_words(tmp_path):
    text = (
        "STYLE\n::cue {color: red}\n\nNOTE one\ntwo\n\nintro\n0:01.5 --> 0:02.0 align:start\nHello\n\nNOTE end\n\n7\n"
    )
    text += cue(3, "there")
    got = captions(tmp_path, text).transcripts[0]
    assert got.body == "Hello there\n"
    assert got.cues == ((0, 1500), (6, 3000))


def test_rolling_captions_are_read_once_and_told(tmp_path):
    shown = [("one",), ("one", "two"), ("two", "three"), ("three", "four"), ("four",)]
    got = captions(tmp_path, "".join(cue(number, *lines) for number, lines in enumerate(shown)))
    assert got.transcripts[0].body == "one two three four\n"
    assert any("rolling captions" in warning for warning in got.warnings)


def test_captions_that_youtube_made_are_read_once(tmp_path):
    shown = [
        (" ", "so<00:00:00.399><c> today</c><00:00:00.640><c> we</c>"),
        ("so today we", " "),
        ("so today we", "talk<00:00:02.639><c> about</c>"),
        ("talk about", " "),
        ("talk about", "the<00:00:05.359><c> weather</c>"),
        ("the weather", " "),
    ]
    got = captions(tmp_path, "".join(cue(number, *lines) for number, lines in enumerate(shown)))
    assert got.transcripts[0].body == "so today we talk about the weather\n"
    assert "rolling captions: what 5 of 6 cues show again was read once" in got.warnings


def test_captions_that_grow_word_by_word_are_read_once(tmp_path):
    shown = [("so",), ("so today",), ("so today", "we"), ("so today", "we talk &amp; talk"), ("Well",), ("Well then",)]
    got = captions(tmp_path, "".join(cue(number, *lines) for number, lines in enumerate(shown)))
    assert got.transcripts[0].body == "so today we talk & talk Well then\n"


def test_a_word_begun_twice_is_kept_where_captions_do_not_grow(tmp_path):
    shown = ["I", "I think", "that is", "so", "and", "never", "was", "not"]
    got = captions(tmp_path, "".join(cue(number, line) for number, line in enumerate(shown)))
    assert got.transcripts[0].body == "I I think that is so and never was not\n"


def test_rolling_captions_keep_their_voices(tmp_path):
    shown = [("<v A>one",), ("<v A>one", "<v B>one"), ("<v B>one", "<v A>two"), ("<v A>two", "<v A>three")]
    got = captions(tmp_path, "".join(cue(number, *lines) for number, lines in enumerate(shown)))
    assert got.transcripts[0].body == "A: one\nB: one\nA: two three\n"


@pytest.mark.parametrize("arrow", ["->", "–>", "→"])
def test_another_arrow_between_two_times_is_one_too(tmp_path, arrow):
    text = f"1\n00:00:01，000 {arrow} 00:00:02,000\nfrom 1:10 -> here\n\n2\n0:00:03.5 {arrow} 0:00:04\nthere\n"
    got = captions(tmp_path, text, ".srt")
    assert got.transcripts[0].body == "from 1:10 -> here there\n"
    assert [time for _, time in got.transcripts[0].cues] == [1000, 3500]


def test_angles_begin_a_turn_that_may_go_on(tmp_path):
    text = cue(1, ">> Where", ">> Here.") + cue(2, "and there") + cue(3, "&gt;&gt; ANN: No.") + cue(4, ">> Yes.")
    text += cue(5, ">> ANN: So.")
    got = captions(tmp_path, text)
    assert got.transcripts[0].body == "Where\nHere. and there\nANN: No.\nYes.\nANN: So.\n"
    assert any("3 turns begin with >> and nobody's name" in warning for warning in got.warnings)


def test_somebody_who_says_yes_twice_said_it_twice(tmp_path):
    text = cue(1, "<v A>Yes.") + cue(2, "<v A>Yes.") + cue(3, "<v B>No.") + cue(4, "<v B>Never.") + cue(5, "<v A>Oh.")
    assert body_of(tmp_path, text) == "A: Yes. Yes.\nB: No. Never.\nA: Oh.\n"


def test_subrip_is_read_without_its_numbers(tmp_path):
    text = (
        "1\r\n00:00:01,500 --> 00:00:02,000\r\n<font color='red'>{\\an8}Hello</font>\r\n\r\n"
        "2\r\n00:00:03,000 --> 00:00:04,000\r\nthere\r\n2024\r\n"
    )
    got = captions(tmp_path, text, ".srt")
    assert got.format == "srt"
    assert got.transcripts[0].body == "Hello there 2024\n"
    assert got.transcripts[0].cues == ((0, 1500), (6, 3000))


def test_a_blank_line_inside_a_cue_loses_no_words(tmp_path):
    assert body_of(
        tmp_path, "1\n00:01,000 --> 00:02,000\none\n\ntwo\n\n2\n00:03,000 --> 00:04,000\nthree\n", ".srt"
    ) == ("one two three\n")


@pytest.mark.parametrize("bad", ["00:00:0x,000 --> 00:00:04,000", "00:00:03,000 --> 00:00:0x,000", ":: --> ::"])
def test_a_cue_with_a_bad_time_keeps_its_words_and_is_told(tmp_path, bad):
    text = f"1\n00:00:01,000 --> 00:00:02,000\none\n\n2\n{bad}\ntwo\n\n3\n00:00:05,000 --> 00:00:06,000\nthree\n"
    got = captions(tmp_path, text, ".srt")
    assert got.transcripts[0].body == "one two three\n"
    assert "1 cue has a time that cannot be read (the words were kept): the first is cue 2" in got.warnings


def test_times_that_run_backward_are_told(tmp_path):
    text = cue(9, "one") + cue(3, "two") + "00:12.000 --> 00:11.000\nthree\n\n" + cue(12, "four")
    got = captions(tmp_path, text)
    assert got.transcripts[0].body == "one two three four\n"
    assert "2 cues have a time that runs backward (the file's order was kept): the first is cue 2" in got.warnings


def test_an_arrow_in_speech_is_speech(tmp_path):
    got = captions(tmp_path, "1\n00:00:01,000 --> 00:00:02,000\nfrom A --> B\n", ".srt")
    assert got.transcripts[0].body == "from A --> B\n"
    assert not any("time" in warning for warning in got.warnings)


def test_the_interviewer_is_found_or_named(tmp_path):
    text = cue(1, "<v Researcher 2>So?") + cue(2, "<v Dean>No.")
    assert captions(tmp_path, text).transcripts[0].speakers[0].is_interviewer
    named = captions(tmp_path, text, options=Options(interviewers=("dean",))).transcripts[0]
    assert [count.is_interviewer for count in named.speakers] == [False, True]


def test_named_speakers_are_all_the_speakers(tmp_path):
    text = cue(1, "<v Room 4>So?") + cue(2, "<v Dean>No.")
    got = captions(tmp_path, text, options=Options(speakers=("Dean",))).transcripts[0]
    assert got.body == "So?\nDean: No.\n"


@pytest.mark.parametrize("text", ["WEBVTT\n", "just words\n"])
def test_a_file_without_cues_is_refused(tmp_path, text):
    file = tmp_path / "x.vtt"
    file.write_text(text)
    with pytest.raises(InputError, match="no cues"):
        read(file)


def test_cues_without_words_are_refused(tmp_path):
    with pytest.raises(InputError, match="no words"):
        captions(tmp_path, cue(1, "<i></i>"))


def turns_of(transcript):
    return [(turn.speaker, transcript.body[turn.speech : turn.end]) for turn in transcript.turns]


@pytest.mark.parametrize("suffix", [".vtt", ".srt"])
@pytest.mark.parametrize(("first", "second"), [("- Yes.", "- No."), ("-Yes.", "-No."), ("– Yes.", "— No.")])
def test_dashes_in_a_cue_that_names_nobody_are_several_speakers(tmp_path, suffix, first, second):
    text = cue(1, "So it", "goes.") + cue(2, first, second, "Never.") + cue(3, "Well.") + cue(4, "Right.")
    got = captions(tmp_path, text, suffix)
    (transcript,) = got.transcripts
    assert turns_of(transcript) == [
        ("", "So it goes.\n"), ("", f"{first}\n"), ("", f"{second} Never.\n"), ("", "Well. Right.\n"),
    ]  # fmt: skip
    assert [transcript.body[at:].split("\n")[0] for at, _ in transcript.cues] == [
        "So it goes.", first, f"{second} Never.", "Well. Right.", "Right.",
    ]  # fmt: skip
    assert transcript.speakers == ()
    assert (
        "1 cue has several speakers who are told apart by dashes only, and named nowhere: the first is cue 2. "
        "Each is a turn of nobody's; if it matters who speaks, write the name before the words there: Anna: ..."
    ) in got.warnings


@pytest.mark.parametrize(
    "lines",
    [("- Yes.", "No."), ("and then", "- no -"), ("-5 degrees", "-10 at night"), ("--", "--"), ("- Yes. - No.",)],
)
def test_other_dashes_are_no_speakers(tmp_path, lines):
    got = captions(tmp_path, cue(1, "So.") + cue(2, *lines))
    assert len(got.transcripts[0].turns) == 1
    assert not any("dashes" in warning for warning in got.warnings)


def test_dashes_amid_named_speakers_are_not_the_words_of_who_spoke_last(tmp_path):
    dashed = cue(3, "- Yes.", "- No.")
    by_voice = captions(tmp_path, cue(1, "<v A>So?") + dashed + cue(4, "<v A>Well.")).transcripts[0]
    assert turns_of(by_voice) == [("A", "So?\n"), ("", "- Yes.\n"), ("", "- No.\n"), ("A", "Well.\n")]
    named = cue(1, "Ann: So?") + cue(2, "Bo: Hm.") + dashed + cue(4, "Ann: Well.") + cue(5, "Bo: Ah.")
    assert turns_of(captions(tmp_path, named).transcripts[0])[1:5] == [
        ("Bo", "Hm.\n"), ("", "- Yes.\n"), ("", "- No.\n"), ("Ann", "Well.\n"),
    ]  # fmt: skip


def test_dashes_within_one_voice_are_that_voices(tmp_path):
    assert body_of(tmp_path, cue(1, "<v A>- Yes.", "- No.")) == "A: - Yes. - No.\n"


def test_cues_without_a_voice_beside_others_are_told(tmp_path):
    text = cue(1, "<v A>Yes.") + cue(2, "Who?") + cue(3, "<v B>No.</v>") + cue(4, "Oh. <v A>So?") + cue(5, "<i></i>")
    got = captions(tmp_path, text)
    assert got.transcripts[0].body == "A: Yes.\nWho?\nB: No.\nOh.\nA: So?\n"
    assert (
        "2 of 5 cues have words outside <v Name>, which are nobody's: the first is cue 2. "
        "If somebody says them, write <v Name> before them in the file and import it then"
    ) in got.warnings
    assert not any("<v Name>" in each for each in captions(tmp_path, cue(1, "<v A>Yes.") + cue(2, "<v B>No")).warnings)
