import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import CancelIcon from '@material-ui/icons/Cancel';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import type { ReactNode } from 'react';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import type { Mark, Tone } from '../state/marks';
import { toneColors, useToneColors } from '../state/useToneColors';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    // On a narrow screen what can be done goes under the words.
    flexWrap: 'wrap',
    gap: theme.spacing(1, 1.5),
    alignItems: 'flex-start',
    padding: theme.spacing(1.5, 2),
    borderLeft: '4px solid',
    borderRadius: theme.shape.borderRadius,
    backgroundColor: theme.palette.background.paper,
    boxShadow: `inset 0 0 0 1px ${theme.palette.divider}`,
    marginBottom: theme.spacing(2),
    overflowWrap: 'anywhere',
  },
  body: { flex: '1 1 12em', minWidth: 0, color: theme.palette.text.primary },
  title: { fontWeight: 600 },
  quiet: { color: toneColors(theme).quiet },
}));

const ICONS: Partial<Record<Tone, typeof InfoIcon>> = {
  bad: CancelIcon,
  warn: WarningIcon,
};

/** A message in the page: what, why, what next. */
export function Notice(props: {
  tone: Tone;
  /** Its icon in the place of the tone's own, with its word read out. */
  mark?: Mark;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
}) {
  const { tone, mark, title, children, action } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const color = useToneColors()[tone];
  const Icon = mark?.Icon ?? ICONS[tone] ?? InfoIcon;
  return (
    <div className={classes.root} style={{ borderLeftColor: color }}>
      <Icon
        style={{ color }}
        fontSize="small"
        titleAccess={mark && t(mark.word as 'severity.error')}
      />
      <div className={classes.body}>
        <Typography variant="body1" component="div" className={classes.title}>
          {title}
        </Typography>
        {children && (
          <Typography variant="body2" component="div">
            {children}
          </Typography>
        )}
      </div>
      {action}
    </div>
  );
}
