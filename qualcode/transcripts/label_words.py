"""What the words of a label say: who asks, who speaks, what is only a stage note or a key of the cover page.

Whole words, case-folded. A word is an interviewer's only where it can hardly be anybody else's: "R" may be
researcher or respondent, so it stands for neither.
"""

import re
import unicodedata

_ASKS = """
interviewer interviewers interviewerin researcher moderator facilitator co-interviewer co-moderator
co-facilitator interviewster intervieweur intervieweuse chercheur chercheuse enquêteur enquêtrice enquêteuse
enqueteur enqueteuse enquetrice modérateur modératrice animateur animatrice facilitateur facilitatrice
entrevistador entrevistadora investigador investigadora moderadora moderador facilitador facilitadora
encuestador encuestadora pesquisador pesquisadora intervistatore intervistatrice ricercatore ricercatrice
moderatore moderatrice forscher forscherin moderatorin fragesteller fragestellerin befrager befragerin
onderzoeker onderzoekster gespreksleider intervjuare intervjuaren intervjuer forskare forskaren forsker
forskeren interviewerem haastattelija tutkija badacz badaczka ankieter ankieterka moderatorka prowadzący
prowadząca tazatel tazatelka výzkumník výzkumnice moderátor moderátorka интервьюер исследователь
исследовательница модератор інтервʼюер інтерв'юер дослідник дослідниця görüşmeci araştırmacı moderatör
ερευνητής ερευνήτρια συνεντευκτής συντονιστής συντονίστρια الباحث الباحثة باحث باحثة المحاور المحاورة محاور
محاورة מראיין מראיינת המראיין המראיינת חוקר חוקרת החוקר החוקרת מנחה המנחה مصاحبه‌گر مصاحبه‌کننده پژوهشگر
پرسشگر 访谈者 采访者 访问者 研究者 主持人 访谈员 采访人 研究员 訪談者 採訪者 訪問者 訪談員 研究員 インタビュアー
聞き手 司会 司会者 調査者 質問者 면담자 연구자 진행자 인터뷰어 질문자 사회자 साक्षात्कारकर्ता शोधकर्ता
pewawancara peneliti
"""
_ASKS_ALONE = """
int intv i q question pregunta pergunta domanda frage vraag fråga otázka pytanie вопрос soru ερώτηση سؤال שאלה
问 問 提问 提問 문
"""
_SPEAKS = """
participant respondent interviewee speaker informant narrator answer patient client person unknown
interviewe interviewé interviewée enquêté enquêtée répondant répondante entrevistado entrevistada
participante entrevistada respondente encuestado intervistato intervistata befragte befragter teilnehmer
teilnehmerin deelnemer deelneemster respondente geïnterviewde deltagare deltager haastateltava respondentka
респондент информант مشارك المشارك מרואיין מרואיינת המרואיין המרואיינת مصاحبه‌شونده 受访者 受訪者 被访者 回答者
参加者 면담대상자 참여자 응답자 a p r
"""
_TOGETHER = """
all everyone everybody both several many group audience unknown unidentified unclear voice voices male female man woman
speaker alle mehrere beide tous toutes plusieurs todos todas varios varias tutti vários
"""
_STAGE = """
laughs laugh laughter laughing chuckles giggles pause pauses paused silence silent long short inaudible
unintelligible indistinct unclear crosstalk overtalk overlapping overlap noise music applause cough coughs
coughing sigh sighs sighing crying cries sobs whispers interruption interrupted break recording tape end start
redacted anonymised anonymized removed omitted blank foreign phonetic sic beep phone rings nods shrugs
rire rires silence inaudible coupure interruption risa risas ríe pausa silencio ininteligible inaudible risos
lacht lachen gelächter pause unverständlich schweigen stilte lacht onverstaanbaar ride risate pausa
incomprensibile smiech śmiech smích skratt смех пауза неразборчиво ضحك صمت צוחק צחוק 笑 笑声 沉默 沈黙 웃음
"""
_KEYS = """
date time place location duration length note notes nb n.b p.s ps example for\xa0example e.g i.e source
figure table title page pages part url http https ftp mailto file filename transcriber transcribed
transcribed\xa0by transcription recording recorded subject topic theme section chapter project site setting
version edited checked consent keywords summary abstract warning audio video fecha lugar duración nota notas
datum ort dauer anmerkung durée lieu remarque data luogo durata local duração plaats duur www
出席議員 缺席議員 出席者 缺席者 註 注 附註 附注 备注 備註 資料來源 资料来源
"""

