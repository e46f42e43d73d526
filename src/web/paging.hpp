// Lists that are longer than a page: which page the address asks for, and the links to the one before and the
// one after. Plain links, for every list of every subject. Values only; any thread.
#pragma once
#include <cstdint>
#include <string>

#include "http/message.hpp"
#include "web/site.hpp"

namespace kith::web {

struct Paging {
  std::int64_t count{}; // of all pages together
  int on_page{1};
  int page{1}; // from 1
  int pages() const;
  int offset() const { return (page - 1) * on_page; }
  std::int64_t first() const; // the numbers of the first and the last row on this page, from 1; 0: none
  std::int64_t last() const;
};
struct ListLength {
  std::int64_t count{};
  int on_page{1};
};
// Of ?page=; what is no page of this list is its first or its last.
Paging paging_of(const http::Request& request, const ListLength& length);

// "Showing 101 to 200 of 523. Previous page, next page"; nothing when all stand on one page. The address of a
// page is `before` and its number.
Html paging_links(const Site& site, const Paging& paging, const std::string& before);

} // namespace kith::web
