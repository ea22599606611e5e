import type { Finding } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { Fragment, type ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';
import { Time } from '../common/Time';
import { SEVERITY_MARKS } from '../state/marks';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: { color: toneColors(theme).quiet, fontSize: '0.8125rem' },
}));

/** How bad it is, how sure, what it is about, and whether it is still there. */
export function FindingFacts({ finding }: { finding: Finding }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { confidence, object, resolvedAt, seenAt, severity } = finding;
  const facts: ReactNode[] = [
    t(SEVERITY_MARKS[severity].word as 'severity.error'),
    t(`finding.confidence.${confidence}`),
    `${object.kind} ${object.name}`,
    resolvedAt ? (
      <>
        {t('finding.resolved')} <Time iso={resolvedAt} />
      </>
    ) : (
      <>
        {t('finding.stillThere')}
        {seenAt && (
          <>
            , {t('finding.lastFound')} <Time iso={seenAt} />
          </>
        )}
      </>
    ),
  ];
  return (
    <div className={classes.root}>
      {facts.map((fact, index) => (
        <Fragment key={index}>
          {index > 0 && ' · '}
          {fact}
        </Fragment>
      ))}
    </div>
  );
}
