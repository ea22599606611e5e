import type { Finding } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Disclosure } from '../common/Disclosure';
import { failedWith } from './findingWords';

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(1, 0) },
  list: { margin: 0, paddingLeft: theme.spacing(3) },
}));

/** What followed from a finding: jobs that failed with it, told in full when asked, and jobs that wait for it. */
export function FindingConsequences(props: {
  finding: Finding;
  /** Jobs that do not start because of it. */
  waiting: readonly string[];
}) {
  const { finding, waiting } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { consequences } = finding;
  const failed = failedWith(finding);
  if (consequences.length === 0 && waiting.length === 0) {
    return null;
  }
  return (
    <div className={classes.root}>
      {waiting.length > 0 && (
        <div>
          {t('finding.waiting', {
            count: waiting.length,
            jobs: waiting.join(', '),
          })}
        </div>
      )}
      {failed.length > 0 && (
        <div>{t('finding.alsoFailed', { jobs: failed.join(', ') })}</div>
      )}
      {consequences.length > 0 && (
        <Disclosure
          show={t('finding.showConsequences')}
          hide={t('finding.hideConsequences')}
        >
          <ul className={classes.list}>
            {consequences.map(({ job, object, rule, text }) => (
              <li key={`${job} ${rule} ${object.name}`}>
                <strong>{job}</strong>: {text} ({object.kind} {object.name})
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
    </div>
  );
}
