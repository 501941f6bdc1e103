"""Scores of a model on gold sentences and tokens.

    python evaluate.py CORPORA MODEL.safetensors [--int8] [--golden FILE]

reads vocab.txt beside the model and prints one line a test set.  All words count, punctuation too.
  upos, lemma   share of words
  feats         share of words with every feature of `corpora.FEATURES` right
  uas, las      head; head and full relation (las_u: relation without its subtype, the figure of CoNLL 2018)
  ner_*         exact spans and kinds of names, where the set has them (only UNER)
--int8 acts as if linear layers and word embeddings were int8.  --golden writes inputs and outputs for 40 sentences of
EWT dev, to check another runtime against; never publish that file.
"""

import argparse
import collections
import dataclasses
import json
import os

import numpy as np
import torch

import corpora
import decode
import examples
import exported
import lemmas
import pieces

PIECES = 2048


@dataclasses.dataclass
class Answer:
    """What the model says about one sentence."""
    upos: list
    feats: list
    lemma_scripts: list
    heads: list
    rels: list
    names: list
    name_scores: np.ndarray
    hidden: torch.Tensor


def answer(model, labels, output, i, words):
    """Decodes sentence i of a batch."""
    rows = slice(1, words + 1)
    pick = lambda scores, items: [items[k] for k in scores.argmax(-1)]
    heads = decode.heads(output.arc[i, :words + 1, :words + 1].numpy())[1:]
    scores = model.label_scores(output.label_dependant[i, rows], output.label_head[i, torch.from_numpy(heads)])
    root = labels.rels.index('root')
    scores[:, root] = -1e9
    rels = ['root' if head == 0 else rel for head, rel in zip(heads, pick(scores, labels.rels))]
    groups = output.feats[i, rows].split([len(values) for _, values in labels.feats], -1)
    feats = list(zip(*(pick(group, values) for group, (_, values) in zip(groups, labels.feats))))
    names = output.ner[i, rows].numpy()
    return Answer(pick(output.upos[i, rows], labels.upos), feats, output.lemma[i, rows].argmax(-1).tolist(),
                  heads.tolist(), rels, decode.name_tags(names, labels.ner), names, output.hidden[i, rows])


@torch.inference_mode()
def answers(model, labels, word_pieces, sentences):
    """(sentence, Answer) for all sentences, short ones first."""
    model.eval()
    made = [examples.Example.of(s, word_pieces, labels) for s in sentences]
    for batch in examples.batches(made, PIECES, shuffle=False):
        output = model(*examples.tensors(batch)[0])
        for i, example in enumerate(batch):
            yield example.sentence, answer(model, labels, output, i, len(example.sentence.words))


def count(counts, s, a, labels):
    """Adds one sentence to the counts."""
    if s.names and '?' not in s.names:
        given, gold = examples.name_spans(a.names), examples.name_spans(s.names)
        counts.update(found=len(given & gold), given=len(given), gold=len(gold))
    if not s.heads:
        return
    for j, form in enumerate(s.words):
        right_head = a.heads[j] == s.heads[j]
        counts.update(
            words=1, upos=a.upos[j] == s.upos[j], feats=a.feats[j] == s.feats[j],
            lemma=lemmas.lemma_of(form, a.upos[j], labels.lemma[a.lemma_scripts[j]], labels.lemma_words) == s.lemmas[j],
            uas=right_head, las=right_head and a.rels[j] == s.rels[j],
            las_u=right_head and a.rels[j].split(':')[0] == s.rels[j].split(':')[0])


def scores(model, labels, word_pieces, sentences):
    counts = collections.Counter()
    for s, a in answers(model, labels, word_pieces, sentences):
        count(counts, s, a, labels)
    percent = lambda part, whole: round(100 * part / max(1, whole), 2)
    out = {k: percent(counts[k], counts['words']) for k in ('upos', 'feats', 'lemma', 'uas', 'las', 'las_u')}
    if counts['gold']:
        out |= {'ner_p': percent(counts['found'], counts['given']), 'ner_r': percent(counts['found'], counts['gold']),
                'ner_f1': percent(2 * counts['found'], counts['given'] + counts['gold'])}
    return out | {'words': counts['words']}


def best_outside_bias(model, labels, word_pieces, sentences):
    """What to add to the score of 'O' for the best F1 on these sentences (the smallest such change)."""
    kept = [(a.name_scores, examples.name_spans(s.names))
            for s, a in answers(model, labels, word_pieces, sentences) if s.names]
    outside = np.eye(len(labels.ner))[labels.ner.index('O')]
    best = (-1, 0, 0)
    for change in np.arange(-1.5, 1.51, 0.1):
        given = [examples.name_spans(decode.name_tags(n + change * outside, labels.ner)) for n, _ in kept]
        found = sum(len(g & gold) for g, (_, gold) in zip(given, kept))
        f1 = 2 * found / max(1, sum(map(len, given)) + sum(len(gold) for _, gold in kept))
        best = max(best, (f1, -abs(change), change))
    return float(best[2])


def golden(model, labels, word_pieces, sentences, path):
    out = []
    for s, a in answers(model, labels, word_pieces, sentences):
        ids, case, _ = word_pieces.sentence(s.words)
        out.append({'words': s.words, 'pieces': ids, 'case': case, 'upos': a.upos, 'feats': a.feats,
                    'lemma_scripts': a.lemma_scripts, 'heads': a.heads, 'rels': a.rels, 'ner': a.names,
                    'hidden': a.hidden[:3, :8].tolist()})
    with open(f'{path}.tmp', 'w', encoding='utf8') as file:
        json.dump(out, file, ensure_ascii=False)
    os.replace(f'{path}.tmp', path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('corpora')
    parser.add_argument('model')
    parser.add_argument('--int8', action='store_true')
    parser.add_argument('--golden')
    parser.add_argument('--threads', type=int, default=1)
    a = parser.parse_args()
    torch.set_num_threads(a.threads)
    model, labels = exported.read(a.model)
    word_pieces = pieces.WordPieces(os.path.join(os.path.dirname(a.model), 'vocab.txt'))
    if a.golden:
        parsed = [s for s in corpora.read_ewt(a.corpora, 'dev') if s.heads and 3 <= len(s.words) <= 40]
        golden(model, labels, word_pieces, parsed[::len(parsed) // 40][:40], a.golden)
        return
    if a.int8:
        model.simulate_int8()
    for name, sentences in corpora.test_sets(a.corpora).items():
        print(name, json.dumps(scores(model, labels, word_pieces, sentences)), flush=True)


if __name__ == '__main__':
    main()
