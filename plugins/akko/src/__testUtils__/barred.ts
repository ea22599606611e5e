import userEvent from '@testing-library/user-event';

/** A control that can be reached, but not used, and says why. */
export function expectBarred(control: HTMLElement, why: string | RegExp) {
  expect(control).toHaveAttribute('aria-disabled', 'true');
  expect(control).not.toBeDisabled();
  expect(control).toHaveAccessibleDescription(why);
}

/** A control that is barred for want of a permission. @param permission - its name */
export function expectForbidden(control: HTMLElement, permission: string) {
  expectBarred(
    control,
    `You need the permission ${permission} on this instance`,
  );
}

/** A control that can be used. */
export function expectUsable(control: HTMLElement) {
  expect(control).not.toHaveAttribute('aria-disabled', 'true');
  expect(control).toBeEnabled();
}

/** Presses what cannot be used, by mouse and by keyboard. */
export async function pressInVain(control: HTMLElement) {
  await userEvent.click(control);
  control.focus();
  expect(control).toHaveFocus();
  await userEvent.keyboard('{Enter} ');
}
