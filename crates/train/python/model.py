"""The network: a BERT-type encoder (all-MiniLM-L6-v2) and the heads that read each word off its first piece.

The names of the parameters are the names of the tensors in the exported file.  The encoder does not see capital
letters, so every piece also gets one of 16 learned case features (`pieces.sentence`).
"""

import dataclasses

import torch
import torch.nn as nn
import torch.nn.functional as F

ATTENTION_HEADS = 12
CASE_FEATURES = 16
ENCODER_PREFIXES = ('pos', 'ln.', 'layers.')
HUGGING_FACE_NAMES = {
    'q': 'attention.self.query', 'k': 'attention.self.key', 'v': 'attention.self.value',
    'o': 'attention.output.dense', 'ln1': 'attention.output.LayerNorm',
    'f1': 'intermediate.dense', 'f2': 'output.dense', 'ln2': 'output.LayerNorm'}


@dataclasses.dataclass
class Sizes:
    """What the heads choose from, and how wide the parser is."""
    upos: int
    feats: list        # the number of values of each feature
    lemma: int
    ner: int
    rels: int
    arc: int = 256
    label: int = 96

    @classmethod
    def of(cls, labels):
        return cls(len(labels.upos), [len(v) for _, v in labels.feats], len(labels.lemma), len(labels.ner),
                   len(labels.rels))


@dataclasses.dataclass
class Output:
    """Scores of a batch: words on the second axis, the root first."""
    upos: torch.Tensor
    feats: torch.Tensor
    lemma: torch.Tensor
    ner: torch.Tensor
    arc: torch.Tensor          # [sentence, dependant, head]
    label_dependant: torch.Tensor
    label_head: torch.Tensor
    hidden: torch.Tensor


class Linear(nn.Linear):
    """A linear layer that can act as if weights (per output) and activations (per row) were int8."""
    int8 = False

    def forward(self, x):
        if not self.int8:
            return F.linear(x, self.weight, self.bias)
        return F.linear(as_int8(x), as_int8(self.weight), self.bias)


def as_int8(rows):
    """Each row rounded to 127 steps either side of zero."""
    scale = rows.abs().amax(-1, keepdim=True).clamp_min(1e-8) / 127
    return (rows / scale).round().clamp(-127, 127) * scale


class Layer(nn.Module):
    def __init__(self, width, inner, dropout):
        super().__init__()
        self.dropout = dropout
        self.q, self.k, self.v, self.o = (Linear(width, width) for _ in range(4))
        self.f1, self.f2 = Linear(width, inner), Linear(inner, width)
        self.ln1, self.ln2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)

    def forward(self, x, bias):
        batch, length, width = x.shape
        q, k, v = (f(x).view(batch, length, ATTENTION_HEADS, -1).transpose(1, 2) for f in (self.q, self.k, self.v))
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        mixed = mixed.transpose(1, 2).reshape(batch, length, width)
        x = self.ln1(x + F.dropout(self.o(mixed), self.dropout, self.training))
        return self.ln2(x + F.dropout(self.f2(F.gelu(self.f1(x))), self.dropout, self.training))


class Model(nn.Module):
    def __init__(self, sizes, vocabulary=30522, positions=512, width=384, inner=1536, depth=6,
                 dropout=0.1, head_dropout=0.25):
        super().__init__()
        self.dropout, self.head_dropout = dropout, head_dropout
        self.register_buffer('word', torch.zeros(vocabulary, width))     # kept as pretrained
        self.pos = nn.Parameter(torch.zeros(positions, width))           # with the embedding of token type 0
        self.case = nn.Parameter(torch.zeros(CASE_FEATURES, width))
        self.ln = nn.LayerNorm(width, 1e-12)
        self.layers = nn.ModuleList(Layer(width, inner, dropout) for _ in range(depth))
        self.upos, self.feats = Linear(width, sizes.upos), Linear(width, sum(sizes.feats))
        self.lemma, self.ner = Linear(width, sizes.lemma), Linear(width, sizes.ner)
        self.arc_d, self.arc_h = Linear(width, sizes.arc), Linear(width, sizes.arc)
        self.lab_d, self.lab_h = Linear(width, sizes.label), Linear(width, sizes.label)
        self.arc_u = nn.Parameter(torch.zeros(sizes.arc + 1, sizes.arc))
        self.lab_u = nn.Parameter(torch.randn(sizes.label + 1, sizes.rels, sizes.label + 1) * 0.01)

    @torch.no_grad()
    def start_from(self, base):
        """Takes over the tensors of the pretrained encoder, which carry their Hugging Face names."""
        self.word.copy_(base['embeddings.word_embeddings.weight'])
        self.pos.copy_(base['embeddings.position_embeddings.weight']
                       + base['embeddings.token_type_embeddings.weight'][0])
        self.ln.load_state_dict({k: base['embeddings.LayerNorm.' + k] for k in ('weight', 'bias')})
        for i, layer in enumerate(self.layers):
            layer.load_state_dict({f'{ours}.{k}': base[f'encoder.layer.{i}.{theirs}.{k}']
                                   for ours, theirs in HUGGING_FACE_NAMES.items() for k in ('weight', 'bias')})

    def encode(self, ids, case, mask):
        x = F.embedding(ids, self.word) + self.pos[:ids.shape[1]] + F.embedding(case, self.case)
        x = F.dropout(self.ln(x), self.dropout, self.training)
        bias = torch.zeros(mask.shape).masked_fill_(~mask, -1e4)[:, None, None]
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def forward(self, ids, case, mask, first, word_mask):
        x = self.encode(ids, case, mask)
        hidden = x.gather(1, first[..., None].expand(-1, -1, x.shape[2]))
        h = F.dropout(hidden, self.head_dropout, self.training)
        project = lambda linear: F.dropout(F.gelu(linear(h)), self.head_dropout, self.training)
        with_one = lambda t: torch.cat([t, torch.ones_like(t[..., :1])], -1)
        arc = with_one(project(self.arc_d)) @ self.arc_u @ project(self.arc_h).transpose(1, 2)
        return Output(self.upos(h), self.feats(h), self.lemma(h), self.ner(h),
                      arc.masked_fill(~word_mask[:, None], -1e9),
                      with_one(project(self.lab_d)), with_one(project(self.lab_h)), hidden)

    def label_scores(self, dependants, heads):
        """Scores of every relation for pairs of rows: lab_u[i, r, j] · dependant[i] · head[j]."""
        k, r, _ = self.lab_u.shape
        by_head = (dependants @ self.lab_u.reshape(k, r * k)).view(-1, r, k)
        return torch.bmm(by_head, heads[..., None]).squeeze(-1)

    def split(self):
        """(parameters of the encoder, parameters of the heads and the case features)"""
        named = list(self.named_parameters())
        is_encoder = lambda name: name.startswith(ENCODER_PREFIXES)
        return [p for n, p in named if is_encoder(n)], [p for n, p in named if not is_encoder(n)]

    def simulate_int8(self):
        """All linear layers and the word embeddings; the two bilinear tensors stay f32."""
        self.word.copy_(as_int8(self.word))
        for module in self.modules():
            if isinstance(module, Linear):
                module.int8 = True
