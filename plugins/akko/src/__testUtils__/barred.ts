import userEvent from '@testing-library/user-event';

/** Why a control cannot be used, as it is told to those who hear it; undefined where it can be used. */
export function whyBarred(control: HTMLElement): string | undefined {
  if (control.matches(':disabled')) {
    return 'It is disabled, and so nobody reaches it and hears why';
  }
  if (control.getAttribute('aria-disabled') !== 'true') {
    return undefined;
  }
  const reason = control.getAttribute('aria-describedby') ?? '';
  return document.getElementById(reason)?.textContent ?? 'No reason is told';
}

/** What is told where a permission is missing. */
export function lacking(permission: string): string {
  return `You need the permission ${permission} on this instance`;
}

/** Presses what cannot be used, by mouse and by keyboard. */
export async function pressInVain(control: HTMLElement): Promise<void> {
  await userEvent.click(control);
  control.focus();
  expect(control).toHaveFocus();
  await userEvent.keyboard('{Enter} ');
}
