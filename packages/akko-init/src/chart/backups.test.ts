import { everything, render } from '../__testUtils__/chart';
import { describeWithHelm } from '../__testUtils__/helm';

const claim = 'akko-backups';

function withBackup(backup: object) {
  return render({
    values: {
      backup: {
        postgres: { enabled: true },
        minio: { enabled: true },
        ...backup,
      },
    },
  });
}

describeWithHelm('backups and drills', () => {
  it('run by their schedule, one at a time, and leave a few Jobs', () => {
    expect(
      withBackup({}).get('CronJob', 'akko-backup-postgres').spec,
    ).toMatchObject({
      schedule: '0 2 * * *',
      timeZone: 'Etc/UTC',
      concurrencyPolicy: 'Forbid',
      startingDeadlineSeconds: 3600,
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 3,
      jobTemplate: { spec: { backoffLimit: 1, activeDeadlineSeconds: 21600 } },
    });
    const custom = withBackup({
      timeZone: 'Europe/Paris',
      startingDeadlineSeconds: 600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 5,
      minio: {
        enabled: true,
        schedule: '@weekly',
        retention: 3,
        suspend: true,
        job: { backoffLimit: 0 },
      },
    });
    expect(custom.get('CronJob', 'akko-backup-minio').spec).toMatchObject({
      schedule: '@weekly',
      timeZone: 'Europe/Paris',
      startingDeadlineSeconds: 600,
      successfulJobsHistoryLimit: 1,
      failedJobsHistoryLimit: 5,
      suspend: true,
      jobTemplate: { spec: { backoffLimit: 0, activeDeadlineSeconds: 21600 } },
    });
    expect(custom.config('backup-minio').retention).toBe(3);
  });

  it('leave a pause that somebody made alone', () => {
    expect(
      withBackup({}).get('CronJob', 'akko-backup-minio').spec,
    ).not.toHaveProperty('suspend');
  });

  it('are proven on demand unless a schedule is asked for', () => {
    expect(withBackup({}).get('CronJob', 'akko-drill-minio').spec.suspend).toBe(
      true,
    );
    const scheduled = withBackup({
      minio: {
        enabled: true,
        drill: { suspend: false, schedule: '0 6 * * 1' },
      },
    });
    const { spec } = scheduled.get('CronJob', 'akko-drill-minio');
    expect(spec.schedule).toBe('0 6 * * 1');
    expect(spec).not.toHaveProperty('suspend');
  });

  it('carry the checksum on each Job, so that "changed since its last run" can be told', () => {
    const { metadata, spec } = withBackup({}).get(
      'CronJob',
      'akko-backup-minio',
    );
    const checksum = metadata.annotations!['akko.io/config-checksum'];
    expect(spec.jobTemplate.metadata).toMatchObject({
      labels: { 'app.kubernetes.io/component': 'backup-minio' },
      annotations: { 'akko.io/config-checksum': checksum },
    });
  });

  it('go to a volume that outlives the release', () => {
    const rendered = withBackup({});
    expect(rendered.get('PersistentVolumeClaim', claim)).toMatchObject({
      metadata: { annotations: { 'helm.sh/resource-policy': 'keep' } },
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '20Gi' } },
      },
    });
    expect(
      rendered.get('PersistentVolumeClaim', claim).spec,
    ).not.toHaveProperty('storageClassName');
    for (const job of [
      'backup-postgres',
      'backup-minio',
      'drill-postgres',
      'drill-minio',
    ]) {
      const { spec } = rendered.template(job);
      expect(spec.volumes).toContainEqual({
        name: 'backups',
        persistentVolumeClaim: { claimName: claim },
      });
      expect(spec.containers[0].volumeMounts).toContainEqual({
        name: 'backups',
        mountPath: '/backups',
      });
      expect(spec.securityContext.fsGroup).toBe(1000);
      expect(rendered.config(job).target).toEqual({
        type: 'directory',
        path: `/backups/${job.split('-')[1]}`,
      });
    }
    expect(
      render({ values: everything }).template('minio-init').spec
        .securityContext,
    ).not.toHaveProperty('fsGroup');
  });

  it('take size, class and mode of the volume from the values', () => {
    const persistence = {
      size: '1Ti',
      storageClass: 'fast',
      accessMode: 'ReadWriteMany',
      keep: false,
      annotations: { owner: 'data' },
    };
    expect(
      withBackup({ persistence }).get('PersistentVolumeClaim', claim),
    ).toMatchObject({
      metadata: { annotations: { owner: 'data' } },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: 'fast',
        resources: { requests: { storage: '1Ti' } },
      },
    });
  });

  it('take a claim that is there', () => {
    const rendered = withBackup({ persistence: { existingClaim: 'mine' } });
    expect(rendered.ofKind('PersistentVolumeClaim')).toEqual([]);
    expect(rendered.template('backup-minio').spec.volumes).toContainEqual({
      name: 'backups',
      persistentVolumeClaim: { claimName: 'mine' },
    });
  });

  it('leave the group of files to platforms that give it', () => {
    expect(
      withBackup({
        podSecurityContext: { fsGroup: null, fsGroupChangePolicy: null },
      }).template('backup-minio').spec.securityContext,
    ).toEqual({
      runAsNonRoot: true,
      seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  it('go to a bucket without any volume', () => {
    const rendered = withBackup({
      target: {
        type: 's3',
        s3: { bucket: 'akko-backups', prefix: 'daily/akko' },
      },
    });
    expect(rendered.ofKind('PersistentVolumeClaim')).toEqual([]);
    const { spec } = rendered.template('backup-postgres');
    expect(JSON.stringify(spec)).not.toContain('persistentVolumeClaim');
    expect(spec.securityContext).not.toHaveProperty('fsGroup');
    expect(rendered.config('backup-postgres').target).toMatchObject({
      type: 's3',
      bucket: 'akko-backups',
      prefix: 'daily/akko/postgres',
      objectStorage: {
        endpoint: 'http://akko-minio:9000',
        accessKey: {
          env: 'BACKUP_S3_ACCESS_KEY',
          secret: 'akko-minio',
          key: 'root-user',
        },
      },
    });
    expect(spec.containers[0].env).toContainEqual({
      name: 'BACKUP_S3_SECRET_KEY',
      valueFrom: {
        secretKeyRef: {
          name: 'akko-minio',
          key: 'root-password',
          optional: true,
        },
      },
    });
  });

  it('go to a bucket of another storage', () => {
    const objectStorage = {
      endpoint: 'https://s3.example.com',
      region: 'eu',
      forcePathStyle: true,
      accessKeySecret: { name: 'cold', key: 'access' },
      secretKeySecret: { name: 'cold', key: 'secret' },
    };
    const rendered = withBackup({
      target: {
        type: 's3',
        s3: { bucket: 'akko-backups', prefix: '', objectStorage },
      },
    });
    expect(rendered.config('backup-minio')).toMatchObject({
      objectStorage: { endpoint: 'http://akko-minio:9000' },
      target: {
        prefix: 'minio',
        objectStorage: {
          endpoint: 'https://s3.example.com',
          accessKey: { secret: 'cold', key: 'access' },
        },
      },
    });
  });

  it('take the servers that the values name', () => {
    const serversOf = (servers?: string[]) =>
      withBackup({ postgres: { enabled: true, ...(servers && { servers }) } })
        .config('backup-postgres')
        .servers.map(({ name, host }: any) => [name, host]);
    expect(serversOf()).toEqual([
      ['infra', 'akko-postgresql'],
      ['data', 'akko-postgresql-data'],
    ]);
    expect(serversOf(['postgresqlData'])).toEqual([
      ['data', 'akko-postgresql-data'],
    ]);
  });
});
