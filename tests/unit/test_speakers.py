"""Every style of label that was seen in real transcripts, and some that may come."""

import itertools

import pytest

from qualcode.transcripts.labels import label_key
from qualcode.transcripts.reading import Options, Transcript
from qualcode.transcripts.speakers import find

THREE = ["Jo Doe", "Al Poe", "Jo Doe", "Al Poe", "Cy Roe", "Al Poe", "Cy Roe", "Jo Doe", "Cy Roe"]

# style, text, [(speaker, first words of the turn)], interviewers
STYLES = [
    (
        "Researcher 1: with numbers",
        "Researcher 1: How are you?\nP03: Fine.\nResearcher 1: And now?\nP03: Still fine.\n",
        [("Researcher 1", "How"), ("P03", "Fine."), ("Researcher 1", "And"), ("P03", "Still")],
        {"Researcher 1"},
    ),
    (
        "brackets and times above the words",
        (
            "Entretien 01\n\n[Chercheur] (0:01 - 0:11)\nC'est parti.\n\n[Interviewe] (0:11- 0:15)\nUne journée\n\n"
            "[Chercheur] (0:16  - 0:19)\nTrès bien\n\n[Interviewe] (0:20 – 3:53)\nDans l'entreprise\n"
        ),
        [
            ("", "Entretien"),
            ("Chercheur", "C'est"),
            ("Interviewe", "Une"),
            ("Chercheur", "Très"),
            ("Interviewe", "Dans"),
        ],
        {"Chercheur"},
    ),
    (
        "Otter in Word: name, blanks, time",
        "BSR01  00:00\nSo tell me\n\nBSR02  00:12\nWell\n\nBSR01  00:15\nYes\n",
        [("BSR01", "So"), ("BSR02", "Well"), ("BSR01", "Yes")],
        set(),
    ),
    (
        "Otter in Markdown",
        (
            "**Ali**  0:00  \nOne niche\n\n**Unknown Speaker**  0:23  \nWelcome\n\n**Ali** 2:01  \nHello\n\n"
            "**Unknown Speaker**  1:02:03  \nBye\n"
        ),
        [("Ali", "One"), ("Unknown Speaker", "Welcome"), ("Ali", "Hello"), ("Unknown Speaker", "Bye")],
        set(),
    ),
    (
        "a blank before the colon",
        "Interviewer1 : Bonjour\nEnquêté : Oui\nInterviewer1\xa0: Alors\nEnquêté\u202f: Non\n",
        [("Interviewer1", "Bonjour"), ("Enquêté", "Oui"), ("Interviewer1", "Alors"), ("Enquêté", "Non")],
        {"Interviewer1"},
    ),
    (
        "lower case and empty lines",
        "interviewer: so\n\n\ninterviewee: yes\n\n\ninterviewer: and\n\n\ninterviewee: no\n",
        [("interviewer", "so"), ("interviewee", "yes"), ("interviewer", "and"), ("interviewee", "no")],
        {"interviewer"},
    ),
    (
        "Markdown headings",
        "# Interview 3\n\n### Interviewer\nWat doe je?\n\n### Deelnemer\nIk werk.\n\n### Interviewer\nEn?\n",
        [("", "#"), ("Interviewer", "Wat"), ("Deelnemer", "Ik"), ("Interviewer", "En?")],
        {"Interviewer"},
    ),
    (
        "bold without a colon",
        "**Interviewer** Wat doe je?\n\n**Respondent** Ik werk.\n\n**Interviewer** En?\n\n**Respondent** Niets.\n",
        [("Interviewer", "Wat"), ("Respondent", "Ik"), ("Interviewer", "En?"), ("Respondent", "Niets.")],
        {"Interviewer"},
    ),
    (
        "bold with the colon inside and outside",
        "**Interviewer:** Wat?\n**P1**: Ik.\n**Interviewer:** En?\n__P1:__ Niets.\n",
        [("Interviewer", "Wat?"), ("P1", "Ik."), ("Interviewer", "En?"), ("P1", "Niets.")],
        {"Interviewer"},
    ),
    (
        "Trint, a bracket not closed",
        (
            "Clemente Forero [00:00:02] Bueno\n\nEntrevistadora [00:00:05 Sí\n\nClemente Forero [00:01:02] Pues\n\n"
            "Entrevistadora [00:01:09] Ya\n"
        ),
        [("Clemente Forero", "Bueno"), ("Entrevistadora", "Sí"), ("Clemente Forero", "Pues"), ("Entrevistadora", "Ya")],
        {"Entrevistadora"},
    ),
    (
        "Trint, a paragraph that goes on",
        (
            "Clemente Forero [00:00:02] Bueno\n\n[00:00:05 Sí\n\nEntrevistador [00:01:02] Pues\n\n"
            "Clemente Forero [00:02:00] Ya\n"
        ),
        [("Clemente Forero", "Bueno"), ("Entrevistador", "Pues"), ("Clemente Forero", "Ya")],
        {"Entrevistador"},
    ),
    (
        "Fireflies: a time, a name, the words below",
        (
            "00:03\nJane Doe\nThanks for joining\n\n00:09\nPeter Smith\nYeah, so I was\nin hospital then.\n\n"
            "00:15\nJane Doe\nAnd then?\n\n00:17\nPeter Smith\nHome.\n"
        ),
        [("Jane Doe", "Thanks"), ("Peter Smith", "Yeah,"), ("Jane Doe", "And"), ("Peter Smith", "Home.")],
        set(),
    ),
    (
        "Teams copied from the browser: a name, a time, the words; a time within a turn",
        (
            "Jane Doe\n0:03\nThanks for joining\nSmith, Peter\n0:09\nYeah, so I was in hospital then\n0:15\n"
            "And my nurse told me\nJane Doe\n0:21\nAnd then?\nSmith, Peter\n0:30\nHome.\n"
        ),
        [("Jane Doe", "Thanks"), ("Smith, Peter", "Yeah,"), ("Jane Doe", "And"), ("Smith, Peter", "Home.")],
        set(),
    ),
    (
        "Transana's time codes",
        "¤<0>Interviewer: How are you?\n¤<3200>Ann: Fine.\n¤<9000>Interviewer: And now?\n¤<11000>Ann: Fine.\n",
        [("Interviewer", "How"), ("Ann", "Fine."), ("Interviewer", "And"), ("Ann", "Fine.")],
        {"Interviewer"},
    ),
    (
        "Teams: times, name, words",
        (
            "0:0:5.900 --> 0:0:8.930\nAna Ruiz\nHola\n\n0:0:-7.-650 --> 0:0:9.100\nEntrevistadora\n¿Qué tal?\n\n"
            "0:0:9.200 --> 0:0:11.0\nAna Ruiz\nBien\n\n0:0:12.0 --> 0:0:13.0\nEntrevistadora\nBueno\n"
        ),
        [("Ana Ruiz", "Hola"), ("Entrevistadora", "¿Qué"), ("Ana Ruiz", "Bien"), ("Entrevistadora", "Bueno")],
        {"Entrevistadora"},
    ),
    (
        "Whisper console: times only",
        "[00:00.000 --> 00:17.440] 大家好\n[00:17.440 --> 00:20.000] 今天\n",
        [("", "大家好"), ("", "今天")],
        set(),
    ),
    (
        "survey ids in brackets",
        "[id1] The staff\n[id2] Nothing\n[id1] Again\n[id17] More\n",
        [("id1", "The"), ("id2", "Nothing"), ("id1", "Again"), ("id17", "More")],
        set(),
    ),
    (
        "Zoom chat",
        (
            "00:21:14\tAndrew Knight:\tHello\n00:21:35\tAndrew Knight:\tPlease\n00:22:01\tRingo Starr:\tAlso\n"
            "00:23:00\tAndrew Knight:\tWow\n"
        ),
        [("Andrew Knight", "Hello"), ("Andrew Knight", "Please"), ("Ringo Starr", "Also"), ("Andrew Knight", "Wow")],
        set(),
    ),
    (
        "name, start, end, words in columns",
        "A1\t0.446\t1.132\tnow\nB2\t1.5\t2.25\twell\nA1\t3.0\t4.0\tyes\nB2\t5\t6\tno\n",
        [("A1", "now"), ("B2", "well"), ("A1", "yes"), ("B2", "no")],
        set(),
    ),
    (
        "Q and A",
        "Q: Where?\nA: Here.\nQ: When?\nA: Then.\n",
        [("Q", "Where?"), ("A", "Here."), ("Q", "When?"), ("A", "Then.")],
        {"Q"},
    ),
    (
        "Q. and A. with full stops",
        "Q. Where?\nA. Here.\nQ. When?\nA. Then.\n",
        [("Q", "Where?"), ("A", "Here."), ("Q", "When?"), ("A", "Then.")],
        {"Q"},
    ),
    (
        "short labels",
        "INT: Where?\nR1: Here.\nINT: When?\nR1: Then.\nR2: Never.\n",
        [("INT", "Where?"), ("R1", "Here."), ("INT", "When?"), ("R1", "Then."), ("R2", "Never.")],
        {"INT"},
    ),
    (
        "I and P, case varies",
        "I: Where?\nP03: Here.\ni: When?\np03: Then.\nI: Good\nP03: Yes\n",
        [("I", "Where?"), ("P03", "Here."), ("I", "When?"), ("P03", "Then."), ("I", "Good"), ("P03", "Yes")],
        {"I"},
    ),
    (
        "diarised",
        "SPEAKER_00: hello\nSPEAKER_01: hi\nSPEAKER_00: so\nSPEAKER_01: yes\n",
        [("SPEAKER_00", "hello"), ("SPEAKER_01", "hi"), ("SPEAKER_00", "so"), ("SPEAKER_01", "yes")],
        set(),
    ),
    (
        "who they are, in brackets",
        "Facilitator: Go on\nP1 (female, 34): I think\nP2 (male, 51): No\nP1 (female, 34): Yes\nP2 (male, 51): Well\n",
        [
            ("Facilitator", "Go"),
            ("P1 (female, 34)", "I"),
            ("P2 (male, 51)", "No"),
            ("P1 (female, 34)", "Yes"),
            ("P2 (male, 51)", "Well"),
        ],
        {"Facilitator"},
    ),
    (
        "how it was said, in brackets",
        "I: Go on\nP1: I think\nP1 (laughing): No\nI: Yes\nP1: Well\n",
        [("I", "Go"), ("P1", "I"), ("P1", "No"), ("I", "Yes"), ("P1", "Well")],
        {"I"},
    ),
    (
        "Chinese with a wide colon",
        "访谈者：你好吗？\n受访者：很好。\n访谈者：然后呢？\n受访者：没有。\n",
        [("访谈者", "你好吗？"), ("受访者", "很好。"), ("访谈者", "然后呢？"), ("受访者", "没有。")],
        {"访谈者"},
    ),
    (
        "Arabic with direction marks",
        "\u200fالباحثة: كيف حالك؟\n\u200fمشارك ١: بخير\nالباحثة\u200f: ثم؟\nمشارك ١: لا شيء\n",
        [("الباحثة", "كيف"), ("مشارك ١", "بخير"), ("الباحثة", "ثم؟"), ("مشارك ١", "لا")],
        {"الباحثة"},
    ),
    (
        "Hebrew",
        "מראיינת: מה שלומך?\nמרואיין: טוב\nמראיינת: ואז?\nמרואיין: כלום\n",
        [("מראיינת", "מה"), ("מרואיין", "טוב"), ("מראיינת", "ואז?"), ("מרואיין", "כלום")],
        {"מראיינת"},
    ),
    (
        "initials with dots",
        "J.B.: So\nM.-L. K.: Yes\nJ.B.: And\nM.-L. K.: No\n",
        [("J.B.", "So"), ("M.-L. K.", "Yes"), ("J.B.", "And"), ("M.-L. K.", "No")],
        set(),
    ),
    (
        "a table: name, tab, words",
        "Speaker\tText\nInterviewer\tWhere?\nMaureen\tHere.\nInterviewer\tWhen?\nMaureen\tThen.\n",
        [
            ("", "Speaker"),
            ("Interviewer", "Where?"),
            ("Maureen", "Here."),
            ("Interviewer", "When?"),
            ("Maureen", "Then."),
        ],
        {"Interviewer"},
    ),
    (
        "a table: number, time, name, words",
        "1\t00:01\tINT\tWhere?\n2\t00:04\tP7\tHere.\n3\t00:09\tINT\tWhen?\n4\t00:11\tP7\tThen.\n",
        [("INT", "Where?"), ("P7", "Here."), ("INT", "When?"), ("P7", "Then.")],
        {"INT"},
    ),
    (
        "times before the label",
        "[00:00:05] Interviewer: So\n[00:00:09] Dean: Well\n[00:01:05] Interviewer: And\n00:01:09 Dean: Yes\n",
        [("Interviewer", "So"), ("Dean", "Well"), ("Interviewer", "And"), ("Dean", "Yes")],
        {"Interviewer"},
    ),
    (
        "times after the label (Rev)",
        "Speaker 1: (00:00)\nSo\n\nSpeaker 2: (00:09)\nWell\n\nSpeaker 1: (01:00)\nAnd\n\nSpeaker 2 (01:09):\nYes\n",
        [("Speaker 1", "So"), ("Speaker 2", "Well"), ("Speaker 1", "And"), ("Speaker 2", "Yes")],
        set(),
    ),
    (
        "time and name above the words",
        "[00:00:02.11] - Anna\nSo\n\n[00:00:09.00] - Interviewer\nWell\n\n[00:01:00.00] - Anna\nAnd\n",
        [("Anna", "So"), ("Interviewer", "Well"), ("Anna", "And")],
        {"Interviewer"},
    ),
    (
        "dashes",
        "INT – Where?\nP1 – Here.\nINT – When?\nP1 – Then.\n",
        [("INT", "Where?"), ("P1", "Here."), ("INT", "When?"), ("P1", "Then.")],
        {"INT"},
    ),
    (
        "labels on lines of their own",
        "INTERVIEWER\nWhere?\n\nPARTICIPANT 4\nHere.\n\nINTERVIEWER\nWhen?\n\nPARTICIPANT 4\nThen.\n",
        [("INTERVIEWER", "Where?"), ("PARTICIPANT 4", "Here."), ("INTERVIEWER", "When?"), ("PARTICIPANT 4", "Then.")],
        {"INTERVIEWER"},
    ),
    (
        "names in capitals on lines of their own, the interviewer's word beside them",
        "INTERVIEWER\nWhere?\n\nANN SMITH\nHere.\nNO\n\nINTERVIEWER\nWhen?\n\nANN SMITH\nThen.\n",
        [("INTERVIEWER", "Where?"), ("ANN SMITH", "Here."), ("INTERVIEWER", "When?"), ("ANN SMITH", "Then.")],
        {"INTERVIEWER"},
    ),
    (
        "names in capitals on lines of their own",
        "PART ONE\n\n" + "BO JONES\nWell?\n\nDR. ANN SMITH\n\nYes.\n" * 3,
        [("", "PART"), *[("BO JONES", "Well?"), ("DR. ANN SMITH", "Yes.")] * 3],
        set(),
    ),
    (
        "labels with colons on lines of their own",
        "Interviewer:\nWhere?\n\nMaureen:\nHere.\n\nInterviewer:\nWhen?\n\nMaureen:\nThen.\n",
        [("Interviewer", "Where?"), ("Maureen", "Here."), ("Interviewer", "When?"), ("Maureen", "Then.")],
        {"Interviewer"},
    ),
    (
        "voice tags left in plain text",
        "<v Michael Kennedy>Hello\n<v Guest>Hi\n<v Michael Kennedy>So\n<v Guest>Yes\n",
        [("Michael Kennedy", "Hello"), ("Guest", "Hi"), ("Michael Kennedy", "So"), ("Guest", "Yes")],
        set(),
    ),
    (
        "numbered lines",
        "1  INT: Where?\n2  P1: Here.\n3  INT: When?\n4  P1: Then.\n",
        [("INT", "Where?"), ("P1", "Here."), ("INT", "When?"), ("P1", "Then.")],
        {"INT"},
    ),
    (
        "gender stars",
        "Interviewer*in: Hallo?\nTeilnehmer*in 3: Ja.\nInterviewer*in: Und?\nTeilnehmer*in 3: Nein.\n",
        [
            ("Interviewer*in", "Hallo?"),
            ("Teilnehmer*in 3", "Ja."),
            ("Interviewer*in", "Und?"),
            ("Teilnehmer*in 3", "Nein."),
        ],
        {"Interviewer*in"},
    ),
    (
        "round brackets",
        "(Interviewer) Where?\n(P1) Here.\n(Interviewer) When?\n(P1) Then. (laughs)\n",
        [("Interviewer", "Where?"), ("P1", "Here."), ("Interviewer", "When?"), ("P1", "Then.")],
        {"Interviewer"},
    ),
    (
        "a Markdown table",
        "| I | Where? |\n| P1 | Here. |\n| I | When? |\n| P1 | Then. |\n",
        [("I", "Where?"), ("P1", "Here."), ("I", "When?"), ("P1", "Then.")],
        {"I"},
    ),
    (
        "HTML bold in Markdown, two apostrophes",
        "<b>O'Brien:</b> Where?\n<b>Int:</b> Here.\n<b>O’Brien:</b> When?\n<b>Int:</b> Then.\n",
        [("O'Brien", "Where?"), ("Int", "Here."), ("O'Brien", "When?"), ("Int", "Then.")],
        {"Int"},
    ),
    (
        "columns made with blanks",
        "    Q    Where?\n    A    Here.\n    Q    When?\n    A    Then.\n",
        [("Q", "Where?"), ("A", "Here."), ("Q", "When?"), ("A", "Then.")],
        {"Q"},
    ),
    (
        "wrapped by hand",
        "INT:  How long\n      is it?\nMAUREEN:  Ten years, and\n      then some.\nINT:  And?\nMAUREEN:  No.\n",
        [("INT", "How"), ("MAUREEN", "Ten"), ("INT", "And?"), ("MAUREEN", "No.")],
        {"INT"},
    ),
    (
        "CHAT",
        "*CHI:\tmore\n*INV:\tyes\n*CHI:\tball\n*INV:\tno\n",
        [("CHI", "more"), ("INV", "yes"), ("CHI", "ball"), ("INV", "no")],
        set(),
    ),
    (
        "indented, brackets with a colon",
        "  [Interviewer]: Where?\n  [Maureen]: Here.\n  [Interviewer]: When?\n  [Maureen]: Then.\n",
        [("Interviewer", "Where?"), ("Maureen", "Here."), ("Interviewer", "When?"), ("Maureen", "Then.")],
        {"Interviewer"},
    ),
    (
        "f4: times between hashes before the label",
        "#00:00:05-2# I: Wie?\n#00:00:09-8# B: Gut.\n#00:00:12-0# I: Und?\n#00:00:13-1# B: Ja.\n",
        [("I", "Wie?"), ("B", "Gut."), ("I", "Und?"), ("B", "Ja.")],
        {"I"},
    ),
    (
        "messages with a date and a time",
        (
            "[03/06/2024, 10:01:02] Anna: Where?\n[03/06/2024, 10:02:09] Ben J: Here.\n"
            "03.06.2024, 10:03 - Anna: When?\n2024-06-03 10:04 - Ben J: Then.\n"
        ),
        [("Anna", "Where?"), ("Ben J", "Here."), ("Anna", "When?"), ("Ben J", "Then.")],
        set(),
    ),
    (
        "a clock before and after the label",
        "10:01 AM Anna: Where?\n10:02 p.m. Ben: Here.\nAnna [10:03 AM]\nWhen?\n\nBen [10:04 PM]\nThen.\n",
        [("Anna", "Where?"), ("Ben", "Here."), ("Anna", "When?"), ("Ben", "Then.")],
        set(),
    ),
    (
        "Zoom chat of the newer kind, somebody once",
        (
            "10:01:02 From Anna S to Everyone:\n\tWhere?\n10:02:02\t From  Ben J : Here.\n"
            "10:03:02 From Anna S to Ben J (Direct Message):\n\tWhen?\n"
        ),
        [("Anna S", "Where?"), ("Ben J", "Here."), ("Anna S", "When?")],
        set(),
    ),
    (
        "turns counted in brackets",
        "[TURN 0] MOD: Where?\n\n[TURN 1] ANN: Here.\n\n[T003] MOD: When?\n\n(4) ANN: Then.\n",
        [("MOD", "Where?"), ("ANN", "Here."), ("MOD", "When?"), ("ANN", "Then.")],
        set(),
    ),
    (
        "labels after a page break and other breaks of a line",
        "I: Where?\n\fP1: Here.\u2028I: When?\vP1: Then.\u2029I: Well?\x85P1: No.\n",
        [("I", "Where?"), ("P1", "Here."), ("I", "When?"), ("P1", "Then."), ("I", "Well?"), ("P1", "No.")],
        {"I"},
    ),
    (
        "in capitals, some heard once",
        "THE COURT: Begin.\nMR. ROE: Yes.\nTHE CLERK: Case 1.\nTHE COURT: Go on.\nMR. ROE: So.\nMS. DOE: No.\n",
        [
            ("THE COURT", "Begin."),
            ("MR. ROE", "Yes."),
            ("THE CLERK", "Case"),
            ("THE COURT", "Go"),
            ("MR. ROE", "So."),
            ("MS. DOE", "No."),
        ],
        set(),
    ),
    (
        "a focus group: several at once, somebody, nobody sure",
        (
            "MOD: Well?\nP1 (f): Yes.\nP3: No.\nP1 (f)/MOD: Oh.\nAll: Ah.\nMOD: So?\nP1 (f): I think\nP2?: Me.\n"
            "?: Hm.\nUnknown male: Why?\n"
        ),
        [
            ("MOD", "Well?"),
            ("P1 (f)", "Yes."),
            ("P3", "No."),
            ("P1 (f)/MOD", "Oh."),
            ("All", "Ah."),
            ("MOD", "So?"),
            ("P1 (f)", "I"),
            ("P2?", "Me."),
            ("?", "Hm."),
            ("Unknown male", "Why?"),
        ],
        set(),
    ),
    (
        "letters in place of numbers",
        "Int 1: Well?\nResp. A: Yes.\nInt 1: So?\nResp. B: No.\nResp. A: Hm.\n",
        [("Int 1", "Well?"), ("Resp. A", "Yes."), ("Int 1", "So?"), ("Resp. B", "No."), ("Resp. A", "Hm.")],
        {"Int 1"},
    ),
    (
        "short forms given at first",
        "Interviewer (I): Where?\nMary Smith (MS): Here.\nI: When?\nMS: Then.\nI: So?\nMS: No.\n",
        [("I", "Where?"), ("MS", "Here."), ("I", "When?"), ("MS", "Then."), ("I", "So?"), ("MS", "No.")],
        {"I"},
    ),
    (
        "Q. and A. beside names, lines numbered",
        (
            "1   Q.   Where were\n2   you?\n3   A.   Here.\n4   MR. ROE: Objection.\n5   THE COURT: Go on.\n"
            "6   BY MR. ROE:\n7   Q.   When?\n8   A.   Then.\n"
        ),
        [
            ("Q", "Where"),
            ("A", "Here."),
            ("MR. ROE", "Objection."),
            ("THE COURT", "Go"),
            ("Q", "When?"),
            ("A", "Then."),
        ],
        {"Q"},
    ),
    (
        "a hearing, wrapped by hand",
        (
            "    The Chairman. Good morning. We hear\nMr. Roe. He is here.\n    Senator O'Hara. Thank you.\n"
            "    The Chairman. Go on.\n    Senator O'Hara. Indeed.\n    Mr. Roe. I will.\n    The Chairman. Well.\n"
        ),
        [
            ("The Chairman", "Good"),
            ("Senator O'Hara", "Thank"),
            ("The Chairman", "Go"),
            ("Senator O'Hara", "Indeed."),
            ("Mr. Roe", "I"),
            ("The Chairman", "Well."),
        ],
        set(),
    ),
    (
        "a name and a wide blank",
        "○議長（田中君）　開会。\n○鈴木君　質問。\n○議長（田中君）　次。\n○鈴木君　再び。\n",
        [("議長（田中君）", "開会。"), ("鈴木君", "質問。"), ("議長（田中君）", "次。"), ("鈴木君", "再び。")],
        set(),
    ),
    (
        "dashes, a name beside the interviewer's word",
        "Interviewer - Where?\nMary - Here.\nInterviewer - When?\nMary - Then.\n",
        [("Interviewer", "Where?"), ("Mary", "Here."), ("Interviewer", "When?"), ("Mary", "Then.")],
        {"Interviewer"},
    ),
    (
        "lines of their own, a name beside the interviewer's word",
        "Interviewer\nWhere?\n\nMary Roe\nHere. Okay\n\nOkay\n\nInterviewer\nWhen?\n\nMary Roe\nThen.\n\nOkay\n",
        [("Interviewer", "Where?"), ("Mary Roe", "Here."), ("Interviewer", "When?"), ("Mary Roe", "Then.")],
        {"Interviewer"},
    ),
    (
        "a table with times, somebody once",
        "Timespan\tSpeaker\tContent\n0:01\tAnna\tWhere?\n0:02\tBen\tHere.\n0:03\tAnna\tWhen?\n0:04\tBen\tThen.\n0:05\tZoe\tNo.\n",
        [("", "Timespan"), ("Anna", "Where?"), ("Ben", "Here."), ("Anna", "When?"), ("Ben", "Then."), ("Zoe", "No.")],
        set(),
    ),
    (
        ">> before names, and before nobody's",
        ">> ANN: Where?\n>> Here.\n>> BO: No.\nStill no.\n>> ANN: When?\n>> BO: Then.\n",
        [("ANN", "Where?"), ("", "Here."), ("BO", "No."), ("ANN", "When?"), ("BO", "Then.")],
        set(),
    ),
    (
        "paragraphs of HTML",
        "<p><b>Int:</b> Where?</p>\n<p><b>Ann:</b> Here.</p>\n<p>Int: When?</p>\n<p>Ann: Then.</p>\n",
        [("Int", "Where?</p>"), ("Ann", "Here.</p>"), ("Int", "When?</p>"), ("Ann", "Then.</p>")],
        {"Int"},
    ),
    (
        "a parliament, members with what they sit for, some heard once",
        (
            "Mr. Roe (Leeds, North): One.\n\nMadam Speaker: Order.\n\nMr. Luke Poe (Scarborough, Whitby): Two.\n\n"
            "Madam Speaker: Order.\n\nThe Minister for Health (Ms Doe): Three.\n\nMr. Roe: Four.\n"
        ),
        [
            ("Mr. Roe", "One."),
            ("Madam Speaker", "Order."),
            ("Mr. Luke Poe (Scarborough, Whitby)", "Two."),
            ("Madam Speaker", "Order."),
            ("The Minister for Health (Ms Doe)", "Three."),
            ("Mr. Roe", "Four."),
        ],
        set(),
    ),
    (
        "Teams in the browser: initials above the name",
        (
            "JD\nJane Doe\n0:03\nThanks.\nMR\nMark Roe\n0:09\nYeah, OK\nJD\nJane Doe\n0:15\nAnd then?\n"
            "MR\nMark Roe\n0:20\nHome.\n"
        ),
        [("Jane Doe", "Thanks."), ("Mark Roe", "Yeah,"), ("Jane Doe", "And"), ("Mark Roe", "Home.")],
        set(),
    ),
    (
        "initials above a name with the time beside it",
        "JD\nJane Doe 0:03\nThanks.\nMR\nMark Roe 0:09\nYeah, OK\nJD\nJane Doe 0:15\nAnd then?\n",
        [("Jane Doe", "Thanks."), ("Mark Roe", "Yeah,"), ("Jane Doe", "And")],
        set(),
    ),
    (
        "a Markdown table with times before the names",
        (
            "| Time | Speaker | Text |\n|---|---|---|\n| 0:01 | Interviewer | Where? |\n| [0:05] | Ann | Here. |\n"
            "| 0:09 | Interviewer | When? |\n| 0:12 | Ann | Then. |\n"
        ),
        [("", "|"), ("Interviewer", "Where?"), ("Ann", "Here."), ("Interviewer", "When?"), ("Ann", "Then.")],
        {"Interviewer"},
    ),
    (
        "seconds from and to",
        "[0.00 --> 1.76]  Hello.\n[2.22s -> 4.80s] I said\n[4.80 --> 61.5]  Yes.\n",
        [("", "Hello."), ("", "I"), ("", "Yes.")],
        set(),
    ),
    (
        "seconds from and to, before names",
        "[0.00s -> 1.76s] S1: Hello.\n[2.22s -> 4.80s] S2: Yes\n[4.80s -> 61.5s] S1: So\n",
        [("S1", "Hello."), ("S2", "Yes"), ("S1", "So")],
        set(),
    ),
    (
        "a parliament in Chinese, members heard once, a note",
        (
            "出席議員：陳\n\n主席：一。\n\n陳議員：二。\n\n主席：三。\n\n李議員：四。\n\n政府可否告知本會：五。\n\n陳議員：六。\n\n"
            "我答覆如下：\n\n註：七\n\n註：八\n\n我答覆如下：\n\n主席：九。\n"
        ),
        [
            ("", "出席議員：陳"),
            ("主席", "一。"),
            ("陳議員", "二。"),
            ("主席", "三。"),
            ("李議員", "四。"),
            ("陳議員", "六。"),
            ("主席", "九。"),
        ],
        set(),
    ),
    (
        "names on lines of their own",
        (
            "The house on the hill\n\nJane Doe\nIt began in May.\n\nMark Roe\nAnd then? Did you go on?\n\nJane Doe\n"
            "I left.\n\nIt was time.\n\nMark Roe\nOf course.\nWhy?\n\nJane Doe\nYes.\n\nMark Roe\nWell.\n"
        ),
        [
            ("", "The"),
            ("Jane Doe", "It"),
            ("Mark Roe", "And"),
            ("Jane Doe", "I"),
            ("Mark Roe", "Of"),
            ("Jane Doe", "Yes."),
            ("Mark Roe", "Well."),
        ],
        set(),
    ),
    (
        "names on lines of their own, three, nothing asked",
        "\n\n".join(f"{name}\nSo it is." for name in THREE),
        [(name, "So") for name in THREE],
        set(),
    ),
    (
        "members of a parliament on lines of their own, some once",
        (
            "Mr. Roe\n\nWill he answer?\n\nThe Minister of State (Ms Doe)\n\nI will.\nIt is so.\n\nMr. Roe\n\nWhen?\n\n"
            "Mr. Ben Poe\n\nSoon.\n\nMr. Roe\n\nWhy?\n\nMr. Ben Poe\n\nSo.\n\nMr. Roe\n\nOh.\n\nMr. Ben Poe\n\nYes.\n"
        ),
        [
            ("Mr. Roe", "Will"),
            ("The Minister of State (Ms Doe)", "I"),
            ("Mr. Roe", "When?"),
            ("Mr. Ben Poe", "Soon."),
            ("Mr. Roe", "Why?"),
            ("Mr. Ben Poe", "So."),
            ("Mr. Roe", "Oh."),
            ("Mr. Ben Poe", "Yes."),
        ],
        set(),
    ),
    (
        "names in capitals and two blanks",
        (
            "SMITH  Hello and welcome.\nJONES  Thank you.\nSMITH  So tell me\nabout it.\nJONES  It was long ago.\n"
            "SMITH  And then?\nJONES  Then it ended.\n"
        ),
        [
            ("SMITH", "Hello"),
            ("JONES", "Thank"),
            ("SMITH", "So"),
            ("JONES", "It"),
            ("SMITH", "And"),
            ("JONES", "Then"),
        ],
        set(),
    ),
    (
        "names in capitals and a full stop",
        (
            "ANN SMITH. Did you hear?\n\nLANE. I did not think it\npolite to listen.\n\nANN SMITH. I see.\n\n"
            "LANE. Yes, indeed.\n\nANN SMITH. And?\n\nLANE. Nothing more.\n"
        ),
        [
            ("ANN SMITH", "Did"),
            ("LANE", "I"),
            ("ANN SMITH", "I"),
            ("LANE", "Yes,"),
            ("ANN SMITH", "And?"),
            ("LANE", "Nothing"),
        ],
        set(),
    ),
    (
        "numbered questions with full stops, answers below",
        "Q1. Where is it?\nHere.\n\nQ2. And when?\nThen, I think.\n\nQ3. Why?\nNo reason.\n",
        [("Q1", "Where"), ("", "Here."), ("Q2", "And"), ("", "Then,"), ("Q3", "Why?"), ("", "No")],
        {"Q1", "Q2", "Q3"},
    ),
    (
        "a time, a bold name, the words",
        "0:36.2 **Ann Roe** Hello.\n\n0:40.2 **Bo Poe** Hi.\nMore.\n\n[0:46] **Ann Roe** So?\n\n0:50 **Bo Poe** No.\n",
        [("Ann Roe", "Hello."), ("Bo Poe", "Hi."), ("Ann Roe", "So?"), ("Bo Poe", "No.")],
        set(),
    ),
    (
        "messages, somebody known by a number only",
        "03/06/24, 10:01 - Ann: Hi\n03/06/24, 10:02 - +44 7700 900123: Oh\n03/06/24, 10:03 - Ann: So?\n",
        [("Ann", "Hi"), ("+44 7700 900123", "Oh"), ("Ann", "So?")],
        set(),
    ),
    (
        "ELAN's columns: name, times, words",
        "Ann\t00:00:01.000\t0:00:04.0\tHello.\nBo\t\t0:00:04.1\t4.1\t0:00:05.0\t5.0\tHi.\nAnn\t0:00:06.0\t0:00:07.0\tSo?\n",
        [("Ann", "Hello."), ("Bo", "Hi."), ("Ann", "So?")],
        set(),
    ),
    (
        "short words in capitals and a full stop",
        "INT. Where is it?\nRESP. Here.\nINT. And then?\nRESP. There.\n",
        [("INT", "Where"), ("RESP", "Here."), ("INT", "And"), ("RESP", "There.")],
        {"INT"},
    ),
]


