// A data folder, and the command line run on it as from a shell. On PostgreSQL the folder holds a kith.toml
// that names the database. What a command prints goes to files meanwhile, so nothing else may print.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/service.hpp"

namespace kith::test {

struct Ran {
  int code{};
  std::string out{};
  std::string error{};
};

class Shell {
public:
  explicit Shell(const std::string& owner_database);
  ~Shell();
  Shell(const Shell&) = delete;
  Shell& operator=(const Shell&) = delete;
  const std::string& data() const { return data_; }
  Ran run(std::vector<std::string> words) const; // "--data" and the folder are added
  Ran run_without_data(std::vector<std::string> words) const;
  Ran run_into(const std::string& file, std::vector<std::string> words) const; // its `out` stays empty
  std::unique_ptr<app::Service> opened() const;
  void set(const std::string& line) const; // one more line of kith.toml

private:
  std::string folder_{};
  std::string data_{};
};

// Once on each database: before `kith init`, with the tables of PostgreSQL made, and with nothing made at
// all.
void for_each_shell(const std::function<void(const Shell&)>& body);
void for_each_new_shell(const std::function<void(const Shell&)>& body);

} // namespace kith::test
