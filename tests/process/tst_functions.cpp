// SPDX-License-Identifier: MIT
#include "processtest.h"
#include "tasklibrary.h"

#include <procession/process/functions/registeredfunction.h>

#include <QtCore/QLibrary>

using namespace procession;

namespace {

void freeFunction(const Connection &answer, int number) { answer.send(number); }

struct Member
{
    static void staticMember(const Connection &answer, int number) { answer.send(number + 1); }
    void plain(const Connection &answer) const { answer.send(factor * 2); }
    virtual void virtualOne(const Connection &answer) const { answer.send(factor * 3); }
    virtual ~Member() = default;
    int factor = 0;
};

QDataStream &operator<<(QDataStream &stream, const Member &member) { return stream << member.factor; }
QDataStream &operator>>(QDataStream &stream, Member &member) { return stream >> member.factor; }

struct StatelessObject
{
    void operator()(const Connection &answer, int number) const { answer.send(number - 1); }
};

struct Scaler // has a member, and says that it may travel
{
    int factor = 1;
    void operator()(const Connection &answer, int number) const { answer.send(number * factor); }
};

void addTwo(int first, int second, const Connection &answer) { answer.send(first + second); }

/// Runs a process that answers through a connection, and returns what it answered.
template <typename Answer, typename... Arguments>
Answer answerOf(StartMethod method, const Arguments &...arguments)
{
    auto [ours, theirs] = pipe(Duplex::No);
    Process process = [&] {
        if constexpr (sizeof...(Arguments) == 1)
            return context(method).process(arguments..., theirs);
        else
            return [&](const auto &function, const auto &...more) { return context(method).process(function, theirs, more...); }(
                       arguments...);
    }();
    process.start();
    if (method != StartMethod::Thread)
        theirs.close(); // or a child that failed would be waited for for ever
    const Answer answer = ours.template recv<Answer>();
    process.join();
    return process.exitCode() == 0 ? answer : throw ProcessError("the child failed");
}

void takeText(const Connection &answer, const char *plain, std::string standard, const QString &qt, const QByteArray &bytes)
{
    answer.send(QString::fromUtf8(plain) + QString::fromStdString(standard) + qt + QString::fromUtf8(bytes));
}

QString describe(const QString &name, int count) { return name + QLatin1Char('=') + QString::number(count); }

void callRegistered(const Connection &answer, const RegisteredFunction &function)
{
    answer.send(function.call({QStringLiteral("n"), QStringLiteral("12")}).toString());
}

} // namespace

template <>
inline constexpr bool procession::isTransferable<Scaler> = true;

class TestFunctions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { registerFunction(QStringLiteral("describe"), &describe); }

    void everyKind_data() { addStartMethods(); }
    void everyKind();
    void textArrivesAsWhatIsTaken_data() { addStartMethods(); }
    void textArrivesAsWhatIsTaken();
    void captures_data() { addStartMethods(); }
    void captures();
    void argumentsThatCannotTravel_data() { addStartMethods(); }
    void argumentsThatCannotTravel();
    void ofALibraryThatWasLoaded_data() { addStartMethods(); }
    void ofALibraryThatWasLoaded();
    void byRegisteredName_data() { addStartMethods(); }
    void byRegisteredName();
    void registeredFunctionsSayWhatIsWrong();
};

void TestFunctions::everyKind()
{
    QFETCH(StartMethod, method);
    QCOMPARE(answerOf<int>(method, &freeFunction, 7), 7);
    QCOMPARE(answerOf<int>(method, &Member::staticMember, 7), 8);
    QCOMPARE(answerOf<int>(method, StatelessObject(), 7), 6);
    QCOMPARE(answerOf<int>(method, Scaler{5}, 7), 35);
    QCOMPARE(answerOf<int>(
                 method, [](const Connection &answer, int number) { answer.send(number * 10); }, 7),
        70);
    QCOMPARE(answerOf<double>(
                 method, [](const Connection &answer, auto number) { answer.send(number / 2); }, 7.0),
        3.5);
    QCOMPARE(answerOf<int>(method, procession::bind(&addTwo, 20, 22)), 42);
    QCOMPARE(answerOf<int>(method, procession::bind(procession::bind(&addTwo, 1), 2)), 3);
    Member member;
    member.factor = 7;
    QCOMPARE(answerOf<int>(method, procession::bind(&Member::plain, member)), 14);
    QCOMPARE(answerOf<int>(method, procession::bind(&Member::virtualOne, member)), 21);
}