def heads(body, turns):
    return [(turn.speaker, body[turn.speech : turn.end].split()[0]) for turn in turns]


@pytest.mark.parametrize(("body", "expected", "asking"), [row[1:] for row in STYLES], ids=[row[0] for row in STYLES])
def test_a_style_of_label_gives_its_turns_and_interviewers(body, expected, asking):
    found = find(body, Options())
    assert heads(body, found.turns) == expected
    assert {count.label for count in found.speakers if count.is_interviewer} == asking


@pytest.mark.parametrize("body", [row[1] for row in STYLES], ids=[row[0] for row in STYLES])
def test_turns_lie_in_order_and_cover_every_word(body):
    turns = find(body, Options()).turns
    assert all(turn.start <= turn.speech <= turn.end for turn in turns)
    assert all(before.end == after.start for before, after in itertools.pairwise(turns))
    assert not body[: turns[0].start].strip()
    assert turns[-1].end == len(body)


def test_stage_notes_are_no_labels():
    body = "[laughs] Well\nI: So?\nP: Yes\n[laughs] No\n[pause] I: And?\n[pause] (0:05)\nP: Well\n"
    assert [count.label for count in find(body, Options()).speakers] == ["I", "P"]


@pytest.mark.parametrize(
    "note", ["[inaudible]:", "[Pause 3 sec]:", "【笑】:", "**[laughs]:**", "(crosstalk):", "Music:", "**Break**:"]
)
def test_a_stage_note_before_a_colon_is_no_label(note):
    body = f"I: So?\n{note} Well\nP: Yes\nI: And?\n{note} Oh\nP: No\n"
    assert [count.label for count in find(body, Options()).speakers] == ["I", "P"]


