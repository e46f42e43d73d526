#include "base/log.hpp"

#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <memory>

namespace kith {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) >= 0x20) out += c;
  }
  return out + '"';
}

std::shared_ptr<spdlog::logger> configured(std::shared_ptr<spdlog::logger> logger) {
  logger->set_pattern(R"({"at":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})", spdlog::pattern_time_type::utc);
  logger->flush_on(spdlog::level::info);
  return logger;
}

std::shared_ptr<spdlog::logger>& current() {
  static auto logger =
      configured(std::make_shared<spdlog::logger>("kith", std::make_shared<spdlog::sinks::stderr_sink_mt>()));
  return logger;
}

spdlog::level::level_enum level_of(LogLevel level) {
  switch (level) {
  case LogLevel::debug:
    return spdlog::level::debug;
  case LogLevel::info:
    return spdlog::level::info;
  case LogLevel::warning:
    return spdlog::level::warn;
  case LogLevel::error:
    return spdlog::level::err;
  }
  return spdlog::level::err;
}

} // namespace

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (!current()->should_log(level_of(level))) return;
  std::string line = "\"event\":" + quoted(event);
  for (const LogField& field : fields) line += "," + quoted(field.name) + ":" + quoted(field.value);
  current()->log(level_of(level), "{}", line);
}

void set_log_level(LogLevel least) { current()->set_level(level_of(least)); }

void set_log_file(const std::string& path) {
  const auto level = current()->level();
  std::shared_ptr<spdlog::sinks::sink> sink;
  if (path.empty()) sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  else sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(path);
  current() = configured(std::make_shared<spdlog::logger>("kith", std::move(sink)));
  current()->set_level(level);
}

} // namespace kith
