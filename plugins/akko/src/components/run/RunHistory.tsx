import type { RunDetail, RunList } from '@akko/backstage-plugin-akko-common';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { useCallback, useState } from 'react';
import { akkoApiRef } from '../../api/akkoApi';
import { useLive } from '../../hooks/useLive';
import { akkoTranslationRef } from '../../translation';
import { DataTable } from '../common/DataTable';
import { Loading } from '../common/Loading';
import { Problem } from '../common/Problem';
import { Time } from '../common/Time';
import { duration } from '../common/time';
import { triggerSentence } from '../common/trigger';
import { useLast } from '../common/useLast';
import { RUN_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

const FIRST = 5;
const MORE = 20;
/** As many as one page of the API holds. */
const MOST = 200;

/** The newest runs of the job that a run is of. */
export function RunHistory(props: {
  run: RunDetail;
  onOpenRun: (run: string) => void;
}) {
  const { run, onOpenRun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const [count, setCount] = useState(FIRST);
  const runs = useRuns(run.instance, run.name, count);
  // While more are asked for, those that are there stay in sight.
  const shown = useLast(runs.status === 'ready' ? runs.value : undefined);
  if (runs.status === 'failed') {
    return <Problem error={runs.error} onRetry={runs.refresh} />;
  }
  if (!shown) {
    return <Loading lines={FIRST} />;
  }
  return (
    <>
      <DataTable label={t('run.history')}>
        {shown.items.map(one => (
          <tr key={one.id} aria-current={one.id === run.id || undefined}>
            <td>
              <StateMark mark={RUN_MARKS[one.state]} />
            </td>
            <td>
              {one.id === run.id ? (
                <strong>
                  <Time iso={one.createdAt} />
                </strong>
              ) : (
                <Button
                  size="small"
                  color="primary"
                  style={{ textTransform: 'none' }}
                  onClick={() => onOpenRun(one.id)}
                >
                  <Time iso={one.createdAt} />
                </Button>
              )}
            </td>
            <td>
              {one.durationSeconds !== undefined &&
                duration(one.durationSeconds)}
            </td>
            <td>{triggerSentence(one.trigger, t)}</td>
          </tr>
        ))}
      </DataTable>
      {shown.nextCursor && count < MOST && (
        <Button
          size="small"
          onClick={() => setCount(Math.min(MOST, count + MORE))}
        >
          {t('run.history.more')}
        </Button>
      )}
    </>
  );
}

function useRuns(instance: string, job: string, limit: number) {
  const api = useApi(akkoApiRef);
  const load = useCallback(
    (): Promise<RunList> => api.runs(instance, job, { limit }),
    [api, instance, job, limit],
  );
  return useLive(
    load,
    signal => signal.type === 'run-changed' && signal.instance === instance,
  );
}
