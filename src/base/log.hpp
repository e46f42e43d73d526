// The log: one JSON object a line on standard error, ids only. Values are numbers, codes and opaque ids;
// nothing a person typed, no names, no addresses, no query strings. Thread-safe.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace kith {

enum class LogLevel { debug, info, warning, error };

struct LogField {
  std::string_view name{};
  std::string value{};
  LogField(std::string_view n, std::string v) : name(n), value(std::move(v)) {}
  LogField(std::string_view n, std::string_view v) : name(n), value(v) {}
  LogField(std::string_view n, const char* v) : name(n), value(v) {}
  LogField(std::string_view n, long long v) : name(n), value(std::to_string(v)) {}
  LogField(std::string_view n, long v) : name(n), value(std::to_string(v)) {}
  LogField(std::string_view n, int v) : name(n), value(std::to_string(v)) {}
  LogField(std::string_view n, unsigned long v) : name(n), value(std::to_string(v)) {}
};

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields = {});
void set_log_level(LogLevel least);
void set_log_file(const std::string& path); // for tests and services without a journal; "" = standard error

} // namespace kith
