"""What language models and dictionaries are for here: base forms of words, so that "cope" finds "coping" and "coped".

The only room that knows spaCy and simplemma, and it loads them when a text is parsed, never before. It knows texts, not
projects, and nothing it does needs a network. What it finds is an offer to a person who decides.

- `pipelines`: which pipelines are installed, which one a choice comes to, and what is missing;
- `parsing`: a text parsed by one, and kept in the user's cache;
- `entities`: what its entity recogniser takes for names;
- `lemma_index`: the words of a text with their base forms, read without spaCy.
"""
