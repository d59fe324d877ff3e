// SPDX-License-Identifier: MIT
#pragma once

#include <procession/ipc/codec/value.h>
#include <procession/ipc/wire/errors.h>

#include <QtTest/QTest>

#include <string>

/// The text of the DecodeError that `action` ends with; empty when it ends otherwise.
template <typename Action>
std::string decodeErrorOf(Action action)
{
    try {
        action();
    } catch (const procession::DecodeError &error) {
        return error.what();
    }
    return {};
}

/// The value that bytes of type T hold, and the same for each cut and for one byte too many, which must be refused.
template <typename T>
T decodedAndCutEverywhere(const procession::Message &message)
{
    for (qsizetype size = 0; size < message.bytes.size(); ++size)
        if (decodeErrorOf([&] { procession::decodeValue<T>(QByteArrayView(message.bytes).first(size)); }).empty())
            qFatal("the first %lld of %lld bytes were accepted", qlonglong(size), qlonglong(message.bytes.size()));
    const QByteArray longer = message.bytes + '\0';
    if (decodeErrorOf([&] { procession::decodeValue<T>(longer); }).empty())
        qFatal("a byte too many was accepted");
    return procession::decodeValue<T>(message.bytes);
}

template <typename T>
T sentAndReceived(const T &value)
{
    return decodedAndCutEverywhere<T>(procession::encodeValue(value));
}
