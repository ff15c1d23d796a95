/**
 * Keeps onnxruntime from reporting to its maker what it runs: official builds do since 1.29, over HTTPS, with an identifier
 * and a queue in the user's cache folder, unless this variable is set before the library is loaded. It reads the process's
 * own environment, which worker threads only have a copy of, so this is called on the main thread.
 * https://github.com/microsoft/onnxruntime/pull/27379
 */
export function forbidTelemetry(): void {
  process.env.ORT_DISABLE_TELEMETRY = '1';
}