def test_sentences_with_a_colon_are_no_labels():
    body = (
        "I: So?\nP: Yes\nand then he said: no\nand then he said: yes\nI: See http://a.b\n"
        "http://a.b\nhttp://c.d\nWe met at 10:30\nP: No\n"
    )
    assert [count.label for count in find(body, Options()).speakers] == ["I", "P"]


def test_whom_an_archive_names_below_a_foreword_is_no_speech():
    foreword = "# Ann Roe\n\nAnn Roe was born in Leeds.\n\nANN ROE: An interview by Bo Lee, 3 May.\n\nAll rights\n"
    told = "\n## Interview\n\nINTERVIEWEE: Ann Roe\nINTERVIEWER: Bo Lee\n\nDATE: 3 May\nPLACE: Leeds\n\n### Youth\n\n"
    talk = "Q: Where were you born?\n\nRoe: Here.\n\nQ: When?\n\nRoe: Then.\n"
    found = find(foreword + told + talk, Options())
    assert [(count.label, count.turns) for count in found.speakers] == [("Q", 2), ("Roe", 2)]
    where_people_talk = talk + "Interviewer: Now\nInformant: Yes\nTime: late\nwell\n" + talk
    assert find(where_people_talk, Options()).turns[0].speaker == "Q"


@pytest.mark.parametrize("heading", ["PART TWO", "END OF TAPE 1", "TOPIC 3", "DATE OF INTERVIEW"])
def test_a_heading_in_capitals_is_no_speaker_among_speakers_in_capitals(heading):
    body = f"INT: So?\nANN: Yes\nINT: And?\nANN: No\n{heading}: housing\nINT: Well?\n"
    assert [count.label for count in find(body, Options()).speakers] == ["INT", "ANN"]


