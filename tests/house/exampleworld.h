// SPDX-License-Identifier: MIT
// Names that the examples in headers use without declaring them. test_examples.py compiles each example in a class derived from World.
#pragma once

#include <procession/jobs.h>
#include <procession/procession.h>
#include <procession/widgets.h>

#include <QtCore/QFile>
#include <QtCore/QFutureWatcher>
#include <QtCore/QLoggingCategory>
#include <QtCore/QTimer>
#include <QtCore/QUrl>
#include <QtGui/QImage>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMainWindow>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <iostream>
#include <list>
#include <mutex>
#include <random>
#include <ranges>
#include <stdexcept>

namespace world {

using namespace procession;
using namespace std::chrono_literals;

struct Page
{
    int number = 0;
};
struct Report
{
    int lines = 0;
};
class ParseError : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};
struct Book
{
    void add(const Page &page);
};
struct Cache
{
    QByteArray get(const QUrl &url) const;
};

const QLoggingCategory &logger();
int squared(int x);
Page render(const QString &scene);
void renderRow(int row);
QByteArray checksum(const QString &file);
Report convert(const QString &file);
QString thumbnail(const QString &file, int size);
int countWords(const QString &file, int columns);
double scale(double factor, double x);
void greet(const QString &name);
void work();
void workWith(int x);
void count(const Value<int> &counter);
void draw(const SharedMemory &image);
void writeReport();
void append(const Queue<int> &results);
void firstHalf();
void secondHalf();
void prepare();
void startConsumers(const JoinableQueue<int> &tasks);
QStringList readSources(const QString &folder);
void showPreview(const CheckedDraft &result);
void print(const QByteArray &text);
void print(const TaskOutput &output);
void printRest(const Attempt &attempt, qsizetype printed);
template <typename... Values>
void show(const Values &...);
template <typename... Values>
void use(const Values &...);

/// An object, since some examples connect the signals of another object to it.
class World : public QObject
{
protected:
    QCoreApplication &app;
    QLabel *label = nullptr;
    QTimer timer;
};

} // namespace world
