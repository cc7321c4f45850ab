#include "statistics.h"

#include "errors.h"

/* Stamps in the order Triton subtracts them: never one before its predecessor. */
struct stamps {
  uint64_t start;
  uint64_t compute_start;
  uint64_t compute_end;
  uint64_t end;
};

static uint64_t later(uint64_t a, uint64_t b) {
  return a > b ? a : b;
}

static struct stamps stamps_of(const struct waip_parent *parent) {
  struct stamps stamps = {parent->arrival_nanos, 0, 0, waip_now_nanos()};
  stamps.compute_start = later(parent->compute_start_nanos, stamps.start);
  stamps.compute_end = later(parent->compute_end_nanos, stamps.compute_start);
  stamps.end = later(stamps.end, stamps.compute_end);
  return stamps;
}

void waip_statistics_request(const struct waip_parent *parent) {
  struct waip_model *model = parent->model;
  struct stamps at = stamps_of(parent);
  pthread_rwlock_rdlock(&model->statistics_lock);
  if (parent->instance->handle != NULL) {
    waip_ignore(TRITONBACKEND_ModelInstanceReportStatistics(parent->instance->handle, parent->request,
                                                            parent->succeeded, at.start, at.compute_start,
                                                            at.compute_end, at.end));
  }
  pthread_rwlock_unlock(&model->statistics_lock);
}

void waip_statistics_execution(const struct waip_parent *parent, uint32_t rows) {
  struct waip_model *model = parent->model;
  struct stamps at = stamps_of(parent);
  pthread_rwlock_rdlock(&model->statistics_lock);
  if (parent->instance->handle != NULL) {
    waip_ignore(TRITONBACKEND_ModelInstanceReportBatchStatistics(
      parent->instance->handle, rows, at.start, at.compute_start, at.compute_end, at.end));
  }
  pthread_rwlock_unlock(&model->statistics_lock);
}
