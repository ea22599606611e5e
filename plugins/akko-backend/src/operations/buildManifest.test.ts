import type { V1Job } from '@kubernetes/client-node';
import { aJob } from '../testing/kubernetesObjects';
import { buildManifest } from './buildManifest';

const MARKS = {
  operation: 'op-1',
  requestedBy: 'user:default/ana',
  via: 'portal',
  reason: 'rotated the password',
};

function liveJob(change: (job: any) => void = () => {}): V1Job {
  const job: any = aJob({ uid: 'old-uid' });
  Object.assign(job.metadata, {
    resourceVersion: '17',
    generation: 2,
    managedFields: [{}],
    finalizers: ['orphan'],
    ownerReferences: [
      { kind: 'CronJob', name: 'x', uid: 'y', apiVersion: 'z' },
    ],
  });
  job.status = { succeeded: 1 };
  job.spec.selector = {
    matchLabels: { 'batch.kubernetes.io/controller-uid': 'old-uid' },
  };
  job.spec.manualSelector = false;
  job.spec.suspend = false;
  job.spec.template.metadata = {
    creationTimestamp: new Date(),
    labels: {
      'app.kubernetes.io/component': 'minio-init',
      'batch.kubernetes.io/controller-uid': 'old-uid',
      'batch.kubernetes.io/job-name': 'akko-minio-init',
      'controller-uid': 'old-uid',
      'job-name': 'akko-minio-init',
    },
  };
  change(job);
  return job;
}

describe('buildManifest', () => {
  it('keeps name and template, and leaves out what server and controllers have set', () => {
    const built = buildManifest(liveJob(), 'akko', MARKS);
    expect(built.metadata).toEqual({
      name: 'akko-minio-init',
      namespace: 'akko',
      labels: expect.objectContaining({ 'akko.io/operation': 'op-1' }),
      annotations: expect.any(Object),
    });
    expect(built.status).toBeUndefined();
    expect(built.spec).not.toHaveProperty('selector');
    expect(built.spec).not.toHaveProperty('manualSelector');
    expect(built.spec!.template.metadata).toEqual({
      labels: { 'app.kubernetes.io/component': 'minio-init' },
    });
    expect(built.spec!.template.spec).toEqual(liveJob().spec!.template.spec);
  });

  it.each([
    ['app.kubernetes.io/managed-by', 'labels'],
    ['meta.helm.sh/release-name', 'annotations'],
    ['meta.helm.sh/release-namespace', 'annotations'],
    ['helm.sh/hook', 'annotations'],
    ['helm.sh/hook-weight', 'annotations'],
    ['helm.sh/hook-delete-policy', 'annotations'],
    ['akko.io/config-checksum', 'annotations'],
  ] as const)('keeps %s, so that the next helm upgrade fits', (key, place) => {
    const source = liveJob(job => {
      job.metadata[place] = { ...job.metadata[place], [key]: 'kept' };
    });
    const built = buildManifest(source, 'akko', MARKS);
    expect(built.metadata![place]).toMatchObject({ [key]: 'kept' });
  });

  it.each([
    'argocd.argoproj.io/tracking-id',
    'kubectl.kubernetes.io/last-applied-configuration',
    'cronjob.kubernetes.io/instantiate',
  ])('does not copy %s', key => {
    const source = liveJob(job => {
      job.metadata.annotations = { [key]: 'old' };
    });
    expect(
      buildManifest(source, 'akko', MARKS).metadata!.annotations,
    ).not.toHaveProperty([key]);
  });

  it('says who asked, through which door and why, and not who asked before', () => {
    const source = liveJob(job => {
      job.metadata.annotations = {
        'akko.io/triggered-by': 'user:default/ben',
        'akko.io/reason': 'an older reason',
      };
    });
    expect(
      buildManifest(source, 'akko', { ...MARKS, reason: undefined }).metadata!
        .annotations,
    ).toEqual({
      'akko.io/triggered-by': 'user:default/ana',
      'akko.io/via': 'portal',
    });
  });

  it('refuses a Job that another controller manages', () => {
    const source = liveJob(job => {
      job.spec.managedBy = 'kueue.x-k8s.io/multikueue';
    });
    expect(() => buildManifest(source, 'akko', MARKS)).toThrow(
      expect.objectContaining({ code: 'job-not-ours' }),
    );
  });

  it('takes the built-in controller, named explicitly, for no other controller', () => {
    const source = liveJob(job => {
      job.spec.managedBy = 'kubernetes.io/job-controller';
    });
    expect(buildManifest(source, 'akko', MARKS).spec!.managedBy).toBe(
      'kubernetes.io/job-controller',
    );
  });

  it.each([
    { queue: undefined, suspend: false },
    { queue: 'bulk', suspend: true },
  ])(
    'starts a Job that was suspended, unless a queue admits it (queue: $queue)',
    ({ queue, suspend }) => {
      const source = liveJob(job => {
        job.spec.suspend = true;
        if (queue) {
          job.metadata.labels['kueue.x-k8s.io/queue-name'] = queue;
        }
      });
      expect(buildManifest(source, 'akko', MARKS).spec!.suspend).toBe(suspend);
    },
  );

  it("keeps a selector of the chart's own making", () => {
    const source = liveJob(job => {
      job.spec.manualSelector = true;
      job.spec.selector = { matchLabels: { run: 'once' } };
    });
    expect(buildManifest(source, 'akko', MARKS).spec).toMatchObject({
      manualSelector: true,
      selector: { matchLabels: { run: 'once' } },
    });
  });

  it('does not change its source', () => {
    const source = liveJob();
    const before = JSON.stringify(source);
    buildManifest(source, 'akko', MARKS);
    expect(JSON.stringify(source)).toBe(before);
  });
});
