#include "engine/io/trajectory.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "engine/base/contracts.hpp"
#include "engine/base/errors.hpp"
#include "engine/io/structure_group.hpp"
#include "engine/io/trajectory_layout.hpp"

namespace cardhouse {

namespace {

using namespace trajectory_layout;

void create_elements(Hdf5File& file, std::size_t n_slots) {
  file.create_rows<double>(position + "/value", {{n_slots, 3}}, {"Angstrom", "positions, 0 in empty slots"});
  file.create_rows<std::int64_t>(step_axis, {}, {"1", "number of events or steps before the frame"});
  file.create_rows<double>(time_axis, {}, {"s", "simulated time"});
  file.create_rows<double>(edges + "/value", {{3, 3}}, {"Angstrom", "cell vectors, one a row"});
  file.create_rows<std::int64_t>(id + "/value", {{n_slots}, TrajectoryWriter::empty_id},
                                 {"1", "identity of the atom in a slot, -1 when the slot is empty"});
  share_axes(file, edges);
  share_axes(file, id);
  describe_box(file);
}

void create_observables(Hdf5File& file, const std::vector<Observable>& observables) {
  for (const auto& [name, unit, meaning] : observables) {
    file.create_rows<double>(observable_group(name) + "/value", {}, {unit, meaning});
    share_axes(file, observable_group(name));
  }
  file.create_rows<std::int64_t>(observable_group(sodium_count) + "/value", {}, {"1", "number of sodium atoms"});
  share_axes(file, observable_group(sodium_count));
}

/// What does not change: species, masses, the bonds of the host, how many slots belong to it.
void write_constants(Hdf5File& file, const CarbonStructure& host, std::size_t sodium_slots) {
  auto elements = host.atoms.elements;
  elements.insert(elements.end(), sodium_slots, Element::Na);
  std::vector<double> masses(elements.size());
  std::transform(elements.begin(), elements.end(), masses.begin(), standard_mass);
  file.write_enumerated(particles + "/species", atomic_numbers(elements), element_enumeration(),
                        "atomic number of the element a slot is for");
  file.write<double>(particles + "/mass", masses, {masses.size()}, {"u", "standard atomic weight"});
  file.set_attribute(particles, "host_atoms", static_cast<std::int64_t>(host.atoms.size()));
  const auto& bonds = host.bonds.bonds();
  file.write<std::int64_t>(bond_list, flattened(bonds), {bonds.size(), 2}, {"1", "ids of bonded atoms"});
  file.set_reference(bond_list, "particles_group", particles);
}

template <class T>
void append(Hdf5File& file, const std::string& name, T value) {
  file.append_row<T>(name, {&value, 1});
}

/// Cells, ids and positions of all slots, ready to be written.
struct SlotRow {
  std::vector<Vector3> positions;
  std::vector<std::int64_t> ids;
};

SlotRow fill_slots(const Atoms& atoms, const std::vector<std::int64_t>& ids, std::size_t n_host,
                   std::span<const std::int64_t> slots_before) {
  SlotRow row{atoms.positions, ids};
  const std::size_t n_slots = n_host + slots_before.size();
  row.positions.resize(n_host);
  row.ids.resize(n_host);
  row.positions.resize(n_slots);
  row.ids.resize(n_slots, TrajectoryWriter::empty_id);
  const auto sodium = std::span(ids).subspan(n_host);
  const auto places = place_in_slots(slots_before, sodium);
  for (std::size_t i = 0; i < sodium.size(); ++i) {
    row.positions[n_host + places[i]] = atoms.positions[n_host + i];
    row.ids[n_host + places[i]] = sodium[i];
  }
  return row;
}

bool are_declarable(const std::vector<Observable>& observables) {
  std::set<std::string> names{sodium_count};
  return std::all_of(observables.begin(), observables.end(), [&](const Observable& observable) {
    return !observable.name.empty() && observable.name.find('/') == std::string::npos &&
           names.insert(observable.name).second;
  });
}

}  // namespace

TrajectoryWriter::TrajectoryWriter(RunFile& run, const CarbonStructure& host, std::size_t sodium_slots,
                                   const std::vector<Observable>& observables)
    : run_(&run), host_(host.atoms.elements), slots_(sodium_slots, empty_id) {
  EXPECTS(host.atoms.size() > 0 && host.bonds.size() <= host.atoms.size());
  EXPECTS(are_declarable(observables));
  for (const auto& observable : observables) observables_.push_back(observable.name);
  time_ = -std::numeric_limits<double>::infinity();
  step_ = std::numeric_limits<std::int64_t>::min();
  Hdf5File& file = run.container();
  remove_trajectory(file);
  create_elements(file, host.atoms.size() + sodium_slots);
  create_observables(file, observables);
  write_constants(file, host, sodium_slots);
  if (const auto stages = run.stages(); !stages.empty()) file.set_attribute(particles, "stage", stages.back());
  run.flush(0);
}

TrajectoryWriter TrajectoryWriter::resume(RunFile& run, std::size_t frames) {
  Hdf5File& file = run.container();
  const std::size_t present = frame_count(run);
  if (!file.exists(particles) || present < frames)
    throw InputError({run.path(), 0, particles},
                     "has " + std::to_string(present) + " of " + std::to_string(frames) + " frames to continue from");
  for (const auto& name : growing(file)) file.truncate_rows(name, frames);
  run.flush(frames);
  TrajectoryWriter writer(run);
  const auto n_host = static_cast<std::size_t>(file.integer_attribute(particles, "host_atoms"));
  const auto species = file.read<std::int32_t>(particles + "/species");
  for (std::size_t i = 0; i < n_host; ++i) writer.host_.push_back(element_from_number(species.at(i)));
  for (const auto& name : file.list(all_observables))
    if (name != sodium_count) writer.observables_.push_back(name);
  writer.slots_.assign(species.size() - n_host, empty_id);
  writer.time_ = -std::numeric_limits<double>::infinity();
  writer.step_ = std::numeric_limits<std::int64_t>::min();
  writer.frames_ = frames;
  if (frames == 0) return writer;
  const auto ids = file.read_row<std::int64_t>(id + "/value", frames - 1);
  std::copy(ids.begin() + static_cast<std::ptrdiff_t>(n_host), ids.end(), writer.slots_.begin());
  writer.time_ = file.read_row<double>(time_axis, frames - 1).at(0);
  writer.step_ = file.read_row<std::int64_t>(step_axis, frames - 1).at(0);
  return writer;
}

bool TrajectoryWriter::accepts(const Atoms& atoms, const FrameTag& tag) const {
  const auto& ids = tag.ids;
  const std::size_t n_host = host_.size();
  if (atoms.size() < n_host || atoms.size() > n_host + slots_.size() || ids.size() != atoms.size()) return false;
  if (!std::equal(host_.begin(), host_.end(), atoms.elements.begin())) return false;
  const auto is_sodium = [](Element element) { return element == Element::Na; };
  if (!std::all_of(atoms.elements.begin() + static_cast<std::ptrdiff_t>(n_host), atoms.elements.end(), is_sodium))
    return false;
  for (std::size_t i = 0; i < n_host; ++i)
    if (ids[i] != static_cast<std::int64_t>(i)) return false;
  if (std::set(ids.begin(), ids.end()).size() != ids.size() || *std::min_element(ids.begin(), ids.end()) < 0)
    return false;
  const auto has = [&](const std::string& name) { return tag.observables.contains(name); };
  return tag.time >= time_ && tag.step >= step_ && tag.observables.size() == observables_.size() &&
         std::all_of(observables_.begin(), observables_.end(), has);
}

void TrajectoryWriter::add_frame(const Atoms& atoms, const FrameTag& tag) {
  EXPECTS(accepts(atoms, tag));
  const SlotRow row = fill_slots(atoms, tag.ids, host_.size(), slots_);
  Hdf5File& file = run_->container();
  file.append_row<double>(position + "/value", flattened(row.positions));
  file.append_row<std::int64_t>(id + "/value", row.ids);
  file.append_row<double>(edges + "/value", flattened(atoms.cell));
  append(file, step_axis, tag.step);
  append(file, time_axis, tag.time);
  append(file, observable_group(sodium_count) + "/value", static_cast<std::int64_t>(atoms.size() - host_.size()));
  for (const auto& [name, value] : tag.observables) append(file, observable_group(name) + "/value", value);
  run_->flush(frames_ + 1);
  std::copy(row.ids.begin() + static_cast<std::ptrdiff_t>(host_.size()), row.ids.end(), slots_.begin());
  time_ = tag.time;
  step_ = tag.step;
  ++frames_;
}

std::vector<std::size_t> place_in_slots(std::span<const std::int64_t> slots, std::span<const std::int64_t> ids) {
  EXPECTS(ids.size() <= slots.size());
  std::map<std::int64_t, std::size_t> slot_of;
  for (std::size_t s = 0; s < slots.size(); ++s)
    if (slots[s] != TrajectoryWriter::empty_id) slot_of.emplace(slots[s], s);
  std::vector<bool> taken(slots.size(), false);
  for (const auto atom : ids)
    if (const auto found = slot_of.find(atom); found != slot_of.end()) taken[found->second] = true;
  std::vector<std::size_t> places;
  std::size_t next = 0;
  for (const auto atom : ids) {
    const auto found = slot_of.find(atom);
    if (found == slot_of.end())
      while (taken[next]) ++next;
    places.push_back(found != slot_of.end() ? found->second : next);
    taken[places.back()] = true;
  }
  return places;
}

std::size_t frame_count(const RunFile& run) {
  const Hdf5File& file = run.container();
  if (!file.exists(particles)) return 0;
  std::size_t frames = run.flushed_frames();
  for (const auto& name : growing(file)) frames = std::min(frames, file.rows(name));
  return frames;
}

TrajectoryFrame read_frame(const RunFile& run, std::size_t frame) {
  const Hdf5File& file = run.container();
  const std::size_t present = frame_count(run);
  if (frame >= present)
    throw InputError({run.path(), 0, particles},
                     "has no frame " + std::to_string(frame) + " (it has " + std::to_string(present) + ")");
  TrajectoryFrame result{{cell_from_rows(file.read_row<double>(edges + "/value", frame)), {}, {}}, {}};
  const auto positions = vectors_from_rows(file.read_row<double>(position + "/value", frame));
  const auto ids = file.read_row<std::int64_t>(id + "/value", frame);
  const auto species = file.read<std::int32_t>(particles + "/species");
  for (std::size_t slot = 0; slot < ids.size(); ++slot) {
    if (ids[slot] == TrajectoryWriter::empty_id) continue;
    result.atoms.add(element_from_number(species.at(slot)), positions.at(slot));
    result.tag.ids.push_back(ids[slot]);
  }
  result.tag.time = file.read_row<double>(time_axis, frame).at(0);
  result.tag.step = file.read_row<std::int64_t>(step_axis, frame).at(0);
  for (const auto& name : file.list(all_observables))
    if (name != sodium_count)
      result.tag.observables[name] = file.read_row<double>(observable_group(name) + "/value", frame).at(0);
  return result;
}

}  // namespace cardhouse
