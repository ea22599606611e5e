import type { BackupDrill } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { ScheduleText } from './ScheduleText';

/** When the next drill is, and by whose schedule. */
export function NextDrill({ drill }: { drill: BackupDrill }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { nextRunAt, schedule, scheduledBy, timeZone } = drill;
  if (!scheduledBy) {
    return <>{t('backup.drill.onDemand')}</>;
  }
  return (
    <>
      {nextRunAt && (
        <>
          <Time iso={nextRunAt} />
          {', '}
        </>
      )}
      {t(`backup.drill.${scheduledBy}`)}
      {schedule && (
        <>
          {' · '}
          <ScheduleText schedule={schedule} timeZone={timeZone} />
        </>
      )}
    </>
  );
}
