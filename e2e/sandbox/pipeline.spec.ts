import { expect, test } from '@playwright/test';
import { backendUrl } from '../support/portal';

const api = `${backendUrl}/api/akko`;

test('the API alone leads from a failed job to its success', async ({
  request,
}) => {
  const signIn = await request.post(`${backendUrl}/api/auth/guest/refresh`);
  const { backstageIdentity } = await signIn.json();
  const headers = { Authorization: `Bearer ${backstageIdentity.token}` };
  const get = async (path: string) =>
    (await request.get(`${api}${path}`, { headers, timeout: 70_000 })).json();
  const instance = '/instances/prod-eu/akko/akko';

  const healthOf = async () => (await get(instance)).health;
  await expect.poll(healthOf).toBe('failed');
  await expect
    .poll(async () => (await get(instance)).activeOperations)
    .toEqual([]);
  const [failed] = (await get(`${instance}/jobs/bootstrap-admin/runs`)).items;
  expect(failed.report.error.code).toBe('authentication-failed');

  const asked = await request.post(`${api}${instance}/operations`, {
    headers: { ...headers, 'Idempotency-Key': 'once' },
    data: {
      action: 'rerun',
      jobs: 'failed',
      reason: 'the passwords are the same',
    },
  });
  expect(asked.status()).toBe(202);
  const { id } = await asked.json();
  const operation = await get(`/operations/${id}?wait=60`);
  expect(operation.state).toBe('succeeded');

  const [run] = (await get(`${instance}/jobs/bootstrap-admin/runs`)).items;
  expect(run).toMatchObject({
    state: 'succeeded',
    trigger: {
      by: 'user:default/guest',
      reason: 'the passwords are the same',
    },
  });
  await expect.poll(healthOf).toBe('healthy');
});
