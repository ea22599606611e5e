import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';

const useStyles = makeStyles(theme => ({
  bar: {
    height: 20,
    borderRadius: 4,
    marginBottom: theme.spacing(1.5),
    backgroundColor: theme.palette.action.hover,
  },
}));

/** The place of what is being loaded. */
export function Loading({ lines = 4 }: { lines?: number }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <div role="status" aria-label={t('loading')}>
      {Array.from({ length: lines }, (_, index) => (
        <div
          key={index}
          className={classes.bar}
          style={{ width: `${95 - ((index * 17) % 40)}%` }}
        />
      ))}
    </div>
  );
}
