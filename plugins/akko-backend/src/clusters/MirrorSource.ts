import type { ClusterConnection } from './ClusterConnection';
import type { ListPage, ReflectorSource } from './Reflector';
import { isWanted, labelSelectorOf, pathOf } from './resources';
import { slim } from './slim';
import type { MirroredKind, MirroredKinds } from './types';

/** List and watch of one mirrored kind, in one namespace or in all. */
export class MirrorSource<K extends MirroredKind>
  implements ReflectorSource<MirroredKinds[K]>
{
  constructor(
    private readonly options: {
      kind: K;
      namespace?: string;
      labelSelector?: string;
      connection: ClusterConnection;
      /** Of the cluster: labels changed their names between versions. */
      version: () => Promise<string>;
    },
  ) {}

  async list(
    query: { limit: number; continue?: string },
    signal: AbortSignal,
  ): Promise<ListPage<MirroredKinds[K]>> {
    const { kind, namespace, connection } = this.options;
    const page = await connection.json<ListPage<MirroredKinds[K]>>(
      {
        path: pathOf(kind, namespace),
        query: { ...query, labelSelector: await this.labelSelector() },
        signal,
      },
      'list',
    );
    // Page by page, so that a long list is never in memory as it was sent.
    const items = (page.items ?? [])
      .filter(item => isWanted(kind, item))
      .map(item => slim(kind, item));
    return { metadata: page.metadata, items };
  }

  async watch(
    query: {
      watch: true;
      allowWatchBookmarks: true;
      resourceVersion: string;
      timeoutSeconds: number;
    },
    signal: AbortSignal,
  ): Promise<AsyncIterable<Uint8Array>> {
    const { kind, namespace, connection } = this.options;
    return connection.openStream({
      path: pathOf(kind, namespace),
      query: { ...query, labelSelector: await this.labelSelector() },
      signal,
    });
  }

  private async labelSelector(): Promise<string | undefined> {
    const { kind, labelSelector, version } = this.options;
    return labelSelectorOf(kind, await version(), labelSelector);
  }
}
