import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { CopyButton } from './CopyButton';
import { MONOSPACE } from './monospace';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0.5, 0.5, 1),
    margin: theme.spacing(0.5, 0, 1),
    border: `1px solid ${theme.palette.divider}`,
    borderRadius: theme.shape.borderRadius,
  },
  // Wrapped and not scrolled: all of it is to be read before it is run.
  text: {
    flex: 1,
    minWidth: 0,
    margin: theme.spacing(0.5, 0),
    fontFamily: MONOSPACE,
    fontSize: 13,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
}));

/** A command for a shell, to read and to copy. */
export function Command({ children }: { children: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <div className={classes.root}>
      <code className={classes.text}>{children}</code>
      <CopyButton text={children} label={t('copy.command')} />
    </div>
  );
}
