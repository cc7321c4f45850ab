#include "control.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shared_memory.h"

static const char default_parent[] = "/dev/shm";
static const char folder_prefix[] = "waip-";

enum { FIRST_FD = 10 };

static bool own_folder(int folder) {
  struct stat status;
  return fstat(folder, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid();
}

/*
 * The lock, not the process id, says whether the owner lives: ids are reused, and mean something else in
 * another container that shares the file system.
 */
static bool abandoned(int folder) {
  int page = openat(folder, "control", O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (page < 0) {
    return errno == ENOENT;
  }
  bool locked = flock(page, LOCK_EX | LOCK_NB) == 0;
  close(page);
  return locked;
}

static bool dead_server(const char *name) {
  if (strncmp(name, folder_prefix, sizeof folder_prefix - 1) != 0) {
    return false;
  }
  const char *digits = name + sizeof folder_prefix - 1;
  char *end;
  errno = 0;
  long pid = strtol(digits, &end, 10);
  if (!isdigit((unsigned char)digits[0]) || *end != 0 || errno != 0 || pid <= 0 || pid > INT32_MAX) {
    return false;
  }
  return kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static bool sweep_one(int parent, const char *name) {
  int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (folder < 0) {
    return false;
  }
  bool removed = own_folder(folder) && abandoned(folder);
  if (removed) {
    unlinkat(folder, "control", 0);
    removed = unlinkat(parent, name, AT_REMOVEDIR) == 0;
  }
  close(folder);
  return removed;
}

int waip_control_sweep(const char *parent) {
  DIR *entries = opendir(parent);
  if (entries == NULL) {
    return 0;
  }
  int removed = 0;
  for (struct dirent *entry = readdir(entries); entry != NULL; entry = readdir(entries)) {
    if (dead_server(entry->d_name) && sweep_one(dirfd(entries), entry->d_name)) {
      removed++;
    }
  }
  closedir(entries);
  return removed;
}

/* The folder, made if absent; one that is another user's or open to others is refused. */
static int open_folder(const char *path, char *error, size_t error_bytes) {
  if (mkdir(path, 0700) != 0 && errno != EEXIST) {
    snprintf(error, error_bytes, "control folder %s: %s", path, strerror(errno));
    return -1;
  }
  int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
  if (folder < 0) {
    snprintf(error, error_bytes, "control folder %s: %s", path, strerror(errno));
    return -1;
  }
  if (!own_folder(folder) || fchmod(folder, 0700) != 0) {
    snprintf(error, error_bytes, "control folder %s belongs to another user", path);
    close(folder);
    return -1;
  }
  return folder;
}

static int open_page(int folder, const char *path, char *error, size_t error_bytes) {
  int low = openat(folder, "control", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
  int page = low < 0 ? -1 : fcntl(low, F_DUPFD_CLOEXEC, FIRST_FD);
  struct stat status;
  if (page < 0 || fstat(page, &status) != 0 || !S_ISREG(status.st_mode)) {
    snprintf(error, error_bytes, "control page %s/control: %s", path,
             page < 0 ? strerror(errno) : "not a plain file");
  } else if (flock(page, LOCK_EX | LOCK_NB) != 0) {
    snprintf(error, error_bytes, "control folder %s is in use by another server", path);
  } else if (ftruncate(page, 0) != 0 || ftruncate(page, WAIP_RINGS_CONTROL_BYTES) != 0) {
    snprintf(error, error_bytes, "control page %s/control: %s", path, strerror(errno));
  } else {
    close(low);
    return page;
  }
  if (page >= 0) {
    close(page);
  }
  if (low >= 0) {
    close(low);
  }
  return -1;
}

bool waip_control_open(struct waip_control *control, const char *folder, char *error, size_t error_bytes) {
  memset(control, 0, sizeof *control);
  control->mapping_fd = -1;
  int length;
  if (folder == NULL) {
    waip_control_sweep(default_parent);
    length = snprintf(control->folder, sizeof control->folder, "%s/%s%ld", default_parent, folder_prefix,
                      (long)getpid());
  } else {
    length = snprintf(control->folder, sizeof control->folder, "%s", folder);
  }
  if (length <= 0 || (size_t)length >= sizeof control->folder - sizeof "/control") {
    snprintf(error, error_bytes, "control folder has %d bytes, allowed are 1 to %zu", length,
             sizeof control->folder - sizeof "/control" - 1);
    return false;
  }
  int directory = open_folder(control->folder, error, error_bytes);
  if (directory < 0) {
    return false;
  }
  control->fd = open_page(directory, control->folder, error, error_bytes);
  close(directory);
  if (control->fd < 0) {
    return false;
  }
  waip_control_publish(control);
  return true;
}

void waip_control_close(struct waip_control *control) {
  char path[WAIP_CONTROL_PATH_BYTES];
  snprintf(path, sizeof path, "%.*s/control", (int)(sizeof path - sizeof "/control"), control->folder);
  unlink(path);
  rmdir(control->folder);
  close(control->fd);
}

void waip_control_read_bypass(struct waip_control *control) {
  unsigned char byte;
  if (pread(control->fd, &byte, 1, WAIP_RINGS_CONTROL_BYPASS) == 1) {
    atomic_store_explicit(&control->bypass, byte != 0, memory_order_release);
  }
}

static void fill_page(const struct waip_control *control, unsigned char *page) {
  memset(page, 0, WAIP_RINGS_CONTROL_BYTES);
  waip_put_u32(page, WAIP_RINGS_CONTROL_MAGIC, WAIP_RINGS_MAGIC);
  waip_put_u32(page, WAIP_RINGS_CONTROL_VERSION, WAIP_RINGS_VERSION);
  waip_put_u32(page, WAIP_RINGS_CONTROL_SERVER_PID, (uint32_t)getpid());
  waip_put_u64(page, WAIP_RINGS_CONTROL_EPOCH, control->epoch);
  waip_put_u32(page, WAIP_RINGS_CONTROL_PLANNER_PID, (uint32_t)control->planner_pid);
  waip_put_u32(page, WAIP_RINGS_CONTROL_PLANNER_STATE, control->planner_state);
  waip_put_u32(page, WAIP_RINGS_CONTROL_LOST_REASON, control->lost_reason);
  waip_put_u32(page, WAIP_RINGS_CONTROL_MAPPING_FD, (uint32_t)control->mapping_fd);
  for (size_t i = 0; i < WAIP_RINGS_COUNTERS; i++) {
    uint64_t count = atomic_load_explicit(&control->counters[i], memory_order_relaxed);
    waip_put_u64(page, WAIP_RINGS_CONTROL_COUNTERS + i * sizeof count, count);
  }
}

static bool write_all(int fd, const unsigned char *from, size_t bytes, off_t at) {
  return pwrite(fd, from, bytes, at) == (ssize_t)bytes;
}

static bool is_whole(int fd) {
  struct stat status;
  return fstat(fd, &status) == 0 && status.st_size >= WAIP_RINGS_CONTROL_BYTES;
}

void waip_control_publish(struct waip_control *control) {
  unsigned char page[WAIP_RINGS_CONTROL_BYTES];
  fill_page(control, page);
  bool whole = is_whole(control->fd);
  if (whole && memcmp(page, control->written, sizeof page) == 0) {
    return;
  }
  const size_t after = WAIP_RINGS_CONTROL_BYPASS + 1;
  if (write_all(control->fd, page, WAIP_RINGS_CONTROL_BYPASS, 0) &&
      write_all(control->fd, page + after, sizeof page - after, (off_t)after)) {
    memcpy(control->written, page, sizeof page);
  }
}
