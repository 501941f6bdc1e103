"""Lemmas as a choice among edit scripts.

A script is either `=lemma`, the lemma itself, or `<case>|<strip>|<append>`: take the form (`k`) or the form in lower
case (`l`), remove `strip` characters from its end (all, if it has fewer), and add `append`.
"""

import collections


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


def learn(sentences, at_least=3):
    """The scripts seen often enough, the commonest first."""
    counts = collections.Counter(script_for(form, lemma) for s in sentences if s.lemmas
                                 for form, lemma in zip(s.words, s.lemmas))
    return [script for script, n in counts.most_common() if n >= at_least]
