// SPDX-License-Identifier: MIT
#include <procession/context.h>

#include <procession/ownprocess.h>

namespace procession {

StartMethod Context::startMethod() const { return m_method ? *m_method : procession::startMethod(); }

Context context(QStringView name)
{
    if (const auto method = startMethodNamed(name))
        return Context(*method);
    QStringList known;
    for (const StartMethod method : allStartMethods())
        known.append(nameOf(method));
    throw ContextError(QStringLiteral("there is no start method \"%1\"; there are %2")
                           .arg(name, known.join(QStringLiteral(", ")))
                           .toStdString());
}

StartMethod startMethod()
{
    OwnProcess &own = OwnProcess::get();
    if (!own.startMethod())
        own.setStartMethod(StartMethod::ForkServer);
    return *own.startMethod();
}

std::optional<StartMethod> chosenStartMethod() { return OwnProcess::get().startMethod(); }

void setStartMethod(StartMethod method, bool force)
{
    OwnProcess &own = OwnProcess::get();
    if (own.startMethod() && !force)
        throw ContextError("the start method is " + nameOf(*own.startMethod()).toStdString()
            + " already: choose it once, before the first process is started, or force the change");
    own.setStartMethod(method);
}

} // namespace procession
