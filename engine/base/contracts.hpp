#pragma once
// Contracts between programmers: EXPECTS at the door of a function, ENSURES at its exit. A broken contract is a bug of
// ours, never a mistake of the user (those throw InputError). Compiled in when CARDHOUSE_CONTRACTS is defined.

#include <stdexcept>
#include <string>

namespace cardhouse {

/// Thrown when EXPECTS or ENSURES fails.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

[[noreturn]] inline void contract_failed(const char* kind, const char* condition, const char* file, int line) {
  throw ContractViolation(std::string(file) + ":" + std::to_string(line) + ": " + kind + "(" + condition +
                          ") does not hold");
}

}  // namespace cardhouse

#ifdef CARDHOUSE_CONTRACTS
#define CARDHOUSE_CHECK(kind, condition) \
  ((condition) ? void() : ::cardhouse::contract_failed(kind, #condition, __FILE__, __LINE__))
#else
#define CARDHOUSE_CHECK(kind, condition) void()
#endif
#define EXPECTS(condition) CARDHOUSE_CHECK("EXPECTS", condition)
#define ENSURES(condition) CARDHOUSE_CHECK("ENSURES", condition)
