#include "base/result.hpp"

namespace kith {

Failure invalid(std::string code, std::vector<FieldProblem> fields) {
  return {Fault::invalid, std::move(code), {}, std::move(fields)};
}
Failure not_found(std::string code) { return {Fault::not_found, std::move(code), {}, {}}; }
Failure forbidden(std::string code) { return {Fault::forbidden, std::move(code), {}, {}}; }
Failure conflict(std::string code) { return {Fault::conflict, std::move(code), {}, {}}; }
Failure too_much(std::string code) { return {Fault::too_much, std::move(code), {}, {}}; }
Failure unavailable(std::string code) { return {Fault::unavailable, std::move(code), {}, {}}; }

} // namespace kith
