"""Made-up talk for made-up interviews: sentences from word lists, each knowing what it is about.

Nobody said any of this. `{who}`, `{whom}` and `{whose}` stand for the speaker or the person spoken of; every clause is
in the past tense, so that "I" and a name both fit.
"""

from dataclasses import dataclass
from random import Random

from qualcode.model import Direction

CLAUSES: dict[str, tuple[str, ...]] = {
    "M1": ("{peer} knew what {place} did to people, and that made the room safe",
           "{who} trusted {peer} before {who} trusted anybody else at {place}"),
    "M1a": ("{peer} had slept on {place} too, in the bed by the {thing}",
            "{who} and {peer} found out that the same tablets had dried out both their mouths",
            "{peer} knew the {thing} at {place} without being told"),
    "M1b": ("{who} only had to say half of it and {peer} had the other half",
            "{peer} never asked {whom} what the voices meant, {peer} just nodded at the {thing}"),
    "M1c": ("{peer} bought two teas and had all {day} afternoon for it",
            "{peer} sat on the {thing} like anybody would, no badge, no forms",
            "with {peer} there was no desk in between, only the {thing}"),
    "M1d": ("{who} told {peer} about the {thing}, which nobody at {place} had ever heard of",
            "on a {day} {who} said it out loud to {peer} for the first time"),
    "M2": ("{who} watched {peer} live an ordinary {day}, illness and all",
           "{peer} let {whom} see what getting well looked like from close by"),
    "M2a": ("if {peer} could get up on a {day} and open the {thing}, then so could {who}",
            "{peer} had been worse than {who} ever was, and there {peer} stood with a {thing}",
            "{who} looked at {peer} and thought, there was a way out of {place} after all"),
    "M2b": ("{peer} showed {whom} what {peer} did with the {thing} when the nights got long",
            "{who} got the trick with the {thing} from {peer}, step by step"),
    "M2c": ("{peer} talked about {place} as others talk about the weather",
            "after {peer} said the word, it was just a word, like {thing}"),
    "M2d": ("{peer} was so far ahead that {who} felt smaller beside the {thing}",
            "then {peer} went off sick again, and {who} thought, so much for that"),
    "M3": ("{peer} was the one who got {whom} through the door of {place}",
           "through {peer} {who} got to know people at {place}"),
    "M3a": ("{peer} came along to {staff} and put {whose} words in order",
            "{peer} told {staff} what {who} could not say in the ward round"),
    "M3b": ("{who} missed three {day}s and {peer} still left a note by the {thing}",
            "{peer} rang every {day}, never cross, never for long"),
    "M3c": ("{peer} went with {whom} to the {group} the first time",
            "{peer} and {who} took the bus to the {group} and stood outside for a while"),
    "P0": ("nothing moved that {time}, it stayed as it was", "{who} got worse again while it all went on"),
    "P1": ("{who} began to trust {staff} a little as well", "{who} could sit with the family again"),
    "P3": ("{who} could picture next {day} again", "there was hope in it, not much, but {who} noticed it",
           "{who} bought a {thing} for the summer, which said something"),
    "P4": ("{who} rang the housing office without help", "{who} said no to {staff}, politely, and meant it",
           "{who} felt {who} had a say in things for once"),
    "P5": ("{who} and {staff} worked out the plan on one sheet of paper",
           "{who} told {staff} the truth about the tablets"),
    "P6": ("{who} stopped hiding the letters from {place}", "{who} was not ashamed of the scar that {time}"),
    "P7": ("{who} did the {thing} exercise alone at night", "{who} used what {peer} had shown, twice in a {day} night"),
    "P8": ("{who} went to every {day} meeting that {time}", "{who} stayed on when others left"),
    "P9": ("{who} joined the {group}", "{who} helped out at the {group} on {day}s"),
    "D0": ("a year on it was all the same", "later on it went downhill"),
    "D1": ("these months have been the best since before {place}", "{who} slept, ate and laughed again"),
    "D2": ("{who} kept up the flat and paid the bills", "{who} cooked a proper dinner every {day}"),
    "D3": ("the voices went down to a murmur", "the panic came less often than before {place}"),
    "D4": ("{who} did not go to A&E once that winter", "there was no bed needed at {place} after that"),
    "D5": ("{who} had two friends from the {group} round for tea", "there were people to ring on a {day} night"),
    "C": ("it depended on how {place} was set up", "some things around it helped and some did not"),
    "C1": ("the trust wanted figures and the {group} wanted people",),
    "C2": ("nobody at {place} knew what {peer} was there to do",),
    "C3": ("{peer} had to say where the line was, and wrote it down for {staff}",),
    "C4": ("{peer} had two days of training and then a {day} alone at {place}",),
    "C5": ("they put {whom} with {peer} because of the bus route, not for any better reason",),
    "C6": ("{peer} was on eight hours and a petrol allowance that never came",),
    "C7": ("it came too early, {who} could not even look at the {thing} yet",),
    "C8": ("{staff} left {peer} out of the handover for {time}",),
    "RV": ("other things happened as well that {time}",),
    "RV1": ("the new tablets started that same {day}",),
    "RV2": ("{who} got the flat in that {time}, with a door that shut",),
    "RV3": ("{whose} sister came back into it, and that did a lot",),
    "RV4": ("it was time as much as anything",),
    "B1": ("{peer} got something out of it too, {peer} said the job gave the week a shape",),
    "X": ("there was a price to it",),
    "X1": ("{peer} took it home and did not sleep",),
    "X2": ("then it stopped, on a {day}, without a goodbye",),
    "X3": ("they gave {peer} a lanyard and keys and then {peer} was one of them",),
    "SC1": ("looking after yourself meant the {thing} and a walk, to {whom}",),
    "SC2": ("it came at the right time, just after {place}",),
    "SC3": ("{who} could turn up or not, nobody counted",),
    "SC4": ("{staff} listened, which {who} had not expected",),
    "SC5": ("{who} and {staff} cut the dose together",),
    "SC6": ("the others in the group had been there, and that was most of it",),
    "SC7": ("{who} wrote the plan in pencil and kept it by the {thing}",),
    "SC8": ("on {day}s they did breathing and how to read a bus timetable again",),
    "SC9": ("the bus and the form put {whom} off",),
    "SC10": ("something shifted that {time}, {who} could feel it",),
    "SC11": ("{who} saw the doctor half as often after that",),
    "SC12": ("it was run from a church hall, which made it what it was",),
}  # fmt: skip
"""Short code -> clauses about it."""

