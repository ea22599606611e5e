import type { RunDetail } from '@akko/backstage-plugin-akko-common';
import { screen } from '@testing-library/react';
import { DateTime } from 'luxon';
import { aFinding, anInstance, aRun } from '../../__testUtils__/fixtures';
import { renderAkko } from '../../__testUtils__/renderAkko';
import { RunFindings } from './RunFindings';

const refused = aFinding({
  title: 'Keycloak refuses the password of admin',
  evidence: [
    {
      kind: 'report',
      source: 'akko-keycloak-clients',
      text: 'Keycloak refuses the admin password',
    },
  ],
  action: { type: 'rerun', jobs: ['keycloak-clients'] },
});

function show(
  change: Partial<RunDetail>,
  props: Partial<Parameters<typeof RunFindings>[0]> = {},
) {
  return renderAkko(
    <RunFindings run={aRun(change)} instance={anInstance()} {...props} />,
  );
}

describe('why a run failed', () => {
  it('is its finding, and not once more the error that the finding rests on', async () => {
    await show({ findings: [refused] });
    expect(screen.getByRole('heading', { name: refused.title })).toBeVisible();
    expect(
      screen.getAllByText('Keycloak refuses the admin password'),
    ).toHaveLength(1);
    expect(screen.queryByText(/Credentials refused/)).toBeNull();
  });

  it('is its finding and its error, where they say different things', async () => {
    await show({ findings: [aFinding()] });
    expect(
      screen.getByRole('heading', { name: 'PostgreSQL refuses connections' }),
    ).toBeVisible();
    expect(
      screen.getByText('Keycloak refuses the admin password'),
    ).toBeVisible();
  });

  it('is its error, where nothing was found', async () => {
    await show({ findings: [] });
    expect(screen.queryByRole('region', { name: 'Findings' })).toBeNull();
    expect(screen.getByText(/Credentials refused/)).toBeVisible();
  });

  it('can be read after it was resolved', async () => {
    const resolvedAt = DateTime.now().minus({ days: 2 }).toISO();
    await show({ findings: [{ ...refused, resolvedAt }] });
    expect(screen.getByText(/^Error · .*Resolved/)).toHaveTextContent(
      '2 days ago',
    );
    expect(screen.getByRole('button', { name: 'Show the fix' })).toBeVisible();
  });

  it('has a button for the re-run', async () => {
    const name = 'Re-run keycloak-clients';
    const onRerun = () => {};
    await show({ findings: [refused] }, { onRerun });
    expect(await screen.findByRole('button', { name })).toBeEnabled();
  });

  it('has no second button for the same re-run', async () => {
    await show(
      { findings: [refused] },
      { onRerun: () => {}, isRerunOffered: true },
    );
    expect(screen.queryByRole('button', { name: /^Re-run/ })).toBeNull();
  });
});
