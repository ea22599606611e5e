import type { Finding } from '@akko/backstage-plugin-akko-common';
import { Link } from '@backstage/core-components';
import { makeStyles } from '@material-ui/core/styles';
import { Time } from '../common/Time';
import { toneColors } from '../state/useToneColors';
import { findingTitle } from './findingWords';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'baseline',
    gap: theme.spacing(0, 1.5),
  },
  title: { font: 'inherit', margin: 0 },
  link: { color: 'inherit' },
  age: {
    color: toneColors(theme).quiet,
    fontSize: '0.8125rem',
    fontWeight: 400,
  },
}));

/** What is wrong, and since when. @param props - `address`: of the finding, to be shared */
export function FindingHeading(props: { finding: Finding; address?: string }) {
  const { address, finding } = props;
  const classes = useStyles();
  const title = findingTitle(finding);
  return (
    <div className={classes.root}>
      <h3 className={classes.title}>
        {address ? (
          <Link to={address} className={classes.link}>
            {title}
          </Link>
        ) : (
          title
        )}
      </h3>
      <span className={classes.age}>
        <Time iso={finding.openedAt} />
      </span>
    </div>
  );
}
