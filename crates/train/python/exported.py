"""The exported model: one safetensors file with the tensors in f32 and the label lists as metadata."""

import json
import os

import safetensors
import safetensors.torch

import corpora
import pieces
from examples import Labels
from model import Model, Sizes


def write(path, model, labels, settings, scores):
    """Writes the file whole or not at all."""
    tensors = {name: tensor.detach().float().contiguous().clone() for name, tensor in model.state_dict().items()}
    settings = settings | {'plain': corpora.PLAIN, 'pieces_per_word': pieces.PIECES_PER_WORD}
    metadata = {'upos': labels.upos, 'rels': labels.rels, 'ner': labels.ner, 'lemma': labels.lemma,
                'feats': labels.feats, 'lemma_words': labels.lemma_words, 'settings': settings, 'scores': scores}
    metadata = {key: json.dumps(value, ensure_ascii=False) for key, value in metadata.items()}
    safetensors.torch.save_file(tensors, f'{path}.tmp', metadata)
    os.replace(f'{path}.tmp', path)


def read(path):
    """(model, labels) of an exported file."""
    with safetensors.safe_open(path, 'pt') as file:
        metadata = {key: json.loads(value) for key, value in file.metadata().items()}
        tensors = {name: file.get_tensor(name) for name in file.keys()}
    labels = Labels(*(metadata[key] for key in ('upos', 'rels', 'ner', 'lemma', 'feats', 'lemma_words')))
    model = Model(Sizes.of(labels))
    model.load_state_dict(tensors)
    return model.eval(), labels
