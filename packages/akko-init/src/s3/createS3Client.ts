import { S3Client } from '@aws-sdk/client-s3';
import type { Secrets } from '../core/Secrets';
import type { ObjectStorageConfig } from './s3Config';

const CONNECT_MILLISECONDS = 10_000;
/** Without a byte in either direction; an upload may take as long as it needs. */
const IDLE_MILLISECONDS = 60_000;
/** Within a second or so; longer pauses are the caller's. */
const ATTEMPTS = 4;

/**
 * The client of an object storage.
 * @param signal - ends every request that is given no signal of its own
 * @throws JobError `misconfigured`, when a key is missing
 */
export function createS3Client(
  config: ObjectStorageConfig,
  secrets: Secrets,
  signal: AbortSignal,
): S3Client {
  const client = new S3Client({
    endpoint: config.endpoint,
    region: config.region,
    forcePathStyle: config.forcePathStyle,
    credentials: {
      // An identifier, often a word of the address too: it may stand in texts.
      accessKeyId: secrets.readPublic(
        config.accessKey,
        'access key of the object storage',
      ),
      secretAccessKey: secrets.read(
        config.secretKey,
        'secret key of the object storage',
      ),
    },
    // Checksums that only newer stores know are left out where S3 does not ask for them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: ATTEMPTS,
    requestHandler: {
      connectionTimeout: CONNECT_MILLISECONDS,
      socketTimeout: IDLE_MILLISECONDS,
    },
  });
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = async (request, options) => {
    try {
      return await handle(request, { abortSignal: signal, ...options });
    } catch (thrown) {
      throw ofThisRealm(thrown);
    }
  };
  return client;
}

/** Where modules run in a realm of their own (in a test runner, for one) the client would lose the code of a network failure, which is an error of another realm. */
function ofThisRealm(thrown: any): Error {
  const { message, name, code } = thrown;
  return thrown instanceof Error
    ? thrown
    : Object.assign(new Error(message), { name, code });
}
