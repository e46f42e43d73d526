#include "matching/assign/min_file.hpp"

#include "base/text.hpp"
#include "matching/assign/refusal.hpp"

namespace kith::matching {
namespace {

constexpr std::int64_t nodes_max = 5'000'000;
constexpr std::int64_t arcs_max = 20'000'000;

std::string between(Range range) {
  std::string out = std::to_string(range.least);
  return out.append(" to ").append(std::to_string(range.most));
}

class MinReader {
public:
  Done take(std::string_view line);
  Result<MinFile> finish();

private:
  Failure expected(std::string what, std::string_view found) const {
    return refusal("line " + std::to_string(line_), std::move(what),
                   found.empty() ? "nothing" : shortened(found, 60));
  }
  Done split(std::string_view line, std::size_t words, std::string_view form);
  Result<std::int64_t> whole(std::size_t word, std::string_view what, Range range) const;
  Result<std::uint32_t> node(std::size_t word) const;
  Done take_problem(std::string_view line);
  Done take_node(std::string_view line);
  Done take_arc(std::string_view line);
  Done send_anyway(const engine::FlowArc& arc, std::int64_t low);

  MinFile out_{};
  std::vector<bool> named_{}; // nodes
  std::vector<std::string_view> words_{};
  std::size_t line_{};
  std::int64_t nodes_{}; // 0 before the problem line
  std::int64_t arcs_{};
};

Done MinReader::take(std::string_view line) {
  ++line_;
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (trim(line).empty() || line.starts_with('c')) return {};
  if (line.starts_with("p ")) return take_problem(line);
  if (nodes_ == 0) return expected("the problem line, p min NODES ARCS", line);
  if (line.starts_with("n ")) return take_node(line);
  if (line.starts_with("a ")) return take_arc(line);
  return expected("a line that begins with c, n or a", line);
}

Done MinReader::split(std::string_view line, std::size_t words, std::string_view form) {
  words_.clear();
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t from = line.find_first_not_of(" \t", at);
    if (from == std::string_view::npos) break;
    at = std::min(line.find_first_of(" \t", from), line.size());
    words_.push_back(line.substr(from, at - from));
  }
  return words_.size() == words ? Done() : Done(expected(std::string(form), line));
}

Result<std::int64_t> MinReader::whole(std::size_t word, std::string_view what, Range range) const {
  const auto number = parse_integer(words_[word]);
  if (number && *number >= range.least && *number <= range.most) return *number;
  std::string form(what);
  return expected(form.append(", a whole number from ").append(between(range)), words_[word]);
}

Result<std::uint32_t> MinReader::node(std::size_t word) const {
  TRY_ASSIGN(const std::int64_t number, whole(word, "a node", {1, nodes_}));
  return static_cast<std::uint32_t>(number - 1);
}

Done MinReader::take_problem(std::string_view line) {
  if (nodes_ > 0) return expected("one problem line", line);
  TRY(split(line, 4, "p min NODES ARCS"));
  if (words_[1] != "min") return expected("p min NODES ARCS", line);
  TRY_ASSIGN(nodes_, whole(2, "nodes", {1, nodes_max}));
  TRY_ASSIGN(arcs_, whole(3, "arcs", {0, arcs_max}));
  out_.network.supplies.assign(static_cast<std::size_t>(nodes_), 0);
  named_.assign(static_cast<std::size_t>(nodes_), false);
  return {};
}

Done MinReader::take_node(std::string_view line) {
  if (!out_.network.arcs.empty()) return expected("arcs only, after the first of them", line);
  TRY(split(line, 3, "n NODE SUPPLY"));
  TRY_ASSIGN(const std::uint32_t at, node(1));
  if (named_[at]) return expected("each node once", words_[1]);
  named_[at] = true;
  TRY_ASSIGN(out_.network.supplies[at], whole(2, "a supply", {-INT64_MAX, INT64_MAX}));
  return {};
}

Done MinReader::take_arc(std::string_view line) {
  if (static_cast<std::int64_t>(out_.network.arcs.size()) == arcs_)
    return expected("no more than the " + std::to_string(arcs_) + " arcs of the problem line", line);
  TRY(split(line, 6, "a FROM TO LOW HIGH COST"));
  engine::FlowArc arc;
  TRY_ASSIGN(arc.from, node(1));
  TRY_ASSIGN(arc.to, node(2));
  TRY_ASSIGN(const std::int64_t low, whole(3, "the least flow", {0, INT64_MAX}));
  TRY_ASSIGN(const std::int64_t high, whole(4, "the most flow", {low, INT64_MAX}));
  TRY_ASSIGN(arc.cost, whole(5, "a cost", {-INT64_MAX, INT64_MAX}));
  arc.capacity = high - low;
  TRY(send_anyway(arc, low));
  out_.network.arcs.push_back(arc);
  out_.low.push_back(low);
  return {};
}

Done MinReader::send_anyway(const engine::FlowArc& arc, std::int64_t low) {
  auto& supplies = out_.network.supplies;
  std::int64_t cost = 0;
  if (__builtin_sub_overflow(supplies[arc.from], low, &supplies[arc.from]) ||
      __builtin_add_overflow(supplies[arc.to], low, &supplies[arc.to]) ||
      __builtin_mul_overflow(low, arc.cost, &cost) ||
      __builtin_add_overflow(out_.low_cost, cost, &out_.low_cost))
    return expected("least flows and costs whose sums stay within 64 bits", words_[3]);
  return {};
}

Result<MinFile> MinReader::finish() {
  ++line_;
  if (nodes_ == 0) return expected("the problem line, p min NODES ARCS", "the end of the file");
  if (static_cast<std::int64_t>(out_.network.arcs.size()) < arcs_)
    return expected(std::to_string(arcs_) + " arcs, as the problem line says",
                    "the end of the file after " + std::to_string(out_.network.arcs.size()));
  return std::move(out_);
}

} // namespace

Result<MinFile> read_min_file(std::string_view bytes) {
  MinReader reader;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size());
    TRY(reader.take(bytes.substr(0, end)));
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
  }
  return reader.finish();
}

} // namespace kith::matching
