/* Preloaded into the till by tests: real time is off by the seconds that a file holds, which may
 * change while it runs. Time that only goes on stays as it is. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long
read_offset (void)
{
  long offset = 0;
  const char *path = getenv ("QUAY_CLOCK_OFFSET");
  FILE *file = path != NULL ? fopen (path, "r") : NULL;
  if (file == NULL)
    return 0;
  if (fscanf (file, "%ld", &offset) != 1)
    offset = 0;
  fclose (file);
  return offset;
}

int
clock_gettime (clockid_t clock, struct timespec *now)
{
  int status = (int)syscall (SYS_clock_gettime, clock, now);
  if (status == 0 && clock == CLOCK_REALTIME)
    now->tv_sec += read_offset ();
  return status;
}

int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec fine;
  int status = clock_gettime (CLOCK_REALTIME, &fine);
  now->tv_sec = fine.tv_sec;
  now->tv_usec = fine.tv_nsec / 1000;
  return status;
}
