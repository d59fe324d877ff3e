// SPDX-License-Identifier: MIT
// Joins a process that has put an item into a queue, before the item is taken out. In the reference this program hangs: there, a process
// ends only after all its items were taken out. Here an item has been delivered when put() returns.
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
