// SPDX-License-Identifier: MIT
// A lock, so that one process writes at a time.
#include <procession/procession.h>

#include <iostream>
#include <memory>
#include <mutex>

using namespace procession;

void f(const Lock &lock, int number)
{
    const std::scoped_lock guard(lock);
    std::cout << "hello world " << number << std::endl;
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    const Lock lock;
    std::vector<std::unique_ptr<Process>> processes;
    for (int number = 0; number < 10; ++number) {
        processes.push_back(std::make_unique<Process>(&f, lock, number));
        processes.back()->start();
    }
    for (const auto &process : processes)
        process->join();
}
