import type { JobSegment } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import Tooltip from '@material-ui/core/Tooltip';
import { akkoTranslationRef } from '../../translation';
import { JOB_MARKS } from './marks';
import { useToneColors } from './useToneColors';

const useStyles = makeStyles({
  list: {
    display: 'inline-flex',
    gap: 3,
    listStyle: 'none',
    margin: 0,
    padding: 0,
  },
  segment: {
    width: 22,
    height: 22,
    borderRadius: 4,
    border: '1px solid currentColor',
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'center',
    '& svg': { fontSize: 15 },
  },
});

/** The init jobs in dependency order, one mark each. */
export function Segments({ segments }: { segments: JobSegment[] }) {
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <ul className={classes.list} aria-label={t('instance.jobs')}>
      {segments.map(({ name, state }) => {
        const { Icon, tone, word } = JOB_MARKS[state];
        const text = `${name}: ${t(word as 'state.failed')}`;
        return (
          <Tooltip key={name} title={text}>
            <li className={classes.segment} style={{ color: colors[tone] }}>
              <Icon titleAccess={text} />
            </li>
          </Tooltip>
        );
      })}
    </ul>
  );
}
