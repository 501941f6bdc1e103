"""Lemmas as a choice among edit scripts.

A script is either `=lemma`, the lemma itself, or `<case>|<strip>|<append>`: take the form (`k`) or the form in lower
case (`l`), remove `strip` characters from its end (all, if it has fewer), and add `append`.

Word pieces tell little about spelling ("voted" is one piece: vote or vot?), so words of the open classes that training
has seen come with their lemma in a table, which goes before the script: {part of speech: {form in lower case: lemma}}.
"""

import collections


TABLED = ('VERB', 'AUX', 'NOUN', 'ADJ', 'ADV')


def script_for(form, lemma):
    """The script that makes the lemma from the form."""
    case = 'l' if lemma == lemma.lower() else 'k'
    base = form.lower() if case == 'l' else form
    shared = 0
    while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
        shared += 1
    if shared < 2 and base != lemma:
        return '=' + lemma
    return f'{case}|{len(base) - shared}|{lemma[shared:]}'


def apply(script, form):
    if script.startswith('='):
        return script[1:]
    case, strip, append = script.split('|', 2)
    base = form.lower() if case == 'l' else form
    return base[:max(0, len(base) - int(strip))] + append


def learn_scripts(sentences, at_least=3):
    """The scripts seen often enough, the commonest first."""
    counts = collections.Counter(script_for(form, lemma) for s in sentences if s.lemmas
                                 for form, lemma in zip(s.words, s.lemmas))
    return [script for script, n in counts.most_common() if n >= at_least]


def learn_words(sentences, agreed=0.8):
    """The table: forms of the open classes whose lemma is the same in most places."""
    counts = collections.defaultdict(collections.Counter)
    for s in sentences:
        for form, lemma, upos in zip(s.words, s.lemmas or (), s.upos or ()):
            if upos in TABLED and lemma != '_':
                counts[upos, form.lower()][lemma] += 1
    table = {upos: {} for upos in TABLED}
    for (upos, form), lemmas in sorted(counts.items()):
        lemma, n = lemmas.most_common(1)[0]
        if n >= agreed * lemmas.total():
            table[upos][form] = lemma
    return table


def lemma_of(form, upos, script, table):
    """The lemma of a word: from the table if it is there, else by its script."""
    return table.get(upos, {}).get(form.lower()) or apply(script, form)
