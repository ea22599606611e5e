import { createHash, randomUUID } from 'node:crypto';
import {
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';

/** An object of the peer. */
export interface PeerObject {
  content: Buffer;
  etag: string;
  lastModified: Date;
  /** Content type and the like, and metadata with their prefix. */
  headers: Record<string, string>;
}

/** A request as the peer sees it. */
export interface PeerRequest {
  method: string;
  bucket: string;
  key: string;
  query: URLSearchParams;
}

interface PeerAnswer {
  status: number;
  body?: string | Buffer;
  headers?: Record<string, string>;
}

interface PeerUpload {
  bucket: string;
  key: string;
  headers: Record<string, string>;
  parts: Map<number, Buffer>;
}

const KEPT_HEADERS =
  /^(content-(type|encoding|disposition|language)|cache-control|x-amz-meta-.*)$/;
const PAGE = 1000;

/**
 * An object storage in memory, over HTTP, so that other processes reach it too. It answers as MinIO and Versity's gateway were seen to; unlike them it takes
 * any key. Keys and signatures are not looked at.
 */
export class ObjectPeer {
  readonly buckets = new Map<string, Map<string, PeerObject>>();
  readonly policies = new Map<string, string>();
  readonly uploads = new Map<string, PeerUpload>();
  readonly requests: PeerRequest[] = [];
  /** The storage's clock. */
  now: () => Date = () => new Date();
  /** Called before each answer; what it returns is answered instead. */
  interfere: (
    request: PeerRequest,
  ) => PeerAnswer | undefined | Promise<PeerAnswer | undefined> = () =>
    undefined;

  private constructor(private readonly server: Server) {}

  static async start(): Promise<ObjectPeer> {
    const server = createServer();
    const peer = new ObjectPeer(server);
    server.on('request', (request, response) => peer.serve(request, response));
    await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
    return peer;
  }

  get endpoint(): string {
    const { port } = this.server.address() as AddressInfo;
    return `http://127.0.0.1:${port}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise(done => this.server.close(done));
  }

  /** Puts an object there, as somebody else would. */
  put(
    bucket: string,
    key: string,
    content: string | Buffer,
    headers: Record<string, string> = {},
  ): void {
    const body = Buffer.from(content as string);
    if (!this.buckets.has(bucket)) {
      this.buckets.set(bucket, new Map());
    }
    this.buckets.get(bucket)!.set(key, {
      content: body,
      etag: createHash('md5').update(body).digest('hex'),
      lastModified: this.now(),
      headers,
    });
  }

  /** Keys of a bucket in the order of their bytes. */
  keys(bucket: string): string[] {
    return [...(this.buckets.get(bucket) ?? new Map()).keys()].sort((a, b) =>
      Buffer.compare(Buffer.from(a), Buffer.from(b)),
    );
  }

  /** A failure as S3 tells it. */
  static problem(status: number, code: string): PeerAnswer {
    return xml(
      `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
      status,
    );
  }

  private async serve(
    message: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of message) {
      chunks.push(chunk);
    }
    // Not a URL's path: that would take the dots out of a key.
    const [path, search] = message.url!.split('?');
    const [, bucket, ...rest] = path.split('/').map(decodeURIComponent);
    const request = {
      method: message.method!,
      bucket,
      key: rest.join('/'),
      query: new URLSearchParams(search),
    };
    this.requests.push(request);
    const headers = Object.fromEntries(
      Object.entries(message.headers).filter(([name]) =>
        KEPT_HEADERS.test(name),
      ),
    ) as Record<string, string>;
    const answer =
      (await this.interfere(request)) ??
      this.answer(request, plain(Buffer.concat(chunks), message), headers);
    response.writeHead(answer.status, answer.headers);
    response.end(request.method === 'HEAD' ? undefined : answer.body);
  }

  private answer(
    request: PeerRequest,
    body: Buffer,
    headers: Record<string, string>,
  ): PeerAnswer {
    const { bucket, key } = request;
    if (!bucket) {
      return xml(
        `<ListAllMyBucketsResult><Buckets>${[...this.buckets.keys()]
          .map(
            name =>
              `<Bucket><Name>${name}</Name><CreationDate>2026-01-01T00:00:00.000Z</CreationDate></Bucket>`,
          )
          .join('')}</Buckets></ListAllMyBucketsResult>`,
      );
    }
    return key
      ? this.answerForObject(request, body, headers)
      : this.answerForBucket(request, body);
  }

  private answerForBucket(
    { method, bucket, query }: PeerRequest,
    body: Buffer,
  ): PeerAnswer {
    const objects = this.buckets.get(bucket);
    if (method === 'PUT') {
      this.buckets.set(bucket, new Map());
      return { status: 200 };
    }
    if (!objects) {
      return ObjectPeer.problem(404, 'NoSuchBucket');
    }
    if (method === 'DELETE') {
      if (objects.size > 0) {
        return ObjectPeer.problem(409, 'BucketNotEmpty');
      }
      this.buckets.delete(bucket);
      return { status: 204 };
    }
    if (query.has('delete')) {
      for (const [, name] of body.toString().matchAll(/<Key>(.*?)<\/Key>/gs)) {
        objects.delete(unescaped(name));
      }
      return xml('<DeleteResult></DeleteResult>');
    }
    if (query.has('policy')) {
      const policy = this.policies.get(bucket);
      return policy
        ? { status: 200, body: policy }
        : ObjectPeer.problem(404, 'NoSuchBucketPolicy');
    }
    if (query.has('versioning')) {
      return xml('<VersioningConfiguration></VersioningConfiguration>');
    }
    if (query.has('uploads')) {
      return this.listUploads(bucket, query.get('prefix') ?? '');
    }
    return method === 'HEAD' ? { status: 200 } : this.list(bucket, query);
  }

  private list(bucket: string, query: URLSearchParams): PeerAnswer {
    const prefix = query.get('prefix') ?? '';
    const delimiter = query.get('delimiter');
    const after = Number(query.get('continuation-token') ?? 0);
    const prefixes = new Set<string>();
    const found = this.keys(bucket).filter(key => {
      const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
      if (key.startsWith(prefix) && end >= 0) {
        prefixes.add(key.slice(0, end + 1));
        return false;
      }
      return key.startsWith(prefix);
    });
    const next = after + PAGE;
    const coded = (key: string) =>
      encodeURIComponent(key).replace(/%20/g, '+').replace(/%2F/g, '/');
    return xml(
      `<ListBucketResult><EncodingType>url</EncodingType>${
        next < found.length
          ? `<IsTruncated>true</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>`
          : ''
      }${found
        .slice(after, next)
        .map(key => {
          const { content, etag, lastModified } = this.buckets
            .get(bucket)!
            .get(key)!;
          return `<Contents><Key>${coded(key)}</Key><Size>${
            content.length
          }</Size><ETag>&quot;${etag}&quot;</ETag><LastModified>${lastModified.toISOString()}</LastModified></Contents>`;
        })
        .join('')}${[...prefixes]
        .map(
          each =>
            `<CommonPrefixes><Prefix>${coded(each)}</Prefix></CommonPrefixes>`,
        )
        .join('')}</ListBucketResult>`,
    );
  }

  private listUploads(bucket: string, prefix: string): PeerAnswer {
    const found = [...this.uploads].filter(
      ([, upload]) => upload.bucket === bucket && upload.key.startsWith(prefix),
    );
    return xml(
      `<ListMultipartUploadsResult>${found
        .map(
          ([id, { key }]) =>
            `<Upload><Key>${key}</Key><UploadId>${id}</UploadId></Upload>`,
        )
        .join('')}</ListMultipartUploadsResult>`,
    );
  }

  private answerForObject(
    { method, bucket, key, query }: PeerRequest,
    body: Buffer,
    headers: Record<string, string>,
  ): PeerAnswer {
    const objects = this.buckets.get(bucket);
    if (!objects) {
      return ObjectPeer.problem(404, 'NoSuchBucket');
    }
    if (query.has('uploads') || query.has('uploadId')) {
      return this.answerForUpload(
        { method, bucket, key, query },
        body,
        headers,
      );
    }
    if (method === 'PUT') {
      this.put(bucket, key, body, headers);
      return { status: 200, headers: { etag: `"${objects.get(key)!.etag}"` } };
    }
    if (method === 'DELETE') {
      objects.delete(key);
      return { status: 204 };
    }
    const object = objects.get(key);
    return object
      ? {
          status: 200,
          body: object.content,
          headers: {
            ...object.headers,
            etag: `"${object.etag}"`,
            'last-modified': object.lastModified.toUTCString(),
            'content-length': String(object.content.length),
          },
        }
      : ObjectPeer.problem(404, 'NoSuchKey');
  }

  private answerForUpload(
    { method, bucket, key, query }: PeerRequest,
    body: Buffer,
    headers: Record<string, string>,
  ): PeerAnswer {
    const id = query.get('uploadId') ?? randomUUID();
    if (query.has('uploads')) {
      this.uploads.set(id, { bucket, key, headers, parts: new Map() });
      return xml(
        `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`,
      );
    }
    const upload = this.uploads.get(id);
    if (!upload) {
      return ObjectPeer.problem(404, 'NoSuchUpload');
    }
    if (method === 'PUT') {
      upload.parts.set(Number(query.get('partNumber')), body);
      return { status: 200, headers: { etag: '"part"' } };
    }
    this.uploads.delete(id);
    if (method === 'DELETE') {
      return { status: 204 };
    }
    const parts = [...upload.parts].sort(([a], [b]) => a - b);
    this.put(
      bucket,
      key,
      Buffer.concat(parts.map(([, part]) => part)),
      upload.headers,
    );
    return xml(
      '<CompleteMultipartUploadResult><ETag>"whole"</ETag></CompleteMultipartUploadResult>',
    );
  }
}

/** The client sends streams in signed chunks: their lengths stand between them. */
function plain(body: Buffer, { headers }: IncomingMessage): Buffer {
  if (!headers['content-encoding']?.includes('aws-chunked')) {
    return body;
  }
  const chunks: Buffer[] = [];
  let rest = body;
  for (;;) {
    const end = rest.indexOf('\r\n');
    const length = parseInt(rest.subarray(0, end).toString(), 16);
    if (!length) {
      return Buffer.concat(chunks);
    }
    chunks.push(rest.subarray(end + 2, end + 2 + length));
    rest = rest.subarray(end + 2 + length + 2);
  }
}

function unescaped(text: string): string {
  return text
    .replace(/&#x([0-9a-f]+);/gi, (_, code) =>
      String.fromCodePoint(parseInt(code, 16)),
    )
    .replace(/&quot;/g, '"')
    .replace(/&apos;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}

function xml(body: string, status = 200): PeerAnswer {
  return {
    status,
    body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}`,
    headers: { 'content-type': 'application/xml' },
  };
}