def test_lists_of_letters_are_no_speakers():
    body = "What would you choose?\n" + "   A. the house\n   B. the flat\nShe took the house.\n" * 3
    assert find(body, Options()).speakers == ()
    body = "These are the duties.\n (i) to go\nand\n (ii) to stay\nor\n(iii) both.\n" * 3
    assert find(body, Options()).speakers == ()
    body = "You may:\n (a) go\nand stay;\n (b) stay\nfor long.\n" * 3 + "(C) 2001 Roe\n"
    assert find(body, Options()).speakers == ()


@pytest.mark.parametrize(("first", "second"), [("I", "P"), ("M", "F"), ("A", "B")])
def test_letters_in_brackets_are_speakers_where_they_count_nothing_or_head_the_lines(first, second):
    body = f"({first}) Where do you live?\n({second}) In town.\nWith my sister.\n" * 3
    assert [(count.label, count.turns) for count in find(body, Options()).speakers] == [(first, 3), (second, 3)]


@pytest.mark.parametrize(
    "told",
    ["Interviewer: Anna K.\nInterviewee: Bo\n\n", "Legend:\nI: Interviewer\nB: Participant\n\n"],
)
def test_who_is_who_at_the_top_is_no_speech(told):
    found = find(f"Interview 3\n{told}I: So\nB: Fine.\nI: And?\nB: No.\n", Options())
    assert [(count.label, count.turns) for count in found.speakers] == [("I", 2), ("B", 2)]


