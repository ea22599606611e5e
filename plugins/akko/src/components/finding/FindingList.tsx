import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../translation';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: 0, padding: 0 },
});

/** Findings below each other. @param props - `children`: a list item each */
export function FindingList({ children }: { children: ReactNode }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <section aria-label={t('finding.panel')}>
      {/* Without its marks a list is not read out as one in Safari. */}
      {/* eslint-disable-next-line jsx-a11y/no-redundant-roles */}
      <ul className={classes.list} role="list">
        {children}
      </ul>
    </section>
  );
}
