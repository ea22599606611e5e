import type { BackupDay } from '@akko/backstage-plugin-akko-common';
import { DateTime } from 'luxon';
import type { Translate } from '../../../translation';
import { bytes } from '../../common/bytes';

/** `Sunday 29 November 2026: 1 good run, 6.0 GiB, restored`. */
export function dayWords(day: BackupDay, t: Translate): string {
  return `${dateWords(day.date)}: ${factsOf(day, t).join(', ')}`;
}

/** A day of the calendar in the viewer's language; it is the same day in every zone. */
function dateWords(date: string): string {
  return DateTime.fromISO(date, { zone: 'utc' }).toLocaleString({
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
}

function factsOf(day: BackupDay, t: Translate): string[] {
  const { bytes: size, failed, good, level, missed, state } = day;
  const facts = [
    good > 0 && t('calendar.good', { count: good }),
    failed > 0 && t('calendar.failed', { count: failed }),
    missed > 0 && t('calendar.missed', { count: missed }),
    state === 'running' && t('calendar.running'),
    state === 'manual' && t('calendar.manual'),
    state === 'gap' && t('calendar.gap'),
    size !== undefined && bytes(size),
    level !== undefined && good > 0 && t(`calendar.level.${level}`),
  ].filter((fact): fact is string => Boolean(fact));
  return facts.length > 0 ? facts : [t('calendar.none')];
}
