/**
 * Disables onnxruntime's telemetry: since 1.29, official builds report what they run over HTTPS, with an identifier and a queue
 * in the user's cache folder, unless this variable is set before the library is loaded. The library reads the process's own
 * environment, of which worker threads only have a copy, so call this on the main thread.
 * https://github.com/microsoft/onnxruntime/pull/27379
 */
export function forbidTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
