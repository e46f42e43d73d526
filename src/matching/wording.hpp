// Matching put into plain words, in any language that has a catalogue: the only place where a justification,
// a reason or a closeness becomes text. No percentage, total, star or rank. Stored explanations are worded
// again from their values, never from stored sentences. Any thread, as Words.
#pragma once
#include <string>
#include <vector>

#include "base/words.hpp"
#include "matching/compare.hpp"
#include "matching/id_names.hpp"

namespace kith::matching {

class Wording {
public:
  // Keeps a reference to `words`, which must outlive it.
  explicit Wording(const Words& words, std::vector<CodeName> names = {});

  std::string closeness(Closeness closeness) const;
  std::string criterion(std::string_view name) const;
  std::string strength(Strength strength) const;
  std::string sign(Meets meets) const;  // ✓ ◐ – ?
  std::string meets(Meets meets) const; // the same in words
  std::string justification(const Justification& why) const;
  std::string cell(const Cell& cell) const; // sign, word and reason: "✓ meets: both speak Dari"
  std::string reason(const OpenReason& reason) const;
  std::string would_change(const WouldChange& change) const;
  std::string effect(const EffectOnOther& effect, const std::string& who) const;
  std::string non_pair(const NonPair& pair, const IdNames& people) const;
  std::string outcome(const PersonPlan& person) const; // why somebody has no offer; "" when offered
  std::string missing(const std::vector<Obstacle>& obstacles) const; // "languages and free times"
  std::string window(const WeekWindow& window) const;
  std::string code(std::string_view code) const;
  std::string date(Date on) const;
  // Why this offer, one sentence part a line: musts first, then what both may see, then how to meet. Views
  // that found nothing in common are left out.
  std::vector<std::string> sentences(const Explanation& explanation) const;
  std::string list(const std::vector<std::string>& parts) const; // "a, b and c"
  const Words& words() const { return words_; }

private:
  const Words& words_;
  std::vector<CodeName> names_{};
};

} // namespace kith::matching