def test_two_who_speak_once_are_speakers():
    found = find("Interviewer: Hello\nInterviewee: Hi\n", Options())
    assert [count.label for count in found.speakers] == ["Interviewer"]


def test_a_date_with_a_time_is_no_speaker():
    body = "June 3, 2024, 10:00AM\nAnna S started\n\nAnna S   0:03\nSo?\n\nBen J   0:08\nYes.\n\nAnna S   0:15\nWell.\n"
    assert [count.label for count in find(body, Options()).speakers] == ["Anna S", "Ben J"]


def test_a_picture_before_a_label_is_no_part_of_it():
    body = "🎤 Interviewer: So?\n🙂 Mary: Yes\n🎤 Interviewer: And?\n🙂 Mary: No\n"
    assert [(count.label, count.turns) for count in find(body, Options()).speakers] == [("Interviewer", 2), ("Mary", 2)]


def test_a_note_by_somebody_is_not_what_they_said():
    body = "SG: So?\nANN: Yes\nField note (SG): rain\nSG: And?\nANN: No\n"
    found = find(body, Options())
    assert [(count.label, count.turns) for count in found.speakers] == [("SG", 2), ("ANN", 2)]
    assert any("Field note (SG)" in warning for warning in found.warnings)


def test_turns_that_begin_with_angles_are_nobodys_and_told():
    found = find(">> Where?\n>> Here.\nand there\n", Options())
    assert [(turn.speaker, turn.start, turn.speech) for turn in found.turns] == [("", 0, 3), ("", 10, 13)]
    assert any("2 turns begin with >> and nobody's name" in warning for warning in found.warnings)
    assert len(find(">> one quoted line\nand more\n", Options()).turns) == 1


