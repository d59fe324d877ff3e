// SPDX-License-Identifier: MIT
// The life of a process, from its object to its exit code.
#include <procession/procession.h>

#include <chrono>
#include <csignal>
#include <iostream>
#include <thread>

using namespace procession;

void sleepLong() { std::this_thread::sleep_for(std::chrono::seconds(1000)); }

void show(const Process &p) { std::cout << QDebug::toString(p).toStdString() << ' ' << p.isAlive() << '\n'; }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);
    std::cout << std::boolalpha;

    Process p(&sleepLong);
    show(p);
    p.start();
    show(p);
    p.terminate();
    p.join();
    show(p);
    std::cout << (p.exitCode() == -SIGTERM) << '\n';
}
