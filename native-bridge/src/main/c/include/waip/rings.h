/*
 * The memory that a Triton front and its planner share, byte by byte. This file is the one home of
 * these numbers: the Java side is io.waip.nativebridge.RingsAbi, and RingsAbiTest parses this file
 * and compares. Every line that defines a number has the form `#define WAIP_RINGS_NAME integer`.
 * docs/triton-rings.md explains the protocol. All numbers are little-endian; times are nanoseconds of
 * CLOCK_MONOTONIC; texts are UTF-8, ended by a zero byte.
 *
 * There are two pieces. The *control page* is a file that lives as long as the server; operators read
 * it and write one byte of it. The *mapping* is anonymous memory of fixed, sealed size, one for each
 * epoch of the planner; it holds rings and tensors and never a pointer. Losing a planner abandons its
 * mapping, so a planner that wakes up late writes nowhere that is read.
 */
#ifndef WAIP_RINGS_H
#define WAIP_RINGS_H

/* Raised by one with every change below. Both sides compare it before they read anything else. */
#define WAIP_RINGS_VERSION 2
/* "WAIP" read as a little-endian 32-bit number. */
#define WAIP_RINGS_MAGIC 1346978135

/* ---- Control page: file `control` in the control folder, written by the front --------------------- */
#define WAIP_RINGS_CONTROL_BYTES 4096
#define WAIP_RINGS_CONTROL_MAGIC 0
#define WAIP_RINGS_CONTROL_VERSION 4
#define WAIP_RINGS_CONTROL_SERVER_PID 8
/* u8, the only byte an operator writes: 0 planned, anything else bypass. */
#define WAIP_RINGS_CONTROL_BYPASS 16
/* u64: mappings made so far; 0 before the first. */
#define WAIP_RINGS_CONTROL_EPOCH 24
/* i32: process id of the planner, 0 when there is none. */
#define WAIP_RINGS_CONTROL_PLANNER_PID 32
/* u32: WAIP_RINGS_PLANNER_*. */
#define WAIP_RINGS_CONTROL_PLANNER_STATE 36
/* u32: WAIP_RINGS_LOST_*, why the last planner was given up. */
#define WAIP_RINGS_CONTROL_LOST_REASON 40
/* i32: file descriptor of the current mapping in the server's process, -1 when there is none. */
#define WAIP_RINGS_CONTROL_MAPPING_FD 44
/* u64[WAIP_RINGS_COUNTERS]: counters, WAIP_RINGS_COUNTER_*. */
#define WAIP_RINGS_CONTROL_COUNTERS 512

#define WAIP_RINGS_PLANNER_NONE 0
#define WAIP_RINGS_PLANNER_STARTING 1
#define WAIP_RINGS_PLANNER_READY 2
#define WAIP_RINGS_PLANNER_BACKOFF 3

#define WAIP_RINGS_LOST_NEVER 0
/* The planner's process ended. */
#define WAIP_RINGS_LOST_EXITED 1
/* Its heartbeat is older than the time-out. */
#define WAIP_RINGS_LOST_HEARTBEAT 2
/* It reported another ABI version. */
#define WAIP_RINGS_LOST_ABI 3
/* It did not get ready within the start time-out. */
#define WAIP_RINGS_LOST_START 4
/* It wrote records that break the protocol. */
#define WAIP_RINGS_LOST_PROTOCOL 5
/* Its program could not be started. */
#define WAIP_RINGS_LOST_EXEC 6

