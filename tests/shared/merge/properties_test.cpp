// The laws of docs/merge.md over generated records and edits. A failure names its seed.
#include <catch2/catch_test_macros.hpp>

#include <cstdlib>

#include "shared/merge/applier.hpp"
#include "tests/shared/merge/generator.hpp"

using namespace anketa;
using namespace anketa::merge;
using namespace anketa::merge::testing;

namespace {

/// Seeds of each property; ANKETA_PROPERTY_RUNS asks for more.
std::uint64_t runs() {
  const char* asked = std::getenv("ANKETA_PROPERTY_RUNS");
  return asked ? std::strtoull(asked, nullptr, 10) : 25;
}

std::vector<std::string> unique_values(const std::string& text) {
  std::vector<std::string> found;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = std::min(text.find('\n', at), text.size());
    if (text[at] == 'v') found.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return found;
}

/// A record at the office that three devices have seen, in the generator's own world.
struct Run {
  Run(std::uint64_t seed, const std::string& collection)
      : generator(seed, collection),
        devices{Device(1, collection), Device(2, collection), Device(3, collection)},
        chance(generator.chance) {
    devices[0].create(generator.body());
    devices[0].push(office);
    for (auto& device : devices) device.pull(office);
  }

  /// One step of an ordinary day: somebody edits, sends, receives or settles a conflict.
  void step() {
    auto& device = devices[chance.upto(3)];
    switch (chance.upto(8)) {
      case 0:
        device.pull(office);
        return;
      case 1:
        device.push(office);
        return;
      case 2:
        device.sync(office);
        return;
      case 3:
        resolve_something(device);
        return;
      default:
        note_new_values(device.edit(generator.ops(device.view())));
    }
  }

  /// An author's text repeats the paragraphs he has read; a value is its who wrote it first.
  void note_new_values(const Mutation& mutation) {
    for (const auto& op : mutation.ops)
      each_cell(op.value, {}, [&](const std::string&, const Json& value) {
        if (!value.is_string()) return;
        for (const auto& each : unique_values(value.get<std::string>())) written_by.emplace(each, mutation.id);
      });
  }

  void resolve_something(Device& device) {
    for (const auto& [path, conflict] : office.conflicts()) {
      if (!conflict.open || path == "status" || !chance.one_in(2)) continue;
      const auto sides = open_values(conflict);
      const auto& value = chance.pick(sides);
      device.edit({resolve(value.is_null() ? drop(path) : set(path, value), conflict)});
      return;
    }
  }

  Generator generator;
  Office office;
  std::vector<Device> devices;
  Chance& chance;
  std::map<std::string, Uuid> written_by;
};

template <typename Check>
void for_each_run(const Check& check) {
  for (const auto& collection : generated)
    for (std::uint64_t seed = 1; seed <= runs(); ++seed) {
      CAPTURE(collection, seed);
      check(collection, seed);
    }
}

/// Calls visit(cell, value) for what the op sets; a value is null where it clears.
template <typename Visit>
void each_given(const Op& op, const Visit& visit) {
  if (op.kind == OpKind::Transition) return each_cell(op.value.value("facts", Json::object()), {}, visit);
  each_cell(op.value, op.kind == OpKind::Append ? join_path(op.path, string_or_empty(op.value, "id")) : op.path, visit);
}

bool concerns(const Op& op, const std::string& cell) {
  if (is_below(cell, op.path) || is_below(op.path, cell)) return true;
  bool fact = false;
  if (op.kind == OpKind::Transition)
    each_given(op, [&](const std::string& path, const Json&) { fact |= path == cell; });
  return fact;
}

/// Who had seen what: mutations by those they name (over, consumes, prev), and by those before these.
class Knowledge {
 public:
  explicit Knowledge(const std::vector<Mutation>& in_effect) : in_effect_(in_effect) {
    for (std::size_t i = 0; i < in_effect.size(); ++i) {
      place_[in_effect[i].id] = i;
      const auto note = [&](const std::string& cell) { merged_.emplace(merged_id(in_effect[i].id, cell), i); };
      for (const auto& op : in_effect[i].ops) {
        each_given(op, [&](const std::string& cell, const Json&) { note(cell); });
        if (op.kind == OpKind::Add) note(join_path(op.path, op.value.get<std::string>()));
      }
    }
  }

  /// Whether a later op that had this one in view changed the cell, something above it or something below it.
  bool overtaken(const Mutation& mutation, const Op& op, const std::string& cell) const {
    const auto index = place_.at(mutation.id);
    for (std::size_t later = 0; later < in_effect_.size(); ++later)
      for (const auto& other : in_effect_[later].ops)
        if (concerns(other, cell) && (later == index ? &other > &op : known_to(later).contains(index))) return true;
    return false;
  }

