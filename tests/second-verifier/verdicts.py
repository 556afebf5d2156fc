"""Verdicts (spec §8.1)."""


class Rejection(Exception):
    """The first check that failed: its step, its code, and a detail for people (§8.1)."""

    def __init__(self, step, code, detail=""):
        super().__init__(step, code, detail)
        self.step = step
        self.code = code
        self.detail = detail


def require(condition, step, code, detail=""):
    if not condition:
        raise Rejection(step, code, detail)


def verdict_of(check):
    """Runs a check that returns what was proven or raises Rejection; returns the verdict as a dictionary."""
    try:
        return {"ok": True, "proven": check()}
    except Rejection as rejection:
        return {"ok": False, "step": rejection.step, "code": rejection.code, "detail": rejection.detail}
