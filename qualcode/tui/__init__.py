"""The workbench in the terminal: reading and coding. Only here is Textual; the geometry modules need none."""
