from qualcode.tui.screens.study_screen import StudyScreen
class ImportScreen(StudyScreen): pass
