import { Content, Header, Link, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import {
  akkoLogReadPermission,
  parseInstanceRef,
} from '@akko/backstage-plugin-akko-common';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useNavigate } from 'react-router-dom';
import { useInstance } from '../../hooks/useInstance';
import { useRun } from '../../hooks/useRun';
import { instanceRouteRef, runRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import type { BackupAsk } from '../backups/backupAsk';
import { BackupDialog } from '../backups/BackupDialog';
import { may } from '../permissions/may';
import { RerunDialog } from '../rerun/RerunDialog';
import { jobsOf } from './jobsOf';
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
  const job = instance && jobsOf(instance).find(one => one.name === name);
  // Without the instance, the API says whether the log may be read when it is asked for it.
  const mayReadLog = instance
    ? may(instance, akkoLogReadPermission)
    : live.status === 'failed' || undefined;
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
        {name && (
          <Typography variant="h5" component="h2" style={{ marginTop: 8 }}>
            {job?.title ?? name}
          </Typography>
        )}
        <RunDetails
          run={id}
          simulated={job?.simulated}
          instance={instance}
          mayReadLog={mayReadLog}
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
