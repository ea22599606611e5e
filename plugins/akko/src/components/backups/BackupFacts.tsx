import type { Backup, BackupPause } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { Fragment } from 'react';
import { akkoTranslationRef } from '../../translation';
import { FactList } from '../common/FactList';
import { Time } from '../common/Time';
import { duration, exactTime } from '../common/time';
import { personOf } from '../common/trigger';
import { LastRun } from './LastRun';
import { NextDrill } from './NextDrill';
import { ScheduleText } from './ScheduleText';
import { targetWords } from './targetWords';

/** When it runs, how long that takes, how many are kept, what is expected of it, and how it is proven. */
export function BackupFacts(props: {
  backup: Backup;
  onOpenRun: (run: string, job?: string) => void;
}) {
  const { backup, onOpenRun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const { drill, paused, retention, suspended, target, usualDurationSeconds } =
    backup;
  const isPaused = suspended || paused !== undefined;
  return (
    <FactList
      label={t('backup.facts')}
      facts={[
        [t('backup.fact.schedule'), <Schedule key="schedule" {...backup} />],
        [
          t('backup.fact.next'),
          isPaused
            ? t('backup.fact.next.paused')
            : backup.schedule && <NextRuns backup={backup} />,
        ],
        [
          t('backup.fact.paused'),
          isPaused && <Paused pause={paused ?? { isExact: false }} />,
        ],
        [
          t('backup.fact.last'),
          <LastRun
            key="last"
            name={backup.name}
            title={backup.title}
            run={backup.lastRun}
            onOpenRun={onOpenRun}
          />,
        ],
        [
          t('backup.fact.usual'),
          usualDurationSeconds !== undefined && duration(usualDurationSeconds),
        ],
        [
          t('backup.fact.retention'),
          retention !== undefined &&
            t('backup.retention.keeps', { number: String(retention) }),
        ],
        [t('backup.fact.target'), target && targetWords(target, t)],
        [
          t('backup.fact.drill'),
          drill && (
            <LastRun {...drill} run={drill.lastRun} onOpenRun={onOpenRun} />
          ),
        ],
        [
          t('backup.fact.restore'),
          drill?.restoreSeconds !== undefined &&
            t('backup.restoreTook', {
              duration: duration(drill.restoreSeconds),
            }),
        ],
        [t('backup.fact.nextDrill'), drill && <NextDrill drill={drill} />],
      ]}
    />
  );
}

function Schedule({ schedule, timeZone }: Backup) {
  const { t } = useTranslationRef(akkoTranslationRef);
  return schedule ? (
    <ScheduleText schedule={schedule} timeZone={timeZone} />
  ) : (
    <>{t('backup.noSchedule')}</>
  );
}

function NextRuns({ backup }: { backup: Backup }) {
  const { nextRunAt, nextRuns = nextRunAt ? [nextRunAt] : [] } = backup;
  return (
    <>
      {nextRuns.slice(0, 5).map((iso, index) => (
        <Fragment key={iso}>
          {index > 0 && ' · '}
          <Time iso={iso} />
        </Fragment>
      ))}
    </>
  );
}

/** Since when, by whom and why nothing runs on schedule. */
function Paused({ pause }: { pause: BackupPause }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { by, isExact, reason, since } = pause;
  return (
    <>
      {since ? (
        <>
          {t(isExact ? 'backup.paused.since' : 'backup.paused.atLeastSince', {
            time: exactTime(since),
          })}{' '}
          (<Time iso={since} />)
        </>
      ) : (
        t('backup.paused.unknownSince')
      )}
      {by && ` ${t('backup.paused.by', { by: personOf(by) })}`}
      {reason && ` ${t('run.because', { reason })}`}
    </>
  );
}
