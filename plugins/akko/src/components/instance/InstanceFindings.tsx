import {
  akkoLogReadPermission,
  type Finding,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import type { BackupAsk } from '../backups/backupAsk';
import { Notice } from '../common/Notice';
import { FindingList } from '../finding/FindingList';
import { FindingView } from '../finding/FindingView';
import { waitingFor } from '../finding/findingWords';
import { may } from '../permissions/may';
import type { AddressOfView, InstanceView } from './useInstanceView';

/** What is wrong with an instance, worst first: the first one is told in full, others when asked. */
export function InstanceFindings(props: {
  instance: Instance;
  /** Those to show. */
  findings: Finding[];
  view: InstanceView;
  addressOf: AddressOfView;
  onRerun: (jobs: string[]) => void;
  onBackup: (ask: BackupAsk) => void;
}) {
  const { addressOf, findings, instance, onBackup, onRerun, view } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const isGone =
    view.finding !== undefined &&
    instance.findings.every(({ id }) => id !== view.finding);
  const logAddress = ({ run }: Finding) =>
    run && may(instance, akkoLogReadPermission)
      ? addressOf({ run, job: undefined, section: 'log' })
      : undefined;
  return (
    <>
      {isGone && (
        <Notice tone="quiet" title={t('finding.gone')}>
          {t('finding.goneNext')}
        </Notice>
      )}
      {findings.length > 0 && (
        <FindingList>
          {findings.map((finding, index) => (
            <li key={finding.id}>
              <FindingView
                finding={finding}
                waiting={waitingFor(finding, instance.jobs)}
                address={addressOf({ finding: finding.id })}
                logAddress={logAddress(finding)}
                isOpenAtFirst={index === 0 && finding.severity !== 'info'}
                isGoneTo={finding.id === view.finding}
                instance={instance}
                onRerun={onRerun}
                onBackup={onBackup}
              />
            </li>
          ))}
        </FindingList>
      )}
    </>
  );
}
