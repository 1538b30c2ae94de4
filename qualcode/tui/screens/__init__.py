"""The places of the workbench, one screen a file."""
