# SPDX-License-Identifier: MIT
"""What benchmarks/compare times of CPython's multiprocessing; the same as processbench.cpp.

    processbench.py start METHOD COUNT MEGABYTES
    processbench.py roundtrip int|bytes COUNT
"""
import multiprocessing
import multiprocessing.dummy
import statistics
import sys
import time

WARM_UP = 3
MESSAGE_SIZE = 64


def median(count, operation):
    seconds = []
    for i in range(-WARM_UP, count):
        begin = time.perf_counter()
        operation()
        if i >= 0:
            seconds.append(time.perf_counter() - begin)
    return statistics.median(seconds)


def do_nothing():
    pass


def start(method, count, megabytes):
    ballast = b"x" * (megabytes * 1024 * 1024)
    context = multiprocessing.dummy if method == "thread" else multiprocessing.get_context(method)

    def operation():
        process = context.Process(target=do_nothing)
        process.start()
        process.join()
        if process.exitcode != 0:
            raise RuntimeError("a child did not succeed")

    result = median(count, operation)
    del ballast
    return result


def return_ints(connection, count):
    for _ in range(count):
        connection.send(connection.recv())


def return_bytes(connection, count):
    for _ in range(count):
        connection.send_bytes(connection.recv_bytes())


def round_trip(kind, count):
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.Process(target=return_ints if kind == "int" else return_bytes, args=(theirs, count + WARM_UP))
    process.start()
    theirs.close()
    message = b"x" * MESSAGE_SIZE

    def send_int():
        ours.send(42)
        if ours.recv() != 42:
            raise RuntimeError("another number came back")

    def send_bytes():
        ours.send_bytes(message)
        if ours.recv_bytes() != message:
            raise RuntimeError("other bytes came back")

    result = median(count, send_int if kind == "int" else send_bytes)
    process.join()
    return result


def main(arguments):
    if len(arguments) == 4 and arguments[0] == "start":
        seconds = start(arguments[1], int(arguments[2]), int(arguments[3]))
    elif len(arguments) == 3 and arguments[0] == "roundtrip":
        seconds = round_trip(arguments[1], int(arguments[2]))
    else:
        sys.exit(__doc__)
    print("%.9f" % seconds)


if __name__ == "__main__":
    main(sys.argv[1:])
