// Records as the figures of a pass need them: what is counted, summed and drilled into, without the texts.
//
// Thread safety: plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "shared/programme/meeting.hpp"
#include "shared/programme/opportunity.hpp"
#include "shared/programme/referral.hpp"
#include "shared/programme/turnover.hpp"
#include "shared/record/uuid.hpp"

namespace anketa::server::reports {

using programme::Day;

struct ResultClient {
  Uuid id;
  std::string name, segment, region;
};

struct ResultUser {
  Uuid id;
  std::string name;
  /// His account is not closed.
  bool is_active = true;
};

struct ResultCampaign {
  Uuid id;
  std::string title;
  std::optional<Day> from, until;
};

struct ResultAssignment {
  Uuid id, client, user;
  bool is_owner = false;
};

/// How the verification of one key person came out in a questionnaire (R10).
struct VerifiedPerson {
  std::string name;
  programme::Verified outcome = programme::Verified::Unchanged;
};

struct ResultQuestionnaire {
  Uuid id, client, rep, campaign;
  std::string status;
  std::optional<Day> met_on, resumed_on;
  /// It has reached the office as paused or complete (R7).
  bool is_delivered = false;
  std::optional<std::int64_t> nps;
  std::vector<VerifiedPerson> persons;
};

struct ResultContact {
  Uuid id, client;
  bool has_left = false;
  /// Somebody of us has met him, as far as nobody says otherwise.
  bool is_known = true;
};

struct ResultTalk {
  Uuid id, client;
  bool is_meeting = false, is_trouble = false;
  std::optional<Day> on;
};

/// A visit that was held.
struct ResultVisit {
  Uuid id, client;
  bool is_held = false;
  std::optional<Day> on;
};

struct ResultOffer {
  Uuid id, client, questionnaire, interaction, campaign, rep;
  std::string kind, service, status;
  bool on_the_spot = false;
  std::optional<Day> made_on, closed_on;
  /// Kopecks.
  std::int64_t amount_month = 0, amount_once = 0;
};

struct ResultReferral {
  Uuid id, client, questionnaire, rep, won_client;
  std::string company, introduction;
  programme::ReferralFacts facts;
  std::optional<Day> named_on;
};

struct ResultPart {
  Uuid id, client;
  std::string part;
  std::optional<Day> revised_on;
};

struct ResultOpportunity {
  Uuid id, client;
  std::string what;
  bool is_open = true;
  programme::Horizons amounts{};
  std::optional<std::int64_t> chance_percent;
};

struct ResultRangeItem {
  Uuid id;
  std::string code, name_ru, name_en;
  programme::RangeDates dates;
};

/// Rows that are found by their id and lie close together.
template <typename T>
class RowTable {
 public:
  void put(T row) {
    const auto [place, added] = places_.emplace(row.id, rows_.size());
    if (added)
      rows_.push_back(std::move(row));
    else
      rows_[place->second] = std::move(row);
  }
  void erase(const Uuid& id) {
    const auto found = places_.find(id);
    if (found == places_.end()) return;
    const auto place = found->second;
    places_.erase(found);
    if (place + 1 != rows_.size()) {
      rows_[place] = std::move(rows_.back());
      places_[rows_[place].id] = place;
    }
    rows_.pop_back();
  }
  void clear() {
    rows_.clear();
    places_.clear();
  }
  const T* find(const Uuid& id) const {
    const auto found = places_.find(id);
    return found == places_.end() ? nullptr : &rows_[found->second];
  }
  T* find(const Uuid& id) { return const_cast<T*>(std::as_const(*this).find(id)); }
  const std::vector<T>& rows() const { return rows_; }
  std::size_t place_of(const T& row) const { return static_cast<std::size_t>(&row - rows_.data()); }

 private:
  std::vector<T> rows_;
  std::unordered_map<Uuid, std::size_t> places_;
};

}  // namespace anketa::server::reports
