import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DateTime } from 'luxon';
import { aFinding, anInstance } from '../../__testUtils__/fixtures';
import { renderAkko } from '../../__testUtils__/renderAkko';
import { FindingView } from './FindingView';

describe('a finding', () => {
  it('says what is wrong and why, how bad, how sure, of what, and that it is still there', async () => {
    const seenAt = DateTime.now().minus({ minutes: 2 }).toISO();
    await renderAkko(<FindingView finding={aFinding({ seenAt })} />);
    expect(
      screen.getByRole('heading', { name: 'PostgreSQL refuses connections' }),
    ).toBeVisible();
    expect(screen.getByText(/it is down, still starting/)).toBeVisible();
    expect(
      screen.getByText(/^Error · Likely · Job akko-postgres-init/),
    ).toHaveTextContent('still there, last found 2 minutes ago');
    expect(screen.getByTitle('Error')).toBeInTheDocument();
  });

  it('shows the steps with their commands, and the very line with its place, when asked', async () => {
    await renderAkko(
      <FindingView finding={aFinding()} logAddress="/akko/log" />,
    );
    expect(screen.queryByRole('list', { name: 'What to do' })).toBeNull();
    const fix = screen.getByRole('button', { name: 'Show the fix' });
    expect(fix).toHaveAttribute('aria-expanded', 'false');
    await userEvent.click(fix);
    const steps = within(
      screen.getByRole('list', { name: 'What to do' }),
    ).getAllByRole('listitem');
    expect(steps).toHaveLength(2);
    expect(steps[0]).toHaveTextContent('kubectl get --namespace=akko pods');
    expect(
      within(steps[0]).getByRole('button', { name: 'Copy the command' }),
    ).toBeEnabled();
    expect(within(steps[1]).queryByRole('button')).toBeNull();
    const evidence = screen.getByRole('list', { name: 'Evidence' });
    expect(evidence).toHaveTextContent('failed: Connection refused');
    expect(evidence).toHaveTextContent('Pod/akko-postgres-init-w97xj, line 7');
    expect(screen.getByRole('link', { name: 'Open the log' })).toHaveAttribute(
      'href',
      '/akko/log',
    );
  });

  it('names what followed from it, and tells how when asked', async () => {
    await renderAkko(
      <FindingView
        finding={aFinding()}
        waiting={['keycloak-clients', 'polaris-init']}
      />,
    );
    expect(
      screen.getByText('keycloak-clients, polaris-init wait for this'),
    ).toBeVisible();
    expect(
      screen.getByText('superset-bootstrap failed because of this'),
    ).toBeVisible();
    expect(screen.queryByText(/The database superset is missing/)).toBeNull();
    await userEvent.click(
      screen.getByRole('button', { name: 'Show what followed' }),
    );
    expect(screen.getByText(/The database superset is missing/)).toBeVisible();
  });

  it('offers the re-run of its jobs, and says what has to be done before', async () => {
    const asked: string[][] = [];
    await renderAkko(
      <FindingView
        finding={aFinding()}
        instance={anInstance()}
        onRerun={jobs => asked.push(jobs)}
      />,
    );
    expect(screen.getByText('As soon as PostgreSQL is ready:')).toBeVisible();
    await userEvent.click(
      await screen.findByRole('button', {
        name: 'Re-run postgres-init, superset-bootstrap',
      }),
    );
    expect(asked).toEqual([['postgres-init', 'superset-bootstrap']]);
  });

  it('has no button for what the portal does not offer, only the words', async () => {
    await renderAkko(
      <FindingView
        finding={aFinding({
          action: {
            type: 'backup',
            backup: 'backup-postgres',
            after: 'the volume has room',
          },
        })}
        instance={anInstance()}
        onRerun={() => {}}
      />,
    );
    expect(
      screen.getByText('Take the backup again as soon as the volume has room.'),
    ).toBeVisible();
    expect(screen.queryByRole('button', { name: /Re-run|backup/ })).toBeNull();
  });

  it('says when it was resolved, and offers nothing more', async () => {
    const resolvedAt = DateTime.now().minus({ hours: 3 }).toISO();
    await renderAkko(
      <FindingView
        finding={aFinding({ resolvedAt })}
        instance={anInstance()}
        onRerun={() => {}}
      />,
    );
    expect(screen.getByText(/^Error · Likely/)).toHaveTextContent(
      'Resolved 3 hours ago',
    );
    expect(screen.getByTitle('Resolved')).toBeInTheDocument();
    expect(screen.queryByText(/still there/)).toBeNull();
    expect(screen.queryByRole('button', { name: /^Re-run/ })).toBeNull();
  });

  it('leads to where more is told', async () => {
    await renderAkko(
      <FindingView
        finding={aFinding({ link: 'https://docs.example.org/refused' })}
        isOpenAtFirst
      />,
    );
    expect(
      screen.getByRole('link', { name: /Read more about this/ }),
    ).toHaveAttribute('href', 'https://docs.example.org/refused');
  });
});
