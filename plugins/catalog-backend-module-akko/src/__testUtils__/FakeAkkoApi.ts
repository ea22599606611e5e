import {
  stringifyInstanceRef,
  type Cluster,
  type InstanceRef,
} from '@akko/backstage-plugin-akko-common';
import type { AkkoApi, ListedInstance } from '../fleet';

/** A fleet in memory that answers as the akko plugin does. */
export class FakeAkkoApi implements AkkoApi {
  /** Calls of this name fail with it. */
  readonly failures: { [Call in keyof AkkoApi]?: Error } = {};
  readonly asked: string[] = [];
  /** Refs that the list lacks although there is such an instance. */
  readonly missedByList = new Set<string>();
  document: string | undefined = '{"openapi":"3.1.0"}';

  constructor(public fleet: Cluster[], public all: ListedInstance[]) {}

  async clusters(): Promise<Cluster[]> {
    this.failIf('clusters');
    return this.fleet;
  }

  async instances(): Promise<ListedInstance[]> {
    this.failIf('instances');
    return this.all.filter(
      instance => !this.missedByList.has(stringifyInstanceRef(instance)),
    );
  }

  async instance(ref: InstanceRef): Promise<ListedInstance | undefined> {
    this.failIf('instance');
    const address = stringifyInstanceRef(ref);
    this.asked.push(address);
    return this.all.find(
      instance => stringifyInstanceRef(instance) === address,
    );
  }

  async openApi(): Promise<string | undefined> {
    this.failIf('openApi');
    return this.document;
  }

  private failIf(call: keyof AkkoApi): void {
    const failure = this.failures[call];
    if (failure) {
      throw failure;
    }
  }
}
