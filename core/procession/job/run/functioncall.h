// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/wire/encodable.h>
#include <procession/job/run/batchdefinition.h>
#include <procession/process/functions/registeredfunction.h>
#include <procession/shared/rawarray.h>

namespace procession {

/// What a call of a function in a worker came to.
struct CallOutcome
{
    QByteArray text; ///< what it returned, see valueText()
    qint64 pid = 0;
    qint64 cpuTime = 0; ///< microseconds
};

template <>
struct Codec<CallOutcome>
{
    static void encode(Encoder &encoder, const CallOutcome &outcome);
    static CallOutcome decode(Decoder &decoder);
};

/// Where a worker says, in memory that it shares with the program, what it does for one of a job's workers.
struct CallRecord
{
    qint64 pid; ///< of the process that makes the call; 0 when none does, or when it is a thread of the program
    qint64 cpuBefore; ///< microseconds of CPU that the process had used before
};

/// A function by its name, to be called in a worker of a pool with arguments that people gave.
///
/// \code
/// pool.applyAsync(FunctionCall(definition), 1, QByteArrayList{"a.png", "64"});
/// \endcode
///
/// Arguments are converted by QVariant's rules from text, which has to be UTF-8; a parameter of type QByteArray gets the bytes as they are.
/// A worker that does not know the function's library loads it. A value.
class FunctionCall
{
public:
    explicit FunctionCall(const BatchDefinition &definition) : FunctionCall(definition.function, definition.library) { }

    /// What people call it: "imagetasks:thumbnail".
    QByteArray name() const;
    /// Loads its library, if it is in one. \throws InvalidInput "function.unknown", TaskLibraryError
    RegisteredFunction function() const;
    /// Calls it, here. \param worker  of the job
    /// \throws InvalidInput, FunctionError, and whatever the function throws
    CallOutcome operator()(int worker, const QByteArrayList &arguments) const;

private:
    friend struct Codec<FunctionCall>;
    FunctionCall(const QString &function, const QByteArray &library) : m_function(function), m_library(library) { }

    QString m_function;
    QByteArray m_library;
};

template <>
inline constexpr bool isTransferable<FunctionCall> = true;

template <>
struct Codec<FunctionCall>
{
    static void encode(Encoder &encoder, const FunctionCall &call);
    static FunctionCall decode(Decoder &decoder);
};

/// What a worker of a pool does before its first FunctionCall. It loads the library, so that this takes no time of the first call.
/// \param records      an element for each of the job's workers
/// \param program      the process that has the pool: what is a thread of it changes neither folder nor environment
/// \param directory    empty for the program's
/// \param environment  as CommandOptions::environment
void prepareCalls(const FunctionCall &call, const RawArray<CallRecord> &records, qint64 program, const QByteArray &directory,
    const QByteArrayList &environment);

} // namespace procession
