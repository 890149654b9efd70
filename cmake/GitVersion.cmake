# Writes the git hash of the source tree into a header, only when it changed.
set(hash "unknown")
if(GIT)
  execute_process(COMMAND ${GIT} describe --always --dirty --abbrev=12 WORKING_DIRECTORY ${SOURCE}
                  OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
  if(NOT failed)
    set(hash ${found})
  endif()
endif()
file(CONFIGURE OUTPUT ${TARGET} CONTENT "#pragma once\n#define CARDHOUSE_GIT_HASH \"${hash}\"\n" @ONLY)
