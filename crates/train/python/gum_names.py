"""Proper names of persons, organisations and places, drawn from GUM's entity annotation.

GUM marks nested mentions of all kinds, common nouns too, with determiners and modifiers.  UNER marks flat names.  The
rules here go from one to the other:
  * Only mentions of the types person, organization and place whose syntactic head is a proper noun.
  * The longest mention wins; mentions inside it are not names of their own.
  * The name is the mention itself if it is the title of its Wikipedia identity, otherwise the proper nouns next to
    the head, and for organisations and places also "of/for (the)" between proper nouns ("Bank of America").
  * Titles (President, Mr., Dr.) are not part of a name, nor is a name that stands before another ("Apple" in "Apple
    CEO Tim Cook"); a comma ends a name ("Sydney", "Australia").
  * Members of peoples ("Americans") are not names.
A proper noun inside a mention of those types that no rule took is unknown ('?'), as are the proper nouns around the
head of a mention of another type, times excepted ("Google Chrome").
"""

import re
import urllib.parse

KINDS = {'person': 'PER', 'organization': 'ORG', 'place': 'LOC'}
OPENING = re.compile(r'\((\d+)-([a-z]+)-[^-]*-[^-]*-[^-]*-[^-]*-[^-]*(?:-(.*))?$')
TITLES = set('''mr mr. mrs mrs. ms ms. miss dr dr. prof prof. professor president vice sir lord lady dame pope king
    queen prince princess emperor empress duke duchess baron count general gen. captain capt. colonel col. major maj.
    lieutenant lt. sergeant sgt. admiral senator sen. representative rep. congressman congresswoman governor gov. mayor
    secretary minister prime chancellor ambassador judge justice chief chairman director coach rev. reverend bishop
    archbishop cardinal father sister brother officer detective attorney commissioner deputy chair'''.split())


def mentions(rows):
    """(first, last, kind, identity) of every mention that opens and closes in this sentence."""
    found, open_at = [], {}
    for i, row in enumerate(rows):
        entity = next((f[7:] for f in row[9].split('|') if f.startswith('Entity=')), '')
        for part in re.findall(r'\([^()]*\)?|[^()]+\)', entity):
            closes = part.endswith(')')
            if part.startswith('('):
                match = OPENING.match(part.rstrip(')'))
                if not match:
                    continue
                number, kind, identity = match.groups()
                open_at.setdefault(number, []).append((i, kind, identity))
            else:
                number = part[:-1]
            if closes and open_at.get(number):
                first, kind, identity = open_at[number].pop()
                found.append((first, i, kind, identity))
    return found


def head_of(rows, first, last):
    """The word of the stretch whose own head lies outside it."""
    for i in range(first, last + 1):
        if not first <= int(rows[i][6]) - 1 <= last:
            return i
    return last


def titled_span(rows, first, last, identity):
    """The mention without its determiner, if it reads like the title of its Wikipedia page (up to a comma)."""
    while first < last and rows[first][3] in ('DET', 'PRON'):
        first += 1
    words = [r[1].lower() for r in rows[first:last + 1]]
    title = re.sub(r'\s*\(.*', '', urllib.parse.unquote(identity or '').replace('_', ' ')).lower()
    if words[0] == 'the':
        words = words[1:]
    bare = lambda text: re.sub(r'[\W_]', '', text)
    if not title or bare(''.join(words)) not in (bare(title), bare(title.removeprefix('the '))):
        return None
    if ',' in words:
        last = first + words.index(',') - 1
    return first, last


def grown_span(rows, head, first, last, kind, inner):
    """The proper nouns next to the head."""
    proper = lambda i: first <= i <= last and rows[i][3] == 'PROPN'
    left = right = head
    while True:
        if proper(left - 1) or left > first and rows[left - 1][1] == '-' and proper(left - 2):
            left -= 1
        elif proper(right + 1) or right < last and rows[right + 1][1] in '-&' and proper(right + 2):
            right += 1
        elif kind != 'person' and right < last and rows[right + 1][1] in ('of', 'for') and (
                proper(right + 2) or right + 2 < last and rows[right + 2][1] == 'the' and proper(right + 3)):
            right += 2
        else:
            break
    if kind == 'person':
        before = [b for a, b in inner if left <= a and b < head]
        left = max([left, *(b + 1 for b in before)])
        while left <= right and (rows[left][1].lower() in TITLES or rows[left][3] != 'PROPN'):
            left += 1
    return left, right


def name_span(rows, first, last, kind, identity, inner):
    """Where the name stands in a mention, or None if the mention is not a name."""
    head = head_of(rows, first, last)
    if rows[head][3] != 'PROPN' or kind == 'person' and rows[head][4] == 'NNPS':
        return None
    span = titled_span(rows, first, last, identity) if kind != 'person' else None
    left, right = span or grown_span(rows, head, first, last, kind, inner)
    return (left, right) if left <= right else None


def tags(rows):
    """One name tag a word."""
    out = ['O'] * len(rows)
    everything = mentions(rows)
    wanted = [m for m in everything if m[2] in KINDS]
    for first, last, _, _ in wanted:
        for i in range(first, last + 1):
            if rows[i][3] == 'PROPN' and rows[i][4] != 'NNPS':
                out[i] = '?'
    for first, last, kind, identity in sorted(wanted, key=lambda m: m[0] - m[1]):
        inner = [(a, b) for a, b, _, _ in wanted if first <= a and b <= last and (a, b) != (first, last)]
        span = name_span(rows, first, last, kind, identity, inner)
        if span and all(out[i] in 'O?' for i in range(span[0], span[1] + 1)):
            for i in range(span[0], span[1] + 1):
                out[i] = ('B-' if i == span[0] else 'I-') + KINDS[kind]
    for first, last, kind, _ in everything:
        head = head_of(rows, first, last)
        if kind not in KINDS and kind != 'time' and rows[head][3] == 'PROPN':
            left, right = grown_span(rows, head, first, last, kind, [])
            out[left:right + 1] = ['?'] * (right + 1 - left)
    return [tag if tag[0] != 'I' or out[i - 1] != '?' else '?' for i, tag in enumerate(out)]
