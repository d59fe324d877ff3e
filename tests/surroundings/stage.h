// SPDX-License-Identifier: MIT
#pragma once

#include <processtest.h>

#include <procession/process/launch/freezesupport.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QProcessEnvironment>

/// \file
/// A test here starts its own program anew for each row, as `tst_x --act SCENE METHOD`: what stands still can then be ended, and another
/// library is met as a program meets it that links it.

/// When a program uses the other library before its children do.
enum class Used { Never, InMain, BeforeFreezeSupport };
Q_DECLARE_METATYPE(Used)

/// Longer than anything takes here that does not stand still.
inline constexpr std::chrono::seconds Patience{20};

/// What a program of a row is run with.
struct Surroundings
{
    QStringList launcher{}; ///< a program in front of it, with arguments
    QList<std::pair<QString, QString>> variables{}; ///< set in its environment
    Used used = Used::Never;
    std::chrono::seconds patience = 3 * Patience; ///< after which the program stands still
};

/// What came of a scene: "right", or what the program said.
QByteArray outcomeOf(const QString &scene, procession::StartMethod method, const Surroundings &surroundings = {});

/// Columns "method" and "used" with a row for each of both.
void addMethodsAndUses();

/// How many children a scene has: 100, or what the variable PROCESSION_TEST_CHILDREN says.
int childrenToTry();

/// Processes and a pool that use another library, by every start method, whether or not their program used it before.
class LibraryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void processes_data() { addMethodsAndUses(); }
    void processes() { check(QStringLiteral("processes")); }
    void pool_data() { addMethodsAndUses(); }
    void pool() { check(QStringLiteral("pool")); }

protected:
    /// Whether the library cannot be used in a copy of a program that used it: then the scene "time-out" is played.
    virtual bool fails(procession::StartMethod, Used) const { return false; }

private:
    void check(const QString &scene) const;
};

/// In the program of a row: ends it at once, with words for the test.
[[noreturn]] void failScene(const std::string &words);
/// The same where the condition does not hold.
void demand(bool condition, const std::string &words);

/// main() of a test here. Children that are this program, started anew, use the library early too, as those of any such program do.
/// \param use  uses the library in the usual way
/// \param act  plays a scene in the program of a row
int mainOfSurroundings(int argc, char **argv, void (*use)(), void (*act)(const QByteArray &scene), QObject &(*test)());

#define PROCESSION_SURROUNDINGS_MAIN(TestClass, use, act)                                                                        \
    static QObject &theTest()                                                                                                    \
    {                                                                                                                            \
        static TestClass test;                                                                                                   \
        return test;                                                                                                             \
    }                                                                                                                            \
    int main(int argc, char **argv) { return mainOfSurroundings(argc, argv, use, act, &theTest); }
