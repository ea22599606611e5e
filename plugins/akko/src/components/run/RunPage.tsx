import { Content, Header, Link, Page } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { parseInstanceRef } from '@akko/backstage-plugin-akko-common';
import { useNavigate } from 'react-router-dom';
import { useInstance } from '../../hooks/useInstance';
import { useRun } from '../../hooks/useRun';
import { instanceRouteRef, runRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
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
  const simulated = useSimulated(instanceRef, name);
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
          simulated={simulated}
          onOpenRun={other => navigate(runAddress({ ...ref, run: other }))}
        />
      </Content>
    </Page>
  );
}

/** What the instance says of the job; a run can be shown without it. */
function useSimulated(
  instanceRef: string,
  job: string | undefined,
): boolean | undefined {
  const instance = useInstance(instanceRef);
  return instance.status === 'ready'
    ? [...instance.value.jobs, ...instance.value.backups].find(
        ({ name }) => name === job,
      )?.simulated
    : undefined;
}
