// SPDX-License-Identifier: MIT
// What benchmarks/compare times of queues and locks; benchmarks/sharedbench.py is the same for CPython, benchmarks/rawshared.cpp for
// Boost and pthread. Prints the seconds of one operation. Usage:
//     sharedbench queue PRODUCERS CONSUMERS SIZE COUNT    one message of SIZE bytes, of COUNT that go through a queue between processes
//     sharedbench lock COUNT                              acquire() and release() of an uncontended lock
#include "benchmain.h"

#include <procession/procession.h>

#include <memory>
#include <stdexcept>

using namespace procession;

namespace {

constexpr int SmallSize = 64;
struct Small
{
    char bytes[SmallSize];
    static int size() { return SmallSize; }
};

template <typename T>
void produce(const Queue<T> &queue, const Queue<bool> &go, int size, int count)
{
    T message{};
    if constexpr (std::is_same_v<T, QByteArray>)
        message = QByteArray(size, 'x');
    go.get();
    for (int i = 0; i < count; ++i)
        queue.put(message);
}

template <typename T>
void consume(const Queue<T> &queue, const Queue<int> &done, int size, int count)
{
    done.put(0); // it is there
    for (int i = 0; i < count; ++i) {
        const T message = queue.get();
        if (static_cast<int>(message.size()) != size)
            throw std::runtime_error("a message of another size came");
    }
    done.put(count);
}

template <typename T>
double throughput(int producers, int consumers, int size, int count)
{
    // Large messages are limited in number, as any peer's are, so that memory stays warm.
    const Queue<T> queue(size > SmallSize ? 8 : 0);
    const Queue<int> done;
    const Queue<bool> go;
    std::vector<std::unique_ptr<Process>> processes;
    const auto add = [&processes](auto &&...arguments) {
        processes.push_back(std::make_unique<Process>(arguments...));
        processes.back()->start();
    };
    for (int i = 0; i < consumers; ++i)
        add(&consume<T>, queue, done, size, count / consumers);
    for (int i = 0; i < consumers; ++i)
        done.get();
    for (int i = 1; i < producers; ++i)
        add(&produce<T>, queue, go, size, count / producers);
    const auto begin = Clock::now();
    for (int i = 0; i < producers; ++i)
        go.put(true);
    produce(queue, go, size, count / producers);
    for (int i = 0; i < consumers; ++i)
        done.get();
    const double seconds = secondsSince(begin);
    for (const auto &process : processes)
        process->join();
    return seconds / count;
}

double lockAndUnlock(int count)
{
    const Lock lock;
    lock.acquire();
    lock.release();
    const auto begin = Clock::now();
    for (int i = 0; i < count; ++i) {
        lock.acquire();
        lock.release();
    }
    return secondsSince(begin) / count;
}

double measure(const std::vector<std::string> &arguments)
{
    if (arguments.size() == 5 && arguments[0] == "queue") {
        const int producers = std::stoi(arguments[1]);
        const int consumers = std::stoi(arguments[2]);
        const int size = std::stoi(arguments[3]);
        const int count = std::stoi(arguments[4]) / (producers * consumers) * (producers * consumers);
        return size == SmallSize ? throughput<Small>(producers, consumers, size, count)
                                 : throughput<QByteArray>(producers, consumers, size, count);
    }
    if (arguments.size() == 2 && arguments[0] == "lock")
        return lockAndUnlock(std::stoi(arguments[1]));
    throw std::runtime_error("usage: sharedbench queue PRODUCERS CONSUMERS SIZE COUNT | lock COUNT");
}

} // namespace

int main(int argc, char **argv) { return runBenchmark("sharedbench", argc, argv, measure); }
