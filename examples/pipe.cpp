// SPDX-License-Identifier: MIT
// A channel between two processes, and values of several types through it.
#include <procession/procession.h>

#include <QtCore/QJsonDocument>

#include <iostream>

using namespace procession;

void f(Connection conn)
{
    conn.send(QVariantList{42, QVariant(), QStringLiteral("hello")});
    conn.close();
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    auto [parentConn, childConn] = pipe();
    Process p(&f, childConn);
    p.start();
    const auto list = parentConn.recv<QVariantList>();
    std::cout << QJsonDocument::fromVariant(list).toJson(QJsonDocument::Compact).constData() << '\n'; // [42,null,"hello"]
    p.join();
}
