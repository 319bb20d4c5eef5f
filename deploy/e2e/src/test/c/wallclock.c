/*
 * Preloaded into a process, puts its wall clock forward or back by the seconds that the file
 * WALL_CLOCK holds, while it lives. Its monotonic clock, and so all it waits for, is left alone.
 * No locks and no calls into the kernel: a JVM asks for the time all the time.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

typedef int (*clock_function)(clockid_t, struct timespec *);

static const int64_t right;
static const volatile int64_t *offset = &right;
static clock_function unchanged;

__attribute__((constructor)) static void begin(void) {
  unchanged = (clock_function)dlsym(RTLD_NEXT, "clock_gettime");
  const char *path = getenv("WALL_CLOCK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file >= 0) {
    void *seconds = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    if (seconds != MAP_FAILED) {
      offset = seconds;
    }
    close(file);
  }
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  if (!unchanged) {
    begin();
  }
  int result = unchanged(clock, time);
  if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
    time->tv_sec += *offset;
  }
  return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone) {
  (void)zone;
  struct timespec now;
  int result = clock_gettime(CLOCK_REALTIME, &now);
  time->tv_sec = now.tv_sec;
  time->tv_usec = now.tv_nsec / 1000;
  return result;
}

time_t time(time_t *at) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (at) {
    *at = now.tv_sec;
  }
  return now.tv_sec;
}
