# Tests of the seat (front/CMakeLists.txt): its parts, whole with a fake planner, under stress and fuzzed.
find_package(Threads REQUIRED)
add_library(planner_side STATIC planner_side.c)
target_include_directories(planner_side PUBLIC ${CMAKE_SOURCE_DIR}/include)
target_compile_definitions(planner_side PRIVATE _GNU_SOURCE)
add_executable(fake_planner fake_planner.c)
target_link_libraries(fake_planner PRIVATE planner_side)

add_library(seat_testing STATIC seat_testing.c recording_owner.c)
target_link_libraries(seat_testing PUBLIC waip_front_seat planner_side)

add_executable(seat_test seat_test.c)
target_link_libraries(seat_test PRIVATE seat_testing)
add_test(NAME seat_test COMMAND seat_test $<TARGET_FILE:fake_planner>)
add_executable(seat_faults_test seat_faults_test.c)
target_link_libraries(seat_faults_test PRIVATE seat_testing)
add_test(NAME seat_faults_test COMMAND seat_faults_test $<TARGET_FILE:fake_planner>)

add_executable(front_parts_test front_parts_test.c)
target_link_libraries(front_parts_test PRIVATE waip_front_seat)
add_test(NAME front_parts_test COMMAND front_parts_test)

set(WAIP_STRESS_RECORDS 50000 CACHE STRING "Records of each of the four producers of the ring stress")
add_executable(ring_stress ring_stress.c)
target_compile_definitions(ring_stress PRIVATE _GNU_SOURCE)
target_link_libraries(ring_stress PRIVATE waip_front_seat)
add_test(NAME ring_stress COMMAND ring_stress 4 ${WAIP_STRESS_RECORDS})

# Rings with planted faults: a stress that finds nothing wrong in them is itself wrong.
foreach(fault drop duplicate tear race oversleep)
  add_executable(ring_stress_${fault} ring_stress.c faulty_ring.c)
  target_compile_definitions(ring_stress_${fault} PRIVATE _GNU_SOURCE FAULT=${fault} waip_unpark=faulty_unpark)
  target_link_libraries(ring_stress_${fault} PRIVATE waip_front_seat)
  add_test(NAME stress_catches_${fault} COMMAND ring_stress_${fault} 4 ${WAIP_STRESS_RECORDS})
  set_tests_properties(stress_catches_${fault} PROPERTIES PASS_REGULAR_EXPRESSION "ring_stress.c:[0-9]+: [^\n]* is ")
endforeach()

add_executable(rings_fuzz rings_fuzz.c)
target_compile_definitions(rings_fuzz PRIVATE _GNU_SOURCE)
target_link_libraries(rings_fuzz PRIVATE waip_front_seat)
add_test(NAME rings_fuzz COMMAND rings_fuzz ${WAIP_FUZZ_ROUNDS} ${WAIP_FUZZ_SEED})

# An episode of the whole seat costs milliseconds: one round in ten.
math(EXPR WAIP_SEAT_FUZZ_ROUNDS "${WAIP_FUZZ_ROUNDS} / 10 + 1000")
add_executable(seat_fuzz seat_fuzz.c)
target_link_libraries(seat_fuzz PRIVATE seat_testing)
add_test(NAME seat_fuzz COMMAND seat_fuzz ${WAIP_SEAT_FUZZ_ROUNDS} ${WAIP_FUZZ_SEED})

# Checks with a planted fault each, which the fuzz loop finds.
foreach(fault decisions table)
  add_executable(rings_fuzz_${fault} rings_fuzz.c faulty_${fault}.c)
  target_compile_definitions(rings_fuzz_${fault} PRIVATE _GNU_SOURCE)
  target_link_libraries(rings_fuzz_${fault} PRIVATE waip_front_seat)
  add_test(NAME fuzz_catches_faulty_${fault} COMMAND rings_fuzz_${fault} ${WAIP_FUZZ_ROUNDS} ${WAIP_FUZZ_SEED})
  set_tests_properties(
    fuzz_catches_faulty_${fault} PROPERTIES PASS_REGULAR_EXPRESSION "rings_fuzz.c:[0-9]+: [^\n]* is 0, expected 1")
endforeach()

if(WAIP_SANITIZE STREQUAL "thread")
  add_executable(thread_probe thread_probe.c)
  target_link_libraries(thread_probe PRIVATE Threads::Threads)
  add_test(NAME sanitizer_catches_a_race COMMAND thread_probe)
  set_tests_properties(sanitizer_catches_a_race PROPERTIES PASS_REGULAR_EXPRESSION "ThreadSanitizer: data race")
endif()
