"""From scores to answers: trees with one root, and name tags in a legal order."""

import numpy as np

ROOTS_TRIED = 8


def heads(scores):
    """The best head of every word (scores[dependant, head], 0 is the root) such that they form a tree with one root."""
    scores = scores.astype(np.float64)
    np.fill_diagonal(scores, -np.inf)
    scores[0] = -np.inf
    best = maximum_tree(scores)
    if (best[1:] == 0).sum() == 1:
        return best
    best_total = -np.inf
    for root in 1 + np.argsort(-scores[1:, 0])[:ROOTS_TRIED]:
        alone = scores.copy()
        alone[1:, 0] = -np.inf
        alone[root] = -np.inf
        alone[root, 0] = 0
        tree = maximum_tree(alone)
        total = scores[np.arange(1, len(scores)), tree[1:]].sum()
        if total > best_total:
            best, best_total = tree, total
    return best


def cycle_in(head):
    """The nodes of one cycle, or None."""
    seen = np.zeros(len(head), int)
    for start in range(1, len(head)):
        path, node = [], start
        while node and not seen[node]:
            seen[node] = start
            path.append(node)
            node = head[node]
        if node and seen[node] == start:
            return path[path.index(node):]
    return None


def maximum_tree(scores):
    """Chu-Liu/Edmonds: takes the best head of each node, and contracts a cycle to one node until there is none."""
    head = scores.argmax(1)
    head[0] = 0
    cycle = cycle_in(head)
    if cycle is None:
        return head
    inside = np.array(cycle)
    outside = np.array([n for n in range(len(scores)) if n not in set(cycle)])
    m = len(outside)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, inside)]
    small[:m, m] = leaving.max(1)
    entering = scores[np.ix_(inside, outside)] - scores[inside, head[inside]][:, None]
    small[m, :m] = entering.max(0)
    np.fill_diagonal(small, -np.inf)
    small_head = maximum_tree(small)
    result = head.copy()
    for k in range(1, m):
        to_cycle = small_head[k] == m
        result[outside[k]] = inside[leaving[k].argmax()] if to_cycle else outside[small_head[k]]
    into = small_head[m]
    result[inside[entering[:, into].argmax()]] = outside[into]
    return result


def name_tags(scores, tags):
    """The best sequence in which I-X follows only B-X or I-X (Viterbi without learned transitions)."""
    allowed = np.array([[0 if tag[0] != 'I' or before[2:] == tag[2:] else -1e9 for before in tags] for tag in tags])
    best = scores[0] + allowed[:, tags.index('O')]
    back = []
    for row in scores[1:]:
        candidates = allowed + best
        back.append(candidates.argmax(1))
        best = candidates.max(1) + row
    out = [int(best.argmax())]
    for pointers in reversed(back):
        out.append(int(pointers[out[-1]]))
    return [tags[i] for i in reversed(out)]