void TestFunctions::textArrivesAsWhatIsTaken()
{
    QFETCH(StartMethod, method);
    auto [ours, theirs] = pipe(Duplex::No);
    Process process = context(method).process(&takeText, theirs, "a中", "b", "c", "d");
    process.start();
    QCOMPARE(ours.recv<QString>(), QStringLiteral("a中bcd"));
    QVERIFY(process.join());
}

void TestFunctions::captures()
{
    QFETCH(StartMethod, method);
    auto [ours, theirs] = pipe(Duplex::No);
    const int captured = 9;
    Process process = context(method).process([captured, answer = theirs] { answer.send(captured); });
    if (method == StartMethod::Fork || method == StartMethod::Thread) {
        process.start();
        QCOMPARE(ours.recv<int>(), 9);
        QVERIFY(process.join());
        return;
    }
    QSignalSpy errors(&process, &Process::errorOccurred);
    const std::string error = errorOf([&process] { process.start(); });
    VERIFY_CONTAINS(error, "captures");
    VERIFY_CONTAINS(error, "bind()");
    QCOMPARE(errors.count(), 1);
    QCOMPARE(process.pid(), 0);
}

void TestFunctions::argumentsThatCannotTravel()
{
    QFETCH(StartMethod, method);
    int here = 0;
    Process process = context(method).process([](int *number) { *number = 5; }, &here);
    if (method == StartMethod::Fork || method == StartMethod::Thread) {
        process.start();
        QVERIFY(process.join());
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(here, method == StartMethod::Thread ? 5 : 0);
        return;
    }
    VERIFY_CONTAINS(errorOf([&process] { process.start(); }), "an argument of type int*");
}

void TestFunctions::ofALibraryThatWasLoaded()
{
    QFETCH(StartMethod, method);
    QLibrary library(QCoreApplication::applicationDirPath() + QStringLiteral("/libtasklibrary.so"));
    const auto makeProcess = reinterpret_cast<MakeProcess>(library.resolve("makeProcess"));
    QVERIFY2(makeProcess, qPrintable(library.errorString()));
    auto [ours, theirs] = pipe(Duplex::No);
    const std::unique_ptr<Process> process = makeProcess(method, theirs);
    process->start();
    if (method != StartMethod::Thread)
        theirs.close();
    QCOMPARE(ours.recv<QString>(), QStringLiteral("from the library"));
    QVERIFY(process->join());
    QCOMPARE(process->exitCode(), 0);
}

void TestFunctions::byRegisteredName()
{
    QFETCH(StartMethod, method);
    auto [ours, theirs] = pipe(Duplex::No);
    const RegisteredFunction function = registeredFunction(u"describe");
    Process process = context(method).process(
        [](const Connection &answer, const QString &name) { answer.send(registeredFunctions().contains(name)); }, theirs,
        "describe");
    process.start();
    QVERIFY(process.join());
    // Programs register in main() or as they are loaded; this one does it in a test, which a child that is started anew never runs.
    const bool inherits = method == StartMethod::Fork || method == StartMethod::Thread;
    QCOMPARE(ours.recv<bool>(), inherits);
    if (!inherits)
        return;
    Process caller = context(method).process(&callRegistered, theirs, function);
    caller.start();
    QCOMPARE(ours.recv<QString>(), QStringLiteral("n=12"));
    QVERIFY(caller.join());
}

void TestFunctions::registeredFunctionsSayWhatIsWrong()
{
    const RegisteredFunction function = registeredFunction(u"describe");
    QCOMPARE(function.parameterTypes(), (QByteArrayList{"QString", "int"}));
    QCOMPARE(function.call({QStringLiteral("a"), 3}).toString(), QStringLiteral("a=3"));
    VERIFY_CONTAINS(errorOf([&] { function.call({1}); }), "takes 2 arguments (QString, int), and was given 1");
    VERIFY_CONTAINS(errorOf([&] { function.call({QStringLiteral("a"), QVariantList()}); }), "argument 2 is of type QVariantList");
    VERIFY_CONTAINS(errorOf([] { registeredFunction(u"nothing"); }), "\"nothing\"; there are: describe");
}

PROCESSION_TEST_MAIN(TestFunctions)
#include "tst_functions.moc"
