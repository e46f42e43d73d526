// kith config check|show|sample: what is set, where it was said, whether it can be read. They change nothing.
#include <cstdio>

#include "app/service.hpp"
#include "cli/commands.hpp"

namespace kith::cli {
namespace {

std::string said_where(const app::SettingValue& value) {
  switch (value.from) {
  case app::ValueFrom::flag:
    return "flag " + value.place;
  case app::ValueFrom::variable:
    return "environment " + value.place;
  case app::ValueFrom::file:
    return "file " + value.place;
  case app::ValueFrom::standard:
    break;
  }
  return "default";
}

int report(const std::vector<Failure>& problems) {
  for (const Failure& problem : problems) complain(3, app::sentence(problem));
  return problems.empty() ? 0 : 3;
}

} // namespace

int config(const ConfigQuestion& question) {
  if (question.part == ConfigPart::sample) {
    const std::string_view sample = app::sample_file();
    std::fwrite(sample.data(), 1, sample.size(), stdout);
    return 0;
  }
  const app::ReadConfig read = app::read_config(app::sources_of_process(question.data_folder));
  if (question.part == ConfigPart::show)
    for (const app::SettingValue& value : read.values)
      std::printf("%-20s%s  (%s)\n", std::string(value.setting->name).c_str(), value.shown.c_str(),
                  said_where(value).c_str());
  else if (read.problems.empty()) std::printf("configuration       ok\n");
  return report(read.problems);
}

} // namespace kith::cli
