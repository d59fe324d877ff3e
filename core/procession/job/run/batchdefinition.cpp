// SPDX-License-Identifier: MIT
#include <procession/job/run/batchdefinition.h>

#include <procession/platform/base/invalidinput.h>

#include <QtCore/QJsonArray>
#include <QtCore/QStringDecoder>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace procession {

namespace {

using namespace Qt::StringLiterals;

constexpr double MaxExactInteger = 9007199254740992; // 2^53: above it a JSON number is not exact

/// A string where the bytes are UTF-8, which people can read; otherwise an object with them in base64.
QJsonValue toValue(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    const QString text = decoder(bytes);
    if (!decoder.hasError() && text.toUtf8() == bytes)
        return text;
    return QJsonObject{{u"base64"_s, QString::fromLatin1(bytes.toBase64())}};
}

/// The members of an object, each read by its type; a missing one keeps the value that is there.
class Members
{
public:
    Members(const QJsonObject &object, const QByteArray &path) : m_object(object), m_path(path) { }

    void read(const char *name, QByteArray &target) const
    {
        if (const QJsonValue value = member(name); !value.isUndefined())
            target = bytes(value, name);
    }

    void read(const char *name, QByteArrayList &target) const
    {
        const QJsonValue value = member(name);
        if (value.isUndefined())
            return;
        if (!value.isArray())
            refuse(name, "a list of texts");
        target.clear();
        const QJsonArray array = value.toArray();
        for (const QJsonValue element : array)
            target += bytes(element, name);
    }

    void read(const char *name, bool &target) const
    {
        const QJsonValue value = member(name);
        if (value.isUndefined())
            return;
        if (!value.isBool())
            refuse(name, "true or false");
        target = value.toBool();
    }

    void read(const char *name, double &target) const
    {
        const QJsonValue value = member(name);
        if (value.isUndefined())
            return;
        if (!value.isDouble() || !std::isfinite(value.toDouble()) || value.toDouble() < 0)
            refuse(name, "a number that is not negative");
        target = value.toDouble();
    }

    template <typename Integer>
    requires std::is_integral_v<Integer>
    void read(const char *name, Integer &target, Integer least, Integer most = std::numeric_limits<Integer>::max()) const
    {
        double number = static_cast<double>(target);
        read(name, number);
        const double limit = std::min(MaxExactInteger, static_cast<double>(most));
        if (number != std::floor(number) || number < static_cast<double>(least) || number > limit)
            refuse(name, "a whole number from " + QByteArray::number(least) + " to " + QByteArray::number(limit, 'f', 0));
        target = static_cast<Integer>(number);
    }

    void read(const char *name, std::chrono::milliseconds &target) const
    {
        qint64 count = target.count();
        read(name, count, qint64(0));
        target = std::chrono::milliseconds(count);
    }

    Members object(const char *name) const
    {
        const QJsonValue value = member(name);
        if (!value.isUndefined() && !value.isObject())
            refuse(name, "an object");
        return {value.toObject(), m_path + name + '.'};
    }

    bool has(const char *name) const { return !member(name).isUndefined(); }

    void expect(const char *name) const
    {
        if (member(name).isUndefined())
            refuse(name, "given");
    }

    [[noreturn]] void refuse(const char *name, const QByteArray &expected) const
    {
        const QByteArray path = m_path + name;
        throw InvalidInput("definition.member", path, expected, "batch definition: \"" + path + "\" is not " + expected);
    }

private:
    QJsonValue member(const char *name) const { return m_object.value(QLatin1StringView(name)); }

