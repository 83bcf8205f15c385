"""Pictures of experiments: numbers in, frozen geometry out; templates in templates/experiments/pictures/ draw it.

Across, places are per cent of the picture's width, so that words keep their size on every screen; down, they are
pixels. Numbers that are not finite count as missing, and nothing that is missing is drawn.
"""
