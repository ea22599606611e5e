import { createLogger, format, transports, type Logger } from 'winston';
import type { Secrets } from './Secrets';

/** What a log line may carry for machines. */
export type LogFields = Record<string, unknown>;

/** The log of a job: sentences for people, or JSON lines for machines. */
export interface Log {
  debug(message: string, fields?: LogFields): void;
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
}

/** How the log is written. */
export interface LogOptions {
  secrets: Secrets;
  /** `text` for people, `json` for machines. */
  format: 'text' | 'json';
  level: string;
  /** Where lines go; standard output unless given. */
  stream?: NodeJS.WritableStream;
}

const LEVEL_WORDS: Record<string, string> = {
  debug: 'DEBUG ',
  info: '',
  warn: 'WARNING ',
  error: 'ERROR ',
};

/** Makes the log. No secret passes it: neither in messages nor in fields. */
export function createLog(options: LogOptions): Log {
  const { secrets } = options;
  const logger: Logger = createLogger({
    level: options.level,
    format: format.combine(
      format.timestamp(),
      options.format === 'json'
        ? format.printf(({ timestamp, level, message, ...fields }) =>
            secrets.mask(
              JSON.stringify({ time: timestamp, level, message, ...fields }),
            ),
          )
        : format.printf(({ timestamp, level, message }) =>
            secrets.mask(
              `${timestamp} ${LEVEL_WORDS[level] ?? ''}${String(message)}`,
            ),
          ),
    ),
    transports: [
      options.stream
        ? new transports.Stream({ stream: options.stream })
        : new transports.Console({ forceConsole: false }),
    ],
  });
  return {
    debug: (message, fields) => logger.debug(message, fields),
    info: (message, fields) => logger.info(message, fields),
    warn: (message, fields) => logger.warn(message, fields),
    error: (message, fields) => logger.error(message, fields),
  };
}
