from experiments.admin import log, practice

__all__ = ["log", "practice"]