_NAMES_TOO = frozenset({"long", "short", "blank", "foreign", "phone", "start", "end", "tape"})

_ANSWERS = """
yes no maybe perhaps never always sometimes often rarely none ok okay true false agree disagree n/a na
oui non ja nein nee si sí não sim nej nie tak да нет
"""
_COVER = """
date time place location duration length age gender sex pseudonym ethnicity transcriber transcribed transcript
wave setting site id number role position occupation job title project study file consent recorded recording
datum ort alter dauer fecha lugar edad duración lieu durée âge genre luogo età plaats leeftijd
data miejsce wiek místo věk dato sted varighed alder plats ålder päivämäärä paikka ikä tarih yer süre yaş ημερομηνία
дата место возраст продолжительность місце вік التاريخ المكان العمر תאריך מקום גיל 日期 地点 地點 时间 時間 时长 時長
年龄 年齡 性别 性別 日時 場所 年齢 날짜 장소 나이 성별
"""
_TITLES = """
mr mrs ms miss mx capt sgt lt col gen maj sir madam madame lord lady baroness dame hon dr prof professor
senator representative senhor senhora señor señora monsieur mme herr frau
"""
_SAYS = """
said says asked asks replied answered wrote told cried added thought dit sagte fragte dijo disse zei vroeg sade sagde
"""
_TELLS = """
i he she we they it and but so then who someone somebody er sie ich wir il elle je on él ella yo ele ela eu hij zij ik
"""
_OFFICES = """
minister secretary chairman chairwoman chairperson chair speaker president court clerk witness judge justice chancellor
attorney attorney-general advocate solicitor solicitor-general bishop archbishop leader deputy premier treasurer mayor
commissioner interpreter reporter bailiff foreman foreperson marshal videographer operator convener provost registrar
officer director governor ambassador sergeant usher
"""
_TITLES_BEHIND = """
議員 议员 主席 局長 局长 司長 司长 部長 部长 委員 委员 先生 女士 小姐 教授 大臣 さん 의원 위원장
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("\xa0", " ") for word in unicodedata.normalize("NFC", text).casefold().split(" "))


def _word_set(block: str) -> frozenset[str]:
    return _words(" ".join(line.strip() for line in block.strip().split("\n")))


_ASKING = _word_set(_ASKS)
_ASKING_ALONE = _word_set(_ASKS_ALONE)
_SPEAKING = _word_set(_SPEAKS)
_TOGETHER_WORDS = _word_set(_TOGETHER)
_STAGE_WORDS = _word_set(_STAGE)
_ANSWER_WORDS = _word_set(_ANSWERS)
_COVER_KEYS = _word_set(_KEYS)
_COVER_WORDS = _word_set(_COVER)
_TITLE_WORDS = _word_set(_TITLES)
_SAYING = _word_set(_SAYS)
_TELLING = _word_set(_TELLS)
_OFFICE_WORDS = _word_set(_OFFICES)
_TITLES_AFTER = tuple(_TITLES_BEHIND.split())
_LONGEST_WITHOUT_BLANKS = 16
_SENTENCES_END = ("如下", "包括", "表示", "指出", "問道", "问道", "告知本會")

# Chercheur(se), Entrevistador/a, Interviewer*in, Chercheur·se
_GENDERED = re.compile(r"[(/*·.](?:in|e|se|euse|ice|rice|trice|a|ka|in\w{0,4})\)?(?=$|[ \d])")
_NUMBERED = re.compile(r"[\s_#.\-]{0,2}\d{1,4}[a-z]?\.?$")
_CODE = re.compile(r"[A-Z]{1,4}[ _\-]?\d{0,4}[A-Za-z]?\.?$")
_NUMBERED_CODE = re.compile(r"[A-Z]{1,3}[ _\-]?\d{1,3}[a-z]?\??$")
_BETWEEN = re.compile(r"[^\w'ʼ\u200c.\-]+")


def asks(key: str) -> bool:
    """Whether a label's key (see `labels.label_key`) says that its speaker asks the questions."""
    return is_asking_word(key) or any(word.strip(".") in _ASKING for word in _BETWEEN.split(_GENDERED.sub("", key)))


