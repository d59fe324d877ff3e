// SPDX-License-Identifier: MIT
// An event to begin, a semaphore for two at a time, a barrier between two halves, and a condition to wait for all.
#include <procession/procession.h>

#include <iostream>
#include <memory>
#include <mutex>

using namespace procession;

void sayHalf() { std::cout << "all have done the first half" << std::endl; }

void run(const Event &begin, const Semaphore &places, const Barrier &half, const Condition &progress, const Semaphore &finished)
{
    begin.wait();
    {
        const std::scoped_lock place(places); // two at a time
    }
    half.wait();
    const std::scoped_lock guard(progress);
    finished.release();
    progress.notify();
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    constexpr int Runners = 3;
    const Event begin;
    const Semaphore places(2);
    const Barrier half(Runners, &sayHalf);
    const Condition progress;
    const Semaphore finished(0);
    std::vector<std::unique_ptr<Process>> processes;
    for (int i = 0; i < Runners; ++i) {
        processes.push_back(std::make_unique<Process>(&run, begin, places, half, progress, finished));
        processes.back()->start();
    }
    begin.set();
    {
        const std::scoped_lock guard(progress);
        progress.waitFor([&] { return finished.value() == Runners; });
    }
    std::cout << finished.value() << " have finished" << std::endl;
    for (const auto &process : processes)
        process->join();
}
