"""Merkle trees and batch openings (spec §3.3)."""

from commitments import keyed_hash


def leaf_digest(tree, leaf):
    return keyed_hash(f"tree {tree} leaf", leaf)


def node_digest(tree, left, right):
    return keyed_hash(f"tree {tree} node", left + right)


def carried_numbers(leaf_count, indexes):
    """The numbers of the nodes whose digests a batch opening of increasing leaf indexes carries, in order."""
    carried = []
    level = [leaf_count + i for i in indexes]
    while level[0] != 1:
        parents = []
        i = 0
        while i < len(level):
            number = level[i]
            if number % 2 == 0 and i + 1 < len(level) and level[i + 1] == number + 1:
                i += 2
            else:
                carried.append(number ^ 1)
                i += 1
            parents.append(number // 2)
        level = parents
    return carried


def root_of_opening(tree, leaf_count, leaves, siblings):
    """The root that leaves, given by index, and the carried digests lead to; as many digests as are carried."""
    digests = {leaf_count + i: leaf_digest(tree, leaf) for i, leaf in leaves.items()}
    digests.update(zip(carried_numbers(leaf_count, sorted(leaves)), siblings, strict=True))
    level = sorted(leaf_count + i for i in leaves)
    while level[0] != 1:
        parents = sorted({number // 2 for number in level})
        for number in parents:
            digests[number] = node_digest(tree, digests[2 * number], digests[2 * number + 1])
        level = parents
    return digests[1]