def test_f4s_times_after_the_words_and_a_clock_are_cues():
    found = find("I: Wie? #00:00:05-2#\nB: Gut. #01:00:09-8#\nI: Und?\nB: Ja.\n", Options())
    assert [time for _, time in found.cues] == [5200, 3609800]
    found = find("10:01 AM Ann: Where?\n1:02:03 PM Bo: Here.\n12:30 a.m. Ann: When?\nBo: Then.\n", Options())
    assert [time for _, time in found.cues] == [36_060_000, 46_923_000, 1_800_000]


def test_columns_of_numbers_are_no_speakers():
    body = "1\t2\t3\t4\nRow\t5\t6\n1\t2\t3\t4\n2\t134\t37\t31\n"
    assert find(body, Options()).speakers == ()
    body = "0\t0.0\t1.5\thello\n1\t1.5\t2.5\thi\n0\t2.5\t3.0\tso\n1\t3.5\t4.0\tyes\n"
    assert [count.label for count in find(body, Options()).speakers] == ["0", "1"]


def test_a_word_with_a_colon_seen_once_is_told_but_not_taken():
    found = find("I: So?\nP: Yes\nRemember: no\nI: And?\nP: No\n", Options())
    assert [count.label for count in found.speakers] == ["I", "P"]
    assert any("Remember" in warning for warning in found.warnings)


