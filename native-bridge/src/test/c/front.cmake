# Tests of the Triton half of the front, over a hand-written Triton and a hand-written seat.
add_library(
  front_testing STATIC fake_seat.c fake_triton.c fake_triton_api.c fake_triton_responses.c front_testing.c
  $<TARGET_OBJECTS:waip_front_triton>)
target_include_directories(front_testing PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/front)
target_compile_definitions(front_testing PUBLIC _GNU_SOURCE)
target_link_libraries(front_testing PUBLIC Threads::Threads)
foreach(test json_test model_config_test front_units_test descriptor_test front_test front_merge_test direct_test)
  add_executable(${test} ${test}.c)
  target_link_libraries(${test} PRIVATE front_testing)
  add_test(NAME ${test} COMMAND ${test})
endforeach()

add_executable(json_fuzz json_fuzz.c)
target_link_libraries(json_fuzz PRIVATE front_testing)
add_test(NAME json_fuzz COMMAND json_fuzz ${WAIP_FUZZ_ROUNDS} ${WAIP_FUZZ_SEED})
