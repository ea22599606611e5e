import { install } from './__testUtils__/portalRelease';
import { SandboxPortal, OPERATOR, READER, STRANGER } from './__testUtils__/SandboxPortal';
import { eventually } from '../acceptance/__testUtils__/eventually';

describe('x', () => {
  it('y', async () => {
    const portal = await SandboxPortal.start();
    try {
      install(portal.cluster, { namespace: 'akko', release: 'akko' });
      const seen = await eventually('seen', () => portal.get('/instances/prod/akko/akko'), ({ status, body }) => status === 200 && body.health !== 'progressing', 20);
      console.log(JSON.stringify(seen.body, null, 1).slice(0, 6000));
      for (const token of [OPERATOR, READER, STRANGER, 'nix']) {
        console.log(JSON.stringify((await portal.get('/runs/' + seen.body.jobs[0].lastRun.id + '/manifest', token).catch(e => e.message))));
        console.log(JSON.stringify((await portal.get('/clusters', token)).body));
      }
    } finally { await portal.stop(); }
  });
});
