import { act, fireEvent, screen } from '@testing-library/react';
import { renderAkko } from '../../__testUtils__/renderAkko';
import { Command } from './Command';

const COMMAND = "kubectl logs --namespace='a b' job/akko-minio-init";

/** What browsers do when a page copies what it has selected; jsdom does not. */
function answerCopy(isAllowed: boolean) {
  const copied: string[] = [];
  document.execCommand = jest.fn(() => {
    copied.push(String(document.getSelection()));
    return isAllowed;
  });
  // Asked where copying fails.
  window.prompt = jest.fn(() => null);
  return copied;
}

describe('a command', () => {
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('is copied as it stands, says so, and can be copied again', async () => {
    const copied = answerCopy(true);
    await renderAkko(<Command>{COMMAND}</Command>);
    jest.useFakeTimers();
    const button = screen.getByRole('button', { name: 'Copy the command' });
    fireEvent.click(button);
    expect(copied).toEqual([COMMAND]);
    expect(screen.getByRole('status')).toHaveTextContent('Copied');
    act(() => jest.advanceTimersByTime(3000));
    expect(screen.getByRole('status')).toBeEmptyDOMElement();
    fireEvent.click(button);
    expect(screen.getByRole('status')).toHaveTextContent('Copied');
  });

  it('says so where the browser does not let it be copied', async () => {
    answerCopy(false);
    jest.spyOn(console, 'error').mockImplementation();
    await renderAkko(<Command>{COMMAND}</Command>);
    fireEvent.click(screen.getByRole('button', { name: 'Copy the command' }));
    expect(screen.getByRole('status')).toHaveTextContent(/^Not copied/);
  });
});
