# SPDX-License-Identifier: MIT
"""What benchmarks/compare times of CPython's multiprocessing; the same as sharedbench.cpp.

    sharedbench.py queue|simplequeue PRODUCERS CONSUMERS SIZE COUNT
    sharedbench.py lock COUNT
"""
import multiprocessing
import sys
import time


def produce(queue, size, count):
    message = b"x" * size
    for _ in range(count):
        queue.put(message)


def consume(queue, done, size, count):
    done.put(0)
    for _ in range(count):
        if len(queue.get()) != size:
            raise RuntimeError("a message of another size came")
    done.put(count)


def throughput(queue, producers, consumers, size, count):
    done = multiprocessing.SimpleQueue()
    processes = [multiprocessing.Process(target=consume, args=(queue, done, size, count // consumers)) for _ in range(consumers)]
    for process in processes:
        process.start()
    for _ in range(consumers):
        done.get()
    begin = time.perf_counter()
    others = [multiprocessing.Process(target=produce, args=(queue, size, count // producers)) for _ in range(producers - 1)]
    for process in others:
        process.start()
    produce(queue, size, count // producers)
    for _ in range(consumers):
        done.get()
    seconds = time.perf_counter() - begin
    for process in processes + others:
        process.join()
    return seconds / count


def lock_and_unlock(count):
    lock = multiprocessing.Lock()
    begin = time.perf_counter()
    for _ in range(count):
        lock.acquire()
        lock.release()
    return (time.perf_counter() - begin) / count


def main(arguments):
    if len(arguments) == 5 and arguments[0] in ("queue", "simplequeue"):
        producers, consumers, size, count = map(int, arguments[1:])
        count = count // (producers * consumers) * (producers * consumers)
        queue = multiprocessing.SimpleQueue() if arguments[0] == "simplequeue" else multiprocessing.Queue(8 if size > 64 else 0)
        seconds = throughput(queue, producers, consumers, size, count)
    elif len(arguments) == 2 and arguments[0] == "lock":
        seconds = lock_and_unlock(int(arguments[1]))
    else:
        sys.exit(__doc__)
    print("%.12f" % seconds)


if __name__ == "__main__":
    main(sys.argv[1:])
