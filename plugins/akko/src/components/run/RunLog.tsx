import {
  akkoLogReadPermission,
  type RunDetail,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useRunLog } from '../../hooks/useRunLog';
import { akkoTranslationRef } from '../../translation';
import { Field } from '../common/Field';
import { Forbidden } from '../common/Forbidden';
import { Loading } from '../common/Loading';
import { Problem } from '../common/Problem';
import { LogViewer } from './LogViewer';

/** The log of a run, one attempt at a time; of a running one as it is written. */
export function RunLog(props: {
  run: RunDetail;
  /** Undefined: not known yet. */
  mayRead: boolean | undefined;
}) {
  const { mayRead, run } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  if (mayRead === undefined) {
    return <Loading />;
  }
  return mayRead ? (
    <Readable run={run} />
  ) : (
    <Forbidden
      title={t('run.log.forbidden')}
      permission={akkoLogReadPermission.name}
    />
  );
}

function Readable({ run }: { run: RunDetail }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { attempts } = run;
  const [chosen, setChosen] = useState<number>();
  const last = attempts.at(-1);
  const attempt = attempts.find(({ number }) => number === chosen) ?? last;
  const isRunning =
    (run.state === 'running' || run.state === 'pending') &&
    (attempt === last || attempt?.finishedAt === undefined);
  const log = useRunLog(run.id, attempt?.number, isRunning);
  return (
    <>
      {attempts.length > 1 && (
        <Field
          select
          id="akko-run-attempt"
          label={t('run.attempts')}
          value={attempt?.number}
          onChange={event => setChosen(Number(event.target.value))}
          style={{ marginBottom: 12 }}
        >
          {attempts.map(({ number }) => (
            <option key={number} value={number}>
              {t('run.attempt', { number: String(number) })}
            </option>
          ))}
        </Field>
      )}
      {log.error && (
        <Problem error={log.error} forbidden={t('run.log.forbidden')} />
      )}
      {log.isLoading && !log.text && <Loading />}
      {log.text && (
        <LogViewer
          text={log.text}
          name={`${run.jobName ?? run.name}-${attempt?.number ?? 1}`}
          errorLine={run.state === 'failed' ? run.errorLine : undefined}
          isFollowing={log.isFollowing}
        />
      )}
      {!log.text && !log.isLoading && !log.error && (
        <Typography variant="body2">
          {t(
            attempt && !attempt.hasLog && !isRunning
              ? 'run.log.lost'
              : 'run.log.empty',
          )}
        </Typography>
      )}
    </>
  );
}
