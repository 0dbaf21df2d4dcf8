#include "cli/calendar.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/agencies.h"
#include "cli/commands.h"
#include "cli/output.h"

namespace vanban::cli {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::sys_days;
using std::chrono::year_month_day;

std::optional<int> number_in(std::string_view digits) {
  int value = 0;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (failed != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return value;
}

std::string_view part_of_rule(std::string_view rule, std::string_view name) {
  for (std::size_t at = 0; at < rule.size();) {
    const std::size_t end = std::min(rule.find(';', at), rule.size());
    const std::string_view part = rule.substr(at, end - at);
    if (part.size() > name.size() && part.substr(0, name.size()) == name && part[name.size()] == '=') {
      return part.substr(name.size() + 1);
    }
    at = end + 1;
  }
  return {};
}

bool in_list(std::string_view list, std::string_view wanted) {
  for (std::size_t at = 0; at <= list.size();) {
    const std::size_t end = std::min(list.find(',', at), list.size());
    if (list.substr(at, end - at) == wanted) return true;
    at = end + 1;
  }
  return false;
}

std::string field(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() || !found->is_string() ? std::string() : found->get<std::string>();
}

std::string names_of(const Json& task, const char* role) {
  std::string out;
  const auto found = task.find(role);
  if (found == task.end()) return out;
  for (const Json& agency : *found) out += (out.empty() ? "" : "; ") + field(agency, "name");
  return out;
}

// The first `most` code points; "…" where there is more.
std::string beginning(std::string_view text, std::size_t most) {
  std::size_t at = 0;
  for (std::size_t count = 0; at < text.size() && count < most; ++count) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
  }
  return std::string(text.substr(0, at)) + (at < text.size() ? "…" : "");
}

std::string basic(std::string_view iso) {  // 2021-03-31 -> 20210331
  std::string out(iso);
  std::erase(out, '-');
  return out;
}

std::string full_date(const std::string& iso) {  // the first day that a partial date can mean
  return iso.size() == 4 ? iso + "-01-01" : iso.size() == 7 ? iso + "-01" : iso;
}

std::string uid_of(const std::string& document, const std::string& task, std::size_t deadline) {
  std::string out;
  for (const char c : document) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (plain)
      out += c;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  }
  return out + "." + task + "." + std::to_string(deadline + 1) + "@vanban";
}

// One event a deadline; empty for one that no day is known for.
std::string event_of(const Context& context, const Json& document, const Json& task, const Json& deadline,
                     std::size_t index) {
  const Json& head = document.at("document");
  const std::string date = full_date(field(head, "date"));
  const std::string rule = field(deadline, "rrule");
  std::string day = field(deadline, "due");
  if (day.empty() && !rule.empty() && !date.empty()) day = first_occurrence(rule, date);
  if (day.empty()) return {};
  const std::string lead = names_of(task, "lead");
  const std::string text = field(task, "text");
  std::string about = text;
  const auto add = [&](std::string_view vi, std::string_view en, const std::string& value) {
    if (!value.empty()) about += "\n" + std::string(context.say(vi, en)) + ": " + value;
  };
  const std::string number = field(head, "number");
  add("Văn bản", "Document",
      (number.empty() ? field(head, "subject") : number) +
          (date.empty() ? "" : " (" + field(head, "date") + ")"));
  add("Mục", "Label", field(task, "label"));
  add("Chủ trì", "Lead", lead);
  add("Phối hợp", "Coordinating", names_of(task, "coordinating"));
  add("Thời hạn", "Deadline", field(deadline, "text"));
  std::string id = field(head, "id");
  if (id.empty()) id = field(document.at("source"), "sha256");
  std::string out = ics_line("BEGIN:VEVENT");
  out += ics_line("UID:" + uid_of(id, field(task, "id"), index));
  out += ics_line("DTSTAMP:" + basic(date.empty() ? "1970-01-01" : date) +
                  "T000000Z");  // the same file makes the same calendar
  out += ics_line("DTSTART;VALUE=DATE:" + basic(day));
  if (!rule.empty()) out += ics_line("RRULE:" + rule);
  out += ics_line("SUMMARY:" +
                  ics_text((lead.empty() ? "" : beginning(lead, 60) + ": ") + beginning(text, 120)));
  out += ics_line("DESCRIPTION:" + ics_text(about));
  out += ics_line("TRANSP:TRANSPARENT");
  return out + ics_line("END:VEVENT");
}

