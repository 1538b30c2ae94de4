"""Codebooks as YAML files: read with every mistake named by line and column, written readably, compared.

Knows texts, not projects: `work/apply_codebook` carries a codebook into a project file.

A file looks like this (`qualcode codebook export` writes the same form):

    codebook: my_study
    title: What helped, what did not
    provenance: Written by us from the first ten interviews.
    kinds: [turning point]            # only kinds that qualcode does not know already
    codes:
      - id: M1                        # short, without blanks: it stands in the margin
        name: Trust from shared experience
        kind: mechanism               # a child has its parent's kind unless it says otherwise
        brief: One line.
        definition: >
          The full definition.
        include: When to use it.
        exclude: When not, and which code to use instead.
        example: A passage.
        valence: good                 # good, bad, less is better or neutral; neutral unless stated, never inherited
        leads_to: [P1]                # expected arrows
        applies_to: [SU, PW]          # roles; none stated = all
        colour: "#2E7D32"             # in quotes, since # begins a comment
        key: t
        codes:
          - id: M1a
            name: Common ground

Instead of standing inside its parent a code may name it: `parent: M1`.

Every value is read as text, so that `No`, `0123` and `2024-01-01` stay what was typed. Anchors, aliases,
merge keys, tags and duplicate keys are refused: they make a file say something else than it shows.
"""

from qualcode.codebook.comparing import Change, ChangeKind, diff, renumbered, retired
from qualcode.codebook.frames import Codebook, CodebookCode
from qualcode.codebook.reading import load, loads
from qualcode.codebook.writing import dump

__all__ = ["Change", "ChangeKind", "Codebook", "CodebookCode", "diff", "dump", "load", "loads", "renumbered", "retired"]
