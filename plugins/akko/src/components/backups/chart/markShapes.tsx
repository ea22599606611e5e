import type { DrawnPoint } from './chartModel';

/** What the drawing tells a mark: where it is, whose, and in which colour. */
export interface MarkProps {
  cx?: number;
  cy?: number;
  /** Colour of the line that it is on. */
  stroke?: string;
  payload?: DrawnPoint;
}

/** Half the side of a mark, in pixels. */
const REACH = 6;

/** A cross: it failed. */
export function CrossShape({ cx = 0, cy = 0, stroke }: MarkProps) {
  return (
    <g stroke={stroke} strokeWidth={2.5} strokeLinecap="round" cursor="pointer">
      <Target cx={cx} cy={cy} />
      <path d={`M${cx - 5} ${cy - 5}l10 10m0 -10l-10 10`} />
    </g>
  );
}

/** A full diamond: it was restored. */
export function DiamondShape({ cx = 0, cy = 0, stroke }: MarkProps) {
  return (
    <g fill={stroke} stroke={stroke} strokeWidth={2} cursor="pointer">
      <Target cx={cx} cy={cy} />
      <path d={diamond(cx, cy)} />
    </g>
  );
}

/** A hollow diamond with a stroke through it: it could not be restored. */
export function BrokenDiamondShape({ cx = 0, cy = 0, stroke }: MarkProps) {
  return (
    <g fill="none" stroke={stroke} strokeWidth={2} cursor="pointer">
      <Target cx={cx} cy={cy} />
      <path d={diamond(cx, cy)} />
      <path d={`M${cx - 7} ${cy + 7}l14 -14`} />
    </g>
  );
}

function diamond(cx: number, cy: number): string {
  return `M${cx} ${
    cy - REACH
  }l${REACH} ${REACH}l-${REACH} ${REACH}l-${REACH} -${REACH}z`;
}

/** What can be hit is larger than what is seen. */
function Target({ cx, cy }: { cx: number; cy: number }) {
  return <circle cx={cx} cy={cy} r={12} fill="transparent" stroke="none" />;
}

/** The dot of a line that has none but its dots: a shape where a run has the mark, and nothing where it has not. */
export function markWith(
  key: 'failed' | 'drill' | 'drillFailed',
  Shape: (props: MarkProps) => JSX.Element,
  onOpen: (mark: MarkProps) => void,
) {
  return ({ key: place, ...mark }: MarkProps & { key?: string }) =>
    mark.payload?.[key] === undefined ? (
      <g key={place} />
    ) : (
      <g key={place} data-mark={key} onClick={() => onOpen(mark)}>
        <Shape {...mark} />
      </g>
    );
}
