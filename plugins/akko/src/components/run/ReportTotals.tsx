import type { Report } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { countWords } from '../instance/jobWords';
import { CHANGE_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2.5),
    margin: theme.spacing(1.5, 0),
  },
}));

/** How much a job created, updated, left and skipped. */
export function ReportTotals({ report }: { report: Report }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const counts = countWords(report, t);
  return (
    <div className={classes.root}>
      {counts.map(({ action, words }) => (
        <StateMark key={action} mark={CHANGE_MARKS[action]} word={words} />
      ))}
      {counts.length === 0 && t('report.nothing')}
    </div>
  );
}
