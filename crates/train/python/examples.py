"""Sentences as numbers: label lists, the changes made to sentences while training, batches.

`Labels` fixes what each head chooses from; it is learnt from the training sentences once and travels with the model.
"""

import collections
import dataclasses
import random

import numpy as np
import torch

import lemmas
from corpora import FEATURES, NAME_TAGS

IGNORE = -100
HEAD, REL, UPOS, NAME, LEMMA, FEATS = 0, 1, 2, 3, 4, 5      # rows of the targets; one row a feature from FEATS on


@dataclasses.dataclass
class Labels:
    upos: list
    rels: list
    ner: list
    lemma: list
    feats: list        # [feature, values] pairs, the value '_' (absent) first
    lemma_words: dict  # the table of `lemmas`

    @classmethod
    def learn(cls, sentences, feature_sentences):
        """Features and their values as found in `feature_sentences`."""
        parsed = [s for s in sentences if s.heads]
        values = [sorted({f[k] for s in feature_sentences if s.feats for f in s.feats} - {'_'})
                  for k in range(len(FEATURES))]
        return cls(sorted({u for s in parsed for u in s.upos}), sorted({r for s in parsed for r in s.rels}),
                   NAME_TAGS, lemmas.learn_scripts(parsed), [[n, ['_', *v]] for n, v in zip(FEATURES, values)],
                   lemmas.learn_words(parsed))

    def __post_init__(self):
        index = lambda items: {item: i for i, item in enumerate(items)}
        self.index = {'upos': index(self.upos), 'rels': index(self.rels), 'ner': index(self.ner),
                      'lemma': index(self.lemma), 'feats': [index(values) for _, values in self.feats]}

    def targets(self, sentence):
        """[rows, words + 1]; what is not known or not in the lists is IGNORE."""
        y = np.full((FEATS + len(self.feats), len(sentence.words) + 1), IGNORE, np.int64)
        find = lambda kind, items: [self.index[kind].get(item, IGNORE) for item in items]
        if sentence.heads:
            y[HEAD, 1:] = sentence.heads
            y[REL, 1:] = find('rels', sentence.rels)
            y[UPOS, 1:] = find('upos', sentence.upos)
            y[LEMMA, 1:] = find('lemma', map(lemmas.script_for, sentence.words, sentence.lemmas))
            for k, index in enumerate(self.index['feats']):
                y[FEATS + k, 1:] = [index.get(f[k], IGNORE) for f in sentence.feats]
        if sentence.names:
            y[NAME, 1:] = find('ner', sentence.names)
        return y


def name_spans(tags):
    """{(start, end, kind)} of BIO tags."""
    out, start = set(), None
    for i, tag in enumerate([*tags, 'O']):
        if start is not None and tag[0] != 'I':
            out.add((start, i, tags[start][2:]))
            start = None
        if tag[0] == 'B':
            start = i
    return out


class Changes:
    """Random changes to training sentences: other letter case, no final full stop, other names of the same form."""

    CASES = [(0.04, 'title'), (0.03, 'upper'), (0.04, 'lower')]
    DROP_FINAL, SWAP_NAME = 0.05, 0.25

    def __init__(self, sentences):
        bank = collections.defaultdict(set)
        for s in sentences:
            for key, value in self._names(s):
                bank[key].add(value)
        self.bank = {key: sorted(values) for key, values in bank.items()}

    @staticmethod
    def _names(s):
        if not (s.names and s.heads):
            return
        for start, end, kind in sorted(name_spans(s.names)):
            part = slice(start, end)
            yield (kind, tuple(s.upos[part])), (tuple(s.words[part]), tuple(s.lemmas[part]), tuple(s.feats[part]))

    def __call__(self, s):
        s = self._swap_names(s)
        draw = random.random()
        for share, how in self.CASES:
            if 0 <= draw < share:
                s = dataclasses.replace(s, words=[getattr(w, how)() if how != 'title' else w[:1].upper() + w[1:]
                                                  for w in s.words])
            draw -= share
        return self._without_final_mark(s) if random.random() < self.DROP_FINAL else s

    def _swap_names(self, s):
        if not (s.names and s.heads):
            return s
        s = dataclasses.replace(s, words=[*s.words], lemmas=[*s.lemmas], feats=[*s.feats])
        for start, end, kind in sorted(name_spans(s.names)):
            if random.random() < self.SWAP_NAME:
                other = random.choice(self.bank[kind, tuple(s.upos[start:end])])
                s.words[start:end], s.lemmas[start:end], s.feats[start:end] = other
        return s

    @staticmethod
    def _without_final_mark(s):
        last = len(s.words)
        if not s.heads or last < 3 or s.upos[-1] != 'PUNCT' or s.heads[-1] == 0 or last in s.heads:
            return s
        layers = ('words', 'lemmas', 'upos', 'feats', 'heads', 'rels', 'names')
        return dataclasses.replace(s, **{k: getattr(s, k)[:-1] for k in layers if getattr(s, k)})


@dataclasses.dataclass
class Example:
    sentence: object
    ids: list
    case: list
    first: list
    targets: np.ndarray

    @classmethod
    def of(cls, sentence, word_pieces, labels):
        return cls(sentence, *word_pieces.sentence(sentence.words), labels.targets(sentence))


def batches(examples, pieces, shuffle):
    """Lists of examples of like length, at most `pieces` padded pieces each."""
    jitter = (lambda: random.random() * 4) if shuffle else (lambda: 0)
    out, current, longest = [], [], 0
    for _, _, example in sorted((len(e.ids) + jitter(), i, e) for i, e in enumerate(examples)):
        longest_now = max(longest, len(example.ids))
        if current and longest_now * (len(current) + 1) > pieces:
            out.append(current)
            current, longest_now = [], len(example.ids)
        current.append(example)
        longest = longest_now
    out.append(current)
    return random.sample(out, len(out)) if shuffle else out


def tensors(batch):
    """(inputs of the model, targets, weight of each sentence's names)"""
    n, rows = len(batch), batch[0].targets.shape[0]
    longest, most_words = max(len(e.ids) for e in batch), max(len(e.first) for e in batch)
    ids, case, mask = (np.zeros((n, longest), t) for t in (np.int64, np.int64, bool))
    first, word_mask = (np.zeros((n, most_words), t) for t in (np.int64, bool))
    targets = np.full((rows, n, most_words), IGNORE, np.int64)
    for i, e in enumerate(batch):
        length, words = len(e.ids), len(e.first)
        ids[i, :length], case[i, :length], mask[i, :length] = e.ids, e.case, True
        first[i, :words], word_mask[i, :words], targets[:, i, :words] = e.first, True, e.targets
    weights = torch.tensor([e.sentence.name_weight for e in batch])
    return [torch.from_numpy(a) for a in (ids, case, mask, first, word_mask)], torch.from_numpy(targets), weights
