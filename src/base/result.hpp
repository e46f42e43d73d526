// Expected refusals as values: Result<T> is a T or a Failure. Faults are a short closed list; codes and field
// problems are compared in tests and worded in the locale files. Nothing here carries personal data.
#pragma once
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/check.hpp"

namespace kith {

// invalid: the request itself; not_found: absent or secret; forbidden: this role may never; conflict: the
// state of the world says no; too_much: a limit; unavailable: try again with the same key.
enum class Fault { invalid, not_found, forbidden, conflict, too_much, unavailable };

struct FieldProblem {
  std::string field{};
  std::string code{};
  bool operator==(const FieldProblem&) const = default;
};

struct Failure {
  Fault fault{Fault::invalid};
  std::string code{};                   // e.g. "offer.not_available"
  std::vector<std::string> arguments{}; // for the wording; ids and numbers only, never a person's data
  std::vector<FieldProblem> fields{};
};

Failure invalid(std::string code, std::vector<FieldProblem> fields = {});
Failure not_found(std::string code = "not_found");
Failure forbidden(std::string code = "forbidden");
Failure conflict(std::string code);
Failure too_much(std::string code);
Failure unavailable(std::string code);

template <class T> class [[nodiscard]] Result {
public:
  using value_type = T;
  Result(T value) : state_(std::move(value)) {}           // NOLINT(google-explicit-constructor)
  Result(Failure failure) : state_(std::move(failure)) {} // NOLINT(google-explicit-constructor)

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & {
    CHECK(ok());
    return std::get<0>(state_);
  }
  T value() && { // by value, so that a range-for over a temporary stays alive
    CHECK(ok());
    return std::get<0>(std::move(state_));
  }
  const T& value() const& {
    CHECK(ok());
    return std::get<0>(state_);
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Failure& failure() const {
    CHECK(!ok());
    return std::get<1>(state_);
  }
  Failure& failure() {
    CHECK(!ok());
    return std::get<1>(state_);
  }

private:
  std::variant<T, Failure> state_;
};

template <> class [[nodiscard]] Result<void> {
public:
  Result() = default;
  Result(Failure failure) : failure_(std::move(failure)) {} // NOLINT(google-explicit-constructor)
  bool ok() const { return !failure_; }
  explicit operator bool() const { return ok(); }
  const Failure& failure() const {
    CHECK(!ok());
    return *failure_;
  }

private:
  std::optional<Failure> failure_;
};

using Done = Result<void>;

} // namespace kith

#define KITH_CONCAT_(a, b) a##b
#define KITH_CONCAT(a, b) KITH_CONCAT_(a, b)

// TRY(x) returns a failure of x to the caller. TRY_ASSIGN(auto v, x) also binds the value.
#define TRY(expression)                                                                                      \
  do {                                                                                                       \
    auto&& try_result_ = (expression);                                                                       \
    if (!try_result_.ok()) return std::move(try_result_).failure();                                          \
  } while (false)
#define TRY_ASSIGN(declaration, expression)                                                                  \
  auto KITH_CONCAT(try_result_, __LINE__) = (expression);                                                    \
  if (!KITH_CONCAT(try_result_, __LINE__).ok()) return KITH_CONCAT(try_result_, __LINE__).failure();         \
  declaration = std::move(KITH_CONCAT(try_result_, __LINE__)).value()
