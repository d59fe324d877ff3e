#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What benchmarks/compare times of CPython's pools: the same as poolbench.cpp, with the same arguments."""
import multiprocessing
import resource
import statistics
import sys
import time


def same(x):
    return x


everything = b""


def data(size):
    """What it returns is there already: what counts is how it comes back."""
    global everything
    if len(everything) != size:
        everything = b"x" * size
    return everything


def expect(is_true):
    if not is_true:
        raise RuntimeError("a wrong result came")


def median(count, operation):
    seconds = []
    for i in range(count):
        begin = time.perf_counter()
        operation(i)
        seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def mapped(context, workers, count, chunk):
    with context.Pool(workers) as pool:
        pool.map(same, range(1000), 1)
        numbers = list(range(count))
        begin = time.perf_counter()
        results = pool.map(same, numbers, chunk or None)
        seconds = time.perf_counter() - begin
        expect(results == numbers)
        return seconds / count


def wait(milliseconds):
    time.sleep(milliseconds / 1000)
    return milliseconds


def skewed(context, workers, count, chunk):
    times = [1] * (count - count // 20) + [50] * (count // 20)
    with context.Pool(workers) as pool:
        pool.map(same, range(1000), 1)
        begin = time.perf_counter()
        results = pool.map(wait, times, chunk or None)
        seconds = time.perf_counter() - begin
        expect(results == times)
        return seconds


def applied(context, workers, count):
    with context.Pool(workers) as pool:
        pool.map(same, range(100), 1)
        return median(count, lambda i: expect(pool.apply(same, (i,)) == i))


def started(context, workers, count):
    def once(i):
        with context.Pool(workers) as pool:
            expect(pool.apply(same, (i,)) == i)
    return median(count, once)


def returned(context, size, count):
    with context.Pool(1) as pool:
        pool.apply(data, (size,))

        def once(_):
            result = pool.apply(data, (size,))
            expect(len(result) == size and result[-1:] == b"x")
        return median(count, once)


def streamed(context, workers, count):
    with context.Pool(workers) as pool:
        pool.map(same, range(1000), 1)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for i, result in enumerate(pool.imap(same, range(count))):
            expect(result == i)
        return max(0.001, (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1000)


def waiting(context, workers, count):
    with context.Pool(workers) as pool:
        pool.map(same, range(1000), 1)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        results = [pool.apply_async(same, (i,)) for i in range(count)]
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for i, result in enumerate(results):
            expect(result.get() == i)
        return max(0.001, (after - before) / 1000)


def main(what, method, number, count, chunk="0"):
    context = multiprocessing.get_context(method)
    number, count = int(number), int(count)
    if what == "map":
        return mapped(context, number, count, int(chunk))
    if what == "skewed":
        return skewed(context, number, count, int(chunk))
    if what == "apply":
        return applied(context, number, count)
    if what == "start":
        return started(context, number, count)
    if what == "result":
        return returned(context, number, count)
    if what == "waiting":
        return waiting(context, number, count)
    if what == "imap":
        return streamed(context, number, count)
    raise SystemExit("poolbench.py: there is no %s" % what)


if __name__ == "__main__":
    print("%.12f" % main(*sys.argv[1:]))
