// SPDX-License-Identifier: MIT
#include <procession/job/run/functioncall.h>

#include <procession/job/inputs/valuetext.h>
#include <procession/platform/base/invalidinput.h>
#include <procession/process/functions/tasklibrary.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QScopeGuard>
#include <QtCore/QStringDecoder>

#include <atomic>
#include <cerrno>
#include <ctime>
#include <optional>

namespace procession {

namespace {

struct Worker
{
    RawArray<CallRecord> records;
    bool isProcess = false;
};

/// Of the thread that makes the calls, since workers may be threads of one process.
thread_local std::optional<Worker> ownWorker;

qint64 cpuTimeUsed() { return static_cast<qint64>(std::clock()) * (1'000'000 / CLOCKS_PER_SEC); }

CallRecord *recordOf(int worker)
{
    if (!ownWorker || !ownWorker->isProcess || worker < 1 || static_cast<std::size_t>(worker) > ownWorker->records.size())
        return nullptr;
    return &ownWorker->records[static_cast<std::size_t>(worker) - 1];
}

void setPid(CallRecord *record, qint64 pid)
{
    if (record)
        std::atomic_ref(record->pid).store(pid);
}

QVariant argumentOf(const QByteArray &given, const QByteArray &type, qsizetype number)
{
    if (type == "QByteArray")
        return given;
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(given);
    if (decoder.hasError())
        throw FunctionError("argument " + std::to_string(number) + " is not UTF-8 text, which a " + type.toStdString()
            + " could be made of: give other inputs, or let the function take a QByteArray");
    return text;
}

QVariantList argumentsOf(const QByteArrayList &given, const QByteArrayList &types)
{
    QVariantList arguments;
    for (qsizetype i = 0; i < given.size(); ++i)
        arguments.append(argumentOf(given.at(i), types.value(i), i + 1));
    return arguments;
}

} // namespace

QByteArray FunctionCall::name() const
{
    return m_library.isEmpty() ? m_function.toUtf8() : TaskLibrary::nameOf(m_library) + ':' + m_function.toUtf8();
}

RegisteredFunction FunctionCall::function() const
{
    if (!m_library.isEmpty())
        return TaskLibrary::load(m_library).function(m_function);
    try {
        return registeredFunction(m_function);
    } catch (const FunctionError &error) {
        throw InvalidInput(
            "function.unknown", m_function.toUtf8(), registeredFunctions().join(QStringLiteral(", ")).toUtf8(), error.what());
    }
}

CallOutcome FunctionCall::operator()(int worker, const QByteArrayList &arguments) const
{
    const RegisteredFunction function = this->function();
    CallRecord *record = recordOf(worker);
    const qint64 before = cpuTimeUsed();
    if (record)
        record->cpuBefore = before;
    CallOutcome outcome;
    outcome.pid = record ? QCoreApplication::applicationPid() : 0;
    setPid(record, outcome.pid);
    const auto atEnd = qScopeGuard([record] { setPid(record, 0); });
    outcome.text = valueText(function.call(argumentsOf(arguments, function.parameterTypes())));
    outcome.cpuTime = cpuTimeUsed() - before;
    return outcome;
}

void prepareCalls(const FunctionCall &call, const RawArray<CallRecord> &records, qint64 program, const QByteArray &directory,
    const QByteArrayList &environment)
{
    const bool isProcess = QCoreApplication::applicationPid() != program;
    ownWorker.emplace(Worker{records, isProcess});
    try {
        call.function();
    } catch (const InvalidInput &) { // each call reports it again
    }
    if (!isProcess)
        return;
    if (!directory.isEmpty() && !QDir::setCurrent(QFile::decodeName(directory)))
        throw SystemError("chdir", directory, errno);
    for (const QByteArray &variable : environment) {
        const qsizetype nameEnd = variable.indexOf('=');
        if (nameEnd < 0)
            qunsetenv(variable.constData());
        else
            qputenv(variable.first(nameEnd).constData(), variable.sliced(nameEnd + 1));
    }
}

void Codec<CallOutcome>::encode(Encoder &encoder, const CallOutcome &outcome)
{
    encoder << outcome.text << outcome.pid << outcome.cpuTime;
}

CallOutcome Codec<CallOutcome>::decode(Decoder &decoder)
{
    return {decoder.read<QByteArray>(), decoder.read<qint64>(), decoder.read<qint64>()}; // in this order, since braces
}

void Codec<FunctionCall>::encode(Encoder &encoder, const FunctionCall &call) { encoder << call.m_function << call.m_library; }

FunctionCall Codec<FunctionCall>::decode(Decoder &decoder)
{
    const auto function = decoder.read<QString>();
    return {function, decoder.read<QByteArray>()};
}

} // namespace procession
