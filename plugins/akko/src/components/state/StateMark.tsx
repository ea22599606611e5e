import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import type { Mark } from './marks';
import { useToneColors } from './useToneColors';

const useStyles = makeStyles({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    whiteSpace: 'nowrap',
  },
  spin: {
    '@media (prefers-reduced-motion: no-preference)': {
      animation: '$spin 2s linear infinite',
    },
  },
  '@keyframes spin': { to: { transform: 'rotate(360deg)' } },
});

/** A state as icon and word in its colour. @param word - in the place of the state's own */
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
  const text = word ?? t(mark.word as 'state.failed');
  return (
    <span className={classes.root} style={{ color: colors[mark.tone] }}>
      <mark.Icon
        fontSize="small"
        className={mark.spins ? classes.spin : undefined}
        titleAccess={iconOnly ? text : undefined}
      />
      {!iconOnly && text}
    </span>
  );
}