/* Requests the front took from Triton. */
#define WAIP_RINGS_COUNTER_REQUESTS 0
/* Requests given to a planner. */
#define WAIP_RINGS_COUNTER_PLANNED 1
/* Requests sent straight to the default variant, by cause. */
#define WAIP_RINGS_COUNTER_FORWARDED_NO_PLANNER 2
#define WAIP_RINGS_COUNTER_FORWARDED_BYPASS 3
#define WAIP_RINGS_COUNTER_FORWARDED_RING_FULL 4
#define WAIP_RINGS_COUNTER_FORWARDED_SLOTS_FULL 5
#define WAIP_RINGS_COUNTER_FORWARDED_NO_TABLE 6
/* Requests taken back from a lost planner and sent to the default variant, by state. */
#define WAIP_RINGS_COUNTER_RECLAIMED_HELD 7
#define WAIP_RINGS_COUNTER_RECLAIMED_DECIDED 8
#define WAIP_RINGS_COUNTER_RECLAIMED_EXECUTING 9
/* Requests by end. */
#define WAIP_RINGS_COUNTER_ANSWERED 10
#define WAIP_RINGS_COUNTER_TARGET_FAILED 11
#define WAIP_RINGS_COUNTER_REFUSED 12
#define WAIP_RINGS_COUNTER_CANCELLED 13
/* Requests refused as unreadable (tier, deadline and the like). */
#define WAIP_RINGS_COUNTER_INVALID 14
/* Records of an old epoch or generation that were dropped. */
#define WAIP_RINGS_COUNTER_STALE_RECORDS 15
/* Records that break the protocol. */
#define WAIP_RINGS_COUNTER_BAD_RECORDS 16
/* Planner processes started, and planners given up by cause. */
#define WAIP_RINGS_COUNTER_PLANNER_STARTS 17
#define WAIP_RINGS_COUNTER_LOST_EXITED 18
#define WAIP_RINGS_COUNTER_LOST_HEARTBEAT 19
#define WAIP_RINGS_COUNTER_LOST_ABI 20
#define WAIP_RINGS_COUNTER_LOST_START 21
#define WAIP_RINGS_COUNTER_LOST_PROTOCOL 22
#define WAIP_RINGS_COUNTER_LOST_EXEC 23
/* Child requests sent to targets, and the parents in them. */
#define WAIP_RINGS_COUNTER_CHILDREN 24
#define WAIP_RINGS_COUNTER_CHILD_PARENTS 25
/* Executions of models in direct mode, and those that lost their planner. */
#define WAIP_RINGS_COUNTER_EXECUTIONS 26
#define WAIP_RINGS_COUNTER_EXECUTIONS_LOST 27
/* Times that a planner was silent so long that its requests were taken from it. */
#define WAIP_RINGS_COUNTER_SUSPECTED 28
#define WAIP_RINGS_COUNTERS 29

/* ---- Mapping: header page ------------------------------------------------------------------------- */
#define WAIP_RINGS_HEADER_BYTES 4096
#define WAIP_RINGS_HEADER_MAGIC 0
#define WAIP_RINGS_HEADER_VERSION 4
#define WAIP_RINGS_HEADER_EPOCH 8
#define WAIP_RINGS_HEADER_TOTAL_BYTES 16
#define WAIP_RINGS_HEADER_SERVER_PID 24
/* u32, written by the front: 1 once this mapping is given up. */
#define WAIP_RINGS_HEADER_ABANDONED 64
/* u64, written by the planner at least every 50 ms while it lives. */
#define WAIP_RINGS_HEADER_HEARTBEAT 128
/* u32, written by the planner: 1 once it may be given requests. */
#define WAIP_RINGS_HEADER_READY 136
/* u32, written by the planner before READY: the WAIP_RINGS_VERSION it was built for. */
#define WAIP_RINGS_HEADER_PLANNER_VERSION 140
/* u32, futex: 1 while the planner sleeps. Whoever sets it back to 0 wakes it. */
#define WAIP_RINGS_HEADER_PLANNER_PARKED 192

/* ---- Mapping: channels, one for each loaded model of the backend ---------------------------------- */
#define WAIP_RINGS_CHANNELS 32
#define WAIP_RINGS_CHANNELS_OFFSET 4096
#define WAIP_RINGS_CHANNEL_BYTES 1064960
#define WAIP_RINGS_NAME_BYTES 256

/* Channel header, written by the front. */
#define WAIP_RINGS_CHANNEL_STATE 0
#define WAIP_RINGS_CHANNEL_GENERATION 4
#define WAIP_RINGS_CHANNEL_KIND 8
/* u32: largest number of rows of a child; 0 when the model does not batch. */
#define WAIP_RINGS_CHANNEL_MAX_BATCH 12
/* u32, futex: 1 while the dispatcher of this channel sleeps. Whoever sets it back to 0 wakes it. */
#define WAIP_RINGS_CHANNEL_DISPATCHER_PARKED 64
#define WAIP_RINGS_CHANNEL_MODEL 128
#define WAIP_RINGS_CHANNEL_DEFAULT_VARIANT 384
/* u32: children in flight that an earlier epoch sent. */
#define WAIP_RINGS_CHANNEL_FOREIGN 640
/* u32: instances of the default variant, 0 while unknown. */
#define WAIP_RINGS_CHANNEL_INSTANCES 644
/* u32[WAIP_RINGS_VARIANTS]: instances of each variant of the service table, 0 while unknown. */
#define WAIP_RINGS_CHANNEL_VARIANT_INSTANCES 704

#define WAIP_RINGS_CHANNEL_FREE 0
#define WAIP_RINGS_CHANNEL_OPEN 1
#define WAIP_RINGS_KIND_FRONT 0
#define WAIP_RINGS_KIND_DIRECT 1