CHAT = (
    "The {thing} is new, they had to save for it", "It rained that {day}, I remember that",
    "You can put the tape on the {thing}", "I don't know if that's what you want to hear",
    "There was a strike on at {place}, nothing to do with this", "It's a long way round by the {group}",
    "I'd have to think about that", "Where was I", "The {day} bus goes by the {place} road now",
    "We had a cat then, she slept on the {thing}", "[pause] It was a {day}, or the day before",
    "Anyway. [laughs] That's another story", "I haven't told that in years", "It was the {time} of the floods",
)  # fmt: skip
QUESTIONS = (
    "How did it start?", "What was that like?", "Can you say more about that?", "What happened then?",
    "And what changed, if anything?", "What did {peer} do, day to day?", "How was it with {staff}?",
    "What would you tell somebody new?", "Was anything hard about it?", "And since then?",
    "What about the {group}?", "Who else was around?", "Could you give me an example?",
)  # fmt: skip
BACK_CHANNELS = ("Mm.", "Right.", "Okay.", "Yeah.")
_FILLERS = ("", "", "", "Well, ", "I mean, ", "So, ", "You know, ", "No but ", "Like I said, ")
_SLOTS = {
    "place": ("Larch", "the day unit", "Fernside", "Ward Four", "the step-down house", "Elm Court", "the clinic"),
    "thing": ("radiator", "kettle", "toast trolley", "sofa", "sewing box", "calendar", "window", "notebook"),
    "day": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    "time": ("winter", "spring", "summer", "autumn"),
    "staff": ("the nurse", "Dr Amadi", "the ward sister", "the care co-ordinator", "the social worker"),
    "group": ("choir", "allotment", "walking group", "library club", "college course", "football"),
}  # fmt: skip
_JOINED: dict[Direction, tuple[str, ...]] = {
    "raises": ("{cause}, and because of that {effect}", "{cause}, so {effect}", "{cause}, which is how {effect}"),
    "lowers": ("{cause}, and after that it went the other way: less of it than before, where once {effect}",),
    "no effect": ("{cause}, but it did not do that: nobody could say that {effect}",),
    "mixed": ("{cause}, and some weeks {effect} and some weeks not at all",),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: what it says, the codes it is about, and the claim it makes, if any."""

    words: str
    codes: tuple[str, ...] = ()
    direction: Direction | None = None


@dataclass(frozen=True, slots=True)
class Voice:
    """Who talks: in the first person or of somebody they know, and who their peer worker is."""

    subject: str
    peer: str

    def fill(self, pattern: str, chance: Random) -> str:
        """The pattern with words for its slots."""
        first = self.subject == "I"
        words = {slot: chance.choice(some) for slot, some in _SLOTS.items()}
        words |= {"who": self.subject, "whom": "me" if first else self.subject, "whose": "my" if first else "the"}
        return pattern.format(peer=self.peer, **words)

    def about(self, code: str, chance: Random) -> Line:
        """A sentence about one code."""
        return Line(self._sentence(chance.choice(CLAUSES[code]), chance), (code,))

    def claim(self, cause: str, effect: str, direction: Direction, chance: Random) -> Line:
        """A sentence that says that one thing led to another."""
        pattern = chance.choice(_JOINED[direction])
        joined = pattern.format(cause=chance.choice(CLAUSES[cause]), effect=chance.choice(CLAUSES[effect]))
        return Line(self._sentence(joined, chance), (cause, effect), direction)

    def chat(self, chance: Random) -> Line:
        """A sentence about nothing that anybody codes."""
        return Line(self._sentence(chance.choice(CHAT), chance))

    def _sentence(self, pattern: str, chance: Random) -> str:
        filler = chance.choice(_FILLERS)
        words = self.fill(pattern, chance)
        keeps = words.startswith(("I ", "I'", "Dr ", self.subject, self.peer, "[")) or words.split()[0] in _NAMES
        head = words[0] if filler and keeps else words[0].lower() if filler else words[0].upper()
        return f"{filler}{head}{words[1:]}."


_NAMES = {"Larch", "Fernside", "Ward", "Elm", *_SLOTS["day"]}
