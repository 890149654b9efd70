#pragma once

#include <memory>
#include <string>
#include <vector>

#include "potentials/potential.hpp"

namespace cardhouse {

/// The sum of several potentials.
class SumPotential final : public Potential {
 public:
  /// EXPECTS at least one term and no null pointer.
  SumPotential(std::string name, std::vector<std::unique_ptr<Potential>> terms);

  Evaluation evaluate(const Atoms& atoms, std::span<Vector3> forces) override;
  double cutoff() const override;
  std::string_view name() const override { return name_; }
  std::optional<Reach> reach() const override;
  void set_centres(std::size_t n) override;

 private:
  std::string name_;
  std::vector<std::unique_ptr<Potential>> terms_;
  std::vector<Vector3> term_forces_;
};

}  // namespace cardhouse
