// SPDX-License-Identifier: MIT
// Two processes take words from a queue and add up their letters in a shared value.
#include <procession/procession.h>

#include <iostream>
#include <mutex>

using namespace procession;

void count(const Queue<std::string> &words, const Value<int> &letters)
{
    for (std::string word = words.get(); !word.empty(); word = words.get()) {
        const std::scoped_lock guard(letters.lock());
        letters.setValue(letters + static_cast<int>(word.size()));
    }
}

int main(int argc, char **argv)
{
    freezeSupport(argc, argv);

    const Queue<std::string> words;
    const Value<int> letters(0);
    Process first(&count, words, letters);
    Process second(&count, words, letters);
    first.start();
    second.start();
    for (const char *word : {"shared", "by", "two", "processes", "", ""}) // an empty word ends a process
        words.put(word);
    first.join();
    second.join();
    std::cout << letters.value() << " letters\n";
}
