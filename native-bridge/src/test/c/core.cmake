# The front in Triton's own core. The core is not here: scheduler-plugin/triton has it and runs core_host.
# Triton's symbols come from the process, hence no -z defs.
add_library(triton_identity SHARED identity_backend.c)
add_library(core_suite SHARED core_suite.c core_call.c)
target_include_directories(core_suite PRIVATE ${CMAKE_SOURCE_DIR}/include)
target_link_libraries(core_suite PRIVATE Threads::Threads)
add_executable(core_host core_host.c)
target_link_libraries(core_host PRIVATE ${CMAKE_DL_LIBS})

# Fronts with a planted fault each, which a run in the core has to report.
function(add_faulty_front fault source)
  add_library(
    triton_waip_${fault} SHARED faulty_${source}.c
    $<FILTER:$<TARGET_OBJECTS:waip_front_triton>,EXCLUDE,/${source}\\.c\\.o$>)
  target_compile_definitions(triton_waip_${fault} PRIVATE _GNU_SOURCE FAULT=${fault})
  target_link_libraries(triton_waip_${fault} PRIVATE waip_front_seat)
  target_link_options(
    triton_waip_${fault} PRIVATE LINKER:--version-script=${CMAKE_SOURCE_DIR}/front/exports.map LINKER:-z,nodelete)
endfunction()

set(runtime)
if(WAIP_SANITIZE STREQUAL "thread")
  set(runtime libtsan.so)
  add_faulty_front(race parents)
elseif(WAIP_SANITIZE)
  set(runtime libasan.so)
  add_faulty_front(stale parents)
  add_faulty_front(overflow parents)
  add_faulty_front(leak parents)
  add_faulty_front(overread share)
else()
  add_faulty_front(neighbour share)
endif()

# How to start core_host, and a process that is not built with the sanitizer and has to load it first.
if(runtime)
  execute_process(
    COMMAND ${CMAKE_C_COMPILER} -print-file-name=${runtime} OUTPUT_VARIABLE runtime OUTPUT_STRIP_TRAILING_WHITESPACE)
endif()
list(JOIN CMAKE_CROSSCOMPILING_EMULATOR " " emulator)
set(program FILE_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE)
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/run_core_host
     CONTENT "#!/bin/sh\nexec ${emulator} \"$<TARGET_FILE:core_host>\" \"$@\"\n" ${program})
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/run_preloaded
     CONTENT "#!/bin/sh\nexec ${emulator} env LD_PRELOAD=\"${runtime}\" \"$@\"\n" ${program})
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/sanitizer_runtime "${runtime}")
