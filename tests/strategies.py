"""Shared hypothesis strategies: texts as transcripts hold them, passages in them, replacements for them."""

from hypothesis import settings
from hypothesis import strategies as st

PROPERTY = settings(max_examples=100, deadline=None)
"""For every property test: bounded, and no deadline, since the machine may be busy."""

WORDS = (
    "hope",
    "the",
    "don't",
    "well-being",
    "mm",
    "😀",
    "👩🏽‍🦱",  # joined by zero-width joiners
    "e\u0301te\u0301",  # combining marks
    "été",
    "שלום",  # right to left
    "\u202bمرحبا\u202c",  # with bidirectional controls
    "我希望好起来",  # no blanks between words
    "Anna",
    "P3",
)
BETWEEN = (" ", " ", " ", "  ", "\t", "\n", "\n\n", ", ", ". ", "… ", " – ", "")

characters = st.characters(exclude_categories=["Cs"], exclude_characters="\r\0")


def texts(min_words: int = 0, max_words: int = 15) -> st.SearchStrategy[str]:
    """Texts as stored: no CR, no NUL, no lone surrogates; mostly words that repeat, sometimes anything."""
    words = st.one_of(st.sampled_from(WORDS), st.sampled_from(WORDS), st.text(characters, max_size=6))
    pieces = st.tuples(words, st.sampled_from(BETWEEN)).map("".join)
    return st.lists(pieces, min_size=min_words, max_size=max_words).map("".join)


@st.composite
def spans(draw, text: str) -> tuple[int, int]:
    """A passage of the text, at least one code point long; the text must not be empty."""
    start = draw(st.integers(0, len(text) - 1))
    return start, draw(st.integers(start + 1, len(text)))


@st.composite
def replacements(draw, text: str, max_size: int = 6) -> list[tuple[int, int, str]]:
    """Replacements that do not overlap (but may touch, insert, delete or change nothing), in any order."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=2 * max_size)))
    pairs = dict.fromkeys(zip(cuts[::2], cuts[1::2], strict=False))
    words = st.one_of(texts(max_words=2), st.just(""))
    chosen = [(start, end, draw(st.one_of(words, st.just(text[start:end])))) for start, end in pairs]
    return draw(st.permutations(chosen))


@st.composite
def edited_texts(draw) -> tuple[str, str]:
    """A text and another that came from it by a few changes."""
    before = draw(texts())
    after = before
    for start, end, words in sorted(draw(replacements(before)), reverse=True):
        after = after[:start] + words + after[end:]
    return before, after
