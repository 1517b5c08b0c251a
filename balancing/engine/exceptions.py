class EngineError(ValueError):
    """Bad input to the engine; the message names the field, the value and the bound."""


class ProblemError(EngineError):
    """A problem that cannot be stated: wrong shapes, ranges or counts."""


class ParameterError(EngineError):
    """A search parameter outside its bounds."""
