import type { RunEvent } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { akkoTranslationRef } from '../../translation';
import { DataTable } from '../common/DataTable';
import { Time } from '../common/Time';

/** What Kubernetes said about a run. */
export function RunEvents({ events }: { events: RunEvent[] }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  if (events.length === 0) {
    return <Typography variant="body2">{t('run.noEvents')}</Typography>;
  }
  return (
    <DataTable label={t('run.events')}>
      {events.map((event, index) => (
        <tr key={index}>
          <td>{event.at && <Time iso={event.at} />}</td>
          <td>{event.reason}</td>
          <td>
            {event.object}: {event.message}
            {(event.count ?? 1) > 1 && ` (×${event.count})`}
          </td>
        </tr>
      ))}
    </DataTable>
  );
}