std::string value_of(const ListRow& row, std::string_view name) {
  for (const auto& [key, value] : row.fields) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace

std::string ics_text(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == ';' || c == ',') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7F)
      out += c;
    else if (c == '\t')
      out += ' ';
  }
  return out;
}

std::string ics_line(std::string_view line) {
  constexpr std::size_t kMost = 75;
  std::string out;
  std::size_t room = kMost;
  while (line.size() > room) {
    std::size_t cut = room;
    while (cut > 1 && (static_cast<unsigned char>(line[cut]) & 0xC0) == 0x80) --cut;
    out.append(line.substr(0, cut)).append("\r\n ");
    line.remove_prefix(cut);
    room = kMost - 1;
  }
  return out.append(line).append("\r\n");
}

std::string first_occurrence(std::string_view rrule, std::string_view from) {
  if (from.size() != 10) return {};
  const auto y = number_in(from.substr(0, 4)), m = number_in(from.substr(5, 2)),
             d = number_in(from.substr(8, 2));
  if (!y || !m || !d) return {};
  const year_month_day start{std::chrono::year(*y), std::chrono::month(static_cast<unsigned>(*m)),
                             std::chrono::day(static_cast<unsigned>(*d))};
  if (!start.ok()) return {};
  const std::string_view months = part_of_rule(rrule, "BYMONTH"), days = part_of_rule(rrule, "BYMONTHDAY"),
                         weekdays = part_of_rule(rrule, "BYDAY");
  constexpr std::string_view kWeekdays[] = {"SU", "MO", "TU", "WE", "TH", "FR", "SA"};
  sys_days day = start;
  for (int step = 0; step < 4 * 366; ++step, day += std::chrono::days(1)) {
    const year_month_day date{day};
    const auto of_month = static_cast<int>(static_cast<unsigned>(date.day()));
    const auto last =
        static_cast<int>(static_cast<unsigned>((date.year() / date.month() / std::chrono::last).day()));
    if (!months.empty() && !in_list(months, std::to_string(static_cast<unsigned>(date.month())))) continue;
    if (!days.empty() && !in_list(days, std::to_string(of_month)) &&
        !in_list(days, std::to_string(of_month - last - 1)))
      continue;
    if (!weekdays.empty() && !in_list(weekdays, kWeekdays[std::chrono::weekday(day).c_encoding()])) {
      if (std::none_of(std::begin(kWeekdays), std::end(kWeekdays),
                       [&](auto name) { return in_list(weekdays, name); }))
        return {};
      continue;
    }
    char text[16];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()) % 10000,
                  static_cast<unsigned>(date.month()) % 100, static_cast<unsigned>(date.day()) % 100);
    return text;
  }
  return {};
}

int run_calendar(const Context& context, const Filter& filter) {
  Result<Store> store = Store::open(context.store, Store::Access::kReadOnly);
  if (!store) return complain(context, store.error());
  const AgencyNames agencies(context, filter);
  Result<std::vector<ListRow>> rows = store->list(FactKind::kTask, agencies.by_id(filter));
  if (rows && rows->empty() && agencies.may_retry(filter)) rows = store->list(FactKind::kTask, filter);
  if (!rows) return complain(context, rows.error());
  const auto put = [](const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); };
  put(ics_line("BEGIN:VCALENDAR") + ics_line("VERSION:2.0") +
      ics_line("PRODID:-//vanban//vanban " VANBAN_VERSION "//VI") + ics_line("CALSCALE:GREGORIAN"));
  std::string
      of;  // the id of the document that `document` holds: rows of one document stand together, mostly
  Json document;
  for (const ListRow& row : *rows) {
    if (value_of(row, "deadlines").empty()) continue;
    const std::string id = value_of(row, "document_id");
    if (id != of) {
      Result<std::optional<std::string>> json = store->document_json(id);
      if (!json) return complain(context, json.error());
      document = json->has_value() ? Json::parse(**json, nullptr, false) : Json();
      of = id;
    }
    if (!document.is_object()) continue;
    const std::string wanted = value_of(row, "task_id");
    for (const Json& task : document.at("tasks")) {
      if (field(task, "id") != wanted) continue;
      const Json& deadlines = task.at("deadlines");
      for (std::size_t i = 0; i < deadlines.size(); ++i)
        put(event_of(context, document, task, deadlines[i], i));
      break;
    }
  }
  put(ics_line("END:VCALENDAR"));
  return kDone;
}

}  // namespace vanban::cli
