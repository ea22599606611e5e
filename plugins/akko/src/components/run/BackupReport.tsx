import type { ReportBackup } from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import Tooltip from '@material-ui/core/Tooltip';
import Typography from '@material-ui/core/Typography';
import { akkoTranslationRef } from '../../translation';
import { bytes } from '../common/bytes';
import { DataTable } from '../common/DataTable';
import { FactList } from '../common/FactList';
import { duration } from '../common/time';
import { LEVEL_MARKS } from '../state/marks';
import { StateMark } from '../state/StateMark';

/** The backup that a job made, or proved by restoring it. */
export function BackupReport({ backup }: { backup: ReportBackup }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const { items = [], itemCount = items.length, kept, pruned } = backup;
  const kinds: [string, string | undefined][] = [
    [t('run.backup.tool'), backup.toolVersion],
    [t('run.backup.server'), backup.serverVersion],
  ];
  return (
    <>
      <FactList
        label={t('run.backup')}
        facts={[
          [t('run.backup.id'), backup.id],
          [t('run.backup.level'), <Level key="level" backup={backup} />],
          [t('run.backup.location'), <code key="at">{backup.location}</code>],
          [
            t('run.backup.size'),
            backup.bytes !== undefined && <Size bytes={backup.bytes} />,
          ],
          [
            t('run.backup.restored'),
            backup.restoreSeconds !== undefined &&
              duration(backup.restoreSeconds),
          ],
          [
            t('run.backup.retention'),
            kept !== undefined &&
              t('run.backup.kept', {
                kept: String(kept),
                pruned: String(pruned ?? 0),
              }),
          ],
          ...kinds,
          [
            t('run.backup.checksum'),
            backup.sha256 && <code>{backup.sha256}</code>,
          ],
        ]}
      />
      {items.length > 0 && <Items items={items} />}
      {items.length < itemCount && (
        <Typography variant="body2">
          {t('run.report.cut', {
            listed: String(items.length),
            all: String(itemCount),
          })}
        </Typography>
      )}
    </>
  );
}

/** How far it is proven; a job that only says whether it verified something is taken at its word. */
function Level({ backup: { level, verified } }: { backup: ReportBackup }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  if (level) {
    return <StateMark mark={LEVEL_MARKS[level]} />;
  }
  return verified ? (
    <StateMark mark={LEVEL_MARKS.readable} word={t('level.verified')} />
  ) : (
    <StateMark mark={LEVEL_MARKS.none} />
  );
}

function Size({ bytes: count }: { bytes: number }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  return (
    <Tooltip
      title={t('run.backup.bytes', { bytes: count.toLocaleString('en') })}
    >
      <span>{bytes(count)}</span>
    </Tooltip>
  );
}

function Items({ items }: { items: NonNullable<ReportBackup['items']> }) {
  const { t } = useTranslationRef(akkoTranslationRef);
  const hasObjects = items.some(({ count }) => count !== undefined);
  return (
    <DataTable
      label={t('run.backup.items')}
      columns={[
        t('run.backup.item'),
        t('run.backup.size'),
        ...(hasObjects ? [t('run.backup.objects')] : []),
      ]}
    >
      {items.map(item => (
        <tr key={item.name}>
          <td>{item.name}</td>
          <td>{item.bytes !== undefined && <Size bytes={item.bytes} />}</td>
          {hasObjects && <td>{item.count}</td>}
        </tr>
      ))}
    </DataTable>
  );
}
