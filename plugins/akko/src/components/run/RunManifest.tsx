import { akkoLogReadPermission } from '@akko/backstage-plugin-akko-common';
import { CodeSnippet } from '@backstage/core-components';
import { useApi } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { useCallback } from 'react';
import { akkoApiRef } from '../../api/akkoApi';
import { useLive } from '../../hooks/useLive';
import { akkoTranslationRef } from '../../translation';
import { Disclosure } from '../common/Disclosure';
import { Forbidden } from '../common/Forbidden';
import { Loading } from '../common/Loading';
import { Problem } from '../common/Problem';

/** The Job as archived, when somebody wants to see it. */
export function RunManifest(props: {
  run: string;
  /** Undefined: not known yet. */
  mayRead: boolean | undefined;
  isShownAtFirst?: boolean;
}) {
  const { isShownAtFirst = false, mayRead, run } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  if (mayRead === undefined) {
    return <Loading />;
  }
  if (!mayRead) {
    return (
      <Forbidden
        title={t('run.manifest.forbidden')}
        permission={akkoLogReadPermission.name}
      />
    );
  }
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
  const { t } = useTranslationRef(akkoTranslationRef);
  const load = useCallback(() => api.manifest(run), [api, run]);
  const manifest = useLive(load, () => false);
  if (manifest.status === 'loading') {
    return <Loading />;
  }
  if (manifest.status === 'failed') {
    return (
      <Problem
        error={manifest.error}
        forbidden={t('run.manifest.forbidden')}
        onRetry={manifest.refresh}
      />
    );
  }
  return (
    <CodeSnippet text={manifest.value} language="yaml" showCopyCodeButton />
  );
}
