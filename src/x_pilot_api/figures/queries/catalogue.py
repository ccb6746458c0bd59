"""Telling the catalogue of figures."""

from x_pilot_api.figures import rules
from x_pilot_api.figures.schemas import FigureDefinitionOut


def list_definitions() -> list[FigureDefinitionOut]:
    """List the figures in their newest versions."""
    return [
        FigureDefinitionOut(
            code=each.code,
            version=each.version,
            span=each.span,
            unit=each.unit,
            name_zh=each.name.zh,
            name_en=each.name.en,
            numerator_zh=each.numerator.zh,
            numerator_en=each.numerator.en,
            denominator_zh=each.denominator.zh if each.denominator else None,
            denominator_en=each.denominator.en if each.denominator else None,
            not_kept_zh=each.not_kept.zh if each.not_kept else None,
            not_kept_en=each.not_kept.en if each.not_kept else None,
        )
        for each in rules.CURRENT.values()
    ]
