import { Content, Header, Link, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  parseInstanceRef,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useInstance } from '../../hooks/useInstance';
import { useRun } from '../../hooks/useRun';
import { instanceRouteRef, runRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import type { BackupAsk } from '../backups/backupAsk';
import { BackupDialog } from '../backups/BackupDialog';
import { RerunDialog } from '../rerun/RerunDialog';
import { RunDetails } from './RunDetails';

/** One run on a page of its own. @param instanceRef - `cluster/namespace/release` */
export function RunPage(props: { instanceRef: string; run: string }) {
  const { instanceRef, run: id } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const instanceAddress = useRouteRef(instanceRouteRef);
  const runAddress = useRouteRef(runRouteRef);
  const navigate = useNavigate();
  const run = useRun(id);
  const name = run.status === 'ready' ? run.value.name : undefined;
  // A run can be shown without its instance.
  const live = useInstance(instanceRef);
  const instance = live.status === 'ready' ? live.value : undefined;
  const [asked, setAsked] = useState<string[]>();
  const [askedBackup, setAskedBackup] = useState<BackupAsk>();
  const ref = parseInstanceRef(instanceRef)!;
  return (
    <Page themeId="tool">
      <Header
        title={name ?? id}
        type={instanceRef}
        typeLink={instanceAddress({ ...ref })}
      />
      <Content>
        <Link to={instanceAddress({ ...ref })}>{t('run.backToInstance')}</Link>
        <RunDetails
          run={id}
          simulated={instance && simulatedOf(instance, name)}
          isBusy={instance && instance.activeOperations.length > 0}
          onOpenRun={other => navigate(runAddress({ ...ref, run: other }))}
          onRerun={instance && setAsked}
          onBackup={instance && setAskedBackup}
        />
        {instance && asked && (
          <RerunDialog
            instance={instance}
            jobs={asked}
            onClose={() => setAsked(undefined)}
          />
        )}
        {instance && askedBackup && (
          <BackupDialog
            instance={instance}
            ask={askedBackup}
            onClose={() => setAskedBackup(undefined)}
          />
        )}
      </Content>
    </Page>
  );
}

/** What the instance says of the job. */
function simulatedOf(
  { backups, jobs }: Instance,
  job: string | undefined,
): boolean | undefined {
  return [...jobs, ...backups].find(({ name }) => name === job)?.simulated;
}
