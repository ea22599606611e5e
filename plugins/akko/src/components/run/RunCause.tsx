import type { Run } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Notice } from '../common/Notice';
import { toneColors } from '../state/useToneColors';
import { causeOf } from './causeOf';
import { errorCodeWord } from './errorCodeWord';
import { NextStep } from './NextStep';

const useStyles = makeStyles(theme => ({
  quiet: { marginTop: theme.spacing(0.5), color: toneColors(theme).quiet },
}));

/** Why a run failed: what happened, what to do about it, and what kind of failure of which service it is. */
export function RunCause({ run }: { run: Run }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const cause = causeOf(run);
  if (!cause) {
    return null;
  }
  const { code, logged, nextStep, service, what } = cause;
  return (
    <Notice tone="bad" title={what}>
      <NextStep>{nextStep}</NextStep>
      {code && (
        <div className={classes.quiet}>
          {errorCodeWord(code, t)} <code>{code}</code>
          {service && ` · ${service}`}
        </div>
      )}
      {logged && <div className={classes.quiet}>{logged}</div>}
    </Notice>
  );
}
