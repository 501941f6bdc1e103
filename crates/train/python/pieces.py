"""Words to word pieces and case features: what the encoder reads.

The program must do exactly this.  For each word, already in plain ASCII punctuation (`corpora.plain`):
  1. lower case; Unicode NFD; characters of the categories Mn, Cc and Cf dropped;
  2. split at white space, and around every punctuation mark (ASCII punctuation or a category starting with P) and
     every CJK ideograph U+4E00..U+9FFF, which stand alone;
  3. each part greedily into the longest pieces of vocab.txt, continued pieces with '##'; [UNK] if that fails;
  4. at most 24 pieces a word; a word with none is [UNK].
A sentence is [CLS] pieces [SEP]; a word is read off at its first piece, the root at [CLS].
"""

import unicodedata

PIECES_PER_WORD = 24


def shape(word):
    """How a word is written, 1 to 7."""
    if any(c.isdigit() for c in word):
        return 6
    if not any(c.isalpha() for c in word):
        return 7
    if word == word.lower():
        return 1
    if len(word) == 1:
        return 5
    if word == word.upper():
        return 3
    return 2 if word[0].isupper() and word[1:] == word[1:].lower() else 4


def stands_alone(c):
    ascii_mark = c.isascii() and c.isprintable() and not c.isalnum() and not c.isspace()
    return ascii_mark or unicodedata.category(c)[0] == 'P' or 0x4E00 <= ord(c) <= 0x9FFF


class WordPieces:
    """The vocabulary and the pieces of every word seen so far."""

    def __init__(self, vocab_file):
        with open(vocab_file, encoding='utf8') as file:
            self.ids = {line.rstrip('\n'): i for i, line in enumerate(file)}
        self.known = {}

    def word(self, word):
        if word not in self.known:
            pieces = [i for part in self.parts(word) for i in self.longest_first(part)]
            self.known[word] = pieces[:PIECES_PER_WORD] or [self.ids['[UNK]']]
        return self.known[word]

    @staticmethod
    def parts(word):
        text = unicodedata.normalize('NFD', word.lower())
        out, current = [], ''
        for c in text:
            if unicodedata.category(c) in ('Mn', 'Cc', 'Cf'):
                continue
            if c.isspace() or stands_alone(c):
                out += [current] if current else []
                out += [] if c.isspace() else [c]
                current = ''
            else:
                current += c
        return out + ([current] if current else [])

    def longest_first(self, part):
        out, start = [], 0
        while start < len(part):
            for end in range(len(part), start, -1):
                piece = self.ids.get(('##' if start else '') + part[start:end])
                if piece is not None:
                    out.append(piece)
                    start = end
                    break
            else:
                return [self.ids['[UNK]']]
        return out

    def sentence(self, words):
        """(piece ids, case ids, position of each word's first piece with the root's 0 in front)."""
        ids, case, first = [self.ids['[CLS]']], [0], [0]
        for word in words:
            pieces, form = self.word(word), shape(word)
            first.append(len(ids))
            ids += pieces
            case += [form + 8] + [form] * (len(pieces) - 1)
        return ids + [self.ids['[SEP]']], case + [0], first
