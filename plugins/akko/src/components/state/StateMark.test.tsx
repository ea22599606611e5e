import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useState } from 'react';
import type { InitJobState } from '@akko/backstage-plugin-akko-common';
import { renderAkko } from '../../__testUtils__/renderAkko';
import { JOB_MARKS } from './marks';
import { StateMark } from './StateMark';

function Example({ next }: { next: InitJobState }) {
  const [state, setState] = useState<InitJobState>('running');
  return (
    <>
      <StateMark mark={JOB_MARKS[state]} />
      <button onClick={() => setState(next)}>refresh</button>
    </>
  );
}

describe('StateMark', () => {
  it('marks a state that changes in sight', async () => {
    await renderAkko(<Example next="failed" />);
    expect(screen.getByText('Running')).not.toHaveAttribute('data-changed');
    await userEvent.click(screen.getByText('refresh'));
    expect(screen.getByText('Failed')).toHaveAttribute('data-changed', 'true');
  });

  it('leaves a state alone that is refreshed to the same', async () => {
    await renderAkko(<Example next="running" />);
    await userEvent.click(screen.getByText('refresh'));
    expect(screen.getByText('Running')).not.toHaveAttribute('data-changed');
  });
});
