import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import DoneIcon from '@material-ui/icons/Check';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import { useEffect, useState } from 'react';
import useCopyToClipboard from 'react-use/esm/useCopyToClipboard';
import { akkoTranslationRef } from '../../translation';
import { toneColors } from '../state/useToneColors';

/** How long it says that it was copied, in milliseconds. */
const TOLD_FOR = 3000;

const useStyles = makeStyles(theme => ({
  root: { position: 'relative', flex: 'none' },
  done: { color: toneColors(theme).good },
  // Beside the button and over the text, so that nothing moves.
  outcome: {
    ...theme.typography.body2,
    position: 'absolute',
    right: '100%',
    top: 0,
    zIndex: 1,
    width: 'max-content',
    maxWidth: 200,
    color: theme.palette.text.primary,
    backgroundColor: theme.palette.background.paper,
    borderRadius: theme.shape.borderRadius,
  },
  told: {
    padding: theme.spacing(0.25, 1),
    boxShadow: `inset 0 0 0 1px ${theme.palette.divider}`,
  },
}));

/** Copies a text, and says so. @param props - `label`: what is copied, as the name of the button */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  // Not navigator.clipboard: browsers have it on HTTPS and localhost only.
  const [{ error, noUserInteraction }, copy] = useCopyToClipboard();
  // A browser that refuses asks the person to copy it.
  const isCopied = !error && noUserInteraction;
  const [copies, setCopies] = useState(0);
  const [isTold, setIsTold] = useState(false);
  useEffect(() => {
    if (copies === 0) {
      return undefined;
    }
    setIsTold(true);
    const timer = setTimeout(() => setIsTold(false), TOLD_FOR);
    return () => clearTimeout(timer);
  }, [copies]);
  return (
    <span className={classes.root}>
      <Tooltip title={label}>
        <IconButton
          size="small"
          aria-label={label}
          onClick={() => {
            copy(text);
            setCopies(count => count + 1);
          }}
        >
          {isTold && isCopied ? (
            <DoneIcon fontSize="small" className={classes.done} />
          ) : (
            <CopyIcon fontSize="small" />
          )}
        </IconButton>
      </Tooltip>
      <span
        role="status"
        className={`${classes.outcome} ${isTold ? classes.told : ''}`}
      >
        {isTold && t(isCopied ? 'copy.done' : 'copy.failed')}
      </span>
    </span>
  );
}
