import type { Attempt, RunDetail } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { duration } from '../common/time';
import { RUN_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';
import { toneColors, useToneColors } from '../state/useToneColors';
import { placeAttempts, stateOfAttempt } from './attempts';

const useStyles = makeStyles(theme => ({
  list: { listStyle: 'none', margin: 0, padding: 0 },
  attempt: {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'auto minmax(0, 1fr)',
    gap: theme.spacing(0, 1.5),
    padding: theme.spacing(0.75, 0),
    alignItems: 'center',
  },
  words: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0, 1.5),
    overflowWrap: 'anywhere',
  },
  quiet: { color: toneColors(theme).quiet },
  track: {
    gridColumn: '1 / -1',
    height: 6,
    marginTop: 4,
    borderRadius: 3,
    backgroundColor: theme.palette.action.hover,
  },
  bar: { height: '100%', minWidth: 4, borderRadius: 3 },
}));

/** The attempts of a run, one below the other, each with its place in the time of the run. */
export function AttemptTimeline({ run }: { run: RunDetail }) {
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  const places = placeAttempts(run.attempts, new Date());
  return (
    <ol className={classes.list} aria-label={t('run.attempts')}>
      {run.attempts.map((attempt, index) => {
        const mark = RUN_MARKS[stateOfAttempt(attempt)];
        const place = places[index];
        return (
          <li key={attempt.number} className={classes.attempt}>
            <StateMark
              mark={mark}
              word={t('run.attempt', { number: String(attempt.number) })}
            />
            <AttemptWords attempt={attempt} />
            {place && (
              <div className={classes.track} aria-hidden="true">
                <div
                  className={classes.bar}
                  style={{
                    backgroundColor: colors[mark.tone],
                    marginLeft: `${place.from * 100}%`,
                    width: `${place.share * 100}%`,
                  }}
                />
              </div>
            )}
          </li>
        );
      })}
    </ol>
  );
}

function AttemptWords({ attempt }: { attempt: Attempt }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { exitCode, finishedAt, message, node, pod, reason, startedAt } =
    attempt;
  const end = [
    reason,
    exitCode !== undefined && t('run.exitCode', { code: String(exitCode) }),
    message,
  ].filter(Boolean);
  return (
    <div className={classes.words}>
      {startedAt && <Time iso={startedAt} />}
      {startedAt && finishedAt && (
        <span>
          {duration((Date.parse(finishedAt) - Date.parse(startedAt)) / 1000)}
        </span>
      )}
      {end.length > 0 && <span>{end.join(', ')}</span>}
      <span className={classes.quiet}>
        {node ? t('run.podOnNode', { pod, node }) : pod}
      </span>
    </div>
  );
}
