import { PassThrough } from 'node:stream';
import { ObjectStorage } from '../backups/objectStorage/ObjectStorage';
import { createLog } from '../core/Log';
import { Secrets } from '../core/Secrets';
import { objectStorageConfig } from '../s3/s3Config';
import type { ObjectPeer } from './ObjectPeer';

/** The keys with which jobs reach a peer. */
export const PEER_ENV = {
  S3_ACCESS_KEY: 'akko-admin',
  S3_SECRET_KEY: 'the-secret-key-of-the-peer',
};

/** How a job is told to reach a peer. */
export function peerConfig(endpoint: string) {
  return {
    endpoint,
    accessKey: { env: 'S3_ACCESS_KEY' },
    secretKey: { env: 'S3_SECRET_KEY' },
  };
}

/** What a part of a job gets, with a log that can be read. */
export function peerContext(stop = new AbortController()) {
  const secrets = new Secrets(PEER_ENV);
  const stream = new PassThrough();
  const log = createLog({ secrets, format: 'text', level: 'info', stream });
  return {
    config: { waitSeconds: 1 },
    secrets,
    log,
    signal: stop.signal,
    logText: () => String(stream.read() ?? ''),
  };
}

/** A peer as backups see it. */
export function storageOf(
  peer: ObjectPeer,
  context = peerContext(),
): ObjectStorage {
  return new ObjectStorage(
    objectStorageConfig.parse(peerConfig(peer.endpoint)),
    context,
  );
}
