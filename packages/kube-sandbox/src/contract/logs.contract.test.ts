import { describeContract } from './support/describeContract';
import { observeJob } from './support/jobLife';
import { shellJob } from './support/objects';

describeContract('logs', target => {
  let ended: string;

  beforeAll(async () => {
    const life = await observeJob(
      target,
      shellJob('log', 'echo one; echo two; echo three'),
    );
    await life.condition('Complete');
    life.close();
    ended = life.podStates()[0].metadata.name;
  });

  const read = (query = '') =>
    target.api.get(target.core(`pods/${ended}/log?${query}`));

  it('are plain text', async () => {
    const { status, headers, text } = await read();
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/plain');
    expect(text).toBe('one\ntwo\nthree\n');
  });

  it.each([
    ['container=main', 'one\ntwo\nthree\n'],
    ['tailLines=1', 'three\n'],
    ['tailLines=0', ''],
    ['limitBytes=5', 'one\nt'],
    ['follow=true', 'one\ntwo\nthree\n'],
  ])('with ?%s', async (query, text) => {
    expect((await read(query)).text).toBe(text);
  });

  it('carry the time of each line when asked', async () => {
    const lines = (await read('timestamps=true')).text.trim().split('\n');
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      expect(line).toMatch(
        /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z (one|two|three)$/,
      );
    }
  });

  it.each([
    ['container=zz', 400, 'container zz is not valid for pod POD'],
    [
      'previous=true',
      400,
      'previous terminated container "main" in pod "POD" not found',
    ],
    ['tailLines=x', 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
    [
      'tailLines=-1',
      422,
      'PodLogOptions "POD" is invalid: tailLines: Invalid value: -1: must be greater than or equal to 0',
    ],
    [
      'limitBytes=0',
      422,
      'PodLogOptions "POD" is invalid: limitBytes: Invalid value: 0: must be greater than 0',
    ],
    [
      'sinceSeconds=0',
      422,
      'PodLogOptions "POD" is invalid: sinceSeconds: Invalid value: 0: must be greater than 0',
    ],
  ])('refuse ?%s', async (query, code, message) => {
    const { status, body } = await read(query);
    expect([status, body.message]).toEqual([
      code,
      message.replace('POD', ended),
    ]);
  });

  it('of a pod that is not there', async () => {
    const { status, body } = await target.api.get(target.core('pods/nope/log'));
    expect([status, body.message]).toEqual([404, 'pods "nope" not found']);
  });

  it('hold what was written to stderr, too', async () => {
    const life = await observeJob(
      target,
      shellJob('both', 'echo out; echo err >&2'),
    );
    await life.condition('Complete');
    life.close();
    const { name } = life.podStates()[0].metadata;
    const { text } = await target.api.get(target.core(`pods/${name}/log`));
    // Nothing orders one stream against the other.
    expect(text.trim().split('\n').sort()).toEqual(['err', 'out']);
  });

  it('are followed line by line until the container ends', async () => {
    const life = await observeJob(
      target,
      shellJob('followed', 'echo first; sleep 2; echo second'),
    );
    const { object } = await life.pods.event(
      event => event.object.status?.phase === 'Running',
    );
    const log = await target.api.stream(
      target.core(`pods/${object.metadata.name}/log?follow=true`),
    );
    await log.until(() => log.lines.includes('first'));
    expect(log.lines).toEqual(['first']);
    await log.ended;
    life.close();
    expect(log.lines).toEqual(['first', 'second']);
  });

  it('of the container before the last restart', async () => {
    const life = await observeJob(
      target,
      shellJob('restarted', 'echo attempt; sleep 1; exit 1', {
        spec: { backoffLimit: 3 },
        podSpec: { restartPolicy: 'OnFailure' },
      }),
    );
    const { object } = await life.pods.event(
      event => event.object.status?.containerStatuses?.[0]?.restartCount >= 1,
    );
    const log = await target.api.get(
      target.core(`pods/${object.metadata.name}/log?previous=true`),
    );
    expect([log.status, log.text]).toEqual([200, 'attempt\n']);
    life.close();
    await target.api.delete(
      target.batch('jobs/restarted?propagationPolicy=Background'),
    );
  });

  it('need a container to be named when there are several', async () => {
    const manifest = shellJob('several', 'echo main');
    manifest.spec.template.spec.containers.push({
      ...manifest.spec.template.spec.containers[0],
      name: 'other',
      command: ['sh', '-c', 'echo other'],
    });
    const life = await observeJob(target, manifest);
    await life.condition('Complete');
    life.close();
    const { name } = life.podStates()[0].metadata;
    const unnamed = await target.api.get(target.core(`pods/${name}/log`));
    expect([unnamed.status, unnamed.body.message]).toEqual([
      400,
      `a container name must be specified for pod ${name}, choose one of: [main other]`,
    ]);
    const other = await target.api.get(
      target.core(`pods/${name}/log?container=other`),
    );
    expect(other.text).toBe('other\n');
  });
});
