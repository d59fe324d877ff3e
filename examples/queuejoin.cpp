// SPDX-License-Identifier: MIT
// A process that has put something into a queue is joined before anybody takes it out. In the reference this program is an example of
// what never ends: there, a process ends only when all that it has put has been taken out. Here it has been delivered when put() returns.
#include <procession/procession.h>

#include <iostream>

using namespace procession;

void f(const Queue<QString> &queue) { queue.put(QString(1'000'000, QLatin1Char('X'))); }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    const Queue<QString> queue;
    Process p(&f, queue);
    p.start();
    p.join();
    std::cout << "got " << queue.get().size() << " characters\n";
}