def test_a_cover_page_is_nobodys_words():
    body = (
        "Peer support study\n\nInterviewer: AK\nParticipant: A-SU1\nDate of interview: 3 May\n\n"
        "Interviewer: So?\nParticipant: Yes\nInterviewer: And?\nParticipant: No\n"
    )
    turns = find(body, Options()).turns
    assert [turn.speaker for turn in turns] == ["", "Interviewer", "Participant", "Interviewer", "Participant"]
    assert body[: turns[0].end].endswith("3 May\n\n")


def test_a_label_before_a_sentence_ends_the_cover_page():
    body = "INT: Where do you live?\nTime: it was short.\nAnn: Right then.\nTime: again.\nINT: ok\nAnn: yes\n"
    turns = find(body, Options()).turns
    assert [turn.speaker for turn in turns] == ["INT", "Ann", "INT", "Ann"]
    turns = find("Date: 3 May\n" + body, Options()).turns
    assert [turn.speaker for turn in turns] == ["", "INT", "Ann", "INT", "Ann"]


def test_how_many_lines_were_taken_as_a_cover_page_is_told():
    talk = "I: So?\nP: Yes\nI: And?\nP: No\n"
    assert not any("cover page" in warning for warning in find(talk, Options()).warnings)
    told = find(f"Study of peers\n\nDate: 3 May\nPlace: phone\n\n{talk}", Options()).warnings
    assert "3 lines above the first speaker: a cover page, nobody's words" in told


def test_an_early_note_does_not_make_a_cover_page():
    body = "Interviewer: hello\nNote: dog barks\nP1: hi\nInterviewer: so\nP1: no\n"
    assert find(body, Options()).turns[0].speaker == "Interviewer"


def test_a_cover_page_with_empty_lines_and_one_without_any():
    told = ["Date: 3 May", "Interviewer: Anna K.", "Place: phone"]
    talk = ["Interviewer: Hello?", "Dean: Hi", "Interviewer: And?", "Dean: No"]
    for gap in ("\n", "\n\n"):
        turns = find(gap.join(["Dean", *told, *talk]), Options()).turns
        assert [turn.speaker for turn in turns] == ["", "Interviewer", "Dean", "Interviewer", "Dean"]


def test_the_first_speakers_are_not_mistaken_for_a_cover_page():
    body = "I: So?\n\nP1: Yes\n\nP2: No\n\nP3: Once\n\nI: And?\n\nP1: Well\n\nP2: Oh\n"
    assert find(body, Options()).turns[0].speaker == "I"


def test_where_only_the_moderator_is_labelled_the_paragraphs_after_are_answers():
    body = "MODERATOR: How is it?\nIt is fine, and " + "more " * 30 + "\nReally.\nMODERATOR: And now?\nBad.\n"
    found = find(body, Options())
    assert heads(body, found.turns) == [("MODERATOR", "How"), ("", "It"), ("MODERATOR", "And"), ("", "Bad.")]
    assert any("only MODERATOR" in warning for warning in found.warnings)


def test_nobody_is_guessed_to_be_the_interviewer():
    found = find("Anna: So?\nDean: Yes\nAnna: And?\nDean: No\n", Options())
    assert not any(count.is_interviewer for count in found.speakers)
    assert "no interviewer recognised: name one with --interviewer" in found.warnings


def test_whom_the_cover_page_names_is_said_but_not_acted_upon():
    body = "**Date:** 3 May\n**Interviewer:** AK\n\n**AK:** So?\n\n**Dean:** Yes\n\n**AK:** And?\n\n**Dean:** No\n"
    found = find(body, Options())
    assert not any(count.is_interviewer for count in found.speakers)
    assert "no interviewer recognised: name one with --interviewer (the cover page names AK)" in found.warnings


def test_the_researcher_names_the_interviewer_in_any_case():
    found = find("Anna: So?\nModerator: Yes\nAnna: And?\nModerator: No\n", Options(interviewers=("ANNA",)))
    assert [count.label for count in found.speakers if count.is_interviewer] == ["Anna"]


def test_a_named_interviewer_needs_no_second_turn():
    found = find("Anna: So?\nDean: Yes\nDean: No\n", Options(interviewers=("anna",)))
    assert [count.label for count in found.speakers] == ["Anna", "Dean"]


def test_named_speakers_are_all_the_speakers():
    body = "Note: So?\nDean: Yes\nNote: And?\nand so she said: No\nDean: x\n"
    found = find(body, Options(speakers=("dean", "And so she said")))
    assert [(count.label, count.turns) for count in found.speakers] == [("Dean", 2), ("and so she said", 1)]


def test_words_are_counted_without_labels_and_stamps():
    body = "I: one two\nP (0:05): three\nI: four\nP: five six seven\n"
    assert Transcript("x", body, find(body, Options()).turns, ()).words == {"I": 3, "P": 4}


def test_stamps_are_kept_as_cues():
    body = "[00:00:05] Interviewer: So\n[00:00:09] Dean: Well [00:00:12] yes\n[01:00:05] Interviewer: And\n"
    cues = find(body, Options()).cues
    assert [time for _, time in cues] == [5_000, 9_000, 12_000, 3_605_000]
    assert [body[position] for position, _ in cues] == ["["] * 4


def test_a_text_without_labels_is_one_turn():
    found = find("Nobody speaks here.\nIt is a diary.\n", Options())
    assert [(turn.start, turn.speaker) for turn in found.turns] == [(0, "")]
    assert found.speakers == ()