 private:
  const std::set<std::size_t>& known_to(std::size_t index) const {
    if (const auto done = known_.find(index); done != known_.end()) return done->second;
    std::set<std::size_t> all;
    const auto see = [&](const Uuid& id) {
      if (const auto merged = merged_.find(id); merged != merged_.end()) {
        // A merged text shows all that was in effect until then.
        for (std::size_t i = 0; i <= merged->second; ++i) all.insert(i);
      } else if (const auto found = place_.find(id); found != place_.end() && found->second != index) {
        all.insert(found->second);
        const auto before = known_to(found->second);
        all.insert(before.begin(), before.end());
      }
    };
    const auto& mutation = in_effect_[index];
    if (mutation.prev) see(*mutation.prev);
    for (const auto& op : mutation.ops) {
      for (const auto& id : op.over) see(id);
      for (const auto& id : op.consumes) see(id);
    }
    return known_[index] = std::move(all);
  }

  const std::vector<Mutation>& in_effect_;
  std::map<Uuid, std::size_t> place_;
  std::map<Uuid, std::size_t> merged_;
  mutable std::map<std::size_t, std::set<std::size_t>> known_;
};

/// Everything that is kept of a record: in effect, removed, or a side.
std::string everything_kept(const Office& office) {
  auto all = to_json(office.record()).dump();
  for (const auto& [path, conflict] : office.conflicts()) all += to_json(conflict).dump();
  return all;
}

}  // namespace

TEST_CASE("Law: an author's own edits alone never conflict, and the office becomes exactly his own view") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    auto& device = run.devices[0];
    for (int round = 0; round < 6; ++round) {
      std::vector<Mutation> made;
      for (int i = 0; i < 4; ++i) made.push_back(device.edit(run.generator.ops(device.view())));
      for (const auto& mutation : made) {
        const auto plan = run.office.take(mutation);
        INFO(to_json(mutation).dump());
        REQUIRE_FALSE(plan.parked);
        REQUIRE_FALSE(plan.conflicted);
        REQUIRE(plan.as_in_own_view);
      }
      REQUIRE(content(run.office.record()) == content(device.view()));
      if (run.chance.one_in(2)) device.pull(run.office);
    }
  });
}

TEST_CASE("Law: where a plan says so, the office becomes what the author's own view would, whoever else edited") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    for (int i = 0; i < 12; ++i) {
      auto& device = run.devices[run.chance.upto(3)];
      const auto mutation = device.edit(run.generator.ops(device.view()));
      if (run.chance.one_in(3)) device.pull(run.office);
      auto shown = run.office.record();
      if (!device.outbox().empty() && !(device.outbox().front().id == mutation.id)) continue;
      const auto plan = run.office.take(mutation);
      if (!plan.as_in_own_view) continue;
      overlay(shown, mutation);
      REQUIRE(content(shown) == content(run.office.record()));
      device.pull(run.office);
    }
  });
}

TEST_CASE("Law: ops that join a mutation one by one give the view they give together") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    auto one_by_one = run.devices[0].view();
    auto together = one_by_one;
    Mutation mutation = run.devices[1].edit({set("extra", "x")});
    mutation.ops.clear();
    for (int i = 0; i < 12; ++i) {
      auto op = run.generator.op(one_by_one);
      note_what_was_seen(op, one_by_one);
      mutation.ops.push_back(op);
      auto part = mutation;
      part.ops = {op};
      overlay(one_by_one, part);
    }
    overlay(together, mutation);
    REQUIRE(content(one_by_one) == content(together));
  });
}

TEST_CASE("Law: edits of different cells commute") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    std::vector<Mutation> left, right;
    for (int i = 0; i < 5; ++i) {
      left.push_back(run.devices[0].edit(run.generator.ops(run.devices[0].view(), 0, 2)));
      right.push_back(run.devices[1].edit(run.generator.ops(run.devices[1].view(), 1, 2)));
    }
    Office one = run.office, other = run.office;
    for (const auto& mutation : left) one.take(mutation);
    for (const auto& mutation : right) one.take(mutation), other.take(mutation);
    for (const auto& mutation : left) other.take(mutation);
    REQUIRE(one.conflicts().empty());
    REQUIRE(one.parked().empty());
    REQUIRE(content(one.record()) == content(other.record()));
  });
}

TEST_CASE("Law: a mutation planned again changes nothing and opens no conflict") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    for (int i = 0; i < 30; ++i) {
      run.step();
      if (run.office.in_effect().empty()) continue;
      Office again = run.office;
      const auto last = again.in_effect().back();
      const auto before = again.body();
      again.take(last);
      REQUIRE(again.body() == before);
      for (const auto& [path, conflict] : again.conflicts()) REQUIRE(conflict.open == run.office.conflict(path).open);
    }
  });
}

TEST_CASE("Law: nothing is lost, every value is in effect, overtaken by who saw it, a side, or parked") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    for (int i = 0; i < 60; ++i) run.step();
    for (auto& device : run.devices) device.sync(run.office);
    const auto kept = everything_kept(run.office);
    const Knowledge knowledge(run.office.in_effect());
    for (const auto& mutation : run.office.in_effect())
      for (const auto& op : mutation.ops) {
        if (op.kind == OpKind::Add || op.kind == OpKind::Remove) continue;
        each_given(op, [&](const std::string& cell, const Json& value) {
          // Concurrent moves settle silently.
          if (!value.is_string() || cell.ends_with("/pos")) return;
          for (const auto& each : unique_values(value.get<std::string>())) {
            if (!(run.written_by[each] == mutation.id)) continue;
            CAPTURE(cell, each, mutation.id.text());
            const bool is_kept = kept.find('"' + each + '"') != std::string::npos ||
                                 kept.find(each + "\\n") != std::string::npos ||
                                 kept.find("\\n" + each) != std::string::npos;
            REQUIRE((is_kept || knowledge.overtaken(mutation, op, cell)));
          }
        });
      }
  });
}

