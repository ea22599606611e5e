import {
  akkoJobRunPermission,
  akkoLogReadPermission,
  type InitJob,
  type Instance,
} from '@akko/backstage-plugin-akko-common';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import IconButton from '@material-ui/core/IconButton';
import Menu from '@material-ui/core/Menu';
import MoreIcon from '@material-ui/icons/MoreVert';
import { useState } from 'react';
import { akkoTranslationRef, type Translate } from '../../translation';
import { MENU_LIST_PROPS, MenuAction } from '../common/MenuAction';
import { whyForbidden } from '../permissions/may';
import { RUN_SECTIONS, type RunSection } from './useInstanceView';

/** What can be done with an init job: run it again, or go to its log, runs or manifest. */
export function JobMenu(props: {
  instance: Instance;
  job: InitJob;
  onOpen: (section: RunSection) => void;
  onRerun: () => void;
}) {
  const { instance, job, onOpen, onRerun } = props;
  const { t } = useTranslationRef(akkoTranslationRef);
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
        MenuListProps={MENU_LIST_PROPS}
      >
        <MenuAction
          label={t('rerun.one', { job: job.name })}
          why={whyNoRerun(instance, job, t)}
          onClick={close(onRerun)}
        />
        {RUN_SECTIONS.map(section => (
          <MenuAction
            key={section}
            label={t(`run.${section}`)}
            why={whyNoSection(instance, job, section, t)}
            onClick={close(() => onOpen(section))}
          />
        ))}
      </Menu>
    </>
  );
}

function whyNoRerun(
  instance: Instance,
  job: InitJob,
  t: Translate,
): string | undefined {
  const forbidden = whyForbidden(instance, akkoJobRunPermission, t);
  if (forbidden) {
    return forbidden;
  }
  if (instance.activeOperations.length > 0) {
    return t('rerun.active');
  }
  if (!job.enabled) {
    return t('rerun.off');
  }
  return job.runnable === false ? t('rerun.noManifest') : undefined;
}

function whyNoSection(
  instance: Instance,
  job: InitJob,
  section: RunSection,
  t: Translate,
): string | undefined {
  if (!job.lastRun) {
    return t('run.none');
  }
  return section === 'history'
    ? undefined
    : whyForbidden(instance, akkoLogReadPermission, t);
}
