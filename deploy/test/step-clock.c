/*
 * The wall clock of one process, as many seconds ahead as a file says; the monotonic clock is left alone, and so are all other
 * processes. To see what a step does:
 *
 *   cc -shared -fPIC -O2 -o step-clock.so deploy/test/step-clock.c
 *   echo 0 > /tmp/step
 *   STEP_FILE=/tmp/step LD_PRELOAD=$PWD/step-clock.so ./lockstep run --config node.yaml
 *   echo 3600 > /tmp/step
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long step_seconds(void)
{
    const char *name = getenv("STEP_FILE");
    char text[32] = {0};
    const int file = name == NULL ? -1 : open(name, O_RDONLY);
    if (file < 0)
    {
        return 0;
    }
    if (read(file, text, sizeof(text) - 1) < 0)
    {
        text[0] = 0;
    }
    close(file);
    return atol(text);
}

int clock_gettime(clockid_t clock, struct timespec *time)
{
    const int result = (int)syscall(SYS_clock_gettime, clock, time);
    if (clock == CLOCK_REALTIME)
    {
        time->tv_sec += step_seconds();
    }
    return result;
}

int gettimeofday(struct timeval *restrict time, void *restrict zone)
{
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    time->tv_sec = now.tv_sec;
    time->tv_usec = now.tv_nsec / 1000;
    return 0;
}
