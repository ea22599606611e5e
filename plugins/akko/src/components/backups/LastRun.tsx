import type { Run } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { RUN_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

/** How and when something ran last, and the way to that run. */
export function LastRun(props: {
  /** Name and title of what ran. */
  name: string;
  title: string;
  run: Run | undefined;
  onOpenRun: (run: string, job: string) => void;
}) {
  const { name, onOpenRun, run, title } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  if (!run) {
    return <>{t('time.never')}</>;
  }
  return (
    <>
      <StateMark mark={RUN_MARKS[run.state]} />{' '}
      <Time iso={run.finishedAt ?? run.startedAt ?? run.createdAt} />{' '}
      <Button
        size="small"
        color="primary"
        data-job={name}
        style={{ textTransform: 'none', padding: '0 5px' }}
        onClick={() => onOpenRun(run.id, name)}
      >
        {t('backup.openRun', { title })}
      </Button>
    </>
  );
}
