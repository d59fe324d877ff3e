// SPDX-License-Identifier: GPL-3.0-or-later
#include <app/common/appearance.h>

#include <app/common/icons.h>

#include <QtCore/QLibraryInfo>
#include <QtCore/QLocale>
#include <QtGui/QIcon>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolTip>

namespace procession {
namespace {

/// The colours that a palette is made of.
struct Colours
{
    QRgb window, base, alternate, button, text, faint, accent, accentText, link, edge;
};

constexpr Colours Light{
    0xfff3f4f6, 0xffffffff, 0xfff6f8fa, 0xfff8f9fb, 0xff1c2128, 0xff656d76, 0xff2563c9, 0xffffffff, 0xff1a56b0, 0xffb4bac2};
constexpr Colours Dark{
    0xff22262b, 0xff1a1d21, 0xff20242a, 0xff2e333a, 0xffe4e7eb, 0xff9aa3ad, 0xff3d7be0, 0xffffffff, 0xff79aefa, 0xff0d0f12};

QPalette paletteOf(const Colours &colours)
{
    QPalette palette(QColor::fromRgb(colours.button), QColor::fromRgb(colours.window));
    const QColor text = QColor::fromRgb(colours.text);
    const QColor faint = QColor::fromRgb(colours.faint);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, text);
    palette.setColor(QPalette::Base, QColor::fromRgb(colours.base));
    palette.setColor(QPalette::AlternateBase, QColor::fromRgb(colours.alternate));
    palette.setColor(QPalette::ToolTipBase, QColor::fromRgb(colours.button));
    palette.setColor(QPalette::PlaceholderText, faint);
    palette.setColor(QPalette::BrightText, Qt::white);
    palette.setColor(QPalette::Highlight, QColor::fromRgb(colours.accent));
    palette.setColor(QPalette::HighlightedText, QColor::fromRgb(colours.accentText));
    palette.setColor(QPalette::Link, QColor::fromRgb(colours.link));
    palette.setColor(QPalette::LinkVisited, QColor::fromRgb(colours.link));
    palette.setColor(QPalette::Shadow, QColor::fromRgb(colours.edge));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        palette.setColor(QPalette::Disabled, role, QColor::fromRgb(colours.faint));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, QColor::fromRgb(colours.edge));
    return palette;
}

} // namespace

QPalette Appearance::lightPalette() { return paletteOf(Light); }

QPalette Appearance::darkPalette() { return paletteOf(Dark); }

Appearance::Appearance(QObject *parent)
    : QObject(parent), m_systemStyle(QApplication::style()->name()), m_systemIcons(QIcon::themeName())
{
    load(m_systemLocale);
}

Appearance::~Appearance() = default;

void Appearance::setScheme(Scheme scheme)
{
    if (scheme == m_scheme)
        return;
    m_scheme = scheme;
    // Desktop styles bring colours of their own; only Fusion takes all of them from the palette.
    QApplication::setStyle(scheme == Scheme::System ? m_systemStyle : QStringLiteral("Fusion"));
    QIcon::setThemeName(scheme == Scheme::System ? m_systemIcons : plainIconTheme());
    const QPalette palette = scheme == Scheme::Light ? lightPalette() : scheme == Scheme::Dark ? darkPalette() : QPalette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
}

void Appearance::setLanguage(const QString &language)
{
    if (language == m_language)
        return;
    m_language = language;
    load(language.isEmpty() ? m_systemLocale : QLocale(language));
}

void Appearance::load(const QLocale &locale)
{
    QLocale::setDefault(locale);
    // The texts in the sources are English, so that English needs no translator but for its plurals.
    QCoreApplication::removeTranslator(&m_qtTexts);
    QCoreApplication::removeTranslator(&m_texts);
    const QString qtFolder = QLibraryInfo::path(QLibraryInfo::TranslationsPath);
    if (m_qtTexts.load(locale, QStringLiteral("qtbase"), QStringLiteral("_"), qtFolder))
        QCoreApplication::installTranslator(&m_qtTexts);
    const auto loadTexts = [this](const QLocale &wanted) {
        return m_texts.load(wanted, QStringLiteral("procession"), QStringLiteral("_"), QStringLiteral(":/i18n"));
    };
    if (loadTexts(locale) || loadTexts(QLocale(QLocale::English)))
        QCoreApplication::installTranslator(&m_texts);
}

} // namespace procession
