// SPDX-License-Identifier: MIT
// Values and bytes through one connection, and bytes straight into a buffer.
#include <procession/procession.h>

#include <QtCore/QJsonDocument>

#include <array>
#include <iostream>

using namespace procession;

int main()
{
    auto [a, b] = pipe();

    a.send(QVariantList{1, QStringLiteral("hello"), QVariant()});
    std::cout << QJsonDocument::fromVariant(b.recv<QVariantList>()).toJson(QJsonDocument::Compact).constData() << '\n';

    b.sendBytes("thank you");
    std::cout << a.recvBytes().constData() << '\n';

    const std::array<int, 5> arr1{0, 1, 2, 3, 4};
    std::array<int, 10> arr2{};
    a.sendBytes({reinterpret_cast<const char *>(arr1.data()), sizeof arr1});
    const std::size_t count = b.recvBytesInto({reinterpret_cast<char *>(arr2.data()), sizeof arr2});
    std::cout << count << " bytes:";
    for (const int number : arr2)
        std::cout << ' ' << number;
    std::cout << '\n';

    std::array<char, 4> small;
    a.sendBytes("too long");
    try {
        b.recvBytesInto(small);
    } catch (const BufferTooShort &error) {
        std::cout << "BufferTooShort holds \"" << error.message().constData() << "\"\n";
    }
}
