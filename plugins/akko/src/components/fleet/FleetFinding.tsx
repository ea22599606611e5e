import type { InstanceSummary } from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import { instanceRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { findingTitle } from '../finding/findingWords';
import { SEVERITY_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors, useToneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(0.75),
    minWidth: 140,
    maxWidth: 420,
    overflowWrap: 'anywhere',
  },
  words: {
    overflow: 'hidden',
    display: '-webkit-box',
    WebkitLineClamp: 3,
    WebkitBoxOrient: 'vertical',
  },
  link: { color: 'inherit' },
  small: { color: toneColors(theme).quiet, fontSize: '0.8125rem' },
}));

/** What is wrong most with an instance; where no error was found, what failed. */
export function FleetFinding({ instance }: { instance: InstanceSummary }) {
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  const address = useRouteRef(instanceRouteRef)(instance);
  const { topFailure, topFinding } = instance;
  if (topFinding && (topFinding.severity === 'error' || !topFailure)) {
    const { cause, id, job, openedAt, severity } = topFinding;
    const mark = SEVERITY_MARKS[severity];
    return (
      <div className={classes.root} style={{ color: colors[mark.tone] }}>
        <StateMark mark={mark} iconOnly />
        <div>
          <Tooltip title={cause}>
            <Link
              to={`${address}?${new URLSearchParams({ finding: id })}`}
              className={classes.link}
            >
              {findingTitle(topFinding)}
            </Link>
          </Tooltip>
          <div className={classes.small}>
            {job && `${job} · `}
            <Time iso={openedAt} />
          </div>
        </div>
      </div>
    );
  }
  return topFailure ? (
    <div className={classes.root} style={{ color: colors.bad }}>
      <StateMark
        mark={SEVERITY_MARKS.error}
        word={t('instance.problem', { job: topFailure.job })}
        iconOnly
      />
      <span className={classes.words}>
        {topFailure.job}: {topFailure.message}
      </span>
    </div>
  ) : null;
}