    QByteArray bytes(const QJsonValue &value, const char *name) const
    {
        if (value.isString())
            return value.toString().toUtf8();
        const QJsonValue base64 = value.toObject().value("base64"_L1);
        const auto decoded
            = QByteArray::fromBase64Encoding(base64.toString().toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
        if (!base64.isString() || !decoded)
            refuse(name, "a text or {\"base64\": …}");
        return *decoded;
    }

    QJsonObject m_object;
    QByteArray m_path;
};

constexpr std::array SpreadNames{"joined", "repeated", "nothing"};

CommandTemplate::Spread spreadFrom(const Members &json)
{
    QByteArray name = SpreadNames.front();
    json.read("spread", name);
    const auto found = std::find(SpreadNames.begin(), SpreadNames.end(), name);
    if (found == SpreadNames.end())
        json.refuse("spread", "joined, repeated or nothing");
    return static_cast<CommandTemplate::Spread>(found - SpreadNames.begin());
}

QJsonObject toJson(const JobOptions &job)
{
    return {
        {u"workers"_s, job.workers},
        {u"maxAttempts"_s, job.maxAttempts},
        {u"retryDelayMs"_s, qint64(job.retryDelay.count())},
        {u"maxRetryDelayMs"_s, qint64(job.maxRetryDelay.count())},
        {u"timeoutMs"_s, qint64(job.timeout.count())},
        {u"killGraceMs"_s, qint64(job.killGrace.count())},
        {u"delayMs"_s, qint64(job.delay.count())},
        {u"halt"_s, QString::fromLatin1(job.halt.toText())},
        {u"maxLoad"_s, job.maxLoad},
        {u"minFreeMemory"_s, job.minFreeMemory},
    };
}

JobOptions jobOptionsFrom(const Members &json)
{
    JobOptions job;
    json.read("workers", job.workers, 1);
    json.read("maxAttempts", job.maxAttempts, 1, 65535);
    json.read("retryDelayMs", job.retryDelay);
    json.read("maxRetryDelayMs", job.maxRetryDelay);
    json.read("timeoutMs", job.timeout);
    json.read("killGraceMs", job.killGrace);
    json.read("delayMs", job.delay);
    QByteArray halt = job.halt.toText();
    json.read("halt", halt);
    job.halt = HaltRule::parse(halt);
    json.read("maxLoad", job.maxLoad);
    json.read("minFreeMemory", job.minFreeMemory, qint64(0));
    return job;
}

QJsonObject toJson(const CommandOptions &options)
{
    QJsonArray environment;
    for (const QByteArray &variable : options.environment)
        environment += toValue(variable);
    QJsonObject json{
        {u"niceness"_s, options.niceness},
        {u"workingDirectory"_s, toValue(options.workingDirectory)},
        {u"environment"_s, environment},
        {u"keepGrandchildren"_s, options.keepGrandchildren},
        {u"memoryPerStream"_s, qint64(options.memoryPerStream)},
    };
    if (options.limits.perAttempt >= 0)
        json.insert(u"outputLimit"_s, options.limits.perAttempt);
    if (options.limits.keepFree >= 0)
        json.insert(u"keepFree"_s, options.limits.keepFree);
    return json;
}

CommandOptions commandOptionsFrom(const Members &json)
{
    CommandOptions options;
    json.read("niceness", options.niceness, 0, 19);
    json.read("workingDirectory", options.workingDirectory);
    json.read("environment", options.environment);
    json.read("keepGrandchildren", options.keepGrandchildren);
    json.read("memoryPerStream", options.memoryPerStream, qsizetype(0));
    if (json.has("outputLimit"))
        json.read("outputLimit", options.limits.perAttempt = 0, qint64(0));
    if (json.has("keepFree"))
        json.read("keepFree", options.limits.keepFree = 0, qint64(0));
    return options;
}

} // namespace

QJsonObject BatchDefinition::toJson() const
{
    QJsonObject json{
        {u"name"_s, name},
        {u"command"_s, toValue(command)},
        {u"shell"_s, toValue(shell)},
        {u"spread"_s, QString::fromLatin1(SpreadNames[static_cast<std::size_t>(spread)])},
        {u"job"_s, procession::toJson(job)},
        {u"options"_s, procession::toJson(options)},
    };
    if (keepOutput)
        json.insert(u"keepOutput"_s, QString::fromLatin1(keepOutput->toText()));
    if (callsFunction()) {
        json.insert(u"function"_s, function);
        json.insert(u"library"_s, toValue(library));
    }
    return json;
}

BatchDefinition BatchDefinition::fromJson(const QJsonObject &json, const InputTable &inputs)
{
    const Members members(json, {});
    BatchDefinition definition;
    QByteArray name;
    members.read("name", name);
    definition.name = QString::fromUtf8(name);
    members.expect("command");
    members.read("command", definition.command);
    QByteArray function;
    members.read("function", function);
    definition.function = QString::fromUtf8(function);
    members.read("library", definition.library);
    members.read("shell", definition.shell);
    definition.inputs = inputs;
    definition.spread = spreadFrom(members);
    definition.job = jobOptionsFrom(members.object("job"));
    definition.options = commandOptionsFrom(members.object("options"));
    if (QByteArray kept; members.has("keepOutput")) {
        members.read("keepOutput", kept);
        definition.keepOutput = OutputRule::parse(kept);
    }
    return definition;
}

} // namespace procession
