// The rows of one document's facts.

#include <algorithm>

#include "store/search_words.h"
#include "store/values.h"
#include "store/writing.h"
#include "vanban/lexicon/identity.h"
#include "vanban/lexicon/number_key.h"
#include "vanban/normalise/text.h"

namespace vanban::store {
namespace {

// Numbers that assigned a task, as search words.
std::string words_of(const std::vector<NumberedReference>& numbers) {
  std::string words;
  for (const NumberedReference& one : numbers) {
    const NumberLookup found = number_lookup(one.number);
    if (found.key.empty()) continue;
    if (!words.empty()) words += ' ';
    words += number_words(found.key, found.year != 0 ? found.year : one.date.year);
  }
  return words;
}

// A figure that no extractor gave a series (made by hand) belongs to that of its name.
template <class Figure>
std::string series_of(const Figure& figure) {
  return figure.series.empty() ? fold(comparison_key(figure.name)) : figure.series;
}

std::string joined_numbers(const std::vector<NumberedReference>& numbers) {
  std::vector<std::string> parts;
  for (const NumberedReference& one : numbers) parts.push_back(one.number);
  return joined(parts);
}

// One kind of fact has two side tables of one form each: who, and by which document.
class SideRows {
 public:
  SideRows(Connection& database, const std::string& kind)
      : database_(database),
        agencies_(database.query("INSERT INTO " + kind + "_agencies (" + kind +
                                 ", role, ord, agency) VALUES (?, ?, ?, ?)")),
        assignments_(database.query(
            "INSERT INTO " + kind + "_assignments (" + kind +
            ", ord, number, number_key, number_year, date, id) VALUES (?, ?, ?, ?, ?, ?, ?)")) {}

  void put_agencies(std::int64_t fact, const char* role, const std::vector<AgencyMention>& agencies) {
    for (std::size_t i = 0; i < agencies.size(); ++i) {
      const std::int64_t agency = agency_key(database_, agencies[i]);
      if (agency == 0) continue;
      agencies_.bind(fact, role, i, agency);
      agencies_.run();
    }
  }

  void put_assignments(std::int64_t fact, const std::vector<NumberedReference>& numbers) {
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const NumberLookup found = number_lookup(numbers[i].number);
      const int year = found.year != 0 ? found.year : numbers[i].date.year;
      assignments_.bind(fact, i, numbers[i].number, found.key, year, to_iso(numbers[i].date), numbers[i].id);
      assignments_.run();
    }
  }

