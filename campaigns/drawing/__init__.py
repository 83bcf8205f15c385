"""Where things stand on the calendar, and pictures of projections: numbers and days in, places out; pure.

`fan` is for projections, whose templates in templates/campaigns/pictures/ draw it: across, places are per cent of the
picture's width or of a box of 1000; down, they are pixels. All others are for the calendar.
"""
