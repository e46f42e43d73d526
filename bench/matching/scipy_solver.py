"""SciPy's sparse assignment on an instance that scipy.cpp wrote: prints the value, CPU seconds and KiB.

scipy.optimize has no capacities in its assignment, so every place is a column of its own, and each person has
one more for staying out. One is added to every weight, because a weight of nothing would be no pair; each
person has exactly one column, so that takes the number of people off again. Building the matrix is not in
the time, and is in the memory, as it is with the others.
"""
import sys
import time

import numpy
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import min_weight_full_bipartite_matching


def status_kib(name):
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith(name))


def matrix(numbers):
    people, workers, pairs = numbers[:3]
    first, worker, value, places = numpy.split(numbers[3:], numpy.cumsum([people + 1, pairs, pairs]))
    columns_before = numpy.concatenate(([0], numpy.cumsum(places)))
    copies = places[worker]
    person = numpy.repeat(numpy.arange(people), numpy.diff(first))
    begins = numpy.cumsum(copies) - copies  # where the copies of a pair begin in the longer row
    turn = numpy.arange(copies.sum()) - numpy.repeat(begins, copies)
    rows = numpy.concatenate((numpy.repeat(person, copies), numpy.arange(people)))
    columns = numpy.concatenate(
        (numpy.repeat(columns_before[worker], copies) + turn, columns_before[-1] + numpy.arange(people)))
    weights = numpy.concatenate((numpy.repeat(value, copies) + 1, numpy.ones(people, dtype=numpy.int64)))
    return csr_matrix((weights.astype(float), (rows, columns)), (people, columns_before[-1] + people))


def main():
    graph_of = numpy.fromfile(sys.argv[1], dtype=numpy.int64)
    with open("/proc/self/clear_refs", "w") as peaks:
        peaks.write("5")
    before = status_kib("VmRSS")
    graph = matrix(graph_of)
    began = time.thread_time()
    rows, columns = min_weight_full_bipartite_matching(graph, maximize=True)
    took = time.thread_time() - began
    value = int(sum(int(weight) - 1 for weight in numpy.asarray(graph[rows, columns]).ravel()))
    print(value, f"{took:.9f}", status_kib("VmHWM") - before)


main()
