// SPDX-License-Identifier: MIT
// What benchmarks/compare times of pools; benchmarks/poolbench.py is the same for CPython. Prints the seconds of one operation. Usage:
//     poolbench map METHOD WORKERS COUNT CHUNK     one of COUNT calls that do nothing, CHUNK of them a task; 0: as many as suit
//     poolbench skewed METHOD WORKERS COUNT CHUNK  all of COUNT calls that wait, the last of them much longer; chunks as above
//     poolbench apply METHOD WORKERS COUNT         a call and its result, in the middle of COUNT
//     poolbench start METHOD WORKERS COUNT         a pool, one task, the end of the pool, in the middle of COUNT
//     poolbench result METHOD BYTES COUNT          a result of so many bytes, in the middle of COUNT after the first
//     poolbench view METHOD BYTES COUNT            the same, built in place in shared memory
//     poolbench waiting METHOD WORKERS COUNT       megabytes that COUNT tasks that wait add to this process
//     poolbench imap METHOD WORKERS COUNT          megabytes that imap() adds to this process while COUNT results are taken
//     poolbench mapmemory METHOD WORKERS COUNT     megabytes that this process has more while it holds COUNT results of map(), of four bytes each
#include "benchmain.h"

#include <procession/procession.h>

#include <QtCore/QFile>

#include <algorithm>
#include <numeric>
#include <ranges>
#include <stdexcept>
#include <thread>

using namespace procession;

namespace {

int same(int x) { return x; }

/// What it returns is there already: what counts is how it comes back.
QByteArray bytes(qsizetype size)
{
    static const QByteArray all(size, 'x');
    return all;
}

RawArray<char> view(qsizetype size)
{
    auto array = RawArray<char>::uninitialized(static_cast<std::size_t>(size));
    std::ranges::fill(array, 'x');
    return array;
}

void expect(bool isTrue)
{
    if (!isTrue)
        throw std::runtime_error("a wrong result came");
}

template <typename Operation>
double median(int count, Operation operation)
{
    std::vector<double> seconds;
    for (int i = 0; i < count; ++i) {
        const auto begin = Clock::now();
        operation(i);
        seconds.push_back(secondsSince(begin));
    }
    std::nth_element(seconds.begin(), seconds.begin() + count / 2, seconds.end());
    return seconds[static_cast<std::size_t>(count / 2)];
}

double mapped(const PoolOptions &options, int count, int chunk)
{
    Pool pool(options);
    std::vector<int> numbers(static_cast<std::size_t>(count));
    std::iota(numbers.begin(), numbers.end(), 0);
    pool.map(&same, std::views::iota(0, 1000), 1); // all are there
    const auto begin = Clock::now();
    const std::vector<int> results = pool.map(&same, numbers, chunk);
    const double seconds = secondsSince(begin);
    expect(results == numbers);
    return seconds / count;
}

/// Sleeps, so that the duration does not depend on the load of the processors.
int wait(int milliseconds)
{
    std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
    return milliseconds;
}

/// Of so many calls one in twenty takes 50 ms, the others 1 ms; the long ones come last, as in lists that are sorted by size.
double skewed(const PoolOptions &options, int count, int chunk)
{
    constexpr int Short = 1;
    constexpr int Long = 50;
    std::vector<int> times(static_cast<std::size_t>(count), Short);
    std::fill(times.end() - count / 20, times.end(), Long);
    Pool pool(options);
    pool.map(&same, std::views::iota(0, 1000), 1); // all are there
    const auto begin = Clock::now();
    const std::vector<int> results = pool.map(&wait, times, chunk);
    const double seconds = secondsSince(begin);
    expect(results == times);
    return seconds;
}

double applied(const PoolOptions &options, int count)
{
    Pool pool(options);
    pool.map(&same, std::views::iota(0, 100), 1);
    return median(count, [&](int i) { expect(pool.apply(&same, i) == i); });
}

double started(const PoolOptions &options, int count)
{
    return median(count, [&](int i) {
        Pool pool(options);
        expect(pool.apply(&same, i) == i);
    });
}

template <typename Function>
double returned(const PoolOptions &options, qsizetype size, int count, Function function)
{
    Pool pool(options);
    pool.apply(function, size);
    return median(count, [&](int) {
        const auto result = pool.apply(function, size);
        expect(static_cast<qsizetype>(std::size(result)) == size && result[0] == 'x'
            && result[static_cast<std::size_t>(size) - 1] == 'x');
    });
}

/// Of this process, in megabytes.
double memory(const char *key)
{
    QFile file(QStringLiteral("/proc/self/status"));
    if (!file.open(QIODevice::ReadOnly))
        throw std::runtime_error("/proc/self/status cannot be read");
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith(key))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1000;
    }
    throw std::runtime_error("/proc/self/status does not tell the memory");
}

double peakMemory() { return memory("VmHWM:"); }

double streamed(const PoolOptions &options, int count)
{
    Pool pool(options);
    pool.map(&same, std::views::iota(0, 1000), 1);
    const double before = peakMemory();
    int i = 0;
    for (const int result : pool.imap(&same, std::views::iota(0, count)))
        expect(result == i++);
    return std::max(0.001, peakMemory() - before);
}

double mapMemory(const PoolOptions &options, int count)
{
    Pool pool(options);
    pool.map(&same, std::views::iota(0, 100'000));
    const double before = memory("VmRSS:");
    auto result = pool.mapAsync(&same, std::views::iota(0, count));
    expect(result.get().size() == static_cast<std::size_t>(count) && result.get().back() == count - 1);
    return std::max(0.001, memory("VmRSS:") - before);
}

double waiting(const PoolOptions &options, int count)
{
    Pool pool(options);
    pool.map(&same, std::views::iota(0, 1000), 1);
    const double before = peakMemory();
    pool.pause();
    std::vector<AsyncResult<int>> results;
    for (int i = 0; i < count; ++i)
        results.push_back(pool.applyAsync(&same, i));
    const double after = peakMemory();
    pool.resume();
    for (int i = 0; i < count; ++i)
        expect(results[static_cast<std::size_t>(i)].get() == i);
    return std::max(0.001, after - before);
}

double measure(const std::vector<std::string> &arguments)
{
    if (arguments.size() < 4)
        throw std::runtime_error("usage: poolbench map|skewed|apply|start|result|view|waiting|imap|mapmemory METHOD …");
    const Context chosen = context(QString::fromStdString(arguments[1]));
    const int number = std::stoi(arguments[2]);
    const int count = std::stoi(arguments[3]);
    const PoolOptions workers{.processes = number, .context = chosen};
    const PoolOptions one{.processes = 1, .context = chosen};
    if (arguments[0] == "map" && arguments.size() == 5)
        return mapped(workers, count, std::stoi(arguments[4]));
    if (arguments[0] == "skewed" && arguments.size() == 5)
        return skewed(workers, count, std::stoi(arguments[4]));
    if (arguments[0] == "apply")
        return applied(workers, count);
    if (arguments[0] == "start")
        return started(workers, count);
    if (arguments[0] == "result")
        return returned(one, number, count, &bytes);
    if (arguments[0] == "view")
        return returned(one, number, count, &view);
    if (arguments[0] == "waiting")
        return waiting(workers, count);
    if (arguments[0] == "imap")
        return streamed(workers, count);
    if (arguments[0] == "mapmemory")
        return mapMemory(workers, count);
    throw std::runtime_error("there is no " + arguments[0]);
}

} // namespace

int main(int argc, char **argv) { return runBenchmark("poolbench", argc, argv, measure); }
