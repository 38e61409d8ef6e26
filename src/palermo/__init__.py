"""Palermo: the law against trafficking in persons, computable.

import palermo
law = palermo.load()
law.assess("GBR", against="palermo-protocol")
"""

from palermo.law import Law, load

__all__ = ["Law", "load"]
