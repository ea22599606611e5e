import { jobs } from './jobs';
import { runJobHere } from './__testUtils__/runJobHere';

describe('akko-init', () => {
  it('lists every job in its help', async () => {
    const { exitCode, log } = await runJobHere('--help');
    expect(exitCode).toBe(0);
    for (const { name, command } of jobs) {
      expect(log).toContain(command ? `${command[0]} ` : name);
    }
  });

  it.each(['postgres', 'minio-init --retries 3', 'backup', 'drill mysql'])(
    'refuses %j with the exit code of a misconfiguration',
    async words => {
      const { exitCode, log } = await runJobHere(words);
      expect(exitCode).toBe(78);
      expect(log).not.toBe('');
    },
  );

  it('refuses a configuration file that is not there', async () => {
    const { exitCode, report } = await runJobHere('minio-init', {
      args: ['--config', '/none.yaml'],
    });
    expect(exitCode).toBe(78);
    expect(report?.error?.message).toContain('/none.yaml');
  });
});
