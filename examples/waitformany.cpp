// SPDX-License-Identifier: MIT
// Messages from several processes at once, in whatever order they come.
#include <procession/procession.h>

#include <algorithm>
#include <iostream>

using namespace procession;

void foo(Connection w)
{
    for (int i = 0; i < 10; ++i)
        w.send(std::pair(i, currentProcess().name()));
    w.close();
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    std::vector<Connection> readers;
    for (int i = 0; i < 4; ++i) {
        auto [r, w] = pipe(Duplex::No);
        readers.push_back(r);
        Process p(ProcessOptions{.whenDestroyed = WhenDestroyed::Detach}, &foo, w);
        p.start();
        // Now the child alone holds the writable end, and the stream ends here as soon as the child closes it.
        w.close();
    }

    while (!readers.empty()) {
        for (const Waitable &ready : wait({readers.begin(), readers.end()})) {
            const auto r = std::ranges::find(readers, ready.fd(), &Connection::fileno);
            try {
                const auto [number, name] = r->recv<std::pair<int, QString>>();
                std::cout << number << ' ' << name.toStdString() << '\n';
            } catch (const EndOfFile &) {
                readers.erase(r);
            }
        }
    }
}