def is_asking_word(key: str) -> bool:
    """Whether a key is nothing but a word for the interviewer, perhaps with a number: so clear that once is enough."""
    return _bare(key) in _ASKING or _bare(key) in _ASKING_ALONE


def _bare(key: str) -> str:
    return _NUMBERED.sub("", _GENDERED.sub("", key)).strip(" ._")


def names_a_speaker(label: str) -> bool:
    """Whether a label is a word for a speaker in interviews, or a short code such as P03 or INT."""
    key = label.casefold()
    return asks(key) or is_speaking_word(key) or _CODE.match(label) is not None


def can_only_be_a_speaker(label: str) -> bool:
    """Whether a label is a code with a number (P3), or nothing but words for speakers ("Unknown male", "All")."""
    words = _BETWEEN.sub(" ", label.casefold()).split()
    if label.endswith("?"):
        return True
    return _NUMBERED_CODE.match(label) is not None or (
        bool(words) and all(word in _TOGETHER_WORDS or is_speaking_word(word) or word.isdigit() for word in words)
    )


def is_speaking_word(key: str) -> bool:
    """Whether a key is nothing but a word for somebody who is interviewed, perhaps with a number."""
    return _bare(key) in _SPEAKING


def bears_a_title(label: str) -> bool:
    """Whether a label is how parliaments and courts call somebody: `Mr. Roe`, `The Minister for Health (Ms Doe)`."""
    if label.endswith(_TITLES_AFTER):
        return len(label) <= _LONGEST_WITHOUT_BLANKS
    first, _, rest = label.partition(" ")
    if first == "The":
        return not _OFFICE_WORDS.isdisjoint(label.casefold().split())
    return rest[:1].isupper() and first.casefold().rstrip(".") in _TITLE_WORDS


def tells_who_said(label: str) -> bool:
    """Whether a label is of a story: `He said:`. Edward Said is somebody; programs write `You said:` above turns."""
    words = label.split()
    return not _SAYING.isdisjoint(words) and words[0].casefold() in _SAYING | _TELLING


def announces(label: str) -> bool:
    """Whether a label in Chinese is a sentence that ends in a colon: `我答覆如下：` (I answer as follows)."""
    return len(label) > 1 and label.endswith(_SENTENCES_END)


def is_stage_note(key: str) -> bool:
    """Whether a bracketed key tells what happens ("laughs", "pause 3 sec"), not who speaks."""
    return any(word.strip(".") in _STAGE_WORDS for word in _BETWEEN.split(key))


def is_stage_word(key: str) -> bool:
    """Whether a key with a colon only tells what happens ("Break", "Music"); people are called Long and Short."""
    return key in _STAGE_WORDS and key not in _NAMES_TOO


def is_of_a_heading(key: str) -> bool:
    """Whether a key has a word of headings and notes in it ("Part two", "End of tape", "Topic 3")."""
    words = {word.strip(".") for word in _BETWEEN.split(key)}
    return bool(words & (_COVER_KEYS | _COVER_WORDS | _STAGE_WORDS))


def is_answer(key: str) -> bool:
    """Whether a line of its own is what a questionnaire has for an answer ("YES", "NEVER"), not who speaks."""
    return key in _ANSWER_WORDS


def is_cover_key(key: str) -> bool:
    """Whether a key belongs to a cover page or a note ("Date", "NB"), not to a speaker."""
    return key in _COVER_KEYS or key.split(" ", maxsplit=1)[0] in {"http", "https"}


def speaks_of_the_interview(key: str) -> bool:
    """Whether a key at the top of a text tells about the interview ("Date of interview", "Participant ID")."""
    return any(word.strip(".") in _COVER_WORDS for word in _BETWEEN.split(key))
