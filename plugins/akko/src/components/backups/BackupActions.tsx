import type { Backup, Instance } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { makeStyles } from '@material-ui/core/styles';
import { akkoTranslationRef } from '../../translation';
import { OperationButton } from '../rerun/OperationButton';
import {
  ACTION_PERMISSIONS,
  isActive,
  type BackupAction,
  type BackupAsk,
} from './backupAsk';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexWrap: 'wrap', gap: theme.spacing(1) },
}));

/** What can be done with a backup: take one now, pause or resume its schedule, prove it. */
export function BackupActions(props: {
  instance: Instance;
  backup: Backup;
  onAsk: (ask: BackupAsk) => void;
}) {
  const { backup, instance, onAsk } = props;
  const classes = useStyles();
  const { t } = useTranslationRef(akkoTranslationRef);
  const { drill, name, runnable, suspended } = backup;
  const whyNot = (action: BackupAction): string | undefined => {
    if (action === 'drill' ? !drill?.runnable : !runnable) {
      return t(
        action === 'drill'
          ? 'backup.action.noDrill'
          : 'backup.action.notRunnable',
      );
    }
    return isActive(instance, { action, backup: name })
      ? t('backup.action.busy')
      : undefined;
  };
  const actions: BackupAction[] = [
    'backup',
    suspended ? 'resume' : 'suspend',
    'drill',
  ];
  return (
    <div className={classes.root}>
      {actions.map(action => (
        <OperationButton
          key={action}
          instance={instance}
          permission={ACTION_PERMISSIONS[action]}
          isPrimary={action === 'backup'}
          why={whyNot(action)}
          onClick={() => onAsk({ action, backup: name })}
        >
          {t(`backup.action.${action}`)}
        </OperationButton>
      ))}
    </div>
  );
}
