/*
 * Numbers that C and Java must agree on. This file is their one home: the Java side is
 * io.waip.nativebridge.BridgeAbi and NativeStatus, and BridgeAbiTest parses this file and compares.
 * Every line that defines a number has the form `#define WAIP_NAME integer`.
 */
#ifndef WAIP_ABI_H
#define WAIP_ABI_H

/* Raised by one with every change of a signature, a struct below or the meaning of a status. */
#define WAIP_ABI_VERSION 1

/* Result of every call. A call that does not return WAIP_STATUS_OK has written nothing. */
#define WAIP_STATUS_OK 0
/* A pointer that the call would have to follow is null. */
#define WAIP_STATUS_NULL_POINTER 1
/* Bytes per element are not 1, 2, 4 or 8. */
#define WAIP_STATUS_ELEMENT_SIZE 2
/* A count, a padded length or a capacity is negative, or a width is below 1. */
#define WAIP_STATUS_RANGE 3
/* count * padded * width * element_bytes, or the end of a row, does not fit its type. */
#define WAIP_STATUS_OVERFLOW 4
/* The dense tensor needs more bytes than its buffer has. */
#define WAIP_STATUS_CAPACITY 5
/* A row's length is negative or above the padded length. */
#define WAIP_STATUS_ROW_LENGTH 6
/* What is written shares bytes with what is read. */
#define WAIP_STATUS_OVERLAP 7
/* The row descriptor or one of its arrays is not aligned to 8 bytes. */
#define WAIP_STATUS_ALIGNMENT 8

/* Layout of struct waip_rows in bytes (bridge.h asserts it at compile time). */
#define WAIP_ROWS_BYTES 40
#define WAIP_ROWS_OFFSET_ADDRESSES 0
#define WAIP_ROWS_OFFSET_LENGTHS 8
#define WAIP_ROWS_OFFSET_COUNT 16
#define WAIP_ROWS_OFFSET_WIDTH 24
#define WAIP_ROWS_OFFSET_ELEMENT_BYTES 32

#endif
