import type {
  BackupDay,
  BackupFreshness,
  BackupOrigin,
  FindingSeverity,
  InitJobState,
  InstanceHealth,
  OperationState,
  OperationStep,
  ReportChange,
  RunState,
  VerificationLevel,
} from '@akko/backstage-plugin-akko-common';
import type { SvgIconProps } from '@material-ui/core/SvgIcon';
import AddIcon from '@material-ui/icons/AddCircleOutline';
import BlockIcon from '@material-ui/icons/RemoveCircleOutline';
import CancelIcon from '@material-ui/icons/Cancel';
import CheckIcon from '@material-ui/icons/CheckCircle';
import CheckOutlinedIcon from '@material-ui/icons/CheckCircleOutline';
import DashedIcon from '@material-ui/icons/DonutLarge';
import EditIcon from '@material-ui/icons/EditOutlined';
import GapIcon from '@material-ui/icons/VisibilityOffOutlined';
import GrownIcon from '@material-ui/icons/TrendingUp';
import HandIcon from '@material-ui/icons/PanToolOutlined';
import HelpIcon from '@material-ui/icons/HelpOutline';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import LockIcon from '@material-ui/icons/LockOutlined';
import MissedIcon from '@material-ui/icons/PriorityHigh';
import NothingIcon from '@material-ui/icons/Remove';
import OldIcon from '@material-ui/icons/HourglassEmpty';
import PauseIcon from '@material-ui/icons/PauseCircleOutline';
import PausedLongIcon from '@material-ui/icons/PauseCircleFilled';
import PendingIcon from '@material-ui/icons/RadioButtonUnchecked';
import RunningIcon from '@material-ui/icons/Autorenew';
import DueIcon from '@material-ui/icons/AccessTime';
import ScheduleIcon from '@material-ui/icons/AlarmOutlined';
import ScheduleInvalidIcon from '@material-ui/icons/EventBusy';
import ShrunkIcon from '@material-ui/icons/TrendingDown';
import TickIcon from '@material-ui/icons/Check';
import CrossIcon from '@material-ui/icons/Close';
import RestoreFailedIcon from '@material-ui/icons/SettingsBackupRestore';
import VerifiedIcon from '@material-ui/icons/VerifiedUserOutlined';
import WarningIcon from '@material-ui/icons/ReportProblemOutlined';
import type { ComponentType } from 'react';
import type { akkoTranslationRef } from '../../translation';
import { ShieldQuestionIcon } from './icons';

/** How strongly something is to be seen. */
export type Tone = 'good' | 'pale' | 'busy' | 'bad' | 'warn' | 'quiet';

type MessageKey = keyof (typeof akkoTranslationRef)['T'];

/** Icon, word and tone of a state: never a colour alone. */
export interface Mark {
  Icon: ComponentType<SvgIconProps>;
  word: MessageKey;
  tone: Tone;
  spins?: boolean;
}

const mark = (
  Icon: Mark['Icon'],
  word: MessageKey,
  tone: Tone,
  spins = false,
): Mark => ({ Icon, word, tone, spins });

export const JOB_MARKS: Record<InitJobState, Mark> = {
  succeeded: mark(CheckIcon, 'state.succeeded', 'good'),
  running: mark(RunningIcon, 'state.running', 'busy', true),
  failed: mark(CancelIcon, 'state.failed', 'bad'),
  pending: mark(PendingIcon, 'state.pending', 'quiet'),
  expired: mark(CheckOutlinedIcon, 'state.expired', 'pale'),
  missing: mark(DashedIcon, 'state.missing', 'warn'),
  disabled: mark(BlockIcon, 'state.disabled', 'quiet'),
  unknown: mark(HelpIcon, 'state.unknown', 'quiet'),
};

export const RUN_MARKS: Record<RunState, Mark> = JOB_MARKS;

export const HEALTH_MARKS: Record<InstanceHealth, Mark> = {
  healthy: mark(CheckIcon, 'health.healthy', 'good'),
  failed: mark(CancelIcon, 'health.failed', 'bad'),
  degraded: mark(WarningIcon, 'health.degraded', 'warn'),
  progressing: mark(RunningIcon, 'health.progressing', 'busy', true),
  unknown: mark(HelpIcon, 'health.unknown', 'quiet'),
};

