import type { Finding } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Command } from '../common/Command';

const useStyles = makeStyles(theme => ({
  root: {
    paddingLeft: theme.spacing(3),
    margin: theme.spacing(1, 0),
    '& > li + li': { marginTop: theme.spacing(1) },
  },
}));

/** What to do, one after the other. */
export function FindingSteps({ steps }: Pick<Finding, 'steps'>) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <ol className={classes.root} aria-label={t('finding.steps')}>
      {steps.map(({ text, command }, index) => (
        <li key={index}>
          {text}
          {command && <Command>{command}</Command>}
        </li>
      ))}
    </ol>
  );
}
