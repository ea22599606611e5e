import { existsSync } from 'node:fs';
import { SIGNAL_CHANNEL } from '@akko/backstage-plugin-akko-common';
import { chromium, type Page } from '@playwright/test';
import { TOKEN } from '../portal/token';
import { distribution, milliseconds } from '../statistics';
import { askKubernetesPlugin } from './kubernetesPlugin';
import type { Bench, Measurement } from './types';

const CHROMIUM = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const SAMPLES = 100;

/** From a Job's condition on the cluster to the event in a browser page, over the portal's WebSocket. */
export async function eventLatency(bench: Bench): Promise<Measurement[]> {
  const what = "from a Job's condition to the browser's event";
  if (!existsSync(CHROMIUM)) {
    return [
      {
        what,
        subject: 'akko',
        value: `not measured: no Chromium at ${CHROMIUM} (CHROMIUM_PATH names another)`,
      },
    ];
  }
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox'],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${bench.portalUrl}/.backstage/health/v1/liveness`);
    await listen(page, bench.portalUrl);
    const values: number[] = [];
    for (let index = 0; index < SAMPLES; index++) {
      values.push(await sample(bench, page, index));
    }
    const { p50, p99 } = distribution(values);
    return [
      {
        what,
        subject: 'akko (signals)',
        value: `p50 ${milliseconds(p50)}, p99 ${milliseconds(
          p99,
        )} of ${SAMPLES} Jobs`,
      },
      ...(await polling(bench)),
    ];
  } finally {
    await browser.close();
  }
}

/** Records each signal about an instance with the time at which the page got it. */
async function listen(page: Page, portalUrl: string): Promise<void> {
  await page.evaluate(
    async ([url, channel, token]) => {
      const heard: { instance: string; type: string; at: number }[] = [];
      (globalThis as any).heard = heard;
      // As Backstage's own client: the token goes in the place of a subprotocol, and who is not answered within a second asks again. The
      // backend begins to listen for WebSockets at the first question, which it never answers.
      const connect = () =>
        new Promise<WebSocket | undefined>(resolve => {
          const candidate = new WebSocket(
            `${url}/api/signals`.replace('http', 'ws'),
            token,
          );
          const timer = setTimeout(() => {
            candidate.close();
            resolve(undefined);
          }, 1000);
          candidate.onopen = () => {
            clearTimeout(timer);
            resolve(candidate);
          };
        });
      const socket = (await connect()) ?? (await connect());
      if (!socket) {
        throw new Error(`${url} does not answer to a WebSocket`);
      }
      socket.onmessage = event => {
        const at = performance.timeOrigin + performance.now();
        const { channel: from, message } = JSON.parse(event.data);
        if (from === channel) {
          heard.push({ ...message, at });
        }
      };
      socket.send(JSON.stringify({ action: 'subscribe', channel }));
    },
    [portalUrl, SIGNAL_CHANNEL, TOKEN],
  );
}

async function sample(bench: Bench, page: Page, index: number) {
  const release = index % bench.instances;
  const suffix = `-latency-${index}`;
  const { namespace, name } = await bench.world.ask<{
    namespace: string;
    name: string;
  }>('startJob', { release, suffix });
  const instance = `bench/${namespace}/${name.replace(/-minio-init.*/, '')}`;
  await heardAfter(page, instance, 0);
  await quiet(page);
  const finishedAt = await bench.world.ask<number>('finishJob', {
    release,
    suffix,
  });
  return (await heardAfter(page, instance, finishedAt)) - finishedAt;
}

/** @returns when the page heard of a change of this instance's runs, at or after that time */
async function heardAfter(
  page: Page,
  instance: string,
  after: number,
): Promise<number> {
  const handle = await page.waitForFunction(
    ([ref, time]) =>
      (globalThis as any).heard.find(
        (signal: any) =>
          signal.type === 'run-changed' &&
          signal.instance === ref &&
          signal.at >= time,
      )?.at,
    [instance, after] as const,
    { polling: 20 },
  );
  return handle.jsonValue();
}

/** Waits until nothing was heard for 300 ms, so that the next signal is about the next change. */
async function quiet(page: Page): Promise<void> {
  await page.waitForFunction(
    () => {
      const { heard } = globalThis as any;
      const last = heard[heard.length - 1]?.at ?? 0;
      return performance.timeOrigin + performance.now() - last > 300;
    },
    undefined,
    { polling: 50 },
  );
}

/** The peer asks again and again: what one question costs on top of the interval that its page waits between two. */
async function polling(bench: Bench): Promise<Measurement[]> {
  const start = performance.now();
  await askKubernetesPlugin(bench, 'akko-0001');
  return [
    {
      what: 'one poll for one instance',
      subject: '@backstage/plugin-kubernetes-backend',
      value: `${milliseconds(
        performance.now() - start,
      )}, on top of the page's interval of 10 s between two polls`,
    },
  ];
}
