// SPDX-License-Identifier: MIT
// Contexts: several start methods in one program.
#include <procession/procession.h>

#include <iostream>

using namespace procession;

void foo(const Connection &conn, const QString &method) { conn.send(QStringLiteral("hello by %1").arg(method)); }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    for (const StartMethod method : allStartMethods()) {
        const Context ctx = context(method);
        auto [receiver, sender] = ctx.pipe(Duplex::No);
        auto p = ctx.process(&foo, sender, nameOf(method));
        p.start();
        std::cout << receiver.recv<QString>().toStdString() << '\n';
        p.join();
    }
}
