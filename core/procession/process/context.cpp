// SPDX-License-Identifier: MIT
#include <procession/process/context.h>

#include <procession/process/child/logging.h>
#include <procession/process/child/processruntime.h>
#include <procession/process/launch/forkserverpreload.h>
#include <procession/process/launch/freezesupport.h>

namespace procession {

namespace {

constexpr char DefaultVariable[] = "PROCESSION_START_METHOD";

/// "forkserver, spawn, fork, thread"
QString availableNames()
{
    QStringList names;
    for (const StartMethod method : allStartMethods())
        names.append(nameOf(method));
    return names.join(QStringLiteral(", "));
}

/// The default of a program that chooses no method.
StartMethod defaultStartMethod()
{
    const QString name = qEnvironmentVariable(DefaultVariable);
    if (name.isEmpty())
        return StartMethod::ForkServer;
    if (const auto method = startMethodNamed(name))
        return *method;
    throw ContextError(QStringLiteral("the environment variable %1 is \"%2\", which is no start method: "
                                      "set it to one of %3, or to nothing")
                           .arg(QLatin1StringView(DefaultVariable), name, availableNames())
                           .toStdString());
}

} // namespace

StartMethod Context::startMethod() const { return m_method ? *m_method : procession::startMethod(); }

std::optional<StartMethod> Context::chosenStartMethod() const { return m_method ? m_method : procession::chosenStartMethod(); }

void Context::setStartMethod(StartMethod method, bool force) const
{
    if (m_method)
        throw ContextError("the start method of this context is " + nameOf(*m_method).toStdString()
            + " and stays it: make another context, or choose that of the process by procession::setStartMethod()");
    procession::setStartMethod(method, force);
}

Context Context::context(QStringView name) const { return procession::context(name); }

void Context::freezeSupport(int argc, char **argv) const { procession::freezeSupport(argc, argv); }

void Context::setExecutable(const QByteArray &path) const { procession::setExecutable(path); }

void Context::setForkServerPreload(const std::vector<void (*)()> &functions) const
{
    procession::setForkServerPreload(functions);
}

const QLoggingCategory &Context::logger() const { return procession::logger(); }

void Context::logToStderr(QtMsgType level) const { procession::logToStderr(level); }

Context context(QStringView name)
{
    if (const auto method = startMethodNamed(name))
        return Context(*method);
    throw ContextError(QStringLiteral("there is no start method \"%1\"; there are %2").arg(name, availableNames()).toStdString());
}

StartMethod startMethod()
{
    ProcessRuntime &own = ProcessRuntime::get();
    if (!own.startMethod())
        own.setStartMethod(defaultStartMethod());
    return *own.startMethod();
}

std::optional<StartMethod> chosenStartMethod() { return ProcessRuntime::get().startMethod(); }

void setStartMethod(StartMethod method, bool force)
{
    ProcessRuntime &own = ProcessRuntime::get();
    if (own.startMethod() && !force)
        throw ContextError("the start method is " + nameOf(*own.startMethod()).toStdString()
            + " already: choose it once, before the first process is started, or force the change");
    own.setStartMethod(method);
}

} // namespace procession
