import type { InitJob } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Checkbox from '@material-ui/core/Checkbox';
import FormControlLabel from '@material-ui/core/FormControlLabel';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { stateWord } from '../instance/jobWords';
import { JOB_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

const useStyles = makeStyles(theme => ({
  root: {
    border: 0,
    margin: 0,
    padding: 0,
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fill, minmax(240px, 1fr))',
    marginBottom: theme.spacing(2),
  },
  label: { display: 'flex', gap: theme.spacing(1), alignItems: 'center' },
}));

/** Which of the jobs that can run are to run again. */
export function JobChooser(props: {
  jobs: InitJob[];
  chosen: string[];
  onChoose: (names: string[]) => void;
}) {
  const { jobs, chosen, onChoose } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <fieldset className={classes.root}>
      <legend>{t('rerun.which')}</legend>
      {jobs.map(job => (
        <FormControlLabel
          key={job.name}
          disabled={!job.enabled || job.runnable === false}
          control={
            <Checkbox
              size="small"
              color="primary"
              checked={chosen.includes(job.name)}
              onChange={(_, isChosen) =>
                onChoose(
                  isChosen
                    ? [...chosen, job.name]
                    : chosen.filter(name => name !== job.name),
                )
              }
            />
          }
          label={
            <span className={classes.label}>
              {job.title}
              <StateMark
                mark={JOB_MARKS[job.state]}
                word={stateWord(job, t)}
                iconOnly
              />
            </span>
          }
        />
      ))}
    </fieldset>
  );
}
