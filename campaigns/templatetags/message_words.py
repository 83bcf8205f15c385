"""Messages, as lists, panels and pages say them."""

from django import template

from campaigns import flag_words, message_words

register = template.Library()
register.filter("flag_sentence", flag_words.sentence)
register.filter("when", message_words.when)
register.filter("cut_off", message_words.cut_off)
register.filter("clash_sentence", message_words.clash_sentence)
