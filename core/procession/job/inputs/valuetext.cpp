// SPDX-License-Identifier: MIT
#include <procession/job/inputs/valuetext.h>

#include <QtCore/QDebug>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QLocale>
#include <QtCore/QUrl>

namespace procession {

namespace {

/// A list around it, so that any JSON value can be written, is taken off again.
QByteArray jsonText(const QJsonValue &value)
{
    return QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact).sliced(1).chopped(1);
}

QByteArray debugText(const QVariant &value)
{
    QString text;
    QDebug(&text).nospace().noquote() << value;
    return text.trimmed().toUtf8();
}

} // namespace

QByteArray valueText(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::UnknownType:
    case QMetaType::Void:
        return {};
    case QMetaType::QByteArray:
        return value.toByteArray();
    case QMetaType::Double:
        return QByteArray::number(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    case QMetaType::Float:
        return QByteArray::number(static_cast<double>(value.toFloat()), 'g', 9);
    case QMetaType::QUrl:
        return value.toUrl().toEncoded();
    case QMetaType::QVariantList:
    case QMetaType::QVariantMap:
    case QMetaType::QVariantHash:
    case QMetaType::QStringList:
    case QMetaType::QJsonArray:
    case QMetaType::QJsonObject:
    case QMetaType::QJsonValue:
        return jsonText(QJsonValue::fromVariant(value));
    case QMetaType::QJsonDocument:
        return value.toJsonDocument().toJson(QJsonDocument::Compact);
    default:
        break;
    }
    if (value.canConvert<QString>())
        return value.toString().toUtf8();
    if (value.canConvert<QVariantList>())
        return jsonText(QJsonArray::fromVariantList(value.toList()));
    return debugText(value);
}

} // namespace procession
