import type { Operation } from '@akko/backstage-plugin-akko-common';
import { screen } from '@testing-library/react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { anOperation } from '../../__testUtils__/fixtures';
import { renderAkko } from '../../__testUtils__/renderAkko';
import { akkoTranslationRef } from '../../translation';
import { operationTitle } from './operationTitle';

function Title({ operation }: { operation: Operation }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  return <h1>{operationTitle(operation, t)}</h1>;
}

describe('the title of an operation', () => {
  it.each([
    ['bootstrap', 'Bootstrap'],
    ['rerun', 'Re-run of keycloak-clients'],
    ['backup', 'Backup backup-postgres'],
    ['drill', 'Restore drill of backup-postgres'],
    ['suspend', 'Schedule of backup-postgres paused'],
    ['resume', 'Schedule of backup-postgres resumed'],
  ] as const)('of a %s is %s', async (action, title) => {
    await renderAkko(
      <Title operation={anOperation({ action, backup: 'backup-postgres' })} />,
    );
    expect(screen.getByRole('heading')).toHaveTextContent(title);
  });
});
