import type { RunEvent } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { akkoTranslationRef } from '../../translation';
import { useTableStyles } from '../common/tableStyles';
import { Time } from '../common/Time';

/** What Kubernetes said about a run. */
export function RunEvents({ events }: { events: RunEvent[] }) {
  const classes = useTableStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  if (events.length === 0) {
    return <Typography variant="body2">{t('run.noEvents')}</Typography>;
  }
  return (
    <div
      className={classes.scroll}
      role="region"
      aria-label={t('run.events')}
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
    >
      <table className={classes.table}>
        <tbody>
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
        </tbody>
      </table>
    </div>
  );
}
