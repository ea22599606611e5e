import type { FindingGroup } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { Disclosure } from '../common/Disclosure';
import { Notice } from '../common/Notice';
import { Time } from '../common/Time';
import { findingTitle } from '../finding/findingWords';
import { SEVERITY_MARKS } from '../state/marks';
import { toneColors } from '../state/useToneColors';

/** More than these are shown when somebody asks for them. */
const SHOWN = 3;

const useStyles = makeStyles(theme => ({
  root: { marginBottom: theme.spacing(2) },
  actions: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
  age: {
    color: toneColors(theme).quiet,
    fontSize: '0.8125rem',
    fontWeight: 400,
  },
}));

interface CauseChoice {
  /** Key of the cause that is filtered by. */
  chosen: string | undefined;
  /** How many of the instances in sight have failed jobs that the viewer may re-run, and are not selected. */
  selectable: number;
  onShow: (causeKey: string | undefined) => void;
  /** Selects those in sight. */
  onSelect: () => void;
}

/** Causes that several instances share, each of which filters; the one that is filtered by is always there. */
export function SameCauses(props: CauseChoice & { groups: FindingGroup[] }) {
  const { groups, ...choice } = props;
  const { chosen } = choice;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const shared = groups.filter(
    ({ instances, severity }) => instances.length > 1 && severity !== 'info',
  );
  const active = groups.find(({ causeKey }) => causeKey === chosen);
  const ordered = active
    ? [active, ...shared.filter(group => group !== active)]
    : shared;
  if (ordered.length === 0) {
    return null;
  }
  const cause = (group: FindingGroup) => (
    <Cause key={group.causeKey} group={group} {...choice} />
  );
  const rest = ordered.slice(SHOWN);
  return (
    <section className={classes.root} aria-label={t('fleet.causes')}>
      {ordered.slice(0, SHOWN).map(cause)}
      {rest.length > 0 && (
        <Disclosure
          show={t('fleet.cause.more', { count: rest.length })}
          hide={t('fleet.cause.fewer')}
        >
          {rest.map(cause)}
        </Disclosure>
      )}
    </section>
  );
}

function Cause(props: CauseChoice & { group: FindingGroup }) {
  const { chosen, group, onSelect, onShow, selectable } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { causeKey, instances, openedAt, severity } = group;
  const mark = SEVERITY_MARKS[severity];
  const title = findingTitle(group);
  const isChosen = causeKey === chosen;
  const show = t('fleet.cause.show');
  return (
    <Notice
      tone={mark.tone}
      mark={mark}
      title={
        <>
          {t('fleet.cause', { count: instances.length, title })}{' '}
          <span className={classes.age}>
            <Time iso={openedAt} />
          </span>
        </>
      }
      action={
        <div className={classes.actions}>
          <Button
            size="small"
            color={isChosen ? 'primary' : 'default'}
            variant={isChosen ? 'contained' : 'outlined'}
            aria-pressed={isChosen}
            aria-label={`${show}: ${title}`}
            onClick={() => onShow(isChosen ? undefined : causeKey)}
          >
            {show}
          </Button>
          {isChosen && selectable > 0 && (
            <Button size="small" variant="outlined" onClick={onSelect}>
              {t('fleet.cause.select', { count: selectable })}
            </Button>
          )}
        </div>
      }
    />
  );
}
