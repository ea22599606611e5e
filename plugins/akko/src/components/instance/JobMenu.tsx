import {
  akkoJobRunPermission,
  type InitJob,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { usePermission } from '@backstage/plugin-permission-react';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import MoreIcon from '@material-ui/icons/MoreVert';
import { useState } from 'react';
import { akkoTranslationRef } from '../../translation';
import { RUN_SECTIONS, type RunSection } from './useInstanceView';

/** What can be done with an init job: run it again, or go to its log, runs or manifest. */
export function JobMenu(props: {
  job: InitJob;
  /** An operation is active on the instance. */
  isBusy: boolean;
  onOpen: (section: RunSection) => void;
  onRerun: () => void;
}) {
  const { job, isBusy, onOpen, onRerun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
  const { allowed } = usePermission({ permission: akkoJobRunPermission });
  const [anchor, setAnchor] = useState<HTMLElement>();
  const close = (then: () => void) => () => {
    setAnchor(undefined);
    then();
  };
  return (
    <>
      <IconButton
        size="small"
        aria-label={t('instance.menu', { job: job.title })}
        aria-haspopup="menu"
        aria-expanded={anchor !== undefined}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        <MoreIcon fontSize="small" />
      </IconButton>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor}
        onClose={() => setAnchor(undefined)}
      >
        <MenuItem
          disabled={
            !allowed || isBusy || !job.enabled || job.runnable === false
          }
          onClick={close(onRerun)}
        >
          {t('rerun.one', { job: job.name })}
        </MenuItem>
        {RUN_SECTIONS.map(section => (
          <MenuItem
            key={section}
            disabled={!job.lastRun}
            onClick={close(() => onOpen(section))}
          >
            {t(`run.${section}`)}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
