// SPDX-License-Identifier: MIT
// A queue between two processes.
#include <procession/procession.h>

#include <QtCore/QJsonDocument>

#include <iostream>

using namespace procession;

void f(const Queue<QVariantList> &q) { q.put({42, QVariant(), QStringLiteral("hello")}); }

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    const Queue<QVariantList> q;
    Process p(&f, q);
    p.start();
    const QVariantList list = q.get();
    std::cout << QJsonDocument::fromVariant(list).toJson(QJsonDocument::Compact).constData() << '\n'; // [42,null,"hello"]
    p.join();
}