 private:
  Connection& database_;
  Query agencies_, assignments_;
};

void insert_sections(Connection& database, std::int64_t document, const Document& values) {
  Query query = database.query(
      "INSERT INTO sections (document, ord, id, parent, kind, label, heading, span_begin, span_end, page)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  std::map<std::string_view, std::int64_t> order;
  for (std::size_t i = 0; i < values.sections.size(); ++i) {
    const Section& section = values.sections[i];
    const auto parent = order.find(section.parent);
    query.bind(document, i, section.id, parent == order.end() ? std::int64_t{-1} : parent->second,
               section_kind_name(section.kind), section.label, section.heading, section.where.begin,
               section.where.end, section.page);
    query.run();
    order.emplace(section.id, static_cast<std::int64_t>(i));
  }
}

void insert_tasks(Connection& database, std::int64_t document, const Document& values) {
  if (values.tasks.empty()) return;
  SideRows side(database, "task");
  Query query = database.query(
      "INSERT INTO tasks (document, ord, id, label, text, lead, coordinating, lead_inherited, assigned_by, "
      "deadlines, due,"
      " timing, result, state, section, page, span_begin, span_end, confidence, numbers)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  Query deadline = database.query(
      "INSERT INTO task_deadlines (task, ord, text, due, rrule, amount, unit, anchor) VALUES (?, ?, ?, ?, ?, "
      "?, ?, ?)");
  for (std::size_t i = 0; i < values.tasks.size(); ++i) {
    const Task& task = values.tasks[i];
    std::vector<std::string> texts;
    std::string due;
    for (const Deadline& one : task.deadlines) {
      texts.push_back(one.text);
      const std::string day = to_iso(one.due);
      if (!day.empty() && (due.empty() || day < due)) due = day;
    }
    query.bind(document, i, task.id, task.label, task.text, joined_names(task.lead),
               joined_names(task.coordinating), task.lead_inherited, joined_numbers(task.assigned_by),
               joined(texts), due, task.timing, task.result, task.state, task.from.section, task.from.page,
               task.from.where.begin, task.from.where.end, task.from.confidence, words_of(task.assigned_by));
    query.run();
    const std::int64_t key = database.last_key();
    side.put_agencies(key, "lead", task.lead);
    side.put_agencies(key, "coordinating", task.coordinating);
    side.put_assignments(key, task.assigned_by);
    for (std::size_t d = 0; d < task.deadlines.size(); ++d) {
      const Deadline& one = task.deadlines[d];
      deadline.bind(key, d, one.text, to_iso(one.due), one.rrule, one.amount, one.unit, one.anchor);
      deadline.run();
    }
  }
}

void insert_indicators(Connection& database, std::int64_t document, const Document& values) {
  if (values.indicators.empty()) return;
  SideRows side(database, "indicator");
  Query query = database.query(
      "INSERT INTO indicators (document, ord, id, label, name, name_key, parent_label, parent_name, unit, "
      "comparator,"
      " value, upper, value_text, period, lead, evaluator, assigned_by, section, page, span_begin, span_end, "
      "confidence,"
      " numbers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < values.indicators.size(); ++i) {
    const Indicator& one = values.indicators[i];
    query.bind(document, i, one.id, one.label, one.name, series_of(one),
               one.parent ? one.parent->label : std::string(), one.parent ? one.parent->name : std::string(),
               one.unit, comparator_name(one.comparator), one.value, one.upper, one.value_text, one.period,
               joined_names(one.lead), joined_names(one.evaluator), joined_numbers(one.assigned_by),
               one.from.section, one.from.page, one.from.where.begin, one.from.where.end, one.from.confidence,
               words_of(one.assigned_by));
    query.run();
    const std::int64_t key = database.last_key();
    side.put_agencies(key, "lead", one.lead);
    side.put_agencies(key, "evaluator", one.evaluator);
    side.put_assignments(key, one.assigned_by);
  }
}

void insert_measurements(Connection& database, std::int64_t document, const Document& values) {
  Query query = database.query(
      "INSERT INTO measurements (document, ord, id, name, name_key, subject, value, unit, numerator, "
      "denominator,"
      " value_text, as_of, period, kind, section, page, span_begin, span_end, confidence)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < values.measurements.size(); ++i) {
    const Measurement& one = values.measurements[i];
    query.bind(document, i, one.id, one.name, series_of(one), one.subject, one.value, one.unit, one.numerator,
               one.denominator, one.value_text, to_iso(one.as_of), one.period,
               one.estimate ? "estimate" : "actual", one.from.section, one.from.page, one.from.where.begin,
               one.from.where.end, one.from.confidence);
    query.run();
  }
}

// A target that follows from its own words alone never changes; '' for those.
std::string lookup_key(const Reference& reference, const std::string& number_key) {
  if (!reference.number.empty()) {
    const bool by_candidates =
        std::find(reference.inferred.begin(), reference.inferred.end(), "target") != reference.inferred.end();
    return reference.resolution != ResolutionState::kResolved || by_candidates ? number_key : std::string();
  }
  return reference.resolution == ResolutionState::kPlanned ? std::string()
                                                           : title_key(reference.type, reference.title);
}

void insert_references(Connection& database, std::int64_t document, const Document& values) {
  Query query = database.query(
      "INSERT INTO document_references (document, ord, id, text, type, number, number_key, number_year, "
      "date, issuer,"
      " title, pinpoints, relation, modality, target, resolution, resolution_reason, candidates, inferred, "
      "section, page,"
      " span_begin, span_end, confidence, numbers, lookup_key)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (std::size_t i = 0; i < values.references.size(); ++i) {
    const Reference& one = values.references[i];
    const NumberLookup number = number_lookup(one.number);
    const int year = number.year != 0 ? number.year : one.date.year;
    std::optional<std::int64_t> issuer;
    if (const std::int64_t key = agency_key(database, one.issuer); key != 0) issuer = key;
    std::vector<Pinpoint> pinpoints{one.pinpoint};
    pinpoints.insert(pinpoints.end(), one.more_pinpoints.begin(), one.more_pinpoints.end());
    query.bind(document, i, one.id, one.text, document_type_name(one.type), one.number, number.key, year,
               to_iso(one.date), issuer, one.title, pinpoints_to_json(pinpoints), relation_name(one.relation),
               modality_name(one.modality), one.target, resolution_state_name(one.resolution),
               one.resolution_reason, strings_to_json(one.candidates), strings_to_json(one.inferred),
               one.from.section, one.from.page, one.from.where.begin, one.from.where.end, one.from.confidence,
               number_words(number.key, year), lookup_key(one, number.key));
    query.run();
  }
}

}  // namespace

std::int64_t agency_key(Connection& database, const AgencyMention& agency) {
  if (agency.name.empty() && agency.id.empty()) return 0;
  {
    Query query = database.query("SELECT key FROM agencies WHERE name = ? AND id = ?");
    query.bind(agency.name, agency.id);
    if (query.step()) return query.integer(0);
  }
  const std::string key = fold(comparison_key(agency.name));
  database.query("INSERT INTO agencies (name, id, name_key, initials, short_initials) VALUES (?, ?, ?, ?, ?)")
      .bind(agency.name, agency.id, key, initials(key, true), initials(key, false))
      .run();
  return database.last_key();
}

void insert_facts(Connection& database, std::int64_t document, const Document& values) {
  insert_sections(database, document, values);
  insert_tasks(database, document, values);
  insert_indicators(database, document, values);
  insert_measurements(database, document, values);
  insert_references(database, document, values);
}

}  // namespace vanban::store
