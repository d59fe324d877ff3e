// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtCore/QLocale>
#include <QtCore/QObject>
#include <QtCore/QTranslator>
#include <QtGui/QPalette>

namespace procession {

/// The colours and the language of the whole program; both can be changed at any time.
///
/// Widgets learn of a change as of any other: by QEvent::PaletteChange and QEvent::LanguageChange.
class Appearance : public QObject
{
    Q_OBJECT

public:
    enum class Scheme { System, Light, Dark };

    /// There must be a QApplication, and only one Appearance at a time.
    explicit Appearance(QObject *parent = nullptr);
    ~Appearance() override;

    Scheme scheme() const { return m_scheme; }
    void setScheme(Scheme scheme);

    /// "en", "zh_CN", or empty for the system's.
    const QString &language() const { return m_language; }
    void setLanguage(const QString &language);

    static QPalette lightPalette();
    static QPalette darkPalette();

private:
    void load(const QLocale &locale);

    Scheme m_scheme = Scheme::System;
    QString m_language;
    QString m_systemStyle;
    QLocale m_systemLocale;
    QString m_systemIcons;
    QTranslator m_texts;
    QTranslator m_qtTexts;
};

} // namespace procession
