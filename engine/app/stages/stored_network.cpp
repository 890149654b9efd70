#include "engine/app/stages/stored_network.hpp"

#include <algorithm>
#include <functional>

#include "engine/base/errors.hpp"

namespace cardhouse {
namespace {

// One column of a table of records: how it is called and where it lives in the record.
template <class Record>
struct Field {
  std::string name, unit, meaning;
  std::function<double(const Record&)> get;
  std::function<void(Record&, double)> set;
  bool may_lack = false;  // files of earlier versions do not have it: the record keeps its default
};

template <class Record>
Table to_table(const std::vector<Record>& records, const std::vector<Field<Record>>& fields) {
  Table table;
  for (const auto& field : fields) {
    Column column{field.name, field.unit, field.meaning, {}};
    column.values.reserve(records.size());
    for (const Record& record : records) column.values.push_back(field.get(record));
    table.columns.push_back(std::move(column));
  }
  return table;
}

template <class Record>
std::vector<Record> from_table(const Table& table, const std::vector<Field<Record>>& fields) {
  std::vector<Record> records(table.rows());
  for (const auto& field : fields) {
    const auto is_it = [&](const Column& column) { return column.name == field.name; };
    if (field.may_lack && std::none_of(table.columns.begin(), table.columns.end(), is_it)) continue;
    const Column& column = table.column(field.name);
    for (std::size_t row = 0; row < records.size(); ++row) field.set(records[row], column.values[row]);
  }
  return records;
}

template <class Record, class Value>
Field<Record> plain(const std::string& name, const std::string& unit, const std::string& meaning,
                    Value Record::*member) {
  return {name, unit, meaning, [member](const Record& r) { return static_cast<double>(r.*member); },
          [member](Record& r, double v) { r.*member = static_cast<Value>(v); }};
}

template <class Record>
Field<Record> later(Field<Record> field) {
  field.may_lack = true;
  return field;
}

template <class Record>
Field<Record> component(const std::string& name, const std::string& meaning, Vector3 Record::*member, int axis) {
  return {name, "angstrom", meaning, [member, axis](const Record& r) { return (r.*member)[axis]; },
          [member, axis](Record& r, double v) { (r.*member)[axis] = v; }};
}

const std::vector<Field<Site>>& site_fields() {
  static const std::vector<Field<Site>> fields{
      component("x", "position", &Site::position, 0),
      component("y", "position", &Site::position, 1),
      component("z", "position", &Site::position, 2),
      plain("site_class", "1", site_class_meaning(), &Site::kind),
      plain("energy", "eV", "against bcc sodium at zero host charge", &Site::energy),
      plain("charge", "e", "electrons donated when occupied", &Site::charge),
      plain("spacing", "angstrom", "distance of the two layers of a gallery, 0 elsewhere", &Site::spacing),
      plain("curvature", "1/angstrom", "of the wall, positive when concave", &Site::curvature),
      plain("wall_distance", "angstrom", "to the nearest carbon", &Site::wall_distance),
      plain("covered_area", "angstrom2", "of pore wall", &Site::covered_area),
      plain("domain", "1", "carbon domain, -1 none", &Site::domain),
      plain("patch", "1", "gallery patch, -1 none", &Site::patch),
      later(plain("gallery_share", "1", "share of the level of galleries in a slit", &Site::gallery_share)),
      later(plain("outside", "1", "1 where the electrolyte touches the site", &Site::outside)),
      later(plain("access", "eV", "barrier of the easiest way in, infinite when there is none", &Site::access))};
  return fields;
}

const std::vector<Field<SiteLink>>& link_fields() {
  static const std::vector<Field<SiteLink>> fields{
      plain("first", "1", "site", &SiteLink::first),
      plain("second", "1", "site", &SiteLink::second),
      component("dx", "displacement from first to second", &SiteLink::displacement, 0),
      component("dy", "displacement from first to second", &SiteLink::displacement, 1),
      component("dz", "displacement from first to second", &SiteLink::displacement, 2),
      plain("barrier", "eV", "kinetically resolved activation energy", &SiteLink::barrier)};
  return fields;
}

const std::vector<Field<CarbonDomain>>& domain_fields() {
  static const std::vector<Field<CarbonDomain>> fields{
      plain("area", "angstrom2", "of the carbon that shares electrons", &CarbonDomain::area)};
  return fields;
}

const std::vector<Field<GalleryPatch>>& patch_fields() {
  static const std::vector<Field<GalleryPatch>> fields{
      plain("area", "angstrom2", "of the gallery that opens as one", &GalleryPatch::area),
      plain("spacing", "angstrom", "mean, without sodium", &GalleryPatch::spacing)};
  return fields;
}

void require_valid(const SiteNetwork& network, const std::string& name) {
  const auto fail = [&](const std::string& what) { throw InputError("stored network '" + name + "': " + what); };
  for (const SiteLink& link : network.links)
    if (link.first >= network.sites.size() || link.second >= network.sites.size()) fail("a link names no site");
  for (const Site& site : network.sites) {
    if (static_cast<int>(site.kind) >= site_class_count) fail("a site has no known class");
    if (site.domain >= static_cast<std::int32_t>(network.domains.size())) fail("a site names no carbon domain");
    if (site.patch >= static_cast<std::int32_t>(network.patches.size())) fail("a site names no gallery patch");
  }
}

Cell read_cell(const RunFile& file, const std::string& name) {
  const std::vector<double> rows = file.read_values(name);
  if (rows.size() != 9) throw InputError("stored cell '" + name + "' has not nine numbers");
  return {{rows[0], rows[1], rows[2]}, {rows[3], rows[4], rows[5]}, {rows[6], rows[7], rows[8]}};
}

}  // namespace

std::string site_class_meaning() {
  std::string text = "index into: ";
  for (int kind = 0; kind < site_class_count; ++kind)
    text += (kind > 0 ? ", " : "") + std::string(name(static_cast<SiteClass>(kind)));
  return text;
}

std::string site_class_column(SiteClass kind) {
  std::string text(name(kind));
  std::replace(text.begin(), text.end(), ' ', '_');
  return text;
}

void write_network(RunFile& file, const std::string& name, const SiteNetwork& network) {
  std::vector<double> rows;
  for (const Vector3& v : network.cell.vectors()) rows.insert(rows.end(), {v.x, v.y, v.z});
  file.write_values(name + "/cell", rows, {"angstrom", "rows are the cell vectors"}, {3, 3});
  file.write_scalar(name + "/host_mass", network.host_mass, {"u", "mass of everything but sodium"});
  file.write_table(name + "/sites", to_table(network.sites, site_fields()));
  file.write_table(name + "/links", to_table(network.links, link_fields()));
  file.write_table(name + "/domains", to_table(network.domains, domain_fields()));
  file.write_table(name + "/patches", to_table(network.patches, patch_fields()));
}

SiteNetwork read_network(const RunFile& file, const std::string& name) {
  SiteNetwork network{read_cell(file, name + "/cell"),
                      from_table(file.read_table(name + "/sites"), site_fields()),
                      from_table(file.read_table(name + "/links"), link_fields()),
                      from_table(file.read_table(name + "/domains"), domain_fields()),
                      from_table(file.read_table(name + "/patches"), patch_fields()),
                      file.read_scalar(name + "/host_mass")};
  require_valid(network, name);
  return network;
}

}  // namespace cardhouse
