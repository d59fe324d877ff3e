// SPDX-License-Identifier: MIT
#include <procession/pool/options/completeoptions.h>

#include <procession/platform/system/scheduling.h>
#include <procession/platform/system/systemload.h>
#include <procession/pool/options/poolerrors.h>

namespace procession {

namespace {

constexpr int MostNiceness = 39; // from the lowest to the highest niceness

void requireAtLeastZero(qint64 number, const char *what)
{
    if (number < 0)
        throw PoolError(std::string("a pool cannot have ") + what + " of " + std::to_string(number)
            + ": give a positive number, or leave it at 0");
}

void completeOutput(PoolOptions &options, bool areThreads)
{
    if (!options.standardError)
        options.standardError = areThreads ? PoolOutput::Inherit : PoolOutput::Lines;
    if (!areThreads)
        return;
    const auto require = [](const char *option, PoolOutput output) {
        if (output != PoolOutput::Inherit)
            throw PoolError(std::string("PoolOptions::") + option + " cannot be " + nameOf(output).toStdString()
                + " with StartMethod::Thread: threads share the streams of their process; leave it at Inherit, or use a Pool "
                  "with another start method");
    };
    require("standardOutput", options.standardOutput);
    require("standardError", *options.standardError);
}

void checkLimits(const PoolOptions &options, bool areThreads)
{
    const QList<int> usable = options.affinity.isEmpty() ? QList<int>() : usableCpus();
    for (const int cpu : options.affinity) {
        if (!usable.contains(cpu))
            throw PoolError("PoolOptions::affinity names CPU " + std::to_string(cpu)
                + ", on which this process cannot run: it has " + std::to_string(usable.size()) + ", from "
                + std::to_string(usable.first()) + " to " + std::to_string(usable.last()));
    }
    if (options.niceness < -MostNiceness || options.niceness > MostNiceness)
        throw PoolError("PoolOptions::niceness cannot be " + std::to_string(options.niceness)
            + ": it is added to that of this process, "
              "which lies between -20 and 19");
    if (options.memoryLimit < 0)
        throw PoolError("PoolOptions::memoryLimit cannot be " + std::to_string(options.memoryLimit)
            + ": give a number of bytes, or 0 for no limit");
    if (options.memoryLimit > 0 && areThreads)
        throw PoolError(
            "PoolOptions::memoryLimit cannot be kept with StartMethod::Thread: threads share the memory of their process; "
            "leave it at 0, or use a Pool with another start method");
}

} // namespace

PoolOptions completed(PoolOptions options)
{
    requireAtLeastZero(options.maxTasksPerChild, "maxTasksPerChild");
    requireAtLeastZero(options.taskTimeout.count(), "a taskTimeout");
    requireAtLeastZero(options.retry.retries, "retries");
    requireAtLeastZero(options.retry.delay.count(), "a delay before retries");
    requireAtLeastZero(options.lookAhead, "a lookAhead");
    if (options.processes < 0)
        throw PoolError("a pool cannot have " + std::to_string(options.processes)
            + " workers: give a number of at least 1, or 0 for "
              "as many as there are processors");
    if (options.processes == 0)
        options.processes = usableCpuCount();
    options.context = Context(options.context.startMethod());
    const bool areThreads = options.context.startMethod() == StartMethod::Thread;
    completeOutput(options, areThreads);
    checkLimits(options, areThreads);
    return options;
}

} // namespace procession
