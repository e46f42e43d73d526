// Our own mistakes. CHECK is always on and never used on input: in the server a failed check throws Defect,
// which only the request boundary catches (rollback, 500 with a reference, a log line), and the rounds of
// what the service does by itself.
#pragma once
#include <exception>
#include <string>

namespace kith {

class Defect : public std::exception {
public:
  Defect(const char* file, int line, const char* what);
  const char* what() const noexcept override { return text_.c_str(); }

private:
  std::string text_{};
};

[[noreturn]] void raise_defect(const char* file, int line, const char* what);

} // namespace kith

#define CHECK(condition)                                                                                     \
  do {                                                                                                       \
    if (!(condition)) ::kith::raise_defect(__FILE__, __LINE__, #condition);                                  \
  } while (false)
#define FATAL(message) ::kith::raise_defect(__FILE__, __LINE__, message)
