// SPDX-License-Identifier: MIT
#include <procession/ipc/exceptions/exceptioncodec.h>
#include <procession/ipc/wire/errors.h>
#include <procession/platform/base/invalidinput.h>

#include <QtTest/QtTest>

#include <future>
#include <ios>
#include <random>
#include <regex>
#include <system_error>

using namespace procession;

namespace {

struct Unregistered : std::runtime_error
{
    using std::runtime_error::runtime_error;
};

struct WithText : std::runtime_error
{
    using std::runtime_error::runtime_error;
};
struct WithQString : std::exception
{
    explicit WithQString(const QString &given) : text(given.toUtf8()) { }
    const char *what() const noexcept override { return text.constData(); }
    QByteArray text;
};
struct WithNothing : std::exception
{
    const char *what() const noexcept override { return "nothing"; }
};
struct WithFields : std::runtime_error
{
    WithFields(int at, const QString &word) : std::runtime_error("at " + std::to_string(at)), line(at), hint(word) { }
    int line;
    QString hint;
};
struct NotStandard
{
    int number = 0;
};
struct AnotherOne : std::exception
{
};
/// Not one of the standard ones, so no other process knows it.
class Category : public std::error_category
{
public:
    const char *name() const noexcept override { return "own"; }
    std::string message(int number) const override { return "number " + std::to_string(number); }
};
/// Cannot be written when it comes to it.
struct Unwritable : std::exception
{
    const char *what() const noexcept override { return "unwritable"; }
};
struct WithNullText : std::exception
{
    const char *what() const noexcept override { return nullptr; }
};
struct KnownWithNullText : std::exception
{
    const char *what() const noexcept override { return nullptr; }
};
/// Keeps what is being handled when it is made.
struct Keeping : std::runtime_error, std::nested_exception
{
    using std::runtime_error::runtime_error;
};
/// An exception may refuse to be copied.
struct Uncopyable : std::exception
{
    Uncopyable() = default;
    Uncopyable(const Uncopyable &) = delete;
    Uncopyable(Uncopyable &&) = default;
    const char *what() const noexcept override { return "uncopyable"; }
};

} // namespace

template <>
struct procession::Codec<WithFields>
{
    static void encode(Encoder &encoder, const WithFields &error) { encoder << error.line << error.hint; }
    static WithFields decode(Decoder &decoder)
    {
        const auto line = decoder.read<int>();
        return {line, decoder.read<QString>()};
    }
};
template <>
struct procession::Codec<NotStandard>
{
    static void encode(Encoder &encoder, const NotStandard &error) { encoder << error.number; }
    static NotStandard decode(Decoder &decoder) { return {decoder.read<int>()}; }
};
template <>
struct procession::ExceptionCodec<Unwritable>
{
    static void encode(Encoder &, const Unwritable &) { throw EncodeError("no"); }
    static Unwritable decode(Decoder &, const std::string &) { return {}; }
};

namespace {
template <typename E>
QByteArray written(E error, const QByteArray &trace = {}, const QByteArray &processName = {})
{
    Encoder encoder;
    try {
        throw std::move(error);
    } catch (...) {
        encodeException(encoder, std::current_exception(), trace, processName);
    }
    return encoder.take().bytes;
}

std::exception_ptr read(const QByteArray &bytes)
{
    Decoder decoder{QByteArrayView(bytes)};
    std::exception_ptr error = decodeException(decoder);
    decoder.finish();
    return error;
}

template <typename Throw>
std::exception_ptr comeBack(Throw thrown)
{
    Encoder encoder;
    try {
        thrown();
    } catch (...) {
        encodeException(encoder, std::current_exception(), "trace", "Process-1");
    }
    return read(encoder.take().bytes);
}

/// The texts of an exception and of all that are nested in it, with their types where they are no RemoteError's.
QByteArrayList textsOf(const std::exception_ptr &exception)
{
    QByteArrayList texts;
    try {
        std::rethrow_exception(exception);
    } catch (const std::exception &error) {
        texts.append(error.what());
        try {
            std::rethrow_if_nested(error);
        } catch (...) {
            texts += textsOf(std::current_exception());
        }
    } catch (...) {
        texts.append("?");
    }
    return texts;
}

[[noreturn]] void throwNested(int depth)
{
    if (depth == 0)
        throw std::out_of_range("0");
    try {
        throwNested(depth - 1);
    } catch (...) {
        std::throw_with_nested(std::runtime_error(std::to_string(depth)));
    }
}

/// Catches it as an E that is of no other type than those come from elsewhere are, and hands it to `look`.
template <typename E, typename Look>
void caught(const std::exception_ptr &error, Look look)
{
    try {
        std::rethrow_exception(error);
    } catch (const E &e) {
        if constexpr (std::is_polymorphic_v<E>)
            QVERIFY(typeid(e) == typeid(Remote<E>));
        look(e);
    } catch (...) {
        QFAIL("it is of another type");
    }
}

using Check = void (*)();

template <auto make>
void comesBack()
{
    const auto error = make();
    using E = std::remove_const_t<decltype(error)>;
    caught<E>(read(written(E(error), "trace", "Process-1")), [&](const E &e) {
        QCOMPARE(e.what(), error.what());
        QCOMPARE(remoteTraceOf(e)->text(), QByteArray("trace"));
        QCOMPARE(remoteTraceOf(e)->processName(), QByteArray("Process-1"));
        if constexpr (requires { e.code(); })
            QVERIFY(e.code() == error.code());
    });
}

template <typename E>
void textComesBack()
{
    comesBack<[] { return E("the text"); }>();
}
} // namespace
Q_DECLARE_METATYPE(Check)

class TestExceptionCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        registerException<WithText>("WithText");
        registerException<WithQString>("WithQString");
        registerException<WithNothing>("WithNothing");
        registerException<WithFields>("WithFields");
        registerException<NotStandard>("NotStandard");
        registerException<Unwritable>("Unwritable");
        registerException<KnownWithNullText>("KnownWithNullText");
        registerException<Keeping>("Keeping");
    }

    void comeBackAsThemselves_data();
    void comeBackAsThemselves()
    {
        QFETCH(Check, check);
        check();
    }

    void fieldsComeBack()
    {
        caught<SystemError>(read(written(SystemError("open", "/no/file", ENOENT))), [](const SystemError &e) {
            QCOMPARE(e.call(), QByteArray("open"));
            QCOMPARE(e.subject(), QByteArray("/no/file"));
            QCOMPARE(e.number(), ENOENT);
        });
        caught<InvalidInput>(read(written(InvalidInput("halt.rule", "x", "y", "text"))), [](const InvalidInput &e) {
            QCOMPARE(e.problem(), "halt.rule");
            QCOMPARE(e.input(), QByteArray("x"));
            QCOMPARE(e.detail(), QByteArray("y"));
        });
        caught<BufferTooShort>(read(written(BufferTooShort("message", 3))), [](const BufferTooShort &e) {
            QCOMPARE(e.message(), QByteArray("message"));
            QCOMPARE(e.capacity(), 3U);
        });
        caught<EndOfFile>(read(written(EndOfFile("torn", true))), [](const EndOfFile &e) { QVERIFY(e.isTorn()); });
        caught<WithFields>(read(written(WithFields(7, QStringLiteral("hint")))), [](const WithFields &e) {
            QCOMPARE(e.line, 7);
            QCOMPARE(e.hint, QStringLiteral("hint"));
        });
        caught<NotStandard>(read(written(NotStandard{9})), [](const NotStandard &e) { QCOMPARE(e.number, 9); });
    }

    void othersAreNamed_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("type");
        QTest::addColumn<QByteArray>("message");
        QTest::newRow("derived") << written(Unregistered("reason")) << QByteArray("(anonymous namespace)::Unregistered")
                                 << QByteArray("reason");
        QTest::newRow("int") << written(42) << QByteArray("int") << QByteArray();
        QTest::newRow("text") << written("reason") << QByteArray("char const*") << QByteArray("reason");
        QTest::newRow("QString") << written(QStringLiteral("reason")) << QByteArray("QString") << QByteArray("reason");
        QTest::newRow("uncopyable") << written(Uncopyable()) << QByteArray("(anonymous namespace)::Uncopyable")
                                    << QByteArray("uncopyable");
        QTest::newRow("unwritable") << written(Unwritable()) << QByteArray("(anonymous namespace)::Unwritable")
                                    << QByteArray("unwritable");
        static const Category category;
        QTest::newRow("category") << written(std::system_error(1, category)) << QByteArray("std::system_error")
                                  << QByteArray("number 1");
    }
    void othersAreNamed()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, type);
        QFETCH(QByteArray, message);
        std::exception_ptr error = read(bytes);
        try {
            std::rethrow_exception(error);
            QFAIL("nothing was thrown");
        } catch (const RemoteError &remote) {
            QCOMPARE(QByteArray::fromStdString(remote.typeName()), type);
            QCOMPARE(QByteArray::fromStdString(remote.message()), message);
            QVERIFY(QByteArray(remote.what()).contains(message));
        }
    }

    void nullText()
    {
        try {
            std::rethrow_exception(comeBack([] { throw WithNullText(); }));
        } catch (const RemoteError &error) {
            QCOMPARE(QByteArray::fromStdString(error.typeName()), QByteArray("(anonymous namespace)::WithNullText"));
            QCOMPARE(error.message(), std::string());
        }
        QVERIFY_THROWS_EXCEPTION(KnownWithNullText, std::rethrow_exception(comeBack([] { throw KnownWithNullText(); })));
        QVERIFY_THROWS_EXCEPTION(RemoteError, std::rethrow_exception(comeBack([] { throw static_cast<const char *>(nullptr); })));
    }

    void nestedOnes()
    {
        const std::exception_ptr error = comeBack([] { throwNested(3); });
        QVERIFY_THROWS_EXCEPTION(std::runtime_error, std::rethrow_exception(error));
        QCOMPARE(textsOf(error), (QByteArrayList{"3", "2", "1", "0"}));
        try {
            std::rethrow_exception(error);
        } catch (const RemoteError &) {
            QFAIL("it is no runtime_error any more");
        } catch (const std::runtime_error &outer) {
            QCOMPARE(remoteTraceOf(outer)->processName(), QByteArray("Process-1"));
            QCOMPARE(remoteTraceOf(outer)->text(), QByteArray("trace"));
            QVERIFY_THROWS_EXCEPTION(std::runtime_error, std::rethrow_if_nested(outer));
        }
        // And on to the next process.
        QCOMPARE(textsOf(comeBack([&] { std::rethrow_exception(error); })), (QByteArrayList{"3", "2", "1", "0"}));
        QCOMPARE(textsOf(comeBack([] { throwNested(1'000); })).size(), 51);
    }

    void unregisteredNestedOnes()
    {
        const std::exception_ptr error = comeBack([] {
            try {
                throw WithText("inner");
            } catch (...) {
                std::throw_with_nested(Unregistered("outer"));
            }
        });
        try {
            std::rethrow_exception(error);
        } catch (const RemoteError &outer) {
            QCOMPARE(QByteArray::fromStdString(outer.typeName()), QByteArray("(anonymous namespace)::Unregistered"));
            QCOMPARE(outer.message(), std::string("outer"));
            QVERIFY_THROWS_EXCEPTION(WithText, std::rethrow_if_nested(outer));
            QVERIFY_THROWS_EXCEPTION(WithText, [&] {
                try {
                    std::rethrow_exception(comeBack([&] { std::rethrow_exception(error); }));
                } catch (const RemoteError &again) {
                    std::rethrow_if_nested(again);
                }
            }());
        }
    }

    void ownNestingOnes()
    {
        const std::exception_ptr error = comeBack([] {
            try {
                throw std::length_error("inner");
            } catch (...) {
                throw Keeping("outer");
            }
        });
        QVERIFY_THROWS_EXCEPTION(Keeping, std::rethrow_exception(error));
        QCOMPARE(textsOf(error), (QByteArrayList{"outer", "inner"}));
    }

    // std::rethrow_if_nested() would end the program of one that catches it.
    void nestedInNothing()
    {
        try {
            std::rethrow_exception(comeBack([] { std::throw_with_nested(WithText("outer")); }));
        } catch (const RemoteError &error) {
            QCOMPARE(error.message(), std::string("outer"));
            std::rethrow_if_nested(error);
        }
        // Registered, and keeps nothing there either.
        QVERIFY_THROWS_EXCEPTION(Keeping, std::rethrow_exception(comeBack([] { throw Keeping("outer"); })));
    }

    void categoryUnknownHere()
    {
        const QByteArray bytes = written(std::system_error(ENOENT, std::generic_category()));
        QVERIFY_THROWS_EXCEPTION(DecodeError, read(QByteArray(bytes).replace("generic", "another")));
    }

    void unknownHere()
    {
        const QByteArray bytes = written(WithText("reason"), "trace").replace("WithText", "WithMore");
        try {
            std::rethrow_exception(read(bytes));
        } catch (const RemoteError &error) {
            QCOMPARE(error.typeName(), std::string("WithMore"));
            QCOMPARE(error.message(), std::string("reason"));
            QCOMPARE(error.text(), QByteArray("trace"));
        }
    }

    // A worker's worker throws: both traces arrive, and the name of the one that threw.
    void tracesAddUp()
    {
        const auto passedOn = [](const QByteArray &bytes) {
            Encoder encoder;
            encodeException(encoder, read(bytes), "outer", "Process-1");
            return encoder.take().bytes;
        };
        caught<std::out_of_range>(
            read(passedOn(written(std::out_of_range("x"), "inner", "Process-1:1"))), [](const std::out_of_range &e) {
                QCOMPARE(remoteTraceOf(e)->text(), QByteArray("inner\nouter"));
                QCOMPARE(remoteTraceOf(e)->processName(), QByteArray("Process-1:1"));
            });
        try {
            std::rethrow_exception(read(passedOn(written(Unregistered("reason"), "inner", "Process-1:1"))));
        } catch (const RemoteError &error) {
            QCOMPARE(error.typeName(), std::string("(anonymous namespace)::Unregistered"));
            QCOMPARE(error.message(), std::string("reason"));
            QCOMPARE(error.processName(), QByteArray("Process-1:1"));
        }
    }

    void thrownHereHasNoTrace() { QCOMPARE(remoteTraceOf(std::runtime_error("x")), nullptr); }

    void rethrows()
    {
        const QByteArray bytes = written(std::length_error("x"));
        Decoder decoder{QByteArrayView(bytes)};
        QVERIFY_THROWS_EXCEPTION(std::length_error, rethrowDecoded(decoder));
    }

    void registersOnce()
    {
        QVERIFY(registerException<WithText>("WithText"));
        QVERIFY_THROWS_EXCEPTION(ProcessError, registerException<AnotherOne>("WithText"));
    }

    void noExceptionIsRefused()
    {
        Encoder encoder;
        QVERIFY_THROWS_EXCEPTION(EncodeError, encodeException(encoder, nullptr));
    }

    void survivesCutsAndChanges()
    {
        const QByteArray good = written(SystemError("open", "/no/file", ENOENT), "trace", "Process-1");
        for (qsizetype size = 0; size < good.size(); ++size)
            QVERIFY_THROWS_EXCEPTION(DecodeError, read(good.first(size)));
        std::mt19937 random(7);
        int refused = 0;
        for (int round = 0; round < 5'000; ++round) {
            QByteArray bad = good;
            bad[static_cast<qsizetype>(random() % static_cast<quint32>(bad.size()))] = static_cast<char>(random());
            try {
                read(bad);
            } catch (const DecodeError &) {
                ++refused;
            }
        }
        QVERIFY(refused > 1000);
    }
};

void TestExceptionCodec::comeBackAsThemselves_data()
{
    QTest::addColumn<Check>("check");
    const auto row = [](const char *name, Check check) { QTest::newRow(name) << check; };
    row("logic_error", textComesBack<std::logic_error>);
    row("domain_error", textComesBack<std::domain_error>);
    row("invalid_argument", textComesBack<std::invalid_argument>);
    row("length_error", textComesBack<std::length_error>);
    row("out_of_range", textComesBack<std::out_of_range>);
    row("runtime_error", textComesBack<std::runtime_error>);
    row("range_error", textComesBack<std::range_error>);
    row("overflow_error", textComesBack<std::overflow_error>);
    row("underflow_error", textComesBack<std::underflow_error>);
    row("exception", comesBack<[] { return std::exception(); }>);
    row("bad_alloc", comesBack<[] { return std::bad_alloc(); }>);
    row("bad_cast", comesBack<[] { return std::bad_cast(); }>);
    row("bad_optional_access", comesBack<[] { return std::bad_optional_access(); }>);
    row("bad_variant_access", comesBack<[] { return std::bad_variant_access(); }>);
    row("bad_function_call", comesBack<[] { return std::bad_function_call(); }>);
    row("system_error", comesBack<[] { return std::system_error(ENOENT, std::system_category(), "some: file"); }>);
    row("system_error without text", comesBack<[] { return std::system_error(EPERM, std::generic_category()); }>);
    row("ios_base::failure", comesBack<[] { return std::ios_base::failure("stream"); }>);
    row("future_error", comesBack<[] { return std::future_error(std::future_errc::no_state); }>);
    row("regex_error", comesBack<[] { return std::regex_error(std::regex_constants::error_brack); }>);
    row("ProcessError", textComesBack<ProcessError>);
    row("SystemError", comesBack<[] { return SystemError("open", "/no/file", ENOENT); }>);
    row("InvalidInput", comesBack<[] { return InvalidInput("a.b", "input", "detail", "text"); }>);
    row("BufferTooShort", comesBack<[] { return BufferTooShort("message", 3); }>);
    row("EndOfFile", comesBack<[] { return EndOfFile("text", false); }>);
    row("AuthenticationError", textComesBack<AuthenticationError>);
    row("TimeoutError", textComesBack<TimeoutError>);
    row("EncodeError", textComesBack<EncodeError>);
    row("DecodeError", textComesBack<DecodeError>);
    row("registered, from a text", textComesBack<WithText>);
    row("registered, from a QString", comesBack<[] { return WithQString(QStringLiteral("té")); }>);
    row("registered, from nothing", comesBack<[] { return WithNothing(); }>);
    row("registered, with a Codec", comesBack<[] { return WithFields(3, QStringLiteral("a")); }>);
}

QTEST_GUILESS_MAIN(TestExceptionCodec)
#include "tst_exceptioncodec.moc"
