import { createCipheriv, pbkdf2Sync, randomBytes } from 'node:crypto';
import {
  DeleteObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';

/** A service account of a MinIO server, which may do what its policy says. */
export interface MinioAccount {
  /** At most 20 characters. */
  accessKey: string;
  secretKey: string;
  policy: Record<string, unknown>;
}

const PBKDF2_AES_GCM = 2;

/**
 * Makes a service account through MinIO's admin API, which takes the signature of S3: to the client it is an object of a bucket `minio`.
 * @param root - a client with the keys of an administrator
 * @param rootSecret - the administrator's secret key; what is sent is encrypted with it
 * @returns what removes the account
 */
export async function createMinioAccount(
  root: S3Client,
  rootSecret: string,
  account: MinioAccount,
): Promise<() => Promise<void>> {
  await root.send(
    new PutObjectCommand({
      Bucket: 'minio',
      Key: 'admin/v3/add-service-account',
      Body: encrypted(rootSecret, Buffer.from(JSON.stringify(account))),
    }),
  );
  return async () => {
    const command = new DeleteObjectCommand({
      Bucket: 'minio',
      Key: 'admin/v3/delete-service-account',
    });
    command.middlewareStack.add(
      next => args => {
        (args.request as any).query.accessKey = account.accessKey;
        return next(args);
      },
      { step: 'build' },
    );
    await root.send(command);
  };
}

/** As madmin-go's EncryptData: salt, cipher, nonce, and one last fragment of a sio stream. */
function encrypted(password: string, data: Buffer): Buffer {
  const salt = randomBytes(32);
  const nonce = randomBytes(8);
  const key = pbkdf2Sync(password, salt, 8192, 32, 'sha256');
  const seal = (fragment: number, plain: Buffer, associated: Buffer) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32LE(fragment);
    const cipher = createCipheriv(
      'aes-256-gcm',
      key,
      Buffer.concat([nonce, counter]),
    );
    cipher.setAAD(associated);
    return Buffer.concat([
      cipher.update(plain),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
  };
  const header = seal(0, Buffer.alloc(0), Buffer.alloc(0));
  const lastFragment = Buffer.concat([Buffer.from([0x80]), header]);
  return Buffer.concat([
    salt,
    Buffer.from([PBKDF2_AES_GCM]),
    nonce,
    seal(1, data, lastFragment),
  ]);
}
