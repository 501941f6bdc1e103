"""Reads the treebanks and the name annotation, and brings both to one form.

CORPORA is a folder with
  ud_ewt/en_ewt-ud-{train,dev,test}.conllu          UD English EWT
  uner_ewt/**/en_ewt-ud-{train,dev,test}.iob2       Universal NER for the same sentences
  gum/dep/GUM_*.conllu, gum/splits.md               GUM, of which only the genres in GUM_GENRES are read

Rules that hold everywhere below:
  * GUM's dev, test and test2 documents are never trained on.
  * A name tag of '?' means "not known": no loss is computed there and any tag is accepted.
  * Words pass through `plain` (curly quotes, long dashes and the ellipsis become ASCII) before anything else sees
    them.  The program must do the same at run time.
"""

import dataclasses
import glob
import os

import gum_names

NAME_TAGS = ['O', 'B-PER', 'I-PER', 'B-ORG', 'I-ORG', 'B-LOC', 'I-LOC']
FEATURES = ['Tense', 'VerbForm', 'Mood', 'Voice', 'Number', 'Person', 'Polarity', 'PronType', 'Degree', 'Poss', 'Case']
GUM_GENRES = ('academic', 'bio', 'court', 'interview', 'news', 'voyage')  # texts whose licences allow any use

PLAIN = {c: "'" for c in '\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4'}
PLAIN |= {c: '"' for c in '\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb'}
PLAIN |= {c: '-' for c in '\u2010\u2011\u2012\u2013\u2014\u2015\u2212'}
PLAIN |= {'\u2026': '...'}
_PLAIN_TABLE = str.maketrans(PLAIN)


def plain(text):
    """Typographic quotes, dashes and the ellipsis as ASCII."""
    return text.translate(_PLAIN_TABLE)


@dataclasses.dataclass
class Sentence:
    """Gold words and what is known about them; a layer that is not annotated is None."""
    words: list
    lemmas: list | None = None
    upos: list | None = None
    feats: list | None = None      # one tuple a word, in the order of FEATURES, '_' where absent
    heads: list | None = None      # 0 is the root, 1 the first word
    rels: list | None = None
    names: list | None = None      # NAME_TAGS or '?'
    name_weight: float = 1.0       # how much its names count in the loss


def blocks(path):
    """(sentence id, rows) for each sentence of a tab-separated file; ranges and empty nodes are left out."""
    sentence_id, rows = None, []
    with open(path, encoding='utf8') as file:
        for line in [*file, '\n']:
            fields = line.rstrip('\n').split('\t')
            if line.startswith('# sent_id'):
                sentence_id = line.split('=', 1)[1].strip()
            elif fields[0].isdigit():
                rows.append(fields)
            elif fields == [''] and rows:
                yield sentence_id, rows
                rows = []


def feature_values(field):
    pairs = dict(pair.split('=', 1) for pair in field.split('|') if '=' in pair)
    return tuple(pairs.get(name, '_') for name in FEATURES)


def read_treebank(path, with_gum_names=False, name_weight=1.0):
    """The sentences of one CoNLL-U file by their id."""
    sentences = {}
    for sentence_id, rows in blocks(path):
        sentences[sentence_id] = Sentence(
            words=[plain(r[1]) for r in rows], lemmas=[plain(r[2]) for r in rows], upos=[r[3] for r in rows],
            feats=[feature_values(r[5]) for r in rows], heads=[int(r[6]) for r in rows], rels=[r[7] for r in rows],
            names=gum_names.tags(rows) if with_gum_names else None, name_weight=name_weight)
    return sentences


def clean_name_tags(tags, upos):
    """Repairs one sentence of the older UNER training file.

    That file has a fourth class OTH (now outside), and where a sentence's last token was tagged it often carries
    'B-O' instead of its tag.  Such a token continues the name before it if it is a proper noun, is unknown if it is a
    proper noun alone, and is outside otherwise.  An I- without its B- becomes a B-.
    """
    out = []
    for i, tag in enumerate(tags):
        before = out[-1] if out else 'O'
        if tag == 'B-O' and upos and upos[i] == 'PROPN':
            tag = '?' if before in ('O', '?') else 'I' + before[1:]
        elif tag not in NAME_TAGS:
            tag = 'O'
        if tag[0] == 'I' and before[2:] != tag[2:]:
            tag = 'B' + tag[1:]
        out.append(tag)
    return out


def add_names(sentences, path):
    """The sentences with UNER's names; where the tokens differ, the UNER sentence follows as a names-only example."""
    apart = []
    for sentence_id, rows in blocks(path):
        words, raw = [plain(r[1]) for r in rows], [r[2] for r in rows]
        known = sentences.get(sentence_id)
        if known and known.words == words:
            known.names = clean_name_tags(raw, known.upos)
        else:
            apart.append(Sentence(words, names=clean_name_tags(raw, None)))
    return [*sentences.values(), *apart]


def read_splits(path):
    """Which part each GUM document belongs to."""
    part_of, part = {}, None
    with open(path, encoding='utf8') as file:
        for line in file:
            if line.startswith('## '):
                part = line[3:].strip()
            elif line.strip().startswith('* '):
                part_of[line.strip()[2:]] = part
    return part_of


def read_ewt(root, part):
    names = sorted(glob.glob(f'{root}/uner_ewt/**/*ud-{part}.iob2', recursive=True))[0]
    return add_names(read_treebank(f'{root}/ud_ewt/en_ewt-ud-{part}.conllu'), names)


def read_gum(root, parts, genres=GUM_GENRES, name_weight=0.0):
    """GUM's sentences; with a name weight above 0 they also carry names drawn from its entities."""
    part_of, out = read_splits(f'{root}/gum/splits.md'), []
    for path in sorted(glob.glob(f'{root}/gum/dep/GUM_*.conllu')):
        document = os.path.basename(path).removesuffix('.conllu')
        if document.split('_')[1] in genres and part_of.get(document) in parts:
            out += read_treebank(path, name_weight > 0, name_weight).values()
    return out


def training_sentences(root, gum_name_weight):
    return read_ewt(root, 'train') + read_gum(root, ('train',), name_weight=gum_name_weight)


def test_sets(root):
    """The sets scores are reported on, by name."""
    return {'EWT dev': read_ewt(root, 'dev'), 'EWT test': read_ewt(root, 'test'),
            'GUM test': read_gum(root, ('test',)), 'GUM news dev+test': read_gum(root, ('dev', 'test'), ('news',))}
