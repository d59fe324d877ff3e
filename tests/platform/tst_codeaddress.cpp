// SPDX-License-Identifier: MIT
#include <procession/platform/base/processerror.h>
#include <procession/platform/thread/codeaddress.h>

#include <QtTest/QtTest>

using namespace procession;

namespace {

int answer() { return 42; }

std::string errorOf(const std::function<void()> &function)
{
    try {
        function();
    } catch (const ProcessError &error) {
        return error.what();
    }
    return "no error";
}

} // namespace

class TestCodeAddress : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void leadsBack()
    {
        const CodeAddress address = CodeAddress::of(reinterpret_cast<const void *>(&answer));
        QVERIFY(address.module.isEmpty());
        QVERIFY(address.buildId.size() >= 8);
        QCOMPARE(reinterpret_cast<int (*)()>(address.resolve())(), 42);
    }

    void leadsIntoALibrary()
    {
        const void *pointer = &QObject::staticMetaObject;
        const CodeAddress address = CodeAddress::of(pointer);
        QVERIFY2(address.module.contains("libQt6Core"), address.module.constData());
        QCOMPARE(address.resolve(), pointer);
    }

    void refusesWhatIsInNoModule()
    {
        const auto onTheHeap = std::make_unique<int>(1);
        const std::string error = errorOf([&] { CodeAddress::of(onTheHeap.get()); });
        QVERIFY2(error.find("in no module") != std::string::npos, error.c_str());
    }

    void refusesAnotherBuild()
    {
        CodeAddress address = CodeAddress::of(reinterpret_cast<const void *>(&answer));
        address.buildId[0] = static_cast<char>(address.buildId.at(0) ^ 1);
        const std::string error = errorOf([&] { address.resolve(); });
        QVERIFY2(error.find("built anew") != std::string::npos, error.c_str());
    }

    void refusesALibraryThatIsNotThere()
    {
        const CodeAddress address{QByteArray(20, 'x'), "/nowhere/libtasks.so", 0};
        const std::string error = errorOf([&] { address.resolve(); });
        QVERIFY2(error.find("/nowhere/libtasks.so") != std::string::npos, error.c_str());
    }

    void refusesAnOffsetBeyondTheModule()
    {
        CodeAddress address = CodeAddress::of(reinterpret_cast<const void *>(&answer));
        address.offset = ~quint64(0) / 2;
        const std::string error = errorOf([&] { address.resolve(); });
        QVERIFY2(error.find("outside") != std::string::npos, error.c_str());
    }
};

QTEST_APPLESS_MAIN(TestCodeAddress)
#include "tst_codeaddress.moc"
