import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { hostOf, secretOf } from './services';
import { peerContext } from './storageOf';
import { ObjectStorage } from '../backups/objectStorage/ObjectStorage';
import { removeAll } from '../backups/objectStorage/removal';
import { Secrets } from '../core/Secrets';
import { objectStorageConfig } from '../s3/s3Config';

/** A store of the testbed. */
export class TestStore {
  readonly endpoint: string;
  readonly env: Record<string, string>;
  readonly client: S3Client;
  readonly storage: ObjectStorage;

  constructor(
    readonly name: 'MINIO' | 'GATEWAY',
    service: string,
    port: number,
    accessKeyName: string,
    secretKeyName: string,
  ) {
    this.endpoint = `http://${hostOf(service)}:${port}`;
    const accessKeyId = secretOf(service, accessKeyName);
    const secretAccessKey = secretOf(service, secretKeyName);
    this.env = {
      S3_ACCESS_KEY: accessKeyId,
      S3_SECRET_KEY: secretAccessKey,
      [`${name}_ACCESS_KEY`]: accessKeyId,
      [`${name}_SECRET_KEY`]: secretAccessKey,
    };
    this.client = new S3Client({
      endpoint: this.endpoint,
      region: 'us-east-1',
      forcePathStyle: true,
      credentials: { accessKeyId, secretAccessKey },
      requestChecksumCalculation: 'WHEN_REQUIRED',
    });
    this.storage = new ObjectStorage(objectStorageConfig.parse(this.config()), {
      ...peerContext(),
      secrets: new Secrets(this.env),
    });
  }

  config(endpoint = this.endpoint) {
    return {
      endpoint,
      accessKey: { env: `${this.name}_ACCESS_KEY` },
      secretKey: { env: `${this.name}_SECRET_KEY` },
    };
  }

  async put(bucket: string, key: string, body: string | Buffer) {
    await this.client.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: key,
        Body: body,
        ContentType: 'text/plain',
        Metadata: { key: encodeURIComponent(key) },
      }),
    );
  }

  async create(bucket: string): Promise<void> {
    await this.client.send(new CreateBucketCommand({ Bucket: bucket }));
  }

  /** Removes the buckets whose names begin so. */
  async clear(prefix: string): Promise<void> {
    const { Buckets = [] } = await this.client.send(new ListBucketsCommand({}));
    for (const { Name = '' } of Buckets) {
      if (Name.startsWith(prefix)) {
        await removeAll(this.storage, Name, '');
        await this.removeVersions(Name);
        await this.client.send(new DeleteBucketCommand({ Bucket: Name }));
      }
    }
  }

  /** What is left of removed objects in a bucket with versions. */
  private async removeVersions(bucket: string): Promise<void> {
    if (this.name === 'MINIO') {
      const { Versions = [], DeleteMarkers = [] } = await this.client.send(
        new ListObjectVersionsCommand({ Bucket: bucket }),
      );
      for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
        await this.client.send(
          new DeleteObjectCommand({ Bucket: bucket, Key, VersionId }),
        );
      }
    }
  }

  async keys(bucket: string): Promise<string[]> {
    return (await this.storage.list(bucket, '')).map(({ key }) => key);
  }
}
