/** Where search reports what it had to work around; pino's shape. */
export interface SearchLogger {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
}

export const silentLogger: SearchLogger = { info: () => {}, warn: () => {} };
