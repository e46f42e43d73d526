#include <fcntl.h>
#include <unistd.h>

#include <cstdio>

#include "app/sink.hpp"
#include "app/smtp.hpp"
#include "base/text.hpp"

namespace kith::app {
namespace {

constexpr std::size_t recipient_max = 254;

bool write_file(const std::string& path, const std::string& bytes) {
  const std::unique_ptr<FILE, int (*)(FILE*)> file(std::fopen(path.c_str(), "wb"), std::fclose);
  return file && std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
         std::fflush(file.get()) == 0 && ::fsync(::fileno(file.get())) == 0;
}

bool settle_folder(const std::string& folder) { // the name of a new file is part of the folder
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened < 0) return false;
  const bool done = ::fsync(opened) == 0;
  ::close(opened);
  return done;
}

class FolderSink final : public Sink {
public:
  explicit FolderSink(std::string folder) : folder_(std::move(folder)) {}

  Delivery hand_over(const Mail& mail, const std::atomic<bool>&) override {
    if (mail.to.size() > recipient_max || !clean_text(mail.to, false))
      return {Handed::refused, "not_an_address"};
    const std::string path = folder_ + "/" + mail.id + ".eml", part = path + ".part";
    if (!write_file(part, mail_bytes(mail, {{}, "kith@localhost"})) ||
        std::rename(part.c_str(), path.c_str()) != 0 || !settle_folder(folder_))
      return {Handed::unreachable, "folder_failed"};
    return {Handed::sent, "sent"};
  }

  bool leaves_house() const override { return false; }

private:
  std::string folder_{};
};

} // namespace

std::unique_ptr<Sink> folder_sink(std::string folder) {
  return std::make_unique<FolderSink>(std::move(folder));
}

Result<std::unique_ptr<Sink>> open_sink(const Config& config) {
  if (config.smtp_url.empty()) return folder_sink(config.outbox_folder);
  TRY_ASSIGN(const SmtpSettings settings, smtp_settings(config));
  return smtp_sink(settings);
}

} // namespace kith::app
