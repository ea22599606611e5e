import type { PlannedStep } from '@akko/backstage-plugin-akko-common';
import { CodeSnippet } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import Typography from '@material-ui/core/Typography';
import { useState } from 'react';
import { akkoTranslationRef } from '../../translation';

/** What will happen, job by job, in order. */
export function PlannedSteps({ steps }: { steps: PlannedStep[] }) {
  return (
    <ol style={{ paddingLeft: 24, margin: 0 }}>
      {steps.map(step => (
        <li key={step.job}>
          <Step step={step} />
        </li>
      ))}
    </ol>
  );
}

function Step({ step }: { step: PlannedStep }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const [isShown, setIsShown] = useState(false);
  return (
    <>
      <Typography variant="body1" component="div">
        <strong>{step.job}</strong>
      </Typography>
      <Typography variant="body2" component="div">
        {t(step.replaces ? 'rerun.replaces' : 'rerun.creates', {
          job: step.jobName,
        })}
      </Typography>
      <Button
        size="small"
        aria-expanded={isShown}
        onClick={() => setIsShown(!isShown)}
        style={{ textTransform: 'none' }}
      >
        {t(isShown ? 'rerun.hideManifest' : 'rerun.showManifest')}
      </Button>
      {isShown && <CodeSnippet text={step.manifest} language="yaml" />}
    </>
  );
}
