import { makeStyles } from '@material-ui/core/styles';
import type { ReactNode } from 'react';
import { toneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: {
    ...theme.typography.body2,
    display: 'grid',
    gridTemplateColumns: 'minmax(7em, max-content) minmax(0, 1fr)',
    gap: theme.spacing(0.75, 2),
    margin: theme.spacing(0, 0, 2),
    alignItems: 'baseline',
    '& dt': { color: toneColors(theme).quiet },
    '& dd': { margin: 0, overflowWrap: 'anywhere' },
  },
}));

/** Names and values, a line each. A value that is not there is left out. */
export function FactList(props: {
  label?: string;
  facts: readonly (readonly [name: string, value: ReactNode])[];
}) {
  const classes = useStyles();
  const known = props.facts.filter(
    ([, value]) => value !== undefined && value !== false && value !== '',
  );
  return (
    <dl className={classes.root} aria-label={props.label}>
      {known.map(([name, value]) => [
        <dt key={`${name} name`}>{name}</dt>,
        <dd key={name}>{value}</dd>,
      ])}
    </dl>
  );
}