@pytest.mark.parametrize(
    "junk", [": " * 7000, "a" * 14000 + ":", "[0:0 " * 3000, "A " * 7000 + ":", "**" * 7000, "((" * 7000]
)
def test_a_line_of_any_length_is_read_in_one_pass(junk):
    body = f"I: so\n{junk}\nP: yes\nP: {junk}"
    assert find(body, Options()).turns[-1].end == len(body)


def test_labels_are_compared_composed():
    assert label_key("Enque\u0302te\u0301") == label_key("ENQUÊTÉ")


def test_answers_of_a_questionnaire_are_no_speakers():
    assert find("Are you well?\nYES\nDo you sleep?\nNO\nDo you eat?\nYES\nAlone?\nNO\n" * 3, Options()).speakers == ()


def test_headings_in_capitals_are_no_speakers():
    body = "".join(f"PART {number}\nSome words.\nLAUGHTER\nMore.\nWHAT HELPED\nIt did.\n" for number in "ABC")
    assert find(body.replace("WHAT HELPED", "WHAT HELPED?"), Options()).speakers == ()
    assert find("METHODS\nWe asked.\nRESULTS\nThey told.\nSCOPE\nSmall.\nLIMITS\nMany.\n", Options()).speakers == ()


def test_the_end_of_a_broken_sentence_is_no_speaker():
    body = (
        "It was late on the evening of that day when the man at the door turned round and\nsaid: no.\n\n"
        "She had thought about it for the whole of a week, and in the end she came in and\nsaid: yes.\n\n"
        "What was left after all of this had been told and written down was nothing but the\nquestion: who?\n"
    )
    assert find(body, Options()).speakers == ()
    talk = "ann: it was late on the evening of that day\nbo: oh\nann: and nobody was there\nbo: no\n"
    assert [count.label for count in find(talk, Options()).speakers] == ["ann", "bo"]
    lines = [f"{name}: and then we all went over to the house again" for name in ("ann", "bo", "ann", "bo")]
    assert [count.label for count in find("\n".join(lines), Options()).speakers] == ["ann", "bo"]
    front = "---\ndate of the interview in Leeds: 2024-05-03, in the afternoon\ninterviewer: JB\n---\n\n"
    talk = "Interviewer: So?\n\nAnn: Yes.\n\nInterviewer: And?\n\nAnn: No.\n"
    assert {count.label for count in find(front + talk, Options()).speakers} == {"Interviewer", "Ann"}
    told = find(body, Options(speakers=("said",))).speakers
    assert [(count.label, count.turns) for count in told] == [("said", 2)]


def test_times_parted_by_a_comma_are_times():
    cues = find("0:00:01.120,0:00:04.000\nAnn: Hi\n\n0:00:05.000,0:00:06.500\nBo: Yes\n", Options()).cues
    assert [time for _, time in cues] == [1120, 5000]


def test_seconds_from_and_to_are_times():
    cues = find("[0.00 --> 1.76]  Hello.\n[2.22s -> 4.80s] Yes.\n", Options()).cues
    assert [time for _, time in cues] == [0, 2220]


def test_headings_that_come_again_are_no_names():
    notes = "Main Concerns\nThe flat is cold.\n\nNext Steps\nShe will call.\n\n" * 4
    assert find(notes, Options()).speakers == ()
    asked = "Main Concerns\nIs it cold? Yes.\n\nNext Steps\nWho calls?\n\nOther Notes\nNone?\n\n" * 4
    assert find(asked, Options()).speakers == ()


def test_chapters_lists_and_stories_have_no_speakers():
    chapters = "I. The Road\n\nIt was long.\n\nII. The House\n\nIt was old.\n\nIII. The End\n\nIt came.\n\n"
    assert find(chapters * 3, Options()).speakers == ()
    choices = "A. Yes, I do.\nB. No, I do not.\nC. I cannot say.\n"
    assert find(choices * 4, Options()).speakers == ()
    assert (
        find("He said: no.\nI went on.\nHe said: yes.\nI said: so?\nIt was late.\nI said: go.\n", Options()).speakers
        == ()
    )
    talk = "Edward Said: Yes.\nAnn: So?\nEdward Said: Well.\nAnn: No.\n"
    assert [count.label for count in find(talk, Options()).speakers] == ["Edward Said", "Ann"]
    talk = "You said:\nWhy?\n\nChatGPT said:\nSo.\n\nYou said:\nOh.\n\nChatGPT said:\nYes.\n"
    assert [count.label for count in find(talk, Options()).speakers] == ["You said", "ChatGPT said"]


def test_names_in_the_speeches_of_a_play_are_no_speakers():
    body = "HIGGINS. Pickering: listen.\n\nLIZA. Yes?\n\n" * 4
    assert [(count.label, count.turns) for count in find(body, Options()).speakers] == [("HIGGINS", 4), ("LIZA", 4)]


def test_what_only_looks_like_a_title_is_no_speaker():
    body = "Mr. Roe: So?\nMs. Poe: Yes.\nMr. Roe: And?\nThe Answer: no.\nMs. Poe: Well.\nThe Clerk: Case 2.\n"
    assert [count.label for count in find(body, Options()).speakers] == ["Mr. Roe", "Ms. Poe", "The Clerk"]


def test_headings_in_capitals_that_go_round_are_no_speakers():
    day = "PRAYERS\nThe House met.\n\nOFFICIAL REPORT\nIt is here.\n\nORAL ANSWERS\nMany were given.\n\n"
    assert find(day * 4, Options()).speakers == ()


def test_capitals_before_the_statements_of_a_book_are_no_speakers():
    body = (
        "THEOREM. It holds.\n\nThis is clear.\n\nPROOF. It follows.\n\nWe now go on.\n\nAll is well.\n\n"
        "THEOREM. It fails.\n\nSo be it.\n\n"
    )
    assert find(body * 4, Options()).speakers == ()
    assert find("NAME  VALUE\nSIZE  LARGE\n" * 5, Options()).speakers == ()


@pytest.mark.parametrize(
    "told",
    [
        "Data: 3 maja\nMiejsce: Kraków\nBadacz: Jan\nRespondent: R3\n",
        "Дата: 3 мая\nМесто: Пермь\nИсследователь: Анна\nРеспондент: Р3\n",
        "日期：2024年5月3日\n地点：北京\n访谈者：王\n受访者：李\n",
        "Dato: 3. maj\nSted: Aarhus\nInterviewer: Jan\nInformant: R3\n",
    ],
)
def test_cover_pages_of_other_languages_are_nobodys_words(told):
    talk = "Interviewer: So?\n\nRespondent: Yes.\n\n" * 3
    assert [(count.label, count.turns) for count in find(f"{told}\n{talk}", Options()).speakers] == [
        ("Interviewer", 3),
        ("Respondent", 3),
    ]
