import {
  akkoLogReadPermission,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { instanceRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import { Disclosure } from '../common/Disclosure';
import { Notice } from '../common/Notice';
import { FindingAction } from '../finding/FindingAction';
import { FindingFix } from '../finding/FindingFix';
import { FindingHeading } from '../finding/FindingHeading';
import { may } from '../permissions/may';
import { SEVERITY_MARKS } from '../state/marks';

/** What is wrong most, why, and the fix when asked; the button for the re-run is the card's own. Nothing where there are only notes. */
export function CardFinding({ instance }: { instance: Instance }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const address = useRouteRef(instanceRouteRef)(instance);
  const wrong = instance.findings.filter(({ severity }) => severity !== 'info');
  const [finding] = wrong;
  if (!finding) {
    return null;
  }
  const mark = SEVERITY_MARKS[finding.severity];
  const query = (params: Record<string, string>) =>
    `${address}?${new URLSearchParams(params)}`;
  return (
    <Notice
      tone={mark.tone}
      mark={mark}
      title={
        <FindingHeading
          finding={finding}
          address={query({ finding: finding.id })}
        />
      }
    >
      <div>{finding.cause}</div>
      <Disclosure show={t('finding.showFix')} hide={t('finding.hideFix')}>
        <FindingFix
          finding={finding}
          isEvidenceFolded
          logAddress={
            finding.run && may(instance, akkoLogReadPermission)
              ? query({ run: finding.run, section: 'log' })
              : undefined
          }
        />
        <FindingAction finding={finding} />
      </Disclosure>
      {wrong.length > 1 && (
        <div>
          <Link to={address}>
            {t('finding.more', { count: wrong.length - 1 })}
          </Link>
        </div>
      )}
    </Notice>
  );
}
