// SPDX-License-Identifier: MIT
#include <procession/process/processobject.h>

#include <procession/ipc/codec/functioncodec.h>
#include <procession/ipc/wire/errors.h>
#include <procession/ipc/wire/typename.h>
#include <procession/process/functions/target.h>
#include <procession/process/process.h>

#include <QtCore/QMetaObject>
#include <QtCore/QMetaProperty>

#include <memory>

namespace procession {

namespace {

using Properties = std::vector<std::pair<QByteArray, QVariant>>;

Properties propertiesOf(const Process &process)
{
    Properties properties;
    const QMetaObject *type = process.metaObject();
    for (int i = Process::staticMetaObject.propertyCount(); i < type->propertyCount(); ++i) {
        const QMetaProperty property = type->property(i);
        if (property.isWritable() && property.isStored())
            properties.emplace_back(property.name(), property.read(&process));
    }
    for (const QByteArray &name : process.dynamicPropertyNames())
        properties.emplace_back(name, process.property(name.constData()));
    return properties;
}

bool hasDefaultConstructor(const QMetaObject *type)
{
    for (int i = 0; i < type->constructorCount(); ++i) {
        if (type->constructor(i).parameterCount() == 0)
            return true;
    }
    return false;
}

void runProcessObject(Decoder &decoder)
{
    const auto *type = static_cast<const QMetaObject *>(decoder.read<CodeAddress>().resolve());
    const auto properties = decoder.read<Properties>();
    decoder.finish();
    const std::unique_ptr<QObject> object(type->newInstance());
    auto *process = qobject_cast<Process *>(object.get());
    if (!process)
        throw ProcessError(std::string("an object of class ") + type->className() + " could not be made in this process");
    for (const auto &[name, value] : properties)
        process->setProperty(name.constData(), value);
    process->run();
}

} // namespace

void encodeProcessObject(Encoder &encoder, const Process &process)
{
    const QMetaObject *type = process.metaObject();
    if (type == &Process::staticMetaObject || !hasDefaultConstructor(type))
        throw NotTransferable(demangled(typeid(process).name())
            + " overrides run() but cannot be made anew in another process: give the class Q_OBJECT and a default constructor "
              "that is "
              "Q_INVOKABLE, and keep what run() needs in properties; or use StartMethod::Fork or StartMethod::Thread");
    detail::encodeThunk(encoder, &runProcessObject);
    encoder << CodeAddress::of(type) << propertiesOf(process);
}

void duplicatePropertyHandles(Process &process)
{
    for (const auto &[name, value] : propertiesOf(process)) {
        Encoder encoder;
        try {
            encoder << value;
        } catch (const EncodeError &) {
            continue;
        } catch (const NotTransferable &) {
            continue;
        }
        Message message = encoder.take();
        if (message.descriptors.empty())
            continue; // handles of shared memory need no duplicates
        Decoder decoder(message);
        process.setProperty(name.constData(), decoder.read<QVariant>());
    }
}

} // namespace procession
