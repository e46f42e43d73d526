#include "base/csv.hpp"

#include "base/text.hpp"

namespace kith {
namespace {

constexpr std::size_t columns_max = 512, rows_max = 1'000'000, cell_bytes_max = 32 * 1024;

void append_utf8(std::string& out, std::uint32_t point) {
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xc0 | point >> 6);
    out += static_cast<char>(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xe0 | point >> 12);
    out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
  } else {
    out += static_cast<char>(0xf0 | point >> 18);
    out += static_cast<char>(0x80 | (point >> 12 & 0x3f));
    out += static_cast<char>(0x80 | (point >> 6 & 0x3f));
    out += static_cast<char>(0x80 | (point & 0x3f));
  }
}

Result<std::string> from_utf16(std::string_view bytes, bool big_endian) {
  if (bytes.size() % 2) return invalid("csv.encoding");
  std::string out;
  const auto unit = [&](std::size_t i) {
    const auto a = static_cast<std::uint8_t>(bytes[i]), b = static_cast<std::uint8_t>(bytes[i + 1]);
    return static_cast<std::uint32_t>(big_endian ? a << 8 | b : b << 8 | a);
  };
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    std::uint32_t point = unit(i);
    if (point >= 0xd800 && point < 0xdc00) {
      if (i + 3 >= bytes.size()) return invalid("csv.encoding");
      const std::uint32_t low = unit(i + 2);
      if (low < 0xdc00 || low > 0xdfff) return invalid("csv.encoding");
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
      i += 2;
    } else if (point >= 0xdc00 && point < 0xe000) {
      return invalid("csv.encoding");
    }
    append_utf8(out, point);
  }
  return out;
}

char guess_separator(std::string_view text) {
  const std::string_view first = text.substr(0, text.find('\n'));
  if (first.find(',') != std::string_view::npos) return ',';
  if (first.find(';') != std::string_view::npos) return ';';
  return first.find('\t') != std::string_view::npos ? '\t' : ',';
}

Failure at_line(const char* code, std::size_t line) {
  Failure failure = invalid(code);
  failure.arguments = {std::to_string(line)};
  return failure;
}

} // namespace

CsvReader::CsvReader(std::string text) : text_(std::move(text)), separator_(guess_separator(text_)) {}

Result<CsvReader> CsvReader::open(std::string bytes) {
  const std::string_view view = bytes;
  if (view.starts_with("\xff\xfe") || view.starts_with("\xfe\xff")) {
    TRY_ASSIGN(bytes, from_utf16(view.substr(2), view[0] == '\xfe'));
  } else if (view.starts_with("\xef\xbb\xbf")) {
    bytes.erase(0, 3);
  }
  if (!valid_utf8(bytes)) return invalid("csv.encoding");
  if (trim(bytes).empty()) return invalid("csv.empty");
  return CsvReader(std::move(bytes));
}

Result<CsvRow> CsvReader::next() {
  CsvRow row{line_, {}};
  if (at_end()) return row;
  if (++rows_ > rows_max) return at_line("csv.rows", line_);
  for (;;) {
    std::string cell;
    if (at_ < text_.size() && text_[at_] == '"') {
      for (++at_;; ++at_) {
        if (at_ >= text_.size()) return at_line("csv.quote", row.line);
        if (text_[at_] == '"') {
          if (at_ + 1 >= text_.size() || text_[at_ + 1] != '"') break;
          ++at_;
        }
        if (text_[at_] == '\n') ++line_;
        cell += text_[at_];
        if (cell.size() > cell_bytes_max) return at_line("csv.cell_too_long", row.line);
      }
      ++at_;
      if (at_ < text_.size() && text_[at_] != separator_ && text_[at_] != '\n' && text_[at_] != '\r')
        return at_line("csv.quote", line_);
    } else {
      const auto stop = text_.find_first_of(std::string{separator_, '\n', '\r'}, at_);
      const auto end = stop == std::string::npos ? text_.size() : stop;
      if (end - at_ > cell_bytes_max) return at_line("csv.cell_too_long", row.line);
      cell.assign(text_, at_, end - at_);
      at_ = end;
    }
    row.cells.push_back(std::move(cell));
    if (row.cells.size() > columns_max) return at_line("csv.columns", row.line);
    if (at_ >= text_.size()) return row;
    const char stop = text_[at_++];
    if (stop == separator_) continue;
    if (stop == '\r' && at_ < text_.size() && text_[at_] == '\n') ++at_;
    ++line_;
    return row;
  }
}

std::string csv_cell(std::string_view text) {
  std::string cell;
  if (!text.empty() && std::string_view("=+-@\t\r").find(text[0]) != std::string_view::npos) cell = "'";
  cell += text;
  if (cell.find_first_of(",;\"\r\n\t") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_row(const std::vector<std::string>& cells) {
  std::string row;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i) row += ',';
    row += csv_cell(cells[i]);
  }
  return row + "\r\n";
}

} // namespace kith
