// SPDX-License-Identifier: GPL-3.0-or-later
#include <procession/widgets/batch/functionfield.h>

#include <procession/process/functions/tasklibrary.h>
#include <procession/text/displaytext.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtGui/QFontDatabase>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QToolButton>

#include <algorithm>
#include <array>

namespace procession {
namespace {

struct TypeWords
{
    const char *type;
    const char *words;
};

// What QMetaType calls it, and what people type.
constexpr std::array KnownTypes{
    TypeWords{"QString", QT_TRANSLATE_NOOP("procession::FunctionField", "text")},
    TypeWords{"QByteArray", QT_TRANSLATE_NOOP("procession::FunctionField", "text or bytes")},
    TypeWords{"int", QT_TRANSLATE_NOOP("procession::FunctionField", "whole number")},
    TypeWords{"uint", QT_TRANSLATE_NOOP("procession::FunctionField", "whole number")},
    TypeWords{"qlonglong", QT_TRANSLATE_NOOP("procession::FunctionField", "whole number")},
    TypeWords{"qulonglong", QT_TRANSLATE_NOOP("procession::FunctionField", "whole number")},
    TypeWords{"double", QT_TRANSLATE_NOOP("procession::FunctionField", "number")},
    TypeWords{"float", QT_TRANSLATE_NOOP("procession::FunctionField", "number")},
    TypeWords{"bool", QT_TRANSLATE_NOOP("procession::FunctionField", "true or false")},
};

QString typeText(const QByteArray &type)
{
    const auto known
        = std::find_if(KnownTypes.begin(), KnownTypes.end(), [&type](const TypeWords &words) { return type == words.type; });
    return known == KnownTypes.end() ? QString::fromUtf8(type) : FunctionField::tr(known->words);
}

} // namespace

FunctionField::FunctionField(QWidget *parent)
    : QWidget(parent), m_libraryBox(new QComboBox), m_functionBox(new QComboBox), m_add(new QToolButton), m_hint(new QLabel)
{
    auto *line = new QHBoxLayout;
    line->addWidget(m_libraryBox);
    line->addWidget(m_functionBox, 1);
    line->addWidget(m_add);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addLayout(line);
    layout->addWidget(m_hint);
    setFocusProxy(m_libraryBox);

    m_libraryBox->setObjectName(QStringLiteral("library"));
    m_libraryBox->setSizeAdjustPolicy(QComboBox::AdjustToContents);
    m_functionBox->setObjectName(QStringLiteral("function"));
    m_functionBox->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_add->setObjectName(QStringLiteral("addLibrary"));
    m_add->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_add->setFocusPolicy(Qt::StrongFocus);
    m_hint->setObjectName(QStringLiteral("functionHint"));
    m_hint->setTextFormat(Qt::PlainText);
    m_hint->setWordWrap(true);
    m_hint->setForegroundRole(QPalette::PlaceholderText);

    connect(m_libraryBox, &QComboBox::activated, this, [this](int index) {
        setFunction(m_libraryBox->itemData(index).toByteArray(), {});
        Q_EMIT changed();
    });
    connect(m_functionBox, &QComboBox::activated, this, [this](int index) {
        m_function = m_functionBox->itemData(index).toString();
        showHint();
        Q_EMIT changed();
    });
    connect(m_add, &QToolButton::clicked, this, &FunctionField::pickLibrary);
    retranslate();
}

QByteArray FunctionField::library() const { return m_library; }

QString FunctionField::function() const { return m_function; }

void FunctionField::setFunction(const QByteArray &library, const QString &function)
{
    if (std::exchange(m_library, library) != library)
        m_functions.clear();
    m_function = function;
    fillLibraries();
    fillFunctions();
}

void FunctionField::setAddedLibraries(const QByteArrayList &paths)
{
    m_added = paths;
    fillLibraries();
}

void FunctionField::setOffer(const QByteArrayList &libraries, const QList<RegisteredFunction> &functions)
{
    m_found = libraries;
    m_functions = functions;
    const QByteArray libraryBefore = m_library;
    const QString functionBefore = m_function;
    if (m_library.isEmpty())
        m_library = (m_found + m_added).value(0);
    const auto isChosen = [this](const RegisteredFunction &function) { return function.name() == m_function; };
    if (!functions.isEmpty() && std::none_of(functions.begin(), functions.end(), isChosen))
        m_function = functions.first().name();
    fillLibraries();
    fillFunctions();
    if (m_library != libraryBefore || m_function != functionBefore)
        Q_EMIT changed();
}

void FunctionField::addLibrary(const QString &path)
{
    const QByteArray library = QFile::encodeName(QFileInfo(path).absoluteFilePath());
    if (!m_found.contains(library) && !m_added.contains(library))
        m_added.append(library);
    setFunction(library, {});
    Q_EMIT changed();
}

void FunctionField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void FunctionField::pickLibrary()
{
    auto *dialog = new QFileDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setWindowTitle(tr("Choose a library of tasks"));
    dialog->setNameFilters({tr("Libraries of tasks (*.so)"), tr("All files (*)")});
    if (!m_library.isEmpty())
        dialog->setDirectory(QFileInfo(QFile::decodeName(m_library)).path());
    connect(dialog, &QFileDialog::fileSelected, this, &FunctionField::addLibrary);
    dialog->open();
}

void FunctionField::fillLibraries()
{
    QByteArrayList paths = m_found;
    for (const QByteArray &path : m_added + QByteArrayList{m_library}) {
        if (!path.isEmpty() && !paths.contains(path))
            paths.append(path);
    }
    m_libraryBox->clear();
    for (const QByteArray &path : std::as_const(paths)) {
        const QByteArray name = TaskLibrary::nameOf(path);
        const auto hasName = [&name](const QByteArray &other) { return TaskLibrary::nameOf(other) == name; };
        const bool isOnly = std::count_if(paths.begin(), paths.end(), hasName) == 1;
        m_libraryBox->addItem(displayText(isOnly ? name : path), path);
        m_libraryBox->setItemData(m_libraryBox->count() - 1, displayText(path), Qt::ToolTipRole);
    }
    m_libraryBox->setCurrentIndex(static_cast<int>(paths.indexOf(m_library)));
    m_libraryBox->setEnabled(!paths.isEmpty());
    m_libraryBox->setToolTip(displayText(m_library));
}

void FunctionField::fillFunctions()
{
    m_functionBox->clear();
    for (const RegisteredFunction &function : std::as_const(m_functions))
        m_functionBox->addItem(displayText(function.signature()), function.name());
    if (m_functions.isEmpty() && !m_function.isEmpty())
        m_functionBox->addItem(m_function, m_function); // until it is known what there is
    m_functionBox->setCurrentIndex(m_functionBox->findData(m_function));
    m_functionBox->setEnabled(m_functionBox->count() > 0);
    showHint();
}

void FunctionField::showHint()
{
    const auto chosen = std::find_if(m_functions.begin(), m_functions.end(),
        [this](const RegisteredFunction &function) { return function.name() == m_function; });
    m_hint->setVisible(chosen != m_functions.end());
    if (chosen == m_functions.end())
        return;
    QStringList types;
    for (const QByteArray &type : chosen->parameterTypes())
        types.append(typeText(type));
    const auto count = static_cast<int>(types.size());
    m_hint->setText(count == 0 ? tr("It takes no arguments.")
                               : tr("It takes %Ln argument(s), one from each column of the inputs: %1", nullptr, count)
                                     .arg(types.join(tr(", ", "between the types of arguments"))));
}

void FunctionField::retranslate()
{
    m_libraryBox->setAccessibleName(tr("Library of tasks"));
    m_libraryBox->setPlaceholderText(tr("no library"));
    m_functionBox->setAccessibleName(tr("Function"));
    m_functionBox->setPlaceholderText(tr("no function"));
    m_add->setText(tr("A&dd library…"));
    m_add->setToolTip(tr("Choose the file of a library of tasks, as procession_add_tasks() of CMake makes them"));
    showHint();
}

} // namespace procession
