import { monitorEventLoopDelay } from 'node:perf_hooks';

/** Loaded into a server with `--import`: on SIGUSR2 it prints the event loop's delays since the last time, in ms. */
const delays = monitorEventLoopDelay({ resolution: 1 });
delays.enable();
process.on('SIGUSR2', () => {
  const ms = (nanoseconds: number) => nanoseconds / 1e6;
  process.stdout.write(
    `${JSON.stringify({ eventLoop: { p50: ms(delays.percentile(50)), p99: ms(delays.percentile(99)), max: ms(delays.max) } })}\n`,
  );
  delays.reset();
});
