// SPDX-License-Identifier: MIT
#include "allocating.h"
#include "children.h"

#include <sanitizers.h>

using namespace procession;

namespace {

const LibraryWithAllocatingThread library;

void use() { }

void act(const QByteArray &scene)
{
    demandResults<squaredWithAllocations>(scene, [](int x) { return x * x; });
}

/// An allocator that takes the place of the C library's.
struct Allocator
{
    const char *package;
    const char *file; ///< what CMake found of it
};
constexpr Allocator Allocators[] = {
    {"libjemalloc2", JEMALLOC},
    {"libtcmalloc-minimal4", TCMALLOC},
    {"libmimalloc2.0", MIMALLOC},
};

} // namespace

class TestAllocators : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void oneThread_data() { addRows(); }
    void oneThread() { check(false); }
    /// The copies are made while another thread allocates.
    void allocatingThread_data() { addRows(); }
    void allocatingThread() { check(true); }

private:
    static void addRows();
    static void check(bool allocatingThread);
};

void TestAllocators::addRows()
{
    QTest::addColumn<StartMethod>("method");
    QTest::addColumn<QString>("package");
    QTest::addColumn<QString>("file");
    for (const Allocator &allocator : Allocators) {
        for (const StartMethod method : allStartMethods()) {
            QTest::addRow("%s, %s", allocator.package, qPrintable(nameOf(method)))
                << method << QString::fromLatin1(allocator.package) << QString::fromLatin1(allocator.file);
        }
    }
}

void TestAllocators::check(bool allocatingThread)
{
    SKIP_UNDER_SANITIZERS("the sanitizers bring an allocator of their own");
    QFETCH(StartMethod, method);
    QFETCH(QString, package);
    QFETCH(QString, file);
    if (file.endsWith(QLatin1String("-NOTFOUND")))
        QSKIP(qPrintable(package + QLatin1String(" is not installed")));
    Surroundings surroundings{.variables = {{QStringLiteral("LD_PRELOAD"), file}}};
    if (allocatingThread)
        surroundings.variables.append({QString::fromLatin1(AllocatingVariable), QStringLiteral("1")});
    QCOMPARE(outcomeOf(QStringLiteral("processes"), method, surroundings), QByteArray("right"));
    QCOMPARE(outcomeOf(QStringLiteral("pool"), method, surroundings), QByteArray("right"));
}

PROCESSION_SURROUNDINGS_MAIN(TestAllocators, use, act)

#include "tst_allocators.moc"
