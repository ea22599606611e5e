import { http, HttpResponse, type RequestHandler } from 'msw';

/** One bucket of the peer. */
export interface PeerBucket {
  /** Another account's, which lets nobody in. */
  foreign?: boolean;
  versioning?: 'Enabled' | 'Suspended';
  policy?: Record<string, unknown>;
}

/** What the peer is like. */
export interface S3PeerOptions {
  /** MinIO keeps policies in a form of its own; Versity's gateway has no versions; a third has neither versions nor policies. */
  kind?: 'minio' | 'versity' | 'plain';
  /** Whether the account may list all buckets. */
  mayList?: boolean;
  /** Whether the account may make buckets. */
  mayCreate?: boolean;
  /** What is said of a bucket that the account has; some stores do not tell it from another account's. */
  alreadyThere?: 'BucketAlreadyOwnedByYou' | 'BucketAlreadyExists';
}

const VERSIONING = /<Status>(\w+)<\/Status>/;

/** An S3 peer for msw. It answers what MinIO and Versity's S3 gateway were seen to answer, and for other accounts' buckets what AWS documents. */
export class S3Peer {
  readonly buckets = new Map<string, PeerBucket>();
  /** Answers for the next requests, instead of the true ones. */
  readonly faults: { status: number; code?: string; message?: string }[] = [];
  /** Requests that would change something. */
  writes = 0;
  requests = 0;

  constructor(
    readonly origin: string,
    private readonly options: S3PeerOptions = {},
  ) {}

  get handlers(): RequestHandler[] {
    return [
      http.all(`${this.origin}/*`, async ({ request }) => this.answer(request)),
    ];
  }

  /** Answers the next requests so: this many, or all. */
  fail(
    fault: { status: number; code?: string; message?: string },
    count = 10_000,
  ): void {
    this.faults.splice(0, Infinity, ...Array(count).fill(fault));
  }

  private async answer(request: Request): Promise<HttpResponse<any>> {
    this.requests++;
    const fault = this.faults.shift();
    if (fault) {
      return fault.code
        ? problem(fault.status, fault.code, fault.message)
        : new HttpResponse(null, { status: fault.status });
    }
    const url = new URL(request.url);
    const name = url.pathname.replace(/^\/|\/$/g, '');
    if (!name) {
      return this.list();
    }
    if (request.method === 'PUT') {
      this.writes++;
    }
    if (url.searchParams.has('policy')) {
      return this.policy(name, request);
    }
    if (url.searchParams.has('versioning')) {
      return this.versioning(name, request);
    }
    return request.method === 'HEAD' ? this.head(name) : this.create(name);
  }

  private list(): HttpResponse<any> {
    if (this.options.mayList === false) {
      return problem(403, 'AccessDenied', 'Access Denied.');
    }
    const own = [...this.buckets].filter(([, { foreign }]) => !foreign);
    return xml(
      `<ListAllMyBucketsResult><Buckets>${own
        .map(([name]) => `<Bucket><Name>${name}</Name></Bucket>`)
        .join('')}</Buckets></ListAllMyBucketsResult>`,
    );
  }

  private head(name: string): HttpResponse<any> {
    const bucket = this.buckets.get(name);
    const isHidden =
      bucket?.foreign || (!bucket && this.options.mayCreate === false);
    const status = bucket ? 200 : 404;
    return new HttpResponse(null, { status: isHidden ? 403 : status });
  }

  private create(name: string): HttpResponse<any> {
    const bucket = this.buckets.get(name);
    if (this.options.mayCreate === false) {
      return problem(403, 'AccessDenied', 'Access Denied.');
    }
    if (bucket?.foreign) {
      return problem(
        409,
        'BucketAlreadyExists',
        'The requested bucket name is not available.',
      );
    }
    if (bucket) {
      return problem(
        409,
        this.options.alreadyThere ?? 'BucketAlreadyOwnedByYou',
        'Your previous request to create the named bucket succeeded and you already own it.',
      );
    }
    this.buckets.set(name, {});
    return new HttpResponse(null, { status: 200 });
  }

  private async policy(
    name: string,
    request: Request,
  ): Promise<HttpResponse<any>> {
    const bucket = this.buckets.get(name)!;
    if (this.options.kind === 'plain') {
      return problem(405, 'MethodNotAllowed', 'Not allowed.');
    }
    if (request.method === 'PUT') {
      const policy = JSON.parse(await request.text());
      if (!policy.Statement) {
        return problem(
          400,
          'MalformedPolicy',
          'Missing required field Statement',
        );
      }
      bucket.policy =
        this.options.kind === 'versity' ? policy : asMinioKeeps(policy);
      return new HttpResponse(null, { status: 204 });
    }
    return bucket.policy
      ? HttpResponse.json(bucket.policy)
      : problem(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist');
  }

  private async versioning(
    name: string,
    request: Request,
  ): Promise<HttpResponse<any>> {
    const bucket = this.buckets.get(name)!;
    if (request.method === 'GET') {
      return xml(
        `<VersioningConfiguration>${
          bucket.versioning ? `<Status>${bucket.versioning}</Status>` : ''
        }</VersioningConfiguration>`,
      );
    }
    if (this.options.kind && this.options.kind !== 'minio') {
      return problem(
        501,
        'VersioningNotConfigured',
        'Versioning has not been configured for the gateway.',
      );
    }
    const [, status] = VERSIONING.exec(await request.text())!;
    bucket.versioning = status as 'Enabled';
    return new HttpResponse(null, { status: 200 });
  }
}

/** Lists instead of single values, and `{"AWS": ["*"]}` for everybody. */
function asMinioKeeps(policy: any): Record<string, unknown> {
  return {
    ...policy,
    Statement: policy.Statement.map((statement: any) => ({
      ...statement,
      Principal:
        statement.Principal === '*' ? { AWS: ['*'] } : statement.Principal,
      Action: [statement.Action].flat(),
      Resource: [statement.Resource].flat(),
    })),
  };
}

function problem(
  status: number,
  code: string,
  message = code,
): HttpResponse<any> {
  return xml(
    `<Error><Code>${code}</Code><Message>${message}</Message></Error>`,
    status,
  );
}

function xml(body: string, status = 200): HttpResponse<any> {
  return new HttpResponse(`<?xml version="1.0" encoding="UTF-8"?>\n${body}`, {
    status,
    headers: { 'content-type': 'application/xml' },
  });
}
