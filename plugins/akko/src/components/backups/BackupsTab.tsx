import type { Instance } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { akkoTranslationRef } from '../../translation';
import { Notice } from '../common/Notice';
import type { InstanceView } from '../instance/useInstanceView';
import type { BackupAsk } from './backupAsk';
import { BackupPanel } from './BackupPanel';
import { BackupTiles } from './BackupTiles';

/** The backups of an instance: each as a tile, and all about the chosen one. */
export function BackupsTab(props: {
  instance: Instance;
  /** Name of the chosen one; the first where it names none. */
  chosen: string | undefined;
  onView: (change: Partial<InstanceView>) => void;
  onAsk: (ask: BackupAsk) => void;
}) {
  const { chosen, instance, onAsk, onView } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const { backups } = instance;
  const backup = backups.find(({ name }) => name === chosen) ?? backups[0];
  if (!backup) {
    return <Notice tone="quiet" title={t('instance.noBackups')} />;
  }
  return (
    <>
      {backups.length > 1 && (
        <BackupTiles
          backups={backups}
          chosen={backup.name}
          onChoose={name => onView({ backup: name })}
        />
      )}
      <BackupPanel
        key={backup.name}
        instance={instance}
        backup={backup}
        onOpenRun={(run, job = backup.name) =>
          onView({ run, job, section: undefined })
        }
        onAsk={onAsk}
      />
    </>
  );
}
