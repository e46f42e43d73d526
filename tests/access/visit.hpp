// One database's run: both organisations with their cast, every cell of the table, then every visitor past
// every page. What an answer shows is judged against canaries.txt as it arrives. Tests only.
#pragma once
#include <set>
#include <string>
#include <vector>

#include "access/world.hpp"

namespace kith::access {

struct Tally {
  int passed{};
  int failed{};
  std::vector<std::string> complaints{}; // each once
  bool ends_at_first{};                  // the program, with the complaint
  void expect(bool holds, const std::string& otherwise);
};

class Visit {
public:
  Visit(const HouseParts& parts, const Expectations& expected, Tally& tally);
  void every_cell();
  void every_page();        // as every visitor, about everybody of both organisations
  void an_excluded_pair();  // stays a secret
  void an_earlier_worker(); // is no longer this person's, nor the later one of earlier days
  void fields_are_shown();  // or the scan looks for something that is never there

private:
  enum class About { own, anothers, foreign, absent, no_id };
  struct Cell {
    const auth::Route& route;
    const Row& row;
    Who who{};
    About about{};
    Form form{Form::whole};
  };
  struct Answer {
    std::string got{};   // "403", or "sign_in"
    std::string bytes{}; // without the date
  };

  void cast(World& world);
  std::vector<Visitor> visitors_of(World& world);
  void cells_of(const auth::Route& route, const Row& row);
  void forged(const auth::Route& route, const Row& row, Who who);
  Answer answer_of(const Cell& cell);
  std::string path_of(const Cell& cell, const Story* about);
  std::string sends_of(const Row& row, const Visitor& visitor, const Story* about);
  Answer ask(const auth::Route& route, const Question& question, const Visitor& visitor);
  bool is_subject(Id<Person> person, const Visitor& visitor) const;
  bool may_see(const Canary& canary, const Visitor& visitor) const;
  bool stands(const std::string& word, const Canary& canary, const Visitor& visitor) const;
  const Story* story_of(Id<Person> person) const;

  HouseParts parts_{};
  const Expectations& expected_;
  Tally& tally_;
  House house_{parts_};
  Canaries canaries_{};
  World north_{parts_, house_, canaries_, "north"};
  World south_{parts_, house_, canaries_, "south"};
  std::vector<Story> north_cast_{};
  std::vector<Story> south_cast_{};
  std::vector<Visitor> referrers_{}; // one of each organisation
  std::set<std::string> shown_{};    // fields
  int days_{};                       // from tomorrow on, one for each meeting
};

} // namespace kith::access
