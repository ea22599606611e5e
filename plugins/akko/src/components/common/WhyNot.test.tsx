import { renderInTestApp } from '@backstage/test-utils';
import Button from '@material-ui/core/Button';
import Menu from '@material-ui/core/Menu';
import { fireEvent, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { whyBarred } from '../../__testUtils__/barred';
import { MENU_LIST_PROPS, MenuAction } from './MenuAction';
import { WhyNot } from './WhyNot';

function aButton(why?: string) {
  return (
    <WhyNot why={why} hint="Runs it again">
      {barred => <Button {...barred}>Re-run</Button>}
    </WhyNot>
  );
}

describe('a control that cannot be used', () => {
  it.each([
    ['pointed at', (button: HTMLElement) => userEvent.hover(button)],
    ['reached by keyboard', () => userEvent.tab()],
    ['touched', async (button: HTMLElement) => fireEvent.touchStart(button)],
  ])('says why when it is %s, and always to who hears it', async (_, reach) => {
    await renderInTestApp(aButton('It is busy'));
    const button = screen.getByRole('button', { name: 'Re-run' });
    expect(whyBarred(button)).toBe('It is busy');
    expect(screen.queryByRole('tooltip')).toBeNull();
    await reach(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent('It is busy');
  });

  it('says what it does once it can be used', async () => {
    const { rerender } = await renderInTestApp(aButton('It is busy'));
    rerender(aButton());
    const button = screen.getByRole('button', { name: 'Re-run' });
    expect(whyBarred(button)).toBeUndefined();
    await userEvent.hover(button);
    expect(await screen.findByRole('tooltip')).toHaveTextContent(
      'Runs it again',
    );
  });
});

describe('an item of a menu that cannot be used', () => {
  it('is reached with the arrows, says why, and does nothing', async () => {
    const done: string[] = [];
    await renderInTestApp(
      <Menu open anchorEl={document.body} MenuListProps={MENU_LIST_PROPS}>
        <MenuAction
          label="Log"
          why={undefined}
          onClick={() => done.push('log')}
        />
        <MenuAction
          label="Re-run"
          why="It is busy"
          onClick={() => done.push('rerun')}
        />
      </Menu>,
    );
    const rerun = screen.getByRole('menuitem', { name: 'Re-run' });
    expect(whyBarred(rerun)).toBe('It is busy');
    expect(screen.getByText('It is busy')).toBeVisible();
    await userEvent.keyboard('{ArrowDown}');
    expect(rerun).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await userEvent.click(rerun);
    expect(done).toEqual([]);
    await userEvent.keyboard('{ArrowUp}{Enter}');
    expect(done).toEqual(['log']);
  });
});
