import {
  AkkoApiError,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { Content, Header, Link, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tab from '@material-ui/core/Tab';
import Tabs from '@material-ui/core/Tabs';
import { useState } from 'react';
import { useInstance } from '../../hooks/useInstance';
import { rootRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import type { BackupAsk } from '../backups/backupAsk';
import { BackupDialog } from '../backups/BackupDialog';
import { BackupsTab } from '../backups/BackupsTab';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { StaleNotice } from '../common/StaleNotice';
import { ActiveOperation } from '../rerun/ActiveOperation';
import { RerunDialog, type RerunChoice } from '../rerun/RerunDialog';
import { RunDrawer } from '../run/RunDrawer';
import { ActivityTab } from './ActivityTab';
import { BootstrapTab } from './BootstrapTab';
import { HeaderFacts } from './HeaderFacts';
import { InstanceFindings } from './InstanceFindings';
import { InstanceHeadline } from './InstanceHeadline';
import { useInstanceView, type InstanceTab } from './useInstanceView';

const TABS: InstanceTab[] = ['bootstrap', 'backups', 'activity'];

/** One instance: its jobs, backups and what was asked for. @param instanceRef - `cluster/namespace/release` */
export function InstancePage({ instanceRef }: { instanceRef: string }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const fleet = useRouteRef(rootRouteRef)();
  const live = useInstance(instanceRef);
  const instance = live.status === 'ready' ? live.value : undefined;
  return (
    <Page themeId="tool">
      <Header
        title={instance?.title ?? instanceRef}
        type={t('title')}
        typeLink={fleet}
        subtitle={instanceRef}
      >
        {instance && <HeaderFacts instance={instance} isLive={live.isLive} />}
      </Header>
      <Content>
        {live.status === 'loading' && <Loading lines={8} />}
        {live.status === 'failed' && (
          <InstanceProblem
            error={live.error}
            instanceRef={instanceRef}
            onRetry={live.refresh}
          />
        )}
        {live.status === 'ready' && (
          <>
            {live.error && (
              <Problem error={live.error} onRetry={live.refresh} />
            )}
            <Loaded instance={live.value} />
          </>
        )}
      </Content>
    </Page>
  );
}

function InstanceProblem(props: {
  error: Error;
  instanceRef: string;
  onRetry: () => void;
}) {
  const { error, instanceRef, onRetry } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const fleet = useRouteRef(rootRouteRef)();
  if (!(error instanceof AkkoApiError && error.status === 404)) {
    return <Problem error={error} onRetry={onRetry} />;
  }
  return (
    <Notice
      tone="warn"
      title={t('instance.unknown', { ref: instanceRef })}
      action={<Link to={fleet}>{t('instance.toFleet')}</Link>}
    >
      {t('instance.unknownNext')}
    </Notice>
  );
}

function Loaded({ instance }: { instance: Instance }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const [view, onView, addressOf] = useInstanceView();
  const [asked, setAsked] = useState<RerunChoice>();
  const [askedBackup, setAskedBackup] = useState<BackupAsk>();
  const [active] = instance.activeOperations;
  const openRun = (run: string) =>
    onView({ run, job: undefined, section: undefined });
  return (
    <>
      {instance.stale && <StaleNotice cluster={instance.clusterState} />}
      <InstanceHeadline instance={instance} onRerun={setAsked} />
      {active && <ActiveOperation operation={active} onOpenRun={openRun} />}
      <Tabs
        value={view.tab}
        onChange={(_, tab) => onView({ tab })}
        indicatorColor="primary"
        style={{ marginBottom: 16 }}
      >
        {TABS.map(tab => (
          <Tab key={tab} value={tab} label={t(`instance.tab.${tab}`)} />
        ))}
      </Tabs>
      {view.tab === 'bootstrap' && (
        <BootstrapTab
          instance={instance}
          view={view}
          onView={onView}
          addressOf={addressOf}
          onRerun={setAsked}
          onBackup={setAskedBackup}
        />
      )}
      {view.tab === 'backups' && (
        <>
          <InstanceFindings
            instance={instance}
            findings={instance.findings.filter(({ job }) =>
              instance.backups.some(
                ({ drill, name }) => name === job || drill?.name === job,
              ),
            )}
            view={view}
            addressOf={addressOf}
            onRerun={setAsked}
            onBackup={setAskedBackup}
          />
          <BackupsTab
            instance={instance}
            chosen={view.backup}
            onView={onView}
            onAsk={setAskedBackup}
          />
        </>
      )}
      {view.tab === 'activity' && (
        <ActivityTab instance={instance.ref} onOpenRun={openRun} />
      )}
      <RunDrawer
        instance={instance}
        view={view}
        // Runs before and after it are of the same job.
        onOpenRun={run => onView({ run, section: undefined })}
        onClose={() =>
          onView({ run: undefined, job: undefined, section: undefined })
        }
        onRerun={setAsked}
        onBackup={setAskedBackup}
      />
      {askedBackup && (
        <BackupDialog
          instance={instance}
          ask={askedBackup}
          onClose={() => setAskedBackup(undefined)}
        />
      )}
      {asked && (
        <RerunDialog
          instance={instance}
          jobs={asked}
          onClose={() => setAsked(undefined)}
        />
      )}
    </>
  );
}
