import { http, HttpResponse, type RequestHandler } from 'msw';

/** How a query of the peer fails, in Trino's words. */
export interface PeerQueryError {
  errorName: string;
  errorType: 'USER_ERROR' | 'INTERNAL_ERROR' | 'EXTERNAL';
  message: string;
}

/** A Trino peer for msw that knows tables. It answers as Trino 476 was seen to answer. */
export class TrinoPeer {
  /** As `catalog.schema.table`. */
  readonly tables = new Set<string>();
  /** Whether it is starting, by request; the last one stays. */
  readonly starting: boolean[] = [false];
  /** How the next queries fail. */
  readonly failures: PeerQueryError[] = [];
  /** Every request, by method and path. */
  readonly requests: string[] = [];
  private readonly results = new Map<string, PeerQueryError | undefined>();

  constructor(readonly origin: string) {}

  get handlers(): RequestHandler[] {
    return [
      http.get(`${this.origin}/v1/info`, ({ request }) => {
        this.note(request);
        const starting =
          this.starting.length > 1 ? this.starting.shift()! : this.starting[0];
        return HttpResponse.json({
          nodeVersion: { version: '476' },
          coordinator: true,
          starting,
        });
      }),
      http.post(`${this.origin}/v1/statement`, async ({ request }) => {
        this.note(request);
        if (!request.headers.get('x-trino-user')) {
          return new HttpResponse(
            'Basic authentication or X-Trino-Original-User or X-Trino-User must be sent',
            { status: 401 },
          );
        }
        const id = `query_${this.results.size}`;
        this.results.set(id, this.run(await request.text()));
        // As behind a proxy: its own name is not the one that it is reached by.
        return HttpResponse.json({
          id,
          nextUri: `http://trino.elsewhere/v1/statement/queued/${id}/1`,
          stats: { state: 'QUEUED' },
        });
      }),
      http.get(
        `${this.origin}/v1/statement/queued/:id/1`,
        ({ request, params }) => {
          this.note(request);
          const id = String(params.id);
          const error = this.results.get(id);
          return HttpResponse.json({
            id,
            stats: { state: error ? 'FAILED' : 'FINISHED' },
            ...(error && { error }),
          });
        },
      ),
    ];
  }

  private run(sql: string): PeerQueryError | undefined {
    const failure = this.failures.shift();
    if (failure) {
      return failure;
    }
    const table = [...sql.matchAll(/"([^"]*)"/g)].map(([, part]) => part);
    return this.tables.has(table.join('.'))
      ? undefined
      : {
          errorName: 'TABLE_NOT_FOUND',
          errorType: 'USER_ERROR',
          message: `line 1:1: Table '${table.join('.')}' does not exist`,
        };
  }

  private note(request: Request): void {
    this.requests.push(`${request.method} ${new URL(request.url).pathname}`);
  }
}