/* Service table of a channel, written by the planner; read under the version's seqlock. */
#define WAIP_RINGS_TABLE_OFFSET 4096
#define WAIP_RINGS_TABLE_BYTES 8192
#define WAIP_RINGS_VARIANTS 16
#define WAIP_RINGS_TRIMS 8
/* u32: even and above 0 when the table is whole, odd while it is being written. */
#define WAIP_RINGS_TABLE_VERSION 0
/* u32: the channel generation this table is for. */
#define WAIP_RINGS_TABLE_GENERATION 4
/* u32: 1 when requests are to be given to the planner, 0 when it only observes. */
#define WAIP_RINGS_TABLE_PLANNED 8
/* u32 [1, WAIP_RINGS_VARIANTS] */
#define WAIP_RINGS_TABLE_VARIANT_COUNT 12
/* u32: 1 when rows of different length may share a child, padded. */
#define WAIP_RINGS_TABLE_PADDABLE 16
/* u32: axis of the length in the input named below, counting the batch axis. */
#define WAIP_RINGS_TABLE_LENGTH_AXIS 20
/* i64: pad value of the length input, in its type; the mask is padded with 0. */
#define WAIP_RINGS_TABLE_PAD_VALUE 24
/* u32 [0, WAIP_RINGS_TRIMS]: outputs that are cut back to the row's own length. */
#define WAIP_RINGS_TABLE_TRIM_COUNT 32
#define WAIP_RINGS_TABLE_LENGTH_INPUT 64
#define WAIP_RINGS_TABLE_MASK_INPUT 320
#define WAIP_RINGS_TABLE_TRIM_OUTPUTS 576
#define WAIP_RINGS_TABLE_VARIANT_MODELS 4096

/*
 * Rings of a channel. A ring is an array of cells. A cell begins with a u64 turn: for the n-th use of
 * the cell (n from 0) it is 2n while the cell may be written and 2n+1 once it may be read. Cursors are
 * private to each side and live as long as the mapping: they go on where they were when the channel is
 * opened again. A new mapping is all zero and so are its rings.
 *
 * A planner that sees another generation forgets the channel's requests and dispatches, empties the submit
 * and complete rings, and only then writes the service table: nothing is submitted before it, and decisions
 * ahead of it are dropped. Within a generation, variants of the table keep their places.
 */
#define WAIP_RINGS_CELL_TURN 0
#define WAIP_RINGS_CELLS 4096
#define WAIP_RINGS_SUBMIT_OFFSET 12288
#define WAIP_RINGS_COMPLETE_OFFSET 536576
#define WAIP_RINGS_DECIDE_OFFSET 798720
#define WAIP_RINGS_EXECUTE_OFFSET 1060864
#define WAIP_RINGS_EXECUTE_CELLS 64

/* Submit: front (any thread) to planner. A request arrived. */
#define WAIP_RINGS_SUBMIT_BYTES 128
#define WAIP_RINGS_SUBMIT_SLOT 8
#define WAIP_RINGS_SUBMIT_GENERATION 12
#define WAIP_RINGS_SUBMIT_ARRIVAL 16
/* u64: absolute; 0 when the request names none. */
#define WAIP_RINGS_SUBMIT_DEADLINE 24
/* u64: 64-bit FNV-1a of the name's bytes; 0 when the request names none. */
#define WAIP_RINGS_SUBMIT_TENANT 32
#define WAIP_RINGS_SUBMIT_REGION 40
/* u64: only requests of equal key may share a child. */
#define WAIP_RINGS_SUBMIT_MERGE_KEY 48
#define WAIP_RINGS_SUBMIT_INPUT_BYTES 56
/* u32: 0 not named, 1 interactive, 2 nearline, 3 offline. */
#define WAIP_RINGS_SUBMIT_TIER 64
/* u32: 0 not named. */
#define WAIP_RINGS_SUBMIT_PRIORITY 68
/* u32 >= 1: elements along the length axis; 1 where the service has none. */
#define WAIP_RINGS_SUBMIT_LENGTH 72
/* u32 >= 1: rows along the batch axis. */
#define WAIP_RINGS_SUBMIT_ROWS 76
/* u32: 1 when the request must run alone. */
#define WAIP_RINGS_SUBMIT_ALONE 80

/* Complete: front (any thread) to planner. What became of a dispatch or a request. */
#define WAIP_RINGS_COMPLETE_BYTES 64
#define WAIP_RINGS_COMPLETE_KIND 8
#define WAIP_RINGS_COMPLETE_SLOT 12
#define WAIP_RINGS_COMPLETE_GENERATION 16
#define WAIP_RINGS_COMPLETE_VARIANT 20
#define WAIP_RINGS_COMPLETE_DISPATCH 24
/* u64: from handing the child to the server to its last response. */
#define WAIP_RINGS_COMPLETE_EXECUTION 32
#define WAIP_RINGS_COMPLETE_AT 40
/* A dispatch was answered, or failed. */
#define WAIP_RINGS_COMPLETE_DONE 1
#define WAIP_RINGS_COMPLETE_FAILED 2
/* A request's client went away while the request was held. */
#define WAIP_RINGS_COMPLETE_CANCELLED 3

