import type { PlannedStep } from '@akko/backstage-plugin-akko-common';
import { CodeSnippet } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Typography from '@material-ui/core/Typography';
import { akkoTranslationRef } from '../../translation';
import { Disclosure } from '../common/Disclosure';

/** What will happen, job by job, in order. @param props - `words`: of a step, where it is no re-run */
export function PlannedSteps(props: {
  steps: PlannedStep[];
  words?: (step: PlannedStep) => string;
}) {
  const { steps, words } = props;
  return (
    <ol style={{ paddingLeft: 24, margin: 0 }}>
      {steps.map(step => (
        <li key={step.job}>
          <Step step={step} words={words?.(step)} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step, words }: { step: PlannedStep; words?: string }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <>
      <Typography variant="body1" component="div">
        <strong>{step.job}</strong>
      </Typography>
      <Typography variant="body2" component="div">
        {words ??
          t(step.replaces ? 'rerun.replaces' : 'rerun.creates', {
            job: step.jobName,
          })}
      </Typography>
      <Disclosure show={t('rerun.showManifest')} hide={t('rerun.hideManifest')}>
        <CodeSnippet text={step.manifest} language="yaml" />
      </Disclosure>
    </>
  );
}
