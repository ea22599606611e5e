import type { Finding, Instance } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useEffect, useRef } from 'react';
import { akkoTranslationRef } from '../../translation';
import type { BackupAsk } from '../backups/backupAsk';
import { Disclosure } from '../common/Disclosure';
import { Notice } from '../common/Notice';
import { RESOLVED_MARK, SEVERITY_MARKS } from '../state/marks';
import { FindingAction } from './FindingAction';
import { FindingConsequences } from './FindingConsequences';
import { FindingFacts } from './FindingFacts';
import { FindingFix } from './FindingFix';
import { FindingHeading } from './FindingHeading';

/** A finding in full: what is wrong and why, what followed, what to do and what it rests on, and what the portal does about it. */
export function FindingView(props: {
  finding: Finding;
  /** Jobs that do not start because of it. */
  waiting?: readonly string[];
  /** Of the finding, to be shared. */
  address?: string;
  /** Of the log of its run. */
  logAddress?: string;
  /** What to do is shown without being asked for. */
  isOpenAtFirst?: boolean;
  /** The address of the page is that of this finding. */
  isGoneTo?: boolean;
  /** That it is of. */
  instance?: Instance;
  onRerun?: (jobs: string[]) => void;
  onBackup?: (ask: BackupAsk) => void;
}) {
  const { finding, isGoneTo = false, waiting = [] } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const isOpen = finding.resolvedAt === undefined;
  const mark = isOpen ? SEVERITY_MARKS[finding.severity] : RESOLVED_MARK;
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isGoneTo) {
      place.current?.scrollIntoView?.({ block: 'start' });
    }
  }, [isGoneTo]);
  return (
    <div ref={place}>
      <Notice
        tone={mark.tone}
        mark={mark}
        title={<FindingHeading finding={finding} address={props.address} />}
      >
        <div>{finding.cause}</div>
        <FindingFacts finding={finding} />
        <FindingConsequences finding={finding} waiting={waiting} />
        <Disclosure
          show={t('finding.showFix')}
          hide={t('finding.hideFix')}
          isOpenAtFirst={props.isOpenAtFirst || isGoneTo}
        >
          <FindingFix finding={finding} logAddress={props.logAddress} />
        </Disclosure>
        {isOpen && (
          <FindingAction
            finding={finding}
            instance={props.instance}
            onRerun={props.onRerun}
            onBackup={props.onBackup}
          />
        )}
      </Notice>
    </div>
  );
}
