import type { Finding } from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Disclosure } from '../common/Disclosure';
import { FindingEvidence } from './FindingEvidence';
import { FindingSteps } from './FindingSteps';

/** What to do about a finding, and what it rests on. */
export function FindingFix(props: {
  finding: Finding;
  /** Of the log of the run. */
  logAddress?: string;
  /** The evidence is shown only when somebody asks for it. */
  isEvidenceFolded?: boolean;
}) {
  const { finding, isEvidenceFolded = false, logAddress } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const evidence = (finding.evidence.length > 0 || logAddress) && (
    <FindingEvidence evidence={finding.evidence} logAddress={logAddress} />
  );
  return (
    <>
      <FindingSteps steps={finding.steps} />
      {finding.link && (
        <div>
          <Link to={finding.link}>{t('finding.link')}</Link>
        </div>
      )}
      {evidence && isEvidenceFolded ? (
        <Disclosure
          show={t('finding.showEvidence')}
          hide={t('finding.hideEvidence')}
        >
          {evidence}
        </Disclosure>
      ) : (
        evidence
      )}
    </>
  );
}
