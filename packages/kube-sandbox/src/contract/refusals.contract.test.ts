import { describeContract } from './support/describeContract';
import { shellJob } from './support/objects';

describeContract('refusals', target => {
  it.each([
    [
      'no name',
      { metadata: {} },
      422,
      'ConfigMap "" is invalid: metadata.name: Required value: name or generateName is required',
    ],
    [
      'another namespace',
      { metadata: { name: 'a', namespace: 'other' } },
      400,
      'the namespace of the provided object does not match the namespace sent on the request',
    ],
    [
      'another kind',
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'a' } },
      400,
      'Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion',
    ],
    [
      'a version',
      { metadata: { name: 'a', resourceVersion: '5' } },
      500,
      'resourceVersion should not be set on objects to be created',
    ],
    [
      'a bad key',
      { metadata: { name: 'a' }, data: { 'a b': 'c' } },
      422,
      "ConfigMap \"a\" is invalid: data[a b]: Invalid value: \"a b\": a valid config key must consist of alphanumeric characters, '-', '_' or '.' (e.g. 'key.name',  or 'KEY_NAME',  or 'key-name', regex used for validation is '[-._a-zA-Z0-9]+')",
    ],
    [
      'a bad name',
      { metadata: { name: 'A_' } },
      422,
      "ConfigMap \"A_\" is invalid: metadata.name: Invalid value: \"A_\": a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character (e.g. 'example.com', regex used for validation is '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')",
    ],
    [
      'a bad label',
      { metadata: { name: 'a', labels: { ok: 'c d' } } },
      422,
      "ConfigMap \"a\" is invalid: metadata.labels: Invalid value: \"c d\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')",
    ],
  ])('refuse a ConfigMap with %s', async (_, object, code, message) => {
    const { status, body } = await target.api.post(
      target.core('configmaps'),
      object,
    );
    expect([status, body.message]).toEqual([code, message]);
  });

  it.each([
    [
      'no restart policy',
      (job: any) => delete job.spec.template.spec.restartPolicy,
      422,
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ],
    [
      'restart policy Always',
      (job: any) => (job.spec.template.spec.restartPolicy = 'Always'),
      422,
      'spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"',
    ],
    [
      'an unknown restart policy',
      (job: any) => (job.spec.template.spec.restartPolicy = 'Foo'),
      422,
      '[spec.template.spec.restartPolicy: Unsupported value: "Foo": supported values: "Always", "OnFailure", "Never", spec.template.spec.restartPolicy: Unsupported value: "Foo": supported values: "OnFailure", "Never"]',
    ],
    [
      'no container',
      (job: any) => (job.spec.template.spec.containers = []),
      422,
      'spec.template.spec.containers: Required value',
    ],
    [
      'no spec',
      (job: any) => delete job.spec,
      422,
      '[spec.template.spec.containers: Required value, spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"]',
    ],
    [
      'negative numbers',
      (job: any) =>
        Object.assign(job.spec, {
          backoffLimit: -1,
          activeDeadlineSeconds: -1,
        }),
      422,
      '[spec.activeDeadlineSeconds: Invalid value: -1: must be greater than or equal to 0, spec.backoffLimit: Invalid value: -1: must be greater than or equal to 0]',
    ],
    [
      'an empty container',
      (job: any) => (job.spec.template.spec.containers = [{}]),
      422,
      '[spec.template.spec.containers[0].name: Required value, spec.template.spec.containers[0].image: Required value]',
    ],
    [
      'an impossible failure policy',
      (job: any) =>
        (job.spec.podFailurePolicy = {
          rules: [
            { action: 'FailJob', onExitCodes: { operator: 'In', values: [0] } },
          ],
        }),
      422,
      'spec.podFailurePolicy.rules[0].onExitCodes.values[0]: Invalid value: 0: must not be 0 for the In operator',
    ],
    [
      'a failure policy that restarts',
      (job: any) => {
        job.spec.template.spec.restartPolicy = 'OnFailure';
        job.spec.podFailurePolicy = {
          rules: [
            { action: 'FailJob', onExitCodes: { operator: 'In', values: [1] } },
          ],
        };
      },
      422,
      'spec.template.spec.restartPolicy: Invalid value: "OnFailure": only "Never" is supported when podFailurePolicy is specified',
    ],
    [
      'a manager without a domain',
      (job: any) => (job.spec.managedBy = 'x'),
      422,
      'spec.managedBy: Invalid value: "x": must be a domain-prefixed path (such as "acme.io/foo")',
    ],
    [
      'a bad variable',
      (job: any) =>
        (job.spec.template.spec.containers[0].env = [{ name: 'a=b' }]),
      422,
      'spec.template.spec.containers[0].env[0].name: Invalid value: "a=b": a valid environment variable name must consist only of printable ASCII characters other than \'=\'',
    ],
  ])('refuse a Job with %s', async (_, spoil, code, message) => {
    const job = shellJob('refused', 'true');
    spoil(job);
    const { status, body } = await target.api.post(target.batch('jobs'), job);
    expect([status, body.message]).toEqual([
      code,
      `Job.batch "refused" is invalid: ${message}`,
    ]);
    expect(body.reason).toBe('Invalid');
    expect(body.details.causes[0].field).toMatch(/^spec\./);
  });

  it('refuse a Job whose number is a text', async () => {
    const { status, body } = await target.api.post(
      target.batch('jobs'),
      shellJob('refused', 'true', { spec: { backoffLimit: 'x' } }),
    );
    expect([status, body.message]).toEqual([
      400,
      'Job in version "v1" cannot be handled as a Job: json: cannot unmarshal string into Go struct field JobSpec.spec.backoffLimit of type int32',
    ]);
  });

  it.each([
    [
      'schedule',
      { schedule: 'foo' },
      'spec.schedule: Invalid value: "foo": expected exactly 5 fields, found 1: [foo]',
    ],
    [
      'time zone',
      { timeZone: 'foo/bar' },
      'spec.timeZone: Invalid value: "foo/bar": unknown time zone foo/bar',
    ],
    [
      'concurrency policy',
      { concurrencyPolicy: 'x' },
      'spec.concurrencyPolicy: Unsupported value: "x": supported values: "Allow", "Forbid", "Replace"',
    ],
  ])('refuse a CronJob with an impossible %s', async (_, spec, message) => {
    const job = shellJob('a', 'true');
    const { status, body } = await target.api.post(target.batch('cronjobs'), {
      metadata: { name: 'refused' },
      spec: {
        schedule: '0 0 1 1 *',
        jobTemplate: { spec: job.spec },
        ...spec,
      },
    });
    expect([status, body.message]).toEqual([
      422,
      `CronJob.batch "refused" is invalid: ${message}`,
    ]);
  });
});
