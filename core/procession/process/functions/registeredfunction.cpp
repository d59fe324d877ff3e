// SPDX-License-Identifier: MIT
#include <procession/process/functions/registeredfunction.h>

#include <procession/platform/child/forkmutex.h>

#include <QtCore/QStringList>

#include <map>

namespace procession {

namespace {

/// Filled by programs and plug-ins when they start.
struct Registry
{
    ForkMutex mutex;
    std::map<QString, RegisteredFunction, std::less<>> functions;
};

Registry &registry()
{
    // Never destroyed: threads may call functions until the process exits.
    static auto &shared = *new Registry;
    return shared;
}

} // namespace

QVariant RegisteredFunction::call(const QVariantList &arguments) const
{
    if (arguments.size() != m_parameterTypes.size())
        throw FunctionError("function \"" + m_name.toStdString() + "\" takes " + std::to_string(m_parameterTypes.size())
            + " arguments (" + m_parameterTypes.join(", ").toStdString() + "), and was given "
            + std::to_string(arguments.size()));
    return m_caller(arguments);
}

RegisteredFunction registeredFunction(QStringView name)
{
    Registry &known = registry();
    const std::scoped_lock lock(known.mutex);
    const auto found = known.functions.find(name.toString());
    if (found != known.functions.end())
        return found->second;
    std::string names;
    for (const auto &[other, function] : known.functions)
        names += (names.empty() ? "" : ", ") + other.toStdString();
    throw FunctionError("no function is registered as \"" + name.toString().toStdString()
        + "\"; there are: " + (names.empty() ? "none" : names) + "; call registerFunction() in every program that runs it");
}

QStringList registeredFunctions()
{
    Registry &known = registry();
    const std::scoped_lock lock(known.mutex);
    QStringList names;
    for (const auto &[name, function] : known.functions)
        names.append(name);
    return names;
}

void addRegisteredFunction(const RegisteredFunction &function)
{
    Registry &known = registry();
    const std::scoped_lock lock(known.mutex);
    known.functions[function.name()] = function;
}

void convertArgument(QVariant &argument, QMetaType type, std::size_t number)
{
    const QByteArray given = argument.metaType().name();
    if (argument.metaType() != type && !argument.convert(type))
        throw FunctionError("argument " + std::to_string(number) + " is of type " + given.toStdString()
            + " and cannot be converted to " + type.name());
}

} // namespace procession
