// SPDX-License-Identifier: MIT
// A daemon is terminated when its parent ends; any other child is waited for.
#include <procession/procession.h>

#include <chrono>
#include <iostream>
#include <thread>

using namespace procession;

void serve(const Connection &ready)
{
    std::cout << currentProcess().name().toStdString() << " serves for as long as its parent lives" << std::endl;
    ready.send(true);
    std::this_thread::sleep_for(std::chrono::seconds(1000));
    std::cout << "never printed\n";
}

void work() { std::cout << currentProcess().name().toStdString() << " works to its end\n"; }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    auto [receiver, sender] = pipe(Duplex::No);
    const auto detach = WhenDestroyed::Detach; // it is the end of the program that counts here, not that of an object
    Process daemon(ProcessOptions{.name = QStringLiteral("daemon"), .daemon = true, .whenDestroyed = detach}, &serve, sender);
    daemon.start();
    receiver.recv<bool>();

    Process worker(ProcessOptions{.name = QStringLiteral("worker"), .whenDestroyed = detach}, &work);
    worker.start();
}