TEST_CASE("Law: an added element stays until somebody who saw it takes it out") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    if (collection == "dossier_part") return;
    Run run(seed, collection);
    for (int i = 0; i < 60; ++i) run.step();
    for (auto& device : run.devices) device.sync(run.office);
    const auto kept = everything_kept(run.office);
    const Knowledge knowledge(run.office.in_effect());
    for (const auto& mutation : run.office.in_effect())
      for (const auto& op : mutation.ops) {
        if (op.kind != OpKind::Add) continue;
        const auto cell = join_path(op.path, op.value.get<std::string>());
        CAPTURE(cell, mutation.id.text());
        const bool side = run.office.conflicts().contains(op.path);
        const bool present = !value_at(run.office.body(), cell).is_null();
        const bool removed = kept.find("removed") != std::string::npos;
        REQUIRE((present || side || removed || knowledge.overtaken(mutation, op, cell)));
      }
  });
}

TEST_CASE("Law: a conflict is open exactly while an unconsumed side differs from what is in effect") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    for (int i = 0; i < 60; ++i) {
      run.step();
      for (const auto& [path, conflict] : run.office.conflicts()) {
        const auto sides = open_values(conflict);
        CAPTURE(path, to_json(conflict).dump());
        REQUIRE(conflict.open == !sides.empty());
        std::set<Uuid> named;
        for (const auto& side : conflict.sides) REQUIRE(named.insert(side.mutation).second);
      }
    }
  });
}

TEST_CASE("Law: compaction never changes the provenance of a cell") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    auto compacted = run.office.record();
    auto plain = compacted;
    for (int i = 0; i < 25; ++i) {
      const auto mutation = run.devices[0].edit(run.generator.ops(compacted));
      const auto plan = plan_own_view(compacted, mutation);
      Applier applier(plain, mutation);
      for (const auto& change : plan.changes) applier.run(change);
      apply(compacted, mutation, plan);
      REQUIRE(plain.body == compacted.body);
      each_cell(plain.body, {}, [&](const std::string& cell, const Json&) {
        REQUIRE(plain.provenance(cell) == compacted.provenance(cell));
      });
      for (const auto& [cell, by] : plain.cells) REQUIRE(compacted.provenance(cell) == by);
      for (const auto& [cell, by] : compacted.cells) REQUIRE(plain.provenance(cell) == by);
      REQUIRE(compacted.cells.size() <= plain.cells.size());
    }
  });
}

TEST_CASE("Law: the ops between a view and what its user wants give what he wants") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    auto view = run.devices[0].view();
    for (int i = 0; i < 8; ++i) {
      Json wanted = Json::object();
      if (collection == "questionnaire")
        wanted["answers"] = run.generator.wanted(view.body["answers"]);
      else
        wanted["extra"] = run.generator.wanted(view.at("extra"));
      wanted["zodiac"] = run.chance.one_in(2) ? Json(run.generator.unique()) : Json();
      Json expected = view.body;
      // Members absent from `wanted` are left alone, null clears: as RFC 7386 has it.
      expected.merge_patch(wanted);
      expected = normalised(expected);
      auto mutation = run.devices[0].edit({set("post", "x")});
      mutation.ops = diff(view, *schema::collection(collection), wanted);
      INFO(view.body.dump() << "\n" << wanted.dump() << "\n" << to_json(mutation).dump());
      overlay(view, mutation);
      REQUIRE(view.body == expected);
      REQUIRE(is_normal(view.body));
      REQUIRE(diff(view, *schema::collection(collection), wanted).empty());
    }
  });
}

TEST_CASE("Law: records and mutations survive the wire") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    for (int i = 0; i < 30; ++i) run.step();
    const auto& record = run.office.record();
    const auto there = Json::parse(to_json(record).dump());
    REQUIRE(to_json(record_from_json(there)) == there);
    RecordState read;
    read_provenance(read, cells_text(record), removed_text(record));
    REQUIRE(read.cells == record.cells);
    REQUIRE(cells_text(read) == cells_text(record));
    REQUIRE(removed_text(read) == removed_text(record));
    for (const auto& mutation : run.office.in_effect()) {
      const auto text = canonical(to_json(mutation));
      REQUIRE(canonical(to_json(mutation_from_json(Json::parse(text)))) == text);
    }
  });
}

TEST_CASE("Law: replaying the journal gives the record") {
  for_each_run([](const std::string& collection, std::uint64_t seed) {
    Run run(seed, collection);
    for (int i = 0; i < 60; ++i) run.step();
    History history(run.office.in_effect());
    REQUIRE(content(history.after(history.size())) == content(run.office.record()));
  });
}
