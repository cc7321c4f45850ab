# Tests of the Triton half of the front, over a hand-written Triton and a hand-written seat.
add_library(
  fake_triton STATIC fake_triton.c fake_triton_api.c fake_triton_responses.c $<TARGET_OBJECTS:waip_front_triton>)
target_include_directories(fake_triton PUBLIC ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/front)
target_compile_definitions(fake_triton PUBLIC _GNU_SOURCE)
target_link_libraries(fake_triton PUBLIC Threads::Threads)
add_library(front_testing STATIC fake_seat.c front_testing.c)
target_link_libraries(front_testing PUBLIC fake_triton)
foreach(test json_test model_config_test front_units_test descriptor_test front_test
             front_merge_test front_refusal_test direct_test)
  add_executable(${test} ${test}.c)
  # The two halves call each other.
  target_link_libraries(${test} PRIVATE front_testing fake_triton front_testing)
  add_test(NAME ${test} COMMAND ${test})
endforeach()

add_executable(json_fuzz json_fuzz.c)
target_link_libraries(json_fuzz PRIVATE front_testing fake_triton front_testing)
add_test(NAME json_fuzz COMMAND json_fuzz ${WAIP_FUZZ_ROUNDS} ${WAIP_FUZZ_SEED})

# With the real seat, on many threads.
set(WAIP_FRONT_STRESS_ROUNDS 5000 CACHE STRING "Requests of each of the three clients of the front's stress")
add_executable(front_stress front_stress.c)
target_link_libraries(front_stress PRIVATE fake_triton waip_front_seat planner_side)
add_test(NAME front_stress COMMAND front_stress ${WAIP_FRONT_STRESS_ROUNDS})
