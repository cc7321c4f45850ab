/*
 * A client's request to a server in this process: X [rows, length] fp32, all elements `value`, which comes back
 * as Y. Inputs are freed as soon as the server releases them and outputs are as long as was asked for, so that
 * who touches them too late or too far is found.
 */
#ifndef WAIP_CORE_CALL_H
#define WAIP_CORE_CALL_H

#include <pthread.h>

#include "core_api.h"

enum { CORE_NO_FAILURE = -1, CORE_TEXT = 256 };

struct core_order {
  const char *model;
  int64_t rows;
  int64_t length;
  float value;
  int64_t sleep_micros; /* 0: none */
  int64_t fail_code;    /* CORE_NO_FAILURE: none */
  bool leaves;          /* the client cancels as soon as the request is sent */
  bool empty;           /* no output comes back */
};

struct core_call {
  struct core_order order;
  TRITONSERVER_InferenceRequest *request;
  float *data;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  /* Under the lock. */
  bool open; /* begun and not yet awaited */
  bool released;
  bool ended;
  uint32_t responses;
  bool failed;
  TRITONSERVER_Error_Code code;
  char message[CORE_TEXT];
  bool right; /* the answer is what it has to be */
};

/* Once before all calls, and after the last one. */
void core_calls_open(void);
void core_calls_close(void);

/* Ends the program with the error's message, if there is one. */
void core_check(TRITONSERVER_Error *error, const char *what);

void core_call_open(struct core_call *call);
void core_call_close(struct core_call *call);

/* Sends the request; one that the server does not take has failed at once. */
void core_call_begin(struct core_call *call, TRITONSERVER_Server *server, const struct core_order *order);

/* Waits until the request has its last response and is released; ends the program after a minute. */
void core_call_await(struct core_call *call);

#endif
