"""How names inflect: the parts behind `ca_normalize.gazetteer.inflect`, which is the door to use.

``tables`` loads the Russian tables, ``russian`` declines a word, ``phrases`` says which words of a name decline, and
``suffixes`` loads and spells out the endings of the Turkic languages and Tajik, ``affix`` takes them off and puts them
on. The tables are TOML, in ``data/gazetteer/inflection``.
"""
