"""How names inflect: the parts behind `ca_normalize.gazetteer.inflect`, which is the door to use.

``tables`` loads the Russian tables, ``russian`` declines a word, ``phrases`` says which words of a name decline, and
``suffixes`` knows the endings of the Turkic languages, Tajik and English. The tables are TOML, in
``data/gazetteer/inflection``.
"""
