import { http, HttpResponse, type RequestHandler } from 'msw';

/** An Ollama peer for msw. It answers as Ollama's API reference and its issues tell. */
export class OllamaPeer {
  /** In full, as Ollama lists them. */
  readonly models = new Set<string>();
  /** Models that the library has, with the bytes of their parts. */
  readonly library = new Map<string, number[]>();
  /** The line with which the next pull ends, instead of what the library has. */
  error?: string;
  /** Statuses of the next requests, instead of answers. */
  readonly faults: number[] = [];
  pulls = 0;

  constructor(readonly origin: string) {}

  get handlers(): RequestHandler[] {
    return [
      http.all(`${this.origin}/*`, ({ request }) => {
        const status = this.faults.shift();
        if (status) {
          return HttpResponse.json({ error: 'internal' }, { status });
        }
        return request.url.endsWith('/api/tags')
          ? this.tags()
          : this.pull(request);
      }),
    ];
  }

  private tags(): HttpResponse<any> {
    return HttpResponse.json({
      models: [...this.models].map(name => ({ name, model: name })),
    });
  }

  private async pull(request: Request): Promise<HttpResponse<any>> {
    this.pulls++;
    const { model } = (await request.json()) as { model: string };
    if (model.includes(' ')) {
      return HttpResponse.json(
        { error: 'invalid model name' },
        { status: 400 },
      );
    }
    const parts = this.library.get(model);
    const lines: object[] = [{ status: 'pulling manifest' }];
    if (this.error || !parts) {
      lines.push({
        error: this.error ?? 'pull model manifest: file does not exist',
      });
    } else {
      for (const [index, total] of parts.entries()) {
        const digest = `sha256:${index}`;
        const status = `pulling ${index}`;
        lines.push({ status, digest, total });
        for (let share = 1; share <= 20; share++) {
          const completed = Math.round((total * share) / 20);
          lines.push({ status, digest, total, completed });
        }
      }
      lines.push(
        { status: 'verifying sha256 digest' },
        { status: 'writing manifest' },
        { status: 'success' },
      );
      this.models.add(model.includes(':') ? model : `${model}:latest`);
    }
    return new HttpResponse(inChunks(lines), {
      headers: { 'content-type': 'application/x-ndjson' },
    });
  }
}

/** Lines in chunks that end anywhere. */
function inChunks(lines: object[]): ReadableStream<Uint8Array> {
  const text = lines.map(line => `${JSON.stringify(line)}\n`).join('');
  const bytes = new TextEncoder().encode(text);
  const size = 37;
  return new ReadableStream({
    start(controller) {
      for (let from = 0; from < bytes.length; from += size) {
        controller.enqueue(bytes.slice(from, from + size));
      }
      controller.close();
    },
  });
}
