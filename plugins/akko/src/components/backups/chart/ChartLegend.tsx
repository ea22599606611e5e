import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { akkoTranslationRef } from '../../../translation';
import { toneColors, useToneColors } from '../../state/useToneColors';
import { BrokenDiamondShape, CrossShape, DiamondShape } from './markShapes';

const useStyles = makeStyles(theme => ({
  list: {
    ...theme.typography.body2,
    listStyle: 'none',
    display: 'flex',
    flexWrap: 'wrap',
    gap: theme.spacing(0.5, 2),
    margin: theme.spacing(0.5, 0),
    padding: 0,
  },
  item: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: theme.spacing(0.75),
  },
  hint: { color: toneColors(theme).quiet },
}));

/** What the lines and marks of the drawing are. @param has - which of the marks it has */
export function ChartLegend(props: {
  has: Record<'failed' | 'drill' | 'drillFailed', boolean>;
}) {
  const { has } = props;
  const classes = useStyles();
  const colors = useToneColors();
  const { t } = useTranslationRef(akkoTranslationRef);
  const at = { cx: 12, cy: 9 };
  const items: [string, ReactNode][] = [
    [
      t('chart.size'),
      <g key="size">
        <path d="M0 9h24v7H0z" fill={colors.busy} fillOpacity={0.2} />
        <path d="M0 9h24" stroke={colors.busy} strokeWidth={2} />
      </g>,
    ],
    [
      t('chart.duration'),
      <path
        key="duration"
        d="M0 9h24"
        stroke={colors.quiet}
        strokeWidth={2}
        strokeDasharray="5 3"
      />,
    ],
  ];
  if (has.failed) {
    items.push([
      t('chart.failed'),
      <CrossShape key="failed" {...at} stroke={colors.bad} />,
    ]);
  }
  if (has.drill) {
    items.push([
      t('chart.drill'),
      <DiamondShape key="drill" {...at} stroke={colors.good} />,
    ]);
  }
  if (has.drillFailed) {
    items.push([
      t('chart.drillFailed'),
      <BrokenDiamondShape key="drillFailed" {...at} stroke={colors.bad} />,
    ]);
  }
  return (
    <ul className={classes.list}>
      {items.map(([words, shape]) => (
        <li key={words} className={classes.item}>
          <svg width={24} height={18} aria-hidden>
            {shape}
          </svg>
          {words}
        </li>
      ))}
      <li className={classes.hint}>{t('chart.hint')}</li>
    </ul>
  );
}
