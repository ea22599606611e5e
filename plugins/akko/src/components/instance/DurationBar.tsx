import type { InitJob } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { toneColors } from '../state/useToneColors';
import { durationShare, durationWords } from './jobWords';

const useStyles = makeStyles(theme => ({
  words: { whiteSpace: 'nowrap' },
  bar: {
    position: 'relative',
    width: 96,
    height: 6,
    marginTop: 4,
    borderRadius: 3,
    backgroundColor: theme.palette.action.hover,
    overflow: 'hidden',
  },
  last: {
    height: '100%',
    backgroundColor: toneColors(theme).busy,
  },
  usual: {
    position: 'absolute',
    top: 0,
    bottom: 0,
    width: 2,
    backgroundColor: theme.palette.text.primary,
  },
}));

/** How long the last run took, as a bar with a stroke where it usually ends. */
export function DurationBar({ job }: { job: InitJob }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const share = durationShare(job);
  return (
    <>
      <span className={classes.words}>{durationWords(job, t)}</span>
      {share && (
        <div className={classes.bar} aria-hidden="true">
          <div
            className={classes.last}
            style={{ width: `${share.last * 100}%` }}
          />
          <div
            className={classes.usual}
            style={{ left: `calc(${share.usual * 100}% - 2px)` }}
          />
        </div>
      )}
    </>
  );
}