export const FRESHNESS_MARKS: Record<BackupFreshness, Mark> = {
  failing: mark(CancelIcon, 'freshness.failing', 'bad'),
  late: mark(ScheduleIcon, 'freshness.late', 'warn'),
  'over-target': mark(OldIcon, 'freshness.over-target', 'warn'),
  'schedule-invalid': mark(
    ScheduleInvalidIcon,
    'freshness.schedule-invalid',
    'warn',
  ),
  never: mark(DashedIcon, 'freshness.never', 'warn'),
  'paused-too-long': mark(PausedLongIcon, 'freshness.paused-too-long', 'warn'),
  'manual-only': mark(HandIcon, 'freshness.manual-only', 'warn'),
  'drill-failed': mark(RestoreFailedIcon, 'freshness.drill-failed', 'bad'),
  shrunk: mark(ShrunkIcon, 'freshness.shrunk', 'warn'),
  grown: mark(GrownIcon, 'freshness.grown', 'warn'),
  unverified: mark(ShieldQuestionIcon, 'freshness.unverified', 'warn'),
  paused: mark(PauseIcon, 'freshness.paused', 'quiet'),
  due: mark(DueIcon, 'freshness.due', 'busy'),
  running: mark(RunningIcon, 'freshness.running', 'busy', true),
  fresh: mark(CheckIcon, 'freshness.fresh', 'good'),
  unknown: mark(HelpIcon, 'freshness.unknown', 'quiet'),
  disabled: mark(BlockIcon, 'freshness.disabled', 'quiet'),
};

/** Of an instance whose chart has no backup. */
export const NO_BACKUP_MARK: Mark = mark(BlockIcon, 'freshness.none', 'quiet');

export const ORIGIN_MARKS: Record<BackupOrigin, Mark> = {
  scheduled: mark(DueIcon, 'origin.scheduled', 'quiet'),
  manual: mark(HandIcon, 'origin.manual', 'quiet'),
  unknown: mark(HelpIcon, 'origin.unknown', 'quiet'),
};

/** Of a day in the calendar; each has a shape of its own. */
export const DAY_MARKS: Record<BackupDay['state'], Mark> = {
  good: mark(TickIcon, 'day.good', 'good'),
  manual: mark(HandIcon, 'day.manual', 'pale'),
  failed: mark(CrossIcon, 'day.failed', 'bad'),
  missed: mark(MissedIcon, 'day.missed', 'warn'),
  running: mark(RunningIcon, 'day.running', 'busy'),
  gap: mark(GapIcon, 'day.gap', 'quiet'),
  none: mark(NothingIcon, 'day.none', 'quiet'),
};

export const OPERATION_MARKS: Record<OperationState, Mark> = {
  queued: mark(PendingIcon, 'operation.queued', 'quiet'),
  running: mark(RunningIcon, 'operation.running', 'busy', true),
  succeeded: mark(CheckIcon, 'operation.succeeded', 'good'),
  failed: mark(CancelIcon, 'operation.failed', 'bad'),
  cancelled: mark(BlockIcon, 'operation.cancelled', 'quiet'),
};

export const STEP_MARKS: Record<OperationStep['state'], Mark> = {
  waiting: mark(PendingIcon, 'step.waiting', 'quiet'),
  replacing: mark(RunningIcon, 'step.replacing', 'busy', true),
  running: mark(RunningIcon, 'step.running', 'busy', true),
  succeeded: mark(CheckIcon, 'step.succeeded', 'good'),
  failed: mark(CancelIcon, 'step.failed', 'bad'),
  skipped: mark(BlockIcon, 'step.skipped', 'quiet'),
};

export const CHANGE_MARKS: Record<ReportChange['action'], Mark> = {
  created: mark(AddIcon, 'change.created', 'good'),
  updated: mark(EditIcon, 'change.updated', 'busy'),
  unchanged: mark(CheckOutlinedIcon, 'change.unchanged', 'quiet'),
  skipped: mark(BlockIcon, 'change.skipped', 'warn'),
};

export const LEVEL_MARKS: Record<VerificationLevel, Mark> = {
  none: mark(ShieldQuestionIcon, 'level.none', 'warn'),
  checksum: mark(CheckOutlinedIcon, 'level.checksum', 'pale'),
  readable: mark(CheckOutlinedIcon, 'level.readable', 'pale'),
  restored: mark(VerifiedIcon, 'level.restored', 'good'),
};

export const SEVERITY_MARKS: Record<FindingSeverity, Mark> = {
  error: mark(CancelIcon, 'severity.error', 'bad'),
  warning: mark(WarningIcon, 'severity.warning', 'warn'),
  info: mark(InfoIcon, 'severity.info', 'quiet'),
};

/** A backup that a drill could not restore. */
export const DRILL_FAILED_MARK = FRESHNESS_MARKS['drill-failed'];

/** Of what needs a permission that the viewer does not have. */
export const FORBIDDEN_MARK: Mark = mark(LockIcon, 'forbidden', 'quiet');

/** Of a finding that is no longer there. */
export const RESOLVED_MARK: Mark = mark(CheckIcon, 'finding.resolved', 'good');
