import { everything, initJobs, render } from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

const hook = 'helm.sh/hook';

describeWithHelm('how Helm runs the jobs', () => {
  const hooks = () => render({ values: everything });
  const plain = () =>
    render({ values: { ...everything, useHelmHooks: false } });

  it('makes each Job anew after every install and upgrade', () => {
    const rendered = hooks();
    for (const job of initJobs) {
      const { metadata } = rendered.workload(job);
      expect(metadata.name).toBe(`akko-${job}`);
      expect(metadata.annotations).toMatchObject({
        [hook]: 'post-install,post-upgrade',
        'helm.sh/hook-delete-policy': 'before-hook-creation',
        'akko.io/revision': '1',
      });
    }
  });

  it('runs a job after all that it depends on', () => {
    const rendered = hooks();
    const weight = (job: string) =>
      Number(
        rendered.workload(job).metadata.annotations!['helm.sh/hook-weight'],
      );
    for (const { name, dependsOn } of rendered.catalogue().jobs) {
      for (const other of dependsOn) {
        expect(weight(name)).toBeGreaterThan(weight(other));
      }
    }
  });

  it('makes hooks of the Jobs alone: what they mount is part of the release', () => {
    const others = hooks().objects.filter(({ kind }) => kind !== 'Job');
    expect(
      JSON.stringify(others.map(({ metadata }) => metadata)),
    ).not.toContain(hook);
  });

  it('runs plain Jobs of the same names and the same pods', () => {
    const [asHooks, asPlain] = [hooks(), plain()];
    for (const job of initJobs) {
      const { metadata, spec } = asPlain.workload(job);
      expect(metadata.name).toBe(`akko-${job}`);
      expect(spec).toEqual(asHooks.workload(job).spec);
      expect(Object.keys(metadata.annotations!)).toEqual([
        'akko.io/config-checksum',
      ]);
    }
  });

  it('has nothing in a plain Job, CronJob or pod that an upgrade without changes would change', () => {
    const rendered = plain();
    const workloads = [
      ...rendered.ofKind('Job'),
      ...rendered.ofKind('CronJob'),
    ];
    expect(JSON.stringify(workloads)).not.toMatch(/revision|helm\.sh\/chart/);
  });

  it('keeps finished Jobs long enough for Helm and the portal to see them', () => {
    for (const { spec } of hooks().ofKind('Job')) {
      expect(spec.ttlSecondsAfterFinished).toBe(3600);
    }
  });
});
