import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ListBucketsCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { Secrets } from '../core/Secrets';
import { createS3Client } from './createS3Client';
import { addressOf, objectStorageConfig } from './s3Config';

const KEYS = {
  accessKey: { env: 'S3_ACCESS_KEY' },
  secretKey: { env: 'S3_SECRET_KEY' },
};

function newSecrets() {
  return new Secrets({
    S3_ACCESS_KEY: 'akko-minio',
    S3_SECRET_KEY: 'secret-1',
  });
}

describe('objectStorageConfig', () => {
  it.each([[''], [undefined], [null]])(
    'takes the endpoint %p for AWS in the region',
    endpoint => {
      const config = objectStorageConfig.parse({
        endpoint,
        region: 'eu-west-3',
        ...KEYS,
      });

      expect(config.endpoint).toBeUndefined();
      expect(addressOf(config)).toBe('https://s3.eu-west-3.amazonaws.com');
    },
  );

  it('takes an endpoint without the slash at its end', () => {
    const config = objectStorageConfig.parse({
      endpoint: 'http://akko-minio:9000/',
      ...KEYS,
    });

    expect(addressOf(config)).toBe('http://akko-minio:9000');
    expect(config).toMatchObject({ region: 'us-east-1', forcePathStyle: true });
  });
});

describe('createS3Client', () => {
  let server: Server;
  const requests: IncomingMessage[] = [];
  let answers = true;

  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request);
      request.resume();
      if (answers) {
        response.end();
      }
    });
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  });
  afterEach(() => {
    requests.length = 0;
    answers = true;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(done => server.close(done));
  });

  function newClient(secrets: Secrets, signal: AbortSignal) {
    const { port } = server.address() as AddressInfo;
    return createS3Client(
      objectStorageConfig.parse({
        endpoint: `http://127.0.0.1:${port}`,
        ...KEYS,
      }),
      secrets,
      signal,
    );
  }

  it('names the bucket in the path, and sends no checksum that older stores do not know', async () => {
    const client = newClient(newSecrets(), new AbortController().signal);

    await client.send(
      new PutObjectCommand({ Bucket: 'akko-users', Key: 'a', Body: 'b' }),
    );

    const [{ url, headers }] = requests;
    expect(url).toMatch(/^\/akko-users\/a/);
    expect(Object.keys(headers).join()).not.toMatch(/checksum|trailer/);
  });

  it('hides the secret key, and not the access key that may be part of an address', () => {
    const secrets = newSecrets();

    newClient(secrets, new AbortController().signal);

    expect(secrets.mask('http://akko-minio:9000 secret-1')).toBe(
      'http://akko-minio:9000 ***',
    );
  });

  it('ends what is under way when the job shall stop', async () => {
    answers = false;
    const stop = new AbortController();
    const client = newClient(newSecrets(), stop.signal);
    server.once('request', () => stop.abort('SIGTERM'));

    await expect(client.send(new ListBucketsCommand({}))).rejects.toThrow(
      'SIGTERM',
    );
    expect(requests).toHaveLength(1);
  });

  it('names the Secret that is missing', () => {
    expect(() =>
      createS3Client(
        objectStorageConfig.parse({
          accessKey: { env: 'NONE', secret: 'akko-minio', key: 'root-user' },
          secretKey: KEYS.secretKey,
        }),
        newSecrets(),
        new AbortController().signal,
      ),
    ).toThrow('Secret akko-minio, key root-user is not there or empty');
  });
});