/* Decide: planner to the channel's dispatcher thread. The members of a dispatch follow each other. */
#define WAIP_RINGS_DECIDE_BYTES 64
#define WAIP_RINGS_DECIDE_KIND 8
#define WAIP_RINGS_DECIDE_SLOT 12
#define WAIP_RINGS_DECIDE_GENERATION 16
#define WAIP_RINGS_DECIDE_VARIANT 20
#define WAIP_RINGS_DECIDE_DISPATCH 24
/* u32 >= 1: members of this dispatch, in each of its records. */
#define WAIP_RINGS_DECIDE_MEMBERS 32
/* u32 >= 1: length every member is padded to. */
#define WAIP_RINGS_DECIDE_PADDED_LENGTH 36
/* u32: ordinal of io.waip.api.Reason and of io.waip.api.Outcome, of a refusal. */
#define WAIP_RINGS_DECIDE_REASON 40
#define WAIP_RINGS_DECIDE_OUTCOME 44
#define WAIP_RINGS_DECIDE_RETRY_AFTER 48
#define WAIP_RINGS_DECIDE_AT 56
#define WAIP_RINGS_DECIDE_DISPATCHED 1
#define WAIP_RINGS_DECIDE_REFUSED 2

/* Execute: front (any thread) to planner. A slot of the arena holds a batch to run. */
#define WAIP_RINGS_EXECUTE_BYTES 64
#define WAIP_RINGS_EXECUTE_SLOT 8
#define WAIP_RINGS_EXECUTE_GENERATION 12
#define WAIP_RINGS_EXECUTE_AT 16

/* ---- Mapping: arena, leased slot by slot by the front -------------------------------------------- */
#define WAIP_RINGS_ARENA_OFFSET 34082816
#define WAIP_RINGS_ARENA_SLOTS 16
#define WAIP_RINGS_ARENA_SLOT_BYTES 33554432
#define WAIP_RINGS_MAPPING_BYTES 570953728

/* Slot header. */
#define WAIP_RINGS_SLOT_HEADER_BYTES 16384
/* u32, futex: WAIP_RINGS_SLOT_*; the front sets POSTED, the planner RUNNING and DONE. */
#define WAIP_RINGS_SLOT_STATE 0
#define WAIP_RINGS_SLOT_GENERATION 4
#define WAIP_RINGS_SLOT_INPUT_COUNT 8
#define WAIP_RINGS_SLOT_OUTPUT_COUNT 12
/* u32, written by the planner: 0 executed, 1 failed with the message below. */
#define WAIP_RINGS_SLOT_STATUS 16
#define WAIP_RINGS_SLOT_ROWS 20
/* u64, written by the planner: the execution alone. */
#define WAIP_RINGS_SLOT_EXECUTION 24
#define WAIP_RINGS_SLOT_MESSAGE 32
#define WAIP_RINGS_SLOT_MESSAGE_BYTES 480
#define WAIP_RINGS_SLOT_INPUTS 512
#define WAIP_RINGS_SLOT_OUTPUTS 6656
#define WAIP_RINGS_SLOT_TENSORS 16
#define WAIP_RINGS_SLOT_FREE 0
#define WAIP_RINGS_SLOT_POSTED 1
#define WAIP_RINGS_SLOT_RUNNING 2
#define WAIP_RINGS_SLOT_DONE 3

/* Tensor of a slot: inputs are described by the front, outputs by the planner. */
#define WAIP_RINGS_TENSOR_BYTES 384
#define WAIP_RINGS_TENSOR_NAME 0
/* u32: TRITONSERVER_DataType. */
#define WAIP_RINGS_TENSOR_TYPE 256
/* u32 [1, WAIP_RINGS_DIMS] */
#define WAIP_RINGS_TENSOR_RANK 260
/* i64[WAIP_RINGS_DIMS], row-major. */
#define WAIP_RINGS_TENSOR_SHAPE 264
/* u64: from the start of the slot, a multiple of 64, at least WAIP_RINGS_SLOT_HEADER_BYTES. */
#define WAIP_RINGS_TENSOR_DATA 328
#define WAIP_RINGS_TENSOR_DATA_BYTES 336
#define WAIP_RINGS_DIMS 8

#endif
