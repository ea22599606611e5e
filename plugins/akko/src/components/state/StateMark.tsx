import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { useState } from 'react';
import { akkoTranslationRef } from '../../translation';
import type { Mark } from './marks';
import { useToneColors } from './useToneColors';

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    // In a line of words its own word stands as they do.
    alignItems: 'baseline',
    gap: 6,
    whiteSpace: 'nowrap',
    '& > svg': { alignSelf: 'center' },
  },
  spin: {
    '@media (prefers-reduced-motion: no-preference)': {
      animation: '$spin 2s linear infinite',
    },
  },
  changed: {
    borderRadius: 4,
    // Where less motion is asked for, the mark comes and goes without fading.
    animation: '$changed 2s steps(1)',
    '@media (prefers-reduced-motion: no-preference)': {
      animationTimingFunction: 'ease-out',
    },
  },
  '@keyframes changed': {
    from: { boxShadow: '0 0 0 3px currentColor' },
    to: { boxShadow: '0 0 0 3px transparent' },
  },
  '@keyframes spin': { to: { transform: 'rotate(360deg)' } },
});

/** A state as icon and word in its colour; marked for a moment when it changes in sight. @param word - in the place of the state's own */
export function StateMark(props: {
  mark: Mark;
  word?: string;
  /** The word is read out, but not shown. */
  iconOnly?: boolean;
}) {
  const { mark, word, iconOnly = false } = props;
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  const changes = useChanges(mark.word);
  const text = word ?? t(mark.word as 'state.failed');
  return (
    <span
      // A new element starts the animation over.
      key={changes}
      className={`${classes.root} ${changes > 0 ? classes.changed : ''}`}
      data-changed={changes > 0 || undefined}
      style={{ color: colors[mark.tone] }}
    >
      <mark.Icon
        fontSize="small"
        className={mark.spins ? classes.spin : undefined}
        titleAccess={iconOnly ? text : undefined}
      />
      {!iconOnly && text}
    </span>
  );
}

/** How often a value has changed since it was first shown. */
function useChanges(value: string): number {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value) {
    setSeen({ value, changes: seen.changes + 1 });
  }
  return seen.changes;
}
