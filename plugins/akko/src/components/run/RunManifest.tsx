import { CodeSnippet } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useCallback } from 'react';
import { akkoApiRef } from '../../api/akkoApi';
import { useLive } from '../../hooks/useLive';
import { akkoTranslationRef } from '../../translation';
import { Disclosure } from '../common/Disclosure';
import { Loading } from '../common/Loading';
import { Problem } from '../common/Problem';

/** The Job as archived, when somebody wants to see it. */
export function RunManifest(props: { run: string; isShownAtFirst?: boolean }) {
  const { run, isShownAtFirst = false } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <Disclosure
      isOutlined
      isOpenAtFirst={isShownAtFirst}
      show={t('rerun.showManifest')}
      hide={t('rerun.hideManifest')}
    >
      <Manifest run={run} />
    </Disclosure>
  );
}

function Manifest({ run }: { run: string }) {
  const api = useApi(akkoApiRef);
  const load = useCallback(() => api.manifest(run), [api, run]);
  const manifest = useLive(load, () => false);
  if (manifest.status === 'loading') {
    return <Loading />;
  }
  if (manifest.status === 'failed') {
    return <Problem error={manifest.error} onRetry={manifest.refresh} />;
  }
  return (
    <CodeSnippet text={manifest.value} language="yaml" showCopyCodeButton />
  );
}
