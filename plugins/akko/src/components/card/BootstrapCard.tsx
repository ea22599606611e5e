import {
  AkkoApiError,
  ANNOTATION_INSTANCE,
  parseInstanceRef,
  stringifyInstanceRef,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/core-plugin-api';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { useInstance } from '../../hooks/useInstance';
import { instanceRouteRef } from '../../routes';
import { akkoTranslationRef } from '../../translation';
import { Loading } from '../common/Loading';
import { Notice } from '../common/Notice';
import { Problem } from '../common/Problem';
import { SandboxChip } from '../common/SandboxChip';
import { StaleNotice } from '../common/StaleNotice';
import { RerunButton } from '../rerun/RerunButton';
import { RerunDialog } from '../rerun/RerunDialog';
import { CardBody } from './CardBody';

/** Bootstrap health of the instance that the entity on this page is annotated with. */
export function BootstrapCard() {
  const { entity } = useEntity();
  const { t } = useTranslationRef(akkoTranslationRef);
  const text = entity.metadata.annotations?.[ANNOTATION_INSTANCE] ?? '';
  const ref = parseInstanceRef(text);
  if (!ref) {
    return (
      <EntityInfoCard title={t('card.title')}>
        <Notice
          tone="warn"
          title={t('card.badAnnotation', {
            annotation: `${ANNOTATION_INSTANCE}: ${text}`,
          })}
        />
      </EntityInfoCard>
    );
  }
  return <InstanceCard instanceRef={stringifyInstanceRef(ref)} />;
}

function InstanceCard({ instanceRef }: { instanceRef: string }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const addressOf = useRouteRef(instanceRouteRef);
  const live = useInstance(instanceRef);
  const [isAsked, setIsAsked] = useState(false);
  const instance = live.status === 'ready' ? live.value : undefined;
  const failed = instance?.jobCounts.failed ?? 0;
  return (
    <EntityInfoCard
      title={t('card.title')}
      headerActions={
        <>
          {instance?.sandbox && <SandboxChip />}
          {instance && (
            <Typography variant="body2" component="span">
              {instance.clusterTitle ?? instance.cluster} · {instance.release}
            </Typography>
          )}
        </>
      }
      footerActions={
        instance && (
          <div style={{ display: 'flex', gap: 16, alignItems: 'center' }}>
            {failed > 0 && (
              <RerunButton
                instance={instance}
                isPrimary
                onClick={() => setIsAsked(true)}
              >
                {t('rerun.failed', { count: failed })}
              </RerunButton>
            )}
            <Link to={addressOf({ ...parseInstanceRef(instanceRef)! })}>
              {t('open')}
            </Link>
          </div>
        )
      }
    >
      {live.status === 'loading' && <Loading lines={3} />}
      {live.status === 'failed' && (
        <CardProblem
          error={live.error}
          instanceRef={instanceRef}
          onRetry={live.refresh}
        />
      )}
      {instance && <Health instance={instance} />}
      {instance && isAsked && (
        <RerunDialog
          instance={instance}
          jobs="failed"
          onClose={() => setIsAsked(false)}
        />
      )}
    </EntityInfoCard>
  );
}

function Health({ instance }: { instance: Instance }) {
  return (
    <>
      {instance.stale && <StaleNotice cluster={instance.clusterState} />}
      <CardBody instance={instance} />
    </>
  );
}

function CardProblem(props: {
  error: Error;
  instanceRef: string;
  onRetry: () => void;
}) {
  const { error, instanceRef, onRetry } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  return error instanceof AkkoApiError && error.status === 404 ? (
    <Notice
      tone="warn"
      title={t('card.notFound', {
        ref: instanceRef,
        annotation: ANNOTATION_INSTANCE,
      })}
    >
      {error.message}
    </Notice>
  ) : (
    <Problem error={error} onRetry={onRetry} />
  );
}
