import type { Finding } from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { MONOSPACE } from '../common/monospace';
import { Time } from '../common/Time';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: { margin: theme.spacing(1, 0) },
  list: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    padding: theme.spacing(0.5, 0, 0.5, 1.5),
    borderLeft: `2px solid ${theme.palette.divider}`,
    '& + &': { marginTop: theme.spacing(1) },
  },
  line: {
    display: 'block',
    fontFamily: MONOSPACE,
    fontSize: 13,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  source: { color: toneColors(theme).quiet, fontSize: '0.8125rem' },
}));

/** The very words that a finding rests on, where they stand, and when they were said. */
export function FindingEvidence(props: {
  evidence: Finding['evidence'];
  /** Of the log of the run. */
  logAddress?: string;
}) {
  const { evidence, logAddress } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <div className={classes.root}>
      <ul className={classes.list} aria-label={t('finding.evidence')}>
        {evidence.map(({ at, line, source, text }, index) => (
          <li key={index} className={classes.item}>
            <code className={classes.line}>{text}</code>
            <div className={classes.source}>
              {[
                source,
                line !== undefined && t('finding.line', { line: String(line) }),
              ]
                .filter(Boolean)
                .join(', ')}
              {at && (
                <>
                  {' · '}
                  <Time iso={at} />
                </>
              )}
            </div>
          </li>
        ))}
      </ul>
      {logAddress && <Link to={logAddress}>{t('finding.log')}</Link>}
    </div>
  );
}
