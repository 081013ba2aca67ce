#include "shared/programme/dossier_fields.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace anketa::programme {
namespace {

constexpr std::array<std::string_view, 13> general{
    "description", "history",  "mission",   "positioning", "goals",           "market",   "finances",
    "headcount",   "staffing", "structure", "its_clients", "its_competitors", "suppliers"};
constexpr std::array<std::string_view, 10> our_view{"relations",       "our_people", "now",         "prospect",
                                                    "our_status",      "budget",     "budget_year", "worked_with",
                                                    "decision_system", "avoid"};
constexpr std::array<std::string_view, 2> decision{"scheme", "process"};
constexpr std::array<std::string_view, 2> competitors{"overview", "comparison"};
constexpr std::array<std::string_view, 3> of_every_part{"revised_on", "revised_by", "facts"};

bool has(std::span<const std::string_view> fields, std::string_view field) {
  return std::find(fields.begin(), fields.end(), field) != fields.end();
}

}  // namespace

bool is_dossier_field(std::string_view part, std::string_view field) {
  if (has(of_every_part, field)) return true;
  if (part == "general") return has(general, field);
  if (part == "our_view") return has(our_view, field);
  if (part == "decision") return has(decision, field);
  return part == "competitors" && has(competitors, field);
}

}  // namespace anketa::programme
