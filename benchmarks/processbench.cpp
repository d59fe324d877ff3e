// SPDX-License-Identifier: MIT
// What benchmarks/compare times of Procession::Core; benchmarks/processbench.py is the same for CPython. Prints the median of one
// operation in seconds. Usage:
//     processbench start METHOD COUNT MEGABYTES    from start() to join() of a child that does nothing, in a parent of that size
//     processbench roundtrip int|bytes COUNT       there and back through a pipe
#include "benchmain.h"

#include <procession/procession.h>

#include <algorithm>
#include <cstdlib>
#include <stdexcept>

using namespace procession;

namespace {

constexpr int WarmUp = 3;
constexpr qsizetype MessageSize = 64;

template <typename Operation>
double median(int count, Operation operation)
{
    std::vector<double> seconds;
    for (int i = -WarmUp; i < count; ++i) {
        const auto begin = Clock::now();
        operation();
        if (i >= 0)
            seconds.push_back(secondsSince(begin));
    }
    const auto middle = seconds.begin() + count / 2;
    std::nth_element(seconds.begin(), middle, seconds.end());
    return *middle;
}

void doNothing() { }

double start(QStringView method, int count, std::size_t megabytes)
{
    const std::vector<char> ballast(megabytes * 1024 * 1024, 'x');
    const Context ctx = context(method);
    return median(count, [&ctx] {
        auto process = ctx.process(&doNothing);
        process.start();
        process.join();
        if (process.exitCode() != 0)
            throw std::runtime_error("a child did not succeed");
    });
}

void returnInts(const Connection &connection, int count)
{
    for (int i = 0; i < count; ++i)
        connection.send(connection.recv<int>());
}

void returnBytes(const Connection &connection, int count)
{
    for (int i = 0; i < count; ++i)
        connection.sendBytes(connection.recvBytes());
}

double roundTrip(bool isInt, int count)
{
    auto [ours, theirs] = pipe();
    Process process(isInt ? &returnInts : &returnBytes, theirs, count + WarmUp);
    process.start();
    theirs.close();
    const QByteArray message(MessageSize, 'x');
    const double result = isInt ? median(count,
                              [ours = ours, i = 0]() mutable {
                                  ours.send(++i);
                                  if (ours.recv<int>() != i)
                                      throw std::runtime_error("another number came back");
                              })
                                : median(count, [ours = ours, message] {
                                      ours.sendBytes(message);
                                      if (ours.recvBytes() != message)
                                          throw std::runtime_error("other bytes came back");
                                  });
    process.join();
    return result;
}

double measure(const std::vector<std::string> &arguments)
{
    if (arguments.size() == 4 && arguments[0] == "start")
        return start(QString::fromStdString(arguments[1]), std::stoi(arguments[2]), std::stoul(arguments[3]));
    if (arguments.size() == 3 && arguments[0] == "roundtrip")
        return roundTrip(arguments[1] == "int", std::stoi(arguments[2]));
    throw std::runtime_error("usage: processbench start METHOD COUNT MEGABYTES | roundtrip int|bytes COUNT");
}

} // namespace

int main(int argc, char **argv) { return runBenchmark("processbench", argc, argv, measure); }
